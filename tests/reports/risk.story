What is at risk, because its counterpart failed or its own term ends, and what ends when.

@ 2026-02-21 article
$ change chip-sales --in-return-for rare-earths --hold --reason Exchange

# What was given in return for something that failed is at risk
$ log rare-earths partial --on 2026-02-01
$ check {subject finding message} | at-risk
(nothing)
$ log rare-earths stalled --on 2026-02-02
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is stalled (2 Feb)
$ log rare-earths broken --on 2026-02-03
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is broken (3 Feb)
$ log rare-earths moot --on 2026-02-04
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is moot (4 Feb)

# What lapsed without having been kept failed, too
$ log rare-earths lapsed --on 2026-02-02
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is lapsed (2 Feb)

# What lapsed after it was kept in part did not fail
$ log rare-earths partial --on 2026-02-01
$ log rare-earths lapsed --on 2026-02-02
$ check {subject finding message} | at-risk
(nothing)

# What is kept or in force stays at risk; what is lost or over is not
$ log rare-earths stalled --on 2026-02-02
$ log chip-sales met --on 2026-02-03
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is stalled (2 Feb)
$ log chip-sales reversed --on 2026-02-04
$ check {subject finding message} | at-risk
(nothing)
$ log chip-sales lapsed --on 2026-02-05
$ check {subject finding message} | at-risk
(nothing)

# Its own term puts a concession at risk from 30 days before its last end, until that has passed
$ add deadline chips-review --concession chip-sales --kind review --label Review --due 2026-03-01 --source article
$ add deadline chips-first --concession chip-sales --kind expiry --label First --due 2026-03-10 --source article
$ check {subject finding message} | at-risk
chip-sales at-risk its own term ends (10 Mar)
$ add deadline chips-last --concession chip-sales --kind expiry --label Last --due 2026-03-24 --source article
$ check {subject finding message} | at-risk
(nothing)
$ check --as-of 2026-02-22 {subject finding message} | at-risk
chip-sales at-risk its own term ends (24 Mar)
$ check --as-of 2026-03-24 {subject finding message} | at-risk
chip-sales at-risk its own term ends (24 Mar)
$ check --as-of 2026-03-25 {subject finding message} | at-risk|chip-sales expired
chip-sales expired its term ended 24 Mar (chips-last), outcome unknown
$ log rare-earths stalled --on 2026-02-02
$ check --as-of 2026-03-25 {subject finding message} | at-risk|chip-sales expired
chip-sales expired its term ended 24 Mar (chips-last), outcome unknown
$ deadlines --as-of 2026-03-25 {deadline ends loses days_left} | chips
chips-review – – -24
chips-first – – -15
chips-last chip-sales cn -1

# A cancelled end ends nothing, and the agreement's counts instead
$ add deadline chips-last --concession chip-sales --kind expiry --label Last --due 2026-03-10 --source article
$ close chips-last cancelled --on 2026-02-20
$ check {subject finding message} | at-risk
(nothing)
$ deadlines {deadline ends loses} | truce|chips
chips-last – –
truce-year chip-sales cn

# Risks come in the order of their concessions, then of their days
$ change soybeans --in-return-for rare-earths --reason Exchange
$ add deadline chips-last --concession chip-sales --kind expiry --label Last --due 2026-03-10 --source article
$ log rare-earths broken --on 2026-02-20
$ check {subject finding message} | at-risk
soybeans at-risk given in return for rare-earths, which is broken (20 Feb)
chip-sales at-risk given in return for rare-earths, which is broken (20 Feb)
chip-sales at-risk its own term ends (10 Mar)
