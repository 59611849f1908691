The case that the design must survive, and the rest of the truce, on the shipped seed.

@ 2026-01-08 busan

# The counts of the twelve million tonnes stand side by side
$ pace cn-soy-2025 --as-of 2026-01-07 {counted_by basis delivered percent_of_target needed_per_week}
trade press contracted 8.5 70.8 0.462
trade press, high contracted 10 83.3 0.264
USDA sold 3.794 31.6 0.668
USDA flash sales sold 6.9 57.5 0.674
Chinese customs arrived 0 0.0 1.585
$ pace cn-soy-2025 --as-of 2026-01-07 {range: deadline low high through}
cn-soy-2025-delivery 0.0 83.3 2026-01-06

# What is due goes by the current day, and a promise that was kept late says so
$ pace cn-soy-2025 --as-of 2026-01-07 {counted_by data_through due_by_then percent_of_due} | USDA
USDA 2025-12-04 3.4 111.6
USDA flash sales 2026-01-06 6.7 103.0
$ gains --as-of 2026-07-20 | late
of these late 1 –
kept Buy US soybeans by the end of 2025 China 9 Jul, 131 days late; 101% of 12 MMT sold (USDA, 9 Jul) cn-soy-2025

# The deadline is missed against its first day and open against its last
$ deadlines --as-of 2026-01-07 {deadline original_due_on due_on slip_days verdict} | soy-2025
cn-soy-2025-delivery 2025-12-31 2026-02-28 59 open
$ deadlines --as-of 2026-01-07 {deadline moves.due_on moves.says moves.moves_it} | soy-2025
cn-soy-2025-delivery 2026-01, 2026-02-28 us, – false, true

# Only what was public counts, and what was said before the promise moved nothing
$ deadlines --as-of 2025-12-01 {deadline due_on} | soy-2025
cn-soy-2025-delivery 2025-12-31
$ history cn-soy-2025-delivery --as-of 2025-12-01 {says note} | ^us
us Bessent on television: 12 MMT through January. The fact sheet of two days later sets an earlier day.
$ deadlines --as-of 2025-12-05 {deadline due_on} | soy-2025
cn-soy-2025-delivery 2026-02-28
$ history cn-soy-2025-delivery --as-of 2025-12-10 {effective_on says note} | us
2025-10-30 us Bessent on television: 12 MMT through January. The fact sheet of two days later sets an earlier day.
2025-12-04 – Argus: confirmed sales so far. The last large one was reported on 28 November.
2025-12-09 us Greer to a Senate subcommittee: the deadline is the growing season; he calls the difference from the fact sheet a discrepancy. According to USDA that season ended in November, so this sets no day.

# A target that nobody counted against has no figures
$ status cn-soy-2026 --as-of 2026-01-07 {figure}
{"deadline": "cn-soy-2026-delivery", "counted_by": null, "basis": null, "value": null, "unit": "MMT", "target": 25, "bound": "at-least", "percent": null, "through": null, "public_on": null, "over_by": null, "over_since": null}

# Met by one side’s word is one-sided
$ claims cn-soy-2025 --as-of 2026-01-20 {givers_say receivers_say standing verdict}
– {"party": "us", "status": "kept", "on": "2026-01-20", "source": "ap-soybeans"} one-sided partly

# The two tariffs struck down are neither kept nor lost
$ status us-fentanyl-tariff-cut us-reciprocal-suspend --as-of 2026-02-21 {status}
overtaken
overtaken
$ week --as-of 2026-02-21 {new_at_risk: concession counterpart}
cn-fentanyl-precursors us-fentanyl-tariff-cut
cn-precursors-worldwide us-fentanyl-tariff-cut
cn-ag-tariff-remove us-fentanyl-tariff-cut
cn-24pct-suspend us-reciprocal-suspend

# The ends of November and after, each with who loses
$ deadlines --as-of 2026-11-01 --within 300 {due_on loses ends} | (us|cn)-
2026-11-09 cn us-301-exclusions
2026-11-09 cn us-affiliates-rule
2026-11-09 cn us-port-fees-suspend
2026-11-10 us cn-24pct-suspend
2026-11-10 us cn-entity-lists
2026-11-10 us cn-hanwha-suspend
2026-11-10 us cn-port-fees-suspend
2026-11-10 us cn-ree-oct9-suspend
2026-11-27 us cn-gagesb-ban-suspend
2027-06-23 cn us-chip301-defer

# After the terms have ended every measure is expired and the truce is not, until somebody says what follows
@ 2026-11-15 busan
$ headline
Eight promises by the US and China have run out with no renewal on record
$ check {finding subject} | expired
expired us-301-exclusions
expired us-affiliates-rule
expired us-port-fees-suspend
expired cn-24pct-suspend
expired cn-entity-lists
expired cn-hanwha-suspend
expired cn-port-fees-suspend
expired cn-ree-oct9-suspend
$ log us-affiliates-rule missed --on 2026-11-10
#495 us-affiliates-rule: missed, 10 Nov 2026
us-affiliates-rule: unknown → missed
$ check {finding subject} | expired us
expired us-301-exclusions
expired us-port-fees-suspend

# A diff is what changed and nothing else
$ diff 2025-12-31 2026-02-01 {kind what concession before after entries} | ^(?!happened note)
happened status cn-sorghum-logs promised started 303
happened status us-h200-licences promised started 317
happened status cn-soy-2025 started partly 308, 320
happened claim cn-soy-2025 started kept 319
happened figure cn-soy-2025 2.274 9.4216 275, 281, 288, 290, 297, 302, 309, 316, 321
happened status tiktok-divestiture started kept 322
happened outcome tiktok-divestiture open met 322
happened claim tiktok-divestiture – kept 323

# Both seeds live in one book each under its own header
@ 2027-01-08 article
$ apply HERE/../../seeds/busan-truce.toml
$ status --as-of 2026-01-08 | truce.* · ends|· ends
US–China trade truce · promised to US · ends Oct 2026, 296 days
US–China trade truce · promised to China · ends Oct 2026, 296 days
US–China trade truce, 2025–26 · promised to US · ends 10 Nov, 306 days
US–China trade truce, 2025–26 · promised to China · ends 10 Nov, 306 days
$ status --as-of 2026-01-08 --agreement busan-2025 {concession}
soybeans
rare-earths
chip-sales
tiktok

# What ended in silence counts as in doubt
$ status --as-of 2026-11-08 {concession status term_ends_on} | 2026-11-10$
cn-ree-oct9-suspend in force 2026-11-10
cn-24pct-suspend in force 2026-11-10
cn-entity-lists partly 2026-11-10
cn-port-fees-suspend in force 2026-11-10
cn-hanwha-suspend in force 2026-11-10
$ status --as-of 2026-11-24 {concession status term_ends_on} | 2026-11-10$
cn-ree-oct9-suspend unknown 2026-11-10
cn-24pct-suspend unknown 2026-11-10
cn-entity-lists unknown 2026-11-10
cn-port-fees-suspend unknown 2026-11-10
cn-hanwha-suspend unknown 2026-11-10

# A word after the end of a term says what became of it
@ 2026-11-24 busan
$ log cn-entity-lists partly --on 2026-11-12
#495 cn-entity-lists: partly, 12 Nov 2026
cn-entity-lists: unknown → partly
$ status cn-entity-lists {status}
partly

# Only a word on an agreement itself breaks its silence
@ 2027-01-24 busan
$ check {finding subject} | expired .*truce
expired busan-truce
$ note busan-truce 'Talks on a second year begin' --on 2027-01-12
$ check {finding subject} | expired .*truce
(nothing)

# A report says what a term's end rests on as the others do, and only what is kept has to be kept up
@ 2026-11-30 busan
$ claims us-chip301-defer | announced
(nothing)
$ claims cn-gagesb-ban-suspend | announced
(nothing)
$ show us-fentanyl-tariff-cut | kept up
(nothing)
$ show us-no-100pct | kept up
To be kept up no end date

# What a delivery had by its day is not repeated beside a later count of its series
@ 2026-11-30 busan
$ week 2026-W11 | sold|shipped
5 Mar Buy US soybeans by the end of 2025 88% → 89% sold (USDA) [3]
