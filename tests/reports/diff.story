What changed between two points, and how each change came about.

@ 2026-11-26 busan

# What was only checked did not change
$ checked cn-semi-probes-end
$ diff 2026-11-25 2026-11-26 | Changed
Changed: nothing

# A count that grew is shown before and after, a note in full
$ measure cn-soy-2026-delivery 19 --by USDA --basis sold
$ note cn-poultry 'Talks go on'
$ diff 2026-11-25 2026-11-26 | soybeans|poultry|Talks
26 Nov Buy US soybeans in 2026 13.3666 → 19 MMT sold (USDA), 76% of 25 MMT happened #495 cn-soy-2026-delivery
26 Nov Resume imports of US poultry from states free of bird flu note happened #496 cn-poultry
Talks go on

# A restated target is shown before and after
$ move cn-soy-2026-delivery 2026-12-31 --target 20
$ diff 2026-11-25 2026-11-26 {what before after unit kind}
target 25 20 MMT happened

# What ended without a word changed because the day passed
$ diff 2026-11-09 2026-11-10 {concession what before after kind on entries} | us-.* status
us-301-exclusions status in force unknown passed 2026-11-09 –
us-affiliates-rule status in force unknown passed 2026-11-09 –
us-port-fees-suspend status in force unknown passed 2026-11-09 –
$ diff 2026-11-09 2026-11-10 | port fees
9 Nov Suspend port fees on Chinese ships, and crane tariffs in force → unknown passed us-port-fees-suspend
9 Nov Suspend port fees on Chinese ships, and crane tariffs ended passed us-port-fees-suspend-end

# Filters narrow what changed
$ measure cn-soy-2026-delivery 19 --by USDA --basis sold
$ log us-h20-licences started
$ diff 2026-11-25 2026-11-26 --giver us {concession what}
us-h20-licences status
$ diff 2026-11-25 2026-11-26 --giver cn {concession what}
cn-soy-2026 figure

# An amended entry is corrected
$ log cn-poultry started --on 2026-11-20
$ amend LAST --status partly
$ diff '2026-11-26#LAST-2' {what before after kind}
status started partly corrected

# What a retraction left in force is corrected
$ measure cn-soy-2026-delivery 19 --by USDA --basis sold
$ retract LAST --reason 'Misread the table'
$ diff '2026-11-26#LAST-1' {what before after kind}
figure 19 13.3666 corrected

# What counts again because its retraction was taken back is corrected
$ log cn-poultry started --on 2026-11-26
$ retract LAST --reason Mistyped
$ undo
$ diff '2026-11-26#LAST-1' {what before after kind}
status promised started corrected

# Another reading of the same day is restated
$ measure cn-soy-2026-delivery 19 --by USDA --basis sold
$ measure cn-soy-2026-delivery 20 --by USDA --basis sold
$ diff '2026-11-26#LAST-1' {what before after basis party kind}
figure 19 20 sold USDA restated

# What was public before and typed afterwards is late, and no news of the days since
$ log cn-poultry started --on 2026-11-20
$ diff '2026-11-22#LAST-1' {what before after kind}
status promised started late
$ diff 2026-11-22 {what}
(nothing)

# A changed declaration is declared
$ change cn-poultry --title 'Let US poultry in' --reason Shorter
$ diff '2026-11-26#LAST-1' {what before after kind}
field Resume imports of US poultry from states free of bird flu Let US poultry in declared

# A promise that was known before its own day happened on it; one that is added is declared
$ diff 2026-05-01 2026-11-26 {concession what kind} | boeing-200 status
cn-boeing-200 status happened
$ add concession us-pears --agreement busan-truce --giver us --receiver cn --title 'Sell pears' --sector agriculture --source mofcom-outcomes --promised 2026-11-20
$ diff '2026-11-26#LAST-1' {concession what on kind}
us-pears status 2026-11-20 declared
us-pears field 2026-11-26 declared
$ diff 2026-11-19 2026-11-26 {concession what on kind} | us-pears
us-pears status 2026-11-20 happened

# A week means its Sunday
$ log cn-poultry started --on 2026-11-23
$ diff 2026-11-22 W48 {what on kind}
status 2026-11-23 happened
$ diff W47 W48 {what on kind}
status 2026-11-23 happened

# A limit that opens when its first day is supplied opens by that entry
@ 2026-11-26 busan
$ add deadline poultry-cap --concession cn-poultry --kind delivery --label Cap --target 15 --unit % --bound at-most --awaits 'a law' --source mofcom-outcomes
$ move cn-poultry 2026-11-25 --on 2026-11-25
$ diff 2026-11-24 2026-11-26 {what after kind entries} | outcome
outcome open happened 496

# A text of the source of an agreement is its news, also if only that is asked for
@ 2026-11-26 busan
$ cat talks.txt
One two three
$ source keep mofcom-outcomes talks.txt --seen 2026-11-24
$ cat talks.txt
One two four
$ source keep mofcom-outcomes talks.txt --seen 2026-11-26
$ diff 2026-11-25 2026-11-26 --agreement busan-truce {what kind entries} | text
text happened 496

# A promise is new on its own day, whatever was said of it since
$ diff 2026-05-01 2026-11-26 {concession what on after} | (boeing-200|for-30|board-of-trade) status
cn-boeing-200 status 2026-05-17 promised
board-of-trade status 2026-09-27 kept
cn-30-for-30 status 2026-09-27 negotiating
us-30-for-30 status 2026-09-27 negotiating

# A count that is the same on a later day differs in its day
@ 2026-01-20 article
$ add deadline crews --concession soybeans --kind delivery --label Crews --due 2026-03-05 --target 12 --unit crews --source article
$ measure crews 7 --by UN --on 2026-01-04
$ measure crews 7 --by UN --on 2026-01-11
$ diff 2026-01-08 | crews
11 Jan Resume soybean purchases 7 → 7 crews (UN), 58% of 12 crews happened #27 crews
