What is at risk, because its counterpart failed, and what ends when.

@ 2026-02-21 article
$ change chip-sales --in-return-for rare-earths --hold --reason Exchange

# What was given in return for something that failed is at risk
$ log rare-earths partly --on 2026-02-01
$ check {subject finding message} | at-risk
(nothing)
$ log rare-earths stalled --on 2026-02-02
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is stalled (2 Feb)
$ log rare-earths broken --on 2026-02-03
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is broken (3 Feb)
$ log rare-earths overtaken --on 2026-02-04
$ check {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is overtaken (4 Feb)

# What was missed failed, too
$ log rare-earths missed --says us --on 2026-02-01
$ log rare-earths missed --says cn --on 2026-02-02
$ check {subject finding message} | at-risk
(nothing)

# What was kept in part did not fail
$ log rare-earths partly --on 2026-02-01
$ check {subject finding message} | at-risk
(nothing)

# What is in force stays at risk; what is broken or overtaken is not
$ log rare-earths stalled --on 2026-02-02
$ log chip-sales kept --on 2026-02-03
$ check {subject finding message} | at-risk
(nothing)
$ log chip-sales broken --on 2026-02-04
$ check {subject finding message} | at-risk
(nothing)
$ log chip-sales overtaken --on 2026-02-05
$ check {subject finding message} | at-risk
(nothing)

# What only ends soon is not at risk, and what is past its term has nothing left to lose
$ add deadline chips-review --concession chip-sales --kind review --label Review --due 2026-03-01 --source article
$ add deadline chips-last --concession chip-sales --kind expiry --label Last --due 2026-03-24 --source article
$ check --as-of 2026-03-24 {subject finding message} | at-risk
(nothing)
$ log rare-earths stalled --on 2026-02-02
$ check --as-of 2026-03-24 {subject finding message} | at-risk
chip-sales at-risk given in return for rare-earths, which is stalled (2 Feb)
$ check --as-of 2026-03-25 {subject finding message} | at-risk|chip-sales expired
chip-sales expired its term ended 24 Mar (chips-last), outcome unknown
$ deadlines --as-of 2026-03-25 {deadline ends loses days_left} | chips
chips-review – – -24
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
$ change chip-sales --in-return-for rare-earths --in-return-for soybeans --reason Exchange
tracker: Nothing to change in 'chip-sales'. Name a field and its new value
[2]
$ log rare-earths broken --on 2026-02-20
$ log soybeans stalled --on 2026-02-19
$ check {subject finding message} | at-risk
soybeans at-risk given in return for rare-earths, which is broken (20 Feb)
chip-sales at-risk given in return for soybeans, which is stalled (19 Feb)
chip-sales at-risk given in return for rare-earths, which is broken (20 Feb)
