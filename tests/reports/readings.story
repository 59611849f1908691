
Figures that were read wrongly once: what counts of several readings, and when.

@ 2026-11-20 energy

# energy
@ 2026-11-20 article
$ apply HERE/energy.toml

# Of two flows of one month the later one made public counts, and show lists both
$ measure energy-2020 2.0 --by Customs --basis paid --flow --on 2020-02 --public 2020-03-10
$ measure energy-2020 1.5 --by Customs --basis paid --flow --on 2020-03 --public 2020-04-10
$ measure energy-2020 2.1 --by Customs --basis paid --flow --on 2020-02 --public 2020-05-10 | Warning|Customs
#35 energy-2020: +2.1 bn USD paid, Customs, Feb 2020
Warning: #35 restates #33, the flow of Feb 2020; two lots of one day are one entry, or have a counter or basis of their own
$ pace energy-2020 --as-of 2020-06-30 {counted_by delivered} | Customs
Customs 3.6
$ pace energy-2020 --as-of 2020-06-30 --public-by 2020-05-01 {counted_by delivered} | Customs
Customs 3.5
$ show energy-2020 {restated.on restated.counted_by restated.was restated.value restated.public_on}
2020-02-29, 2020-05-31 Customs, Census 2.0, 3.506 2.1, 1.974 2020-05-10, 2020-07-09
$ measure energy-2020 1.9 --by Customs --basis paid --flow --on 2020-02 --public 2020-03-01 | Warning
Warning: #36 does not count: #35, made public later, restates it
$ pace energy-2020 --as-of 2020-06-30 {counted_by delivered} | Customs
Customs 3.6

# Equal flows of one day restate each other, too, but a month's flow is not that of its last day
$ measure energy-2020 0.132 --by exporters --basis sold --flow --on 2020-02-29
$ measure energy-2020 0.132 --by exporters --basis sold --flow --on 2020-02-29 --source july-page | Warning
Warning: #34 restates #33, the flow of 29 Feb 2020; two lots of one day are one entry, or have a counter or basis of their own
$ measure energy-2020 1 --by exporters --basis sold --flow --on 2020-02 | restates
(nothing)
$ pace energy-2020 --as-of 2020-06-30 {counted_by delivered} | exporters
exporters 1.132

# Both sides' word after the end of a term ends the doubt of an earlier verdict
@ 2026-11-20 busan
$ log cn-hanwha-suspend partial --on 2026-03-01
$ status cn-hanwha-suspend {stage stage_from state}
partial verdict in doubt
$ log cn-hanwha-suspend met --says US --on 2026-11-12
$ status cn-hanwha-suspend {stage stage_from state}
partial verdict in doubt
$ log cn-hanwha-suspend met --says China --on 2026-11-13
$ status cn-hanwha-suspend {stage stage_from state}
met both over
$ status cn-hanwha-suspend --as-of 2026-11-12 {stage stage_from state}
partial verdict in doubt
$ log cn-hanwha-suspend broken --on 2026-11-14
$ status cn-hanwha-suspend {stage stage_from state}
broken verdict lost

# The first day of a term that was extended says what became of the term once both days have passed
@ 2026-11-20 busan
$ move cn-hanwha-suspend-end 2026-11-15 --on 2026-11-09
$ deadlines --as-of 2026-11-12 {deadline original_due_on due_on verdict_original verdict} | hanwha
cn-hanwha-suspend-end 2026-11-10 2026-11-15 open open
$ deadlines {deadline original_due_on due_on verdict_original verdict} | hanwha
cn-hanwha-suspend-end 2026-11-10 2026-11-15 ended ended

# Of two moves on one day the one that was made public later counts
@ 2026-11-20 energy
$ move energy-2020 2021-03-31 --on 2020-11-10 --public 2020-11-20
$ move energy-2020 2021-06-30 --on 2020-11-10 --public 2020-11-12
$ deadlines --as-of 2020-12-01 {deadline due_on}
energy-2020 2021-03-31
$ deadlines --as-of 2020-12-01 --public-by 2020-11-15 {deadline due_on}
energy-2020 2021-06-30
