
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
Warning: energy-2020: #33 and #35 are flows of Feb 2020, of which only #35 counts; two lots of one day are one entry, or have a counter or basis of their own
$ pace energy-2020 --as-of 2020-06-30 {counted_by delivered} | Customs
Customs 3.6
$ pace energy-2020 --as-of 2020-05-01 {counted_by delivered} | Customs
Customs 3.5
$ show energy-2020 {restated.on restated.counted_by restated.was restated.value restated.public_on}
2020-02-29, 2020-05-31 Customs, Census 2.0, 3.506 2.1, 1.974 2020-05-10, 2020-07-09
$ measure energy-2020 1.9 --by Customs --basis paid --flow --on 2020-02 --public 2020-03-01 | Warning
Warning: energy-2020: #33, #35 and #36 are flows of Feb 2020, of which only #35 counts; two lots of one day are one entry, or have a counter or basis of their own
$ pace energy-2020 --as-of 2020-06-30 {counted_by delivered} | Customs
Customs 3.6

# Equal flows of one day restate each other, too, but a month's flow is not that of its last day
$ measure energy-2020 0.132 --by exporters --basis sold --flow --on 2020-02-29
$ measure energy-2020 0.132 --by exporters --basis sold --flow --on 2020-02-29 --source july-page | Warning
Warning: #34 counts from 2 Jul 2020, when its source was published; give --public if it was known before
Warning: energy-2020: #33 and #34 are flows of 29 Feb 2020, of which only #34 counts; two lots of one day are one entry, or have a counter or basis of their own
$ measure energy-2020 1 --by exporters --basis sold --flow --on 2020-02 | restates
(nothing)
$ pace energy-2020 --as-of 2020-06-30 {counted_by delivered} | exporters
exporters 1.132

# Of several deliveries with one day all are shown
$ add deadline coal-2020 --concession energy --kind delivery --label 'Coal bought in 2020' --opens 2020-01-01 --due 2020-12-31 --target 8 --unit Mt --source text
$ add deadline lng-2021 --concession energy --kind delivery --label 'LNG bought in 2021' --due 2021-12-31 --target 5 --unit Mt --source text
$ measure coal-2020 2 --by Customs --basis arrived --on 2020-05-31 --public 2020-06-20
$ status energy --as-of 2020-07-15 | energy
Phase One, energy · promised to US
Buy US energy China promised 25%; 8% 31 Dec 31 May energy
$ status energy --as-of 2020-07-15 {figure.deadline figure.value other_figures.deadline other_figures.value}
coal-2020 2 energy-2020 1.974
$ gains --as-of 2020-07-15 | energy$
Who gained what · Phase One, energy
promised Buy US energy China 25% of 8 Mt arrived (Customs, 31 May); 8% of 26.149 bn USD shipped (Census, 31 May) energy
$ diff 2020-04-30 2020-07-15 | coal
31 May Buy US energy (Coal bought in 2020) 2 Mt arrived (Customs), 25% of 8 Mt happened #35 coal-2020
$ status energy --as-of 2021-07-15 {figure.deadline figure.value other_figures}
lng-2021 – –

# A verdict is compared with every delivery of the day
$ add deadline coal-2020 --concession energy --kind delivery --label 'Coal bought in 2020' --opens 2020-01-01 --due 2020-12-31 --target 8 --unit Mt --source text
$ measure coal-2020 2 --by Customs --basis arrived --on 2020-12-31
$ measure energy-2020 35 --by Census --basis shipped --on 2020-12-31
$ log energy kept --on 2021-01-15 | Warning
Warning: energy is kept, but its figure is 25% of 8 Mt arrived (Customs, 31 Dec 2020)
$ check {finding subject message} | contradicted
contradicted energy the verdict is 'kept', but its figure is 25% of 8 Mt arrived (Customs, 31 Dec 2020)

# What is counted twice a year is a limit's figure for 35 days, and disputes it for longer
@ 2026-11-20 article
$ apply HERE/eu-us.toml
$ move cars-ceiling 2025-08-01 --on 2025-08-28
$ measure cars-ceiling 15.5 --by WTO --basis level --on 2025-09-30
$ measure cars-ceiling 15.5 --by WTO --basis level --on 2026-03-31
$ pace cars {counted_by is_figure over_since} | WTO|CBP
WTO true 2025-09-30
$ measure cars-ceiling 15 --by CBP --basis level --on 2026-11-15
$ pace cars {counted_by is_figure over_since} | WTO|CBP
CBP true –
WTO false 2025-09-30
$ pace cars | at most
EU–US framework · Ceiling on cars · at most 15% · 15%, CBP, 15 Nov
$ check {finding message} | above
contradicted the status is 'promised', and WTO counts 15.5%, above the limit of 15% (cars-ceiling)

# What was counted before a limit binds is shown as such, and counts for nothing
@ 2026-11-20 article
$ apply HERE/eu-us.toml
$ measure cars-ceiling 27.5 --by CBP --basis level --on 2025-07-31
$ pace cars {counted_by delivered data_through is_figure over_since early}
CBP 27.5 2025-07-31 false – true
$ pace cars | Ceiling|CBP
EU–US framework · Ceiling on cars · at most 15%; awaits the EU proposes its law
CBP level 27.5 31 Jul 2025, before it binds
$ move cars-ceiling 2025-09-01 --on 2025-08-28
$ pace cars {counted_by delivered data_through is_figure over_since early}
CBP 27.5 2025-07-31 false – true
$ pace cars | Ceiling|CBP
EU–US framework · Ceiling on cars · at most 15%
CBP level 27.5 31 Jul 2025, before it binds
$ show cars-ceiling | CBP
CBP level 27.5 31 Jul 2025, before it binds
#32 31 Jul 2025 27.5% level, CBP
$ status cars {figure.value figure.over_by}
– –
$ measure cars-ceiling 15 --by CBP --basis level --on 2025-09-16
$ pace cars {counted_by delivered data_through is_figure over_since early}
CBP 15 2025-09-16 true – false
$ status cars {figure.value}
15

# Both sides' word after the end of a term ends the doubt of an earlier verdict
@ 2026-11-20 busan
$ log cn-hanwha-suspend partly --on 2026-03-01
$ status cn-hanwha-suspend {status status_from}
unknown verdict
$ log cn-hanwha-suspend kept --says US --on 2026-11-12
$ status cn-hanwha-suspend {status status_from}
unknown verdict
$ log cn-hanwha-suspend kept --says China --on 2026-11-13
$ status cn-hanwha-suspend {status status_from}
kept both
$ status cn-hanwha-suspend --as-of 2026-11-12 {status status_from}
unknown verdict
$ log cn-hanwha-suspend broken --on 2026-11-14
$ status cn-hanwha-suspend {status status_from}
broken verdict

# The first day of a term that was extended says what became of the term once both days have passed
@ 2026-11-20 busan
$ move cn-hanwha-suspend-end 2026-11-15 --on 2026-11-09
$ deadlines --as-of 2026-11-12 {deadline original_due_on due_on verdict} | hanwha
cn-hanwha-suspend-end 2026-11-10 2026-11-15 open
$ deadlines {deadline original_due_on due_on verdict} | hanwha
cn-hanwha-suspend-end 2026-11-10 2026-11-15 ended

# A target that its figure has reached awaits a verdict
@ 2026-11-20 energy
$ measure energy-2020 35 --by Census --basis shipped --on 2020-11-30
$ check --as-of 2020-12-15 {finding subject message} | reached
reached energy its figure has been at its target since 30 Nov; no verdict since
$ gains --as-of 2020-12-15 {group promised await_verdict}
us 1 1
$ gains --as-of 2020-12-15 | verdict
awaiting your verdict 1
promised, awaits your verdict Buy US energy China 134% of 26.149 bn USD shipped (Census, 30 Nov) energy
$ measure energy-2020 20 --by Customs --basis arrived --on 2020-12-01
$ gains --as-of 2020-12-15 {group promised await_verdict}
us 1 1
$ measure energy-2020 34.5 --by Customs --basis arrived --on 2020-12-10
$ check --as-of 2020-12-15 {finding subject message} | reached
reached energy its figure has been at its target since 30 Nov; no verdict since
$ log energy partly --on 2020-12-14
$ gains --as-of 2020-12-15 {group partly await_verdict}
us 1 0

# Of two moves on one day the one that was made public later counts
@ 2026-11-20 energy
$ move energy-2020 2021-03-31 --on 2020-11-10 --public 2020-11-20
$ move energy-2020 2021-06-30 --on 2020-11-10 --public 2020-11-12
$ deadlines --as-of 2020-12-01 {deadline due_on}
energy-2020 2021-03-31
$ deadlines --as-of 2020-11-15 {deadline due_on}
energy-2020 2021-06-30

# A restated target can restate the level from which it counts
@ 2026-11-20 article
$ add deadline rise --concession soybeans --kind delivery --label Rise --due 2026-12-31 --target 25 --unit MMT --base 20 --source article
$ measure rise 22 --by USDA --basis sold | rise
#26 rise: 22 MMT sold, USDA, 20 Nov 2026
rise: 22 MMT sold (USDA), 88% of 25 MMT
$ move rise 2026-12-31 --target 12 --base 2
#27 rise: target 12 MMT from 2, due 31 Dec, 20 Nov 2026
rise: target 25 → 12 MMT
$ pace soybeans {target base percent_of_target percent_of_increase}
12 2 183.3 200.0
$ history soybeans --as-of 2026-11-20 | target
#27 20 Nov target 12 MMT from 2, due 31 Dec analyst
$ amend 27 --base 7 | target
#28 rise: retracts #27 (target 12 MMT from 2, due 31 Dec, 20 Nov 2026), 20 Nov 2026
#29 rise: target 12 MMT from 7, due 31 Dec, 20 Nov 2026
$ move rise 2026-12-31 --target 15
$ pace soybeans {target base}
15 7

# Once its day has passed, what was counted by then awaits a verdict, and check says what is true now
@ 2026-03-20 article
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-02-28 --target 10 --unit MMT --source article
$ measure tonnage 11 --by USDA --basis sold --on 2026-02-10
$ check {finding subject message} | target
reached soybeans its figure has been at its target since 10 Feb; no verdict since
$ measure tonnage 8 --by USDA --basis sold --on 2026-03-10
$ check {finding subject message} | target
reached soybeans its figure reached its target on 10 Feb, and is below it now; no verdict since
$ status soybeans {awaits_verdict}
true
$ measure tonnage 12 --by USDA --basis sold --on 2026-03-12
$ check {finding subject message} | target
reached soybeans its figure has been at its target since 12 Mar; no verdict since

# A target that is reached after its day awaits a verdict only in check
@ 2026-03-20 article
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-02-28 --target 10 --unit MMT --source article
$ measure tonnage 11 --by USDA --basis sold --on 2026-03-10
$ status soybeans {awaits_verdict}
false
$ check {finding subject message} | target
reached soybeans its figure has been at its target since 10 Mar; no verdict since

# A count that makes another series stale is what made another figure
@ 2026-03-01 article
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-12-31 --target 12 --unit MMT --source article
$ measure tonnage 4 --by USDA --on 2026-01-05
$ measure tonnage 5 --by Census --on 2026-01-20
$ measure tonnage 6 --by Oilworld --on 2026-02-15
$ measure tonnage 7 --by Oilworld --on 2026-02-16
$ diff 2026-02-10 2026-02-20 {what before after entries}
figure 4 5 29
$ diff 2026-02-10 2026-02-20 | MMT
16 Feb Resume soybean purchases 4 (USDA) → 5 MMT (Census), 42% of 12 MMT happened #29 tonnage
