What is measured, moved, closed and checked, on the truce.

@ 2026-01-08 busan

# Measure takes unit and counter from deadline and source
$ measure cn-soy-2025-delivery 8.10 --basis sold --source wh-fact-sheet | ^#
#495 cn-soy-2025-delivery: 8.1 MMT sold, White House, 8 Jan 2026

# Both sides move a deadline whole, with its target; the first day is kept
$ move cn-soy-2025-delivery 2026-04 --target 10 --says China | ^cn
cn-soy-2025-delivery: this statement alone does not move it
$ move cn-soy-2025-delivery 2026-04 --target 10 --says US
#496 cn-soy-2025-delivery: US says target 10 MMT, due Apr 2026, 8 Jan 2026
cn-soy-2025-delivery: deadline moved 28 Feb → Apr 2026 (US, China)
cn-soy-2025-delivery: target 12 → 10 MMT
$ deadlines {deadline original_due_on due_on target} | soy-2025
cn-soy-2025-delivery 2025-12-31 2026-04 10

# Later but more moves neither the day nor the target
$ move cn-soy-2025-delivery 2026-04 --target 14 --says us | ^cn
cn-soy-2025-delivery: this statement alone does not move it

# What one side says moves nothing, and is shown beside the day
$ deadlines {deadline due_on target} | soy-2025
cn-soy-2025-delivery 2026-02-28 12
$ move cn-soy-2025-delivery 2026-04 --target 10 --says China
#495 cn-soy-2025-delivery: China says target 10 MMT, due Apr 2026, 8 Jan 2026
cn-soy-2025-delivery: this statement alone does not move it
$ deadlines {deadline due_on target moves.says moves.due_on moves.target moves.moves_it} | soy-2025
cn-soy-2025-delivery 2026-02-28 12 us, –, cn 2026-01, 2026-02-28, 2026-04 –, –, 10 false, true, false
$ deadlines -f md | China says
| 28 Feb | 51 d | Buy US soybeans by the end of 2025 (12 MMT)<br>counted by USDA, sold; first due 31 Dec 2025 (+59 d); China says Apr 2026, 10 MMT | delivery | open | |
$ claims -f csv --limit 1
concession,verdict,givers_say,receivers_say,others,standing
cn-soy-2025,partly,,us started 2025-11-25 devdiscourse-schedule,,one-sided

# A move is amended with a target that it did not have
$ move cn-soy-2025-delivery 2026-04
$ amend LAST --target 10 | ^#
#496 cn-soy-2025-delivery: retracts #495 (moved to Apr 2026, 8 Jan 2026), 8 Jan 2026
#497 cn-soy-2025-delivery: target 10 MMT, due Apr 2026, 8 Jan 2026
$ amend LAST --target 0
tracker: The target is 0, against which nothing can be measured. Correct it and try again
[5]

# A moved day may be written in words
@ 2026-01-08 article
$ move apec-2026 '14 Nov 2026' | moved
#25 apec-2026: moved to 14 Nov, 8 Jan 2026
apec-2026: day moved 2026 → 14 Nov
$ amend LAST --to '15 nov 2026' | moved
#26 apec-2026: retracts #25 (moved to 14 Nov, 8 Jan 2026), 8 Jan 2026
#27 apec-2026: moved to 15 Nov, 8 Jan 2026
apec-2026: day moved 14 Nov → 15 Nov

# A verdict settles the only delivery of its concession, and close is for one of several
@ 2026-01-20 busan
$ close cn-soy-2025-delivery met
tracker: 'cn-soy-2025-delivery' ends with the verdict on 'cn-soy-2025'. Write 'tracker log cn-soy-2025 kept'
[4]
$ close cn-soy-2025-delivery cancelled
tracker: 'cn-soy-2025-delivery' ends with the verdict on 'cn-soy-2025'. Write 'tracker log cn-soy-2025 overtaken'
[4]
$ log cn-soy-2025 kept
$ deadlines {deadline verdict late_days late_days_first} | soy-2025
cn-soy-2025-delivery met 0 20
$ add deadline soy-more --concession cn-soy-2025 --kind delivery --label More --due 2026-06-30 --source usda-sales
$ close cn-soy-2025-delivery missed
tracker: 'cn-soy-2025-delivery' ends with the verdict on 'cn-soy-2025'. Write 'tracker log cn-soy-2025 missed'
[4]
$ log cn-soy-2025 kept --on 2026-01-20
$ close soy-more met
$ close soy-more cancelled
tracker: 'soy-more' is already closed as met, by entry 498. Correct that with 'tracker amend 498' or 'tracker retract 498'
[4]
$ deadlines {deadline verdict} | soy-2025|soy-more
cn-soy-2025-delivery met
soy-more met

# A negative flow, after --, is a cancelled sale, which the total of its own day includes
$ measure --by USDA --basis sold --flow -- cn-soy-2025-delivery -0.2 | ^#
#495 cn-soy-2025-delivery: -0.2 MMT sold, USDA, 8 Jan 2026
$ pace cn-soy-2025-delivery {counted_by basis delivered} | USDA sold
USDA sold 6.4605

# A reading is amended in its own parts
$ measure cn-soy-2025-delivery 3.794 --by USDA --basis sold --on 2026-01-06
$ amend LAST --value 4.5 | ^#
#496 cn-soy-2025-delivery: retracts #495 (3.794 MMT sold, USDA, 6 Jan 2026), 8 Jan 2026
#497 cn-soy-2025-delivery: 4.5 MMT sold, USDA, 6 Jan 2026
$ amend LAST --by 'USDA FAS' | ^#
#498 cn-soy-2025-delivery: retracts #497 (4.5 MMT sold, USDA, 6 Jan 2026), 8 Jan 2026
#499 cn-soy-2025-delivery: 4.5 MMT sold, USDA FAS, 6 Jan 2026
$ amend LAST --basis shipped --flow | ^#
#500 cn-soy-2025-delivery: retracts #499 (4.5 MMT sold, USDA FAS, 6 Jan 2026), 8 Jan 2026
#501 cn-soy-2025-delivery: +4.5 MMT shipped, USDA FAS, 6 Jan 2026
$ amend LAST --on 2026-01-05 --note '' | ^#
#502 cn-soy-2025-delivery: retracts #501 (+4.5 MMT shipped, USDA FAS, 6 Jan 2026), 8 Jan 2026
#503 cn-soy-2025-delivery: +4.5 MMT shipped, USDA FAS, 5 Jan 2026
$ history cn-soy-2025-delivery {value unit counted_by basis flow effective_on note} | USDA FAS
4.5 MMT USDA FAS shipped true 2026-01-05 –

# A deadline that is met after its day says how many days late
@ 2026-03-10 busan
$ log cn-soy-2025 kept --on 2026-02-28
$ deadlines {deadline verdict late_days} | soy-2025
cn-soy-2025-delivery met 0
$ undo
$ log cn-soy-2025 kept --on 2026-03-01 | late
cn-soy-2025-delivery: met, 1 day late
$ undo
$ log cn-soy-2025 kept --on 2026-03-02 | late
cn-soy-2025-delivery: met, 2 days late
Warning: #499 is not listed as recorded late in week 2026-W11, since today was set; give --public if it became public that week
$ deadlines {deadline verdict late_days} | soy-2025
cn-soy-2025-delivery met 2

# Check sees what contradicts the readings
$ log cn-soy-2025 kept --on 2026-01-07
$ log cn-soy-2025 kept --says us
$ log cn-soy-2025 partly --says cn
$ check {subject finding message} | ^cn-soy-2025
cn-soy-2025 contradicted the verdict is 'kept', but its figure is 56% of 12 MMT sold (USDA, 1 Jan)
cn-soy-2025 contested China says partly, 8 Jan; US says kept, 8 Jan
cn-soy-2025 unsourced the verdict 'kept' (#495) names no source

# A quantity near zero is kept
$ measure cn-soy-2025-delivery 0.000000001 --by USDA
$ history cn-soy-2025-delivery --since 2026-01-08 -f csv --columns value,unit | 0.000
0.000000001,MMT

# An entry is named as reports print it
@ 2026-01-08 article
$ log soybeans partly --on 2026-01-07
$ amend '#25' --status started
$ amend 27 --status kept
#28 soybeans: retracts #27 (started, 7 Jan 2026), 8 Jan 2026
#29 soybeans: kept, 7 Jan 2026
soybeans: started → kept

# A receipt says which day counts once a move or a closing is taken back
@ 2026-01-08 busan
$ move cn-soy-2025-delivery 2026-04-30 --target 13
$ log cn-soy-2025 overtaken
#496 cn-soy-2025: overtaken, 8 Jan 2026
cn-soy-2025: partly → overtaken
cn-soy-2025-delivery: cancelled
$ retract LAST-1 --reason 'Not its day' | ^cn-soy
cn-soy-2025-delivery: deadline moved 30 Apr → 28 Feb
cn-soy-2025-delivery: target 13 → 12 MMT
$ retract LAST-1 --reason 'Still open' | ^cn-soy
cn-soy-2025: overtaken → partly
cn-soy-2025-delivery: open
$ undo | ^cn-soy
cn-soy-2025: partly → overtaken
cn-soy-2025-delivery: cancelled
$ undo | ^cn-soy
cn-soy-2025-delivery: deadline moved 28 Feb → 30 Apr
cn-soy-2025-delivery: target 12 → 13 MMT

# A count from before the window is likely to have the wrong year
@ 2026-01-25 busan
$ measure cn-soy-2026-delivery 14 --by USDA --basis sold --on 2025-11-26
#495 cn-soy-2026-delivery: 14 MMT sold, USDA, 26 Nov 2025
cn-soy-2026-delivery: 14 MMT sold (USDA), 56% of 25 MMT
Warning: cn-soy-2026-delivery: its window opens on 1 Jan, after this day; check the day
