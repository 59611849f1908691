What is recorded although it is likely to be a mistake, and what the program says about it.

@ 2026-11-26 USDA counted 18 MMT on 19 November

# USDA counted 18 MMT on 19 November
@ 2026-11-26 busan
$ measure cn-soy-2026-delivery 18 --by USDA --basis sold --on 2026-11-19 | Warning
Warning: #495 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week

# A total is compared with its target and the last one
$ measure cn-soy-2026-delivery 1800 --by USDA --basis sold --on 2026-11-18 | Warning
Warning: #496 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
Warning: cn-soy-2026-delivery: 7,200% of the target; check the value and its unit
$ undo
$ measure cn-soy-2026-delivery 37.75 --by USDA --basis sold --on 2026-11-20 | Warning
Warning: #498 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
Warning: cn-soy-2026-delivery: 151% of the target; check the value and its unit
$ undo
$ measure cn-soy-2026-delivery 37.5 --by USDA --basis sold --on 2026-11-20 | Warning
Warning: #500 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
$ undo
$ measure cn-soy-2026-delivery 17.9 --by USDA --basis sold --on 2026-11-20 | Warning
Warning: #502 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
Warning: cn-soy-2026-delivery: below the total of 19 Nov, 18
$ undo
$ measure cn-soy-2026-delivery 17.9 --by USDA --basis sold --on 2026-11-19 | Warning
Warning: #504 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
Warning: cn-soy-2026-delivery: restates the total of 19 Nov, 18
$ undo
$ measure cn-soy-2026-delivery 17.9 --by USDA --basis sold --on 2026-11-18 | Warning
Warning: #506 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week

# A total that falls is what a cut promises
$ add deadline duty --concession cn-soy-2026 --kind delivery --label Duty --base 27.5 --target 10 --unit % --due 2026-12-31 --source wh-eo-14352
$ measure duty 27.5 --by USTR --on 2026-11-18 | Warning
Warning: #497 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
$ measure duty 20 --by USTR --on 2026-11-19 | Warning
Warning: #498 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week

# A flow of an earlier day can be far too high
$ measure cn-soy-2026-delivery 1900 --by USDA --basis sold --on 2026-08-01 --flow | Warning
Warning: cn-soy-2026-delivery: 7,600% of the target; check the value and its unit

# A second flow of a day, such as a revised monthly figure, restates the first one
@ 2026-11-26 busan
$ measure cn-soy-2026-delivery 2.6 --by USDA --basis sold --on 2026-10 --flow | Warning
(nothing)
$ measure cn-soy-2026-delivery 3.0 --by USDA --basis sold --on 2026-10 --flow | Warning
Warning: cn-soy-2026-delivery: #495 and #496 are flows of Oct 2026, of which only #496 counts; two lots of one day are one entry, or have a counter or basis of their own
$ cat revised.csv
deadline,effective_on,value,counted_by,basis,flow
cn-soy-2026-delivery,2026-10,3.1,USDA,sold,true
cn-soy-2026-delivery,2026-09,1.5,USDA,sold,true
$ import revised.csv | Warning
Warning: cn-soy-2026-delivery: #495, #496 and #497 are flows of Oct 2026, of which only #497 counts; two lots of one day are one entry, or have a counter or basis of their own

# A receipt says to what a series adds up
@ 2026-11-26 busan
$ measure cn-soy-2026-delivery 5 --by USDA --basis sold --on 2026-11-20 --flow | ^cn
cn-soy-2026-delivery: 13.3666 → 18.3666 MMT sold (USDA), 73% of 25 MMT
$ amend LAST --value -5 | cn
#496 cn-soy-2026-delivery: retracts #495 (+5 MMT sold, USDA, 20 Nov 2026), 26 Nov 2026
#497 cn-soy-2026-delivery: -5 MMT sold, USDA, 20 Nov 2026
cn-soy-2026-delivery: 18.3666 → 8.3666 MMT sold (USDA), 33% of 25 MMT

# What is met below its target is warned of and found
@ 2026-11-26 busan
$ log cn-soy-2026 kept | Warning
Warning: cn-soy-2026 is kept, but its figure is 53% of 25 MMT sold (USDA, 27 Aug)
$ check {subject finding message} | contradicted
cn-soy-2026 contradicted the verdict is 'kept', but its figure is 53% of 25 MMT sold (USDA, 27 Aug)
$ measure cn-soy-2026-delivery 25 --by customs --basis arrived | Warning
Warning: cn-soy-2026-delivery: a new series, customs arrived in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT. For what its target counts, 'tracker undo' and add --by 'USDA' --basis sold
$ check {subject finding message} | contradicted
cn-soy-2026 contradicted the verdict is 'kept', but its figure is 53% of 25 MMT sold (USDA, 27 Aug)

# Another counter and another basis open another series, which is warned of
@ 2026-11-26 busan
$ measure cn-soy-2026-delivery 9 --by customs --basis arrived | Warning
Warning: cn-soy-2026-delivery: a new series, customs arrived in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT. For what its target counts, 'tracker undo' and add --by 'USDA' --basis sold
$ measure cn-soy-2026-delivery 9 --by customs --basis shipped | Warning
Warning: cn-soy-2026-delivery: a new series, customs shipped in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT, customs arrived in MMT. For what its target counts, 'tracker undo' and add --by 'USDA' --basis sold

# What is met after its day has reached its target
$ log cn-soy-2025 kept | Warning
(nothing)

# A month counts from its last day, and an older verdict changes nothing
@ 2026-03-10 busan
$ log cn-soy-2026 stalled --on 2026-02-10
#495 cn-soy-2026: stalled, 10 Feb 2026
cn-soy-2026: started → stalled
$ log cn-soy-2026 partly --on 2026-02
#496 cn-soy-2026: partly, Feb 2026
cn-soy-2026: stalled → partly
Warning: #496 counts from 28 Feb, the last day of its month, and so outranks #495 (stalled, 10 Feb)
$ log cn-soy-2026 started --on 2026-02-01
#497 cn-soy-2026: started, 1 Feb 2026
Warning: #497 does not change the status: #496 (partly, Feb 2026) is later

# A verdict without a reading or before its window, and a series that is a new one
$ log cn-soy-2027 kept --on 2026-03-04
#496 cn-soy-2027: kept, 4 Mar 2026
cn-soy-2027: promised → kept
cn-soy-2027-delivery: met
Warning: cn-soy-2027 is kept, but cn-soy-2027-delivery has no reading that counts; log one with 'tracker measure'
Warning: cn-soy-2027 is kept before the window of cn-soy-2027-delivery opens on 1 Jan 2027
$ measure cn-soy-2026-delivery 16 tonnes --new-series --by Port --basis arrived --on 2026-03-07
#497 cn-soy-2026-delivery: 16 tonnes arrived, Port, 7 Mar 2026
Warning: cn-soy-2026-delivery: a new series, Port arrived in tonnes; so far: USDA sold in MMT, USDA without 2025 sold in MMT. For what its target counts, 'tracker undo' and add --by 'USDA' --basis sold
$ measure cn-soy-2026-delivery 0.4 --by Port --basis arrived --flow --on 2026-03-07
#498 cn-soy-2026-delivery: +0.4 MMT arrived, Port, 7 Mar 2026
Warning: cn-soy-2026-delivery: a new series, Port arrived in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT, Port arrived in tonnes. For what its target counts, 'tracker undo' and add --by 'USDA' --basis sold
$ amend LAST --value 3.1 --by usda
#499 cn-soy-2026-delivery: retracts #498 (+0.4 MMT arrived, Port, 7 Mar 2026), 26 Nov 2026
#500 cn-soy-2026-delivery: +3.1 MMT arrived, USDA, 7 Mar 2026
Warning: cn-soy-2026-delivery: a new series, USDA arrived in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT, Port arrived in MMT, Port arrived in tonnes. For what its target counts, 'tracker undo' and add --basis sold
$ undo
#501 cn-soy-2026-delivery: retracts #499 (retracts #498, 26 Nov 2026), 26 Nov 2026
#502 cn-soy-2026-delivery: retracts #500 (+3.1 MMT arrived, USDA, 7 Mar 2026), 26 Nov 2026
