
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
