The page of a week: what was learnt in it, and how it is put.

@ 2026-01-20 article

# A week without news says how old the latest evidence is
@ 2026-01-11 article
$ headline
No update recorded. Latest evidence: 30 December 2025, 12 days ago.
$ week | ^(?!.*head)
US–China trade truce · week 2, 5–11 Jan 2026
as of 11 Jan 2026 · ends Oct 2026, 293 days
No update recorded. Latest evidence: 30 December 2025, 12 days ago.
Who has what
US CHINA
started 2 1
negotiating 1 –
Counted, not weighed. 4 without an update; 4 of 4 looked at in 30 days.

# A change is reported with its day, its giver, both states, its note and its source
@ 2026-01-11 article
$ log soybeans partly --on 2026-01-07 -m 'COFCO signs for ten cargoes. Sinograin waits.' --source article
$ week | ^(?!.*head)
US–China trade truce · week 2, 5–11 Jan 2026
as of 11 Jan 2026 · ends Oct 2026, 293 days
Resume soybean purchases: started → partly
COFCO signs for ten cargoes.
Changed
7 Jan China Resume soybean purchases started → partly [1]
COFCO signs for ten cargoes. Sinograin waits.
Who has what
US CHINA
partly 1 (+1) –
started 1 (−1) 1
negotiating 1 –
Counted, not weighed. 3 without an update; 4 of 4 looked at in 30 days.
[1] The Straits Times (Bloomberg), 30 Dec 2025
$ week --brief | ^(?!.*head)
US–China trade truce · week 2, 5–11 Jan 2026
as of 11 Jan 2026 · ends Oct 2026, 293 days
Resume soybean purchases: started → partly
COFCO signs for ten cargoes.
Changed
7 Jan China Resume soybean purchases started → partly
Who has what
US CHINA
partly 1 (+1) –
started 1 (−1) 1
negotiating 1 –

# Changes of one giver to one status are counted, with what is at risk by them
@ 2026-01-11 article
$ log soybeans stalled --on 2026-01-07
$ log rare-earths stalled --on 2026-01-07
$ headline
Two promises by China now stalled
$ week | at risk|given for
One concession given in return is now at risk.
New at risk: given for Resume soybean purchases, now stalled
New at risk: given for Let rare earths flow again, now stalled

# What is over leads, then what is kept, what is in part, a claim and a note
@ 2026-01-11 article
$ note busan-2025 'Talks go on in Paris. Nobody says when.' --on 2026-01-06
$ headline
Talks go on in Paris
$ log tiktok kept --says us --on 2026-01-07
$ headline
Sell the US operations of TikTok: US says kept
$ log soybeans partly --on 2026-01-07
$ headline
Resume soybean purchases: started → partly
$ log chip-sales kept --on 2026-01-08
$ headline
Let US firms sell chips to China again: started → kept
$ log tiktok overtaken --on 2026-01-08
$ headline
Sell the US operations of TikTok: negotiating → overtaken
$ move truce-year 2027-01-10 --says us --on 2026-01-08
$ headline
US–China trade truce: US says it runs on to 10 Jan 2027
$ move truce-year 2026-12-31 --on 2026-01-09
$ headline
US–China trade truce: end moved Oct 2026 → 31 Dec

# A new promise has the note of the claim that confirms it
@ 2026-01-11 article
$ add concession corn --agreement busan-2025 --title 'Buy corn' --giver cn --receiver us --sector farming --kind purchase --instrument readout --test Bought --source article --promised 2026-01-07
$ log corn promised --says cn --on 2026-01-07 -m 'Six cargoes'
$ week | corn|Corn|cargoes|new
New: Buy corn
7 Jan China Buy corn new [1]
Six cargoes

# Of two verdicts in a week the later counts
$ log tiktok met --on 2026-01-13 -m 'The deal closes'
$ log tiktok partial --on 2026-01-14 -m 'Only a part of it closes'
$ week 2026-W03 | TikTok|closes
Sell the US operations of TikTok: negotiating → partly
14 Jan China Sell the US operations of TikTok negotiating → partly
Only a part of it closes

# A concession has all its news in one row, other days before their notes
$ log tiktok partly --on 2026-01-13 -m 'ByteDance signs'
$ note tiktok 'The House asks' --on 2026-01-14
$ week 2026-W03 | TikTok|signs|asks
Sell the US operations of TikTok: negotiating → partly
ByteDance signs.
13 Jan China Sell the US operations of TikTok negotiating → partly
ByteDance signs
14 Jan – The House asks

# A party's word that moves nothing is said beside the changes
$ log tiktok kept --says cn --on 2026-01-13 -m 'MOFCOM: done'
$ note busan-2025 'Xi speaks of trust' --says cn --on 2026-01-14
$ week 2026-W03 | says
Sell the US operations of TikTok: China says kept
13 Jan China Sell the US operations of TikTok China says kept
14 Jan China says: Xi speaks of trust

# A party's note is never the book's own, neither in a row nor as the headline
$ note soybeans 'It is a shame. We wait.' --says us --on 2026-01-13
$ week 2026-W03 | shame
US says: It is a shame
US says: It is a shame. We wait.
$ note busan-2025 'The truce holds' --says cn --headline --on 2026-01-14
$ headline 2026-W03
China says: The truce holds

# A mark stands behind what its source says: a status cites the entry that decides it
$ log tiktok partly --on 2026-01-13 -m 'The first 20 are sold' --source https://n.example/20
$ log tiktok partly --on 2026-01-14 -m 'A further 30 are ordered'
$ week 2026-W03 | in part|sold|ordered|n.example
A further 30 are ordered

# Twelve million tonnes are due in February
@ 2026-01-14T09:00Z told
$ at 2026-01-11T09:00Z
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article
$ measure tonnage 3 --by USDA --basis sold --on 2026-01-08

# A figure for last week that is published this week is this week's news
@ 2026-01-18T09:00Z Twelve million tonnes are due in February
$ measure tonnage 6 --by USDA --basis sold --on 2026-01-09 --public 2026-01-15
$ measure tonnage 4 --by trade --basis sold --on 2026-01-13
$ headline
Resume soybean purchases: 25% → 50% sold (USDA)
$ week | sold|Public
Resume soybean purchases: 25% → 50% sold (USDA)
9 Jan China Resume soybean purchases 25% → 50% sold (USDA)
33% sold (trade), 13 Jan
Public on 15 Jan.

# A week that was corrected later shows what counts now, and as known then what was read
@ 2026-01-18T09:00Z Twelve million tonnes are due in February
$ week 2026-W02 | sold
25% sold (USDA), 8 Jan
8 MMT sold, 0 landed
$ amend LAST --value 2.4
$ week 2026-W02 | sold
20% sold (USDA), 8 Jan
8 MMT sold, 0 landed
$ week 2026-W02 --known-by '#LAST-2' | sold
25% sold (USDA), 8 Jan
8 MMT sold, 0 landed
$ week | sold|Corrected
Resume soybean purchases: 25% → 20% sold (USDA)
8 Jan China Resume soybean purchases 25% → 20% sold (USDA)
Corrected: 1 entry, listed with '--all'.
$ week --all | Corrected|#
Corrected
#35 18 Jan Resume soybean purchases retracts #34 analyst tonnage

# What is recorded, corrected and taken back in one week leaves only a count
@ 2026-01-20T09:00Z told
$ log tiktok kept --on 2026-01-19
$ amend LAST --status partly
$ undo
$ undo
$ headline 2026-W04
No update recorded. Latest evidence: 9 January, 11 days ago.
$ week 2026-W04 | Corrected|TikTok
Corrected: 2 entries, listed with '--all'.

# What was recorded late has its day and does not lead where something happened
@ 2026-01-20T09:00Z told
$ log rare-earths partly --on 2026-01-06 -m 'Licences arrive'
$ headline
Let rare earths flow again: started → partly
$ log tiktok partly --on 2026-01-20
$ headline
Sell the US operations of TikTok: negotiating → partly
$ week | Licences|in part
Recorded late – Licences arrive

# What was counted by a day is not lost when the day is ahead again
@ 2026-01-18T09:00Z Twelve million tonnes are due in February
$ measure tonnage 4 --by USDA --basis sold --on 2026-01-15
$ move tonnage 2026-01-10 --on 2026-01-16
$ move tonnage 2026-03-10 --on 2026-01-18
$ diff 2026-01-17 2026-01-18 {what before after kind}
day 2026-01-10 2026-03-10 happened
outcome overdue open happened

# A row keeps all that changed, however much was recorded late
@ 2026-01-18T09:00Z Twelve million tonnes are due in February
$ note soybeans One --on 2026-01-02
$ note soybeans Two --on 2026-01-03
$ note tiktok Three --on 2026-01-04
$ note tiktok Four --on 2026-01-05
$ note chip-sales Five --on 2026-01-06
$ measure soybeans 6 --by COFCO --basis arrived --on 2026-01-07
$ log soybeans kept --on 2026-01-17
$ week | soybean|arrived|closed
Resume soybean purchases: partly → kept
17 Jan China Resume soybean purchases partly → kept
50% arrived (COFCO), 7 Jan

# More than five changes that were recorded late are a count that names the command that lists them
@ 2026-01-20T09:00Z told
$ note soybeans One --on 2026-01-02
$ note soybeans Two --on 2026-01-03
$ note tiktok Three --on 2026-01-04
$ note tiktok Four --on 2026-01-05
$ note chip-sales Five --on 2026-01-06
$ week | One|Two|late
One
Recorded late – One
3 Jan, recorded late – Two
Recorded late – Three
5 Jan, recorded late – Four
Recorded late – Five
$ note chip-sales Six --on 2026-01-07
$ week | One|Two|late
One
Recorded late – One
3 Jan, recorded late – Two
Recorded late – Three
5 Jan, recorded late – Four
Recorded late – Five
1 more change recorded late, listed with '--all'.
$ week --all | Recorded late|One|Six
One
Recorded late – One
Recorded late – Three
Recorded late – Five
7 Jan, recorded late – Six
$ diff '2026-01-18#32' 2026-01-20 {on}
2026-01-02
2026-01-03
2026-01-04
2026-01-05
2026-01-06
2026-01-07

# What was recorded late is counted as its listing has it, also if it was amended, on a brief page too
@ 2026-01-20T09:00Z told
$ note soybeans One --on 2026-01-07
$ log tiktok started --on 2026-01-02
$ amend LAST --note 'ByteDance talks'
$ log chip-sales partly --on 2026-01-03
$ note rare-earths Two --on 2026-01-04
$ note rare-earths Three --on 2026-01-05
$ note soybeans Four --on 2026-01-06
$ log rare-earths partly --on 2026-01-20
$ log soybeans partly --on 2026-01-08 -m 'COFCO still buys'
$ week | late|→|Corrected|COFCO
Let rare earths flow again: started → partly
20 Jan China Let rare earths flow again started → partly
4 Jan, recorded late – Two
5 Jan, recorded late – Three
2 Jan China Sell the US operations of TikTok negotiating → started
Recorded late – ByteDance talks
3 Jan US Let US firms sell chips to China again started → partly
Recorded late.
Recorded late – Four
2 more changes recorded late, listed with '--all'.
Corrected: 1 entry, listed with '--all'.
$ week --brief | late|→
Let rare earths flow again: started → partly
20 Jan China Let rare earths flow again started → partly
2 Jan China Sell the US operations of TikTok negotiating → started
3 Jan US Let US firms sell chips to China again started → partly
2 more changes recorded late, listed with '--all'.
$ diff '2026-01-18#32' '2026-01-20#LAST' {kind on what title}
late 2026-01-02 status Sell the US operations of TikTok
late 2026-01-03 status Let US firms sell chips to China again
late 2026-01-04 note Let rare earths flow again
late 2026-01-05 note Let rare earths flow again
late 2026-01-06 note Resume soybean purchases
late 2026-01-07 note Resume soybean purchases
late 2026-01-08 note Resume soybean purchases
happened 2026-01-20 status Let rare earths flow again

# A correction of the record does not lead where something happened
@ 2026-01-20T09:00Z Twelve million tonnes are due in February
$ change tonnage --target 11 --reason 'A typing error'
$ headline
Resume soybean purchases: target 12 → 11 MMT
$ note tiktok 'ByteDance waits' --on 2026-01-19
$ headline
ByteDance waits

# Two parties that say different things of one promise in one week are both quoted
@ 2026-01-20T09:00Z told
$ log tiktok kept --says us --on 2026-01-19
$ log tiktok stalled --says cn --on 2026-01-20
$ headline
Sell the US operations of TikTok: US says kept
$ week | says
Sell the US operations of TikTok: US says kept
19 Jan China Sell the US operations of TikTok US says kept
20 Jan China Sell the US operations of TikTok China says stalled

# The counts of a week are shown side by side; a limit that they judge differently is disputed
@ 2026-01-20T09:00Z told
$ at 2026-01-11T09:00Z
$ add deadline duty --concession chip-sales --kind delivery --label Duty --due 2026-12-31 --target 10 --bound at-most --unit % --opens 2026-01-01 --source article
$ at 2026-01-20T09:00Z
$ measure duty 12 --by Receita --basis level --on 2026-01-19
$ measure duty 10 --by METI --basis level --on 2026-01-20
$ headline
Let US firms sell chips to China again: 12% (Receita), disputed
$ week | \(.*METI
10% (METI), disputed, 20 Jan
$ status chip-sales | chips
Let US firms sell chips to China again US started 10–12% (max 10%) 31 Dec 20 Jan chip-sales

# A note that was corrected is news of its own week only
@ 2026-01-20T09:00Z told
$ amend 32 --note 'Talks on a second year go on'
$ week | Talks|Corrected
Corrected: 1 entry, listed with '--all'.
$ week 2026-W02 | Talks
9 Jan Talks on a second year go on

# What one correction takes back and another restores is not counted as corrected
@ 2026-01-20T09:00Z told
$ log tiktok partly --on 2026-01-14
$ at 2026-01-27T09:00Z
$ retract LAST --reason 'Wrong firm'
$ week | Corrected
Corrected: 1 entry, listed with '--all'.
$ undo
#35 tiktok: retracts #34 (retracts #33, 27 Jan 2026), 27 Jan 2026
tiktok: negotiating → partly
$ week | Corrected
(nothing)

# A note that the changes print in full is not printed below the headline, too
@ 2026-01-11 article
$ log soybeans partly --on 2026-01-07 -m 'COFCO signs for ten cargoes'
$ week | COFCO
COFCO signs for ten cargoes
$ week --brief | COFCO
COFCO signs for ten cargoes.

# A note that is marked as the headline leads its own week, in the words of its author
@ 2026-01-20 article
$ log tiktok partly --on 2026-01-20
$ note busan-2025 'TikTok is sold, and the truce holds' --headline --on 2026-01-20 --source article
$ headline
TikTok is sold, and the truce holds
$ week | holds|20 Jan
as of 20 Jan 2026 · ends Oct 2026, 284 days
TikTok is sold, and the truce holds
20 Jan Sources of the headline [1]
20 Jan China Sell the US operations of TikTok negotiating → partly
$ note busan-2025 'Draft of a headline' --headline --on 2026-01-20
$ headline
Draft of a headline
$ undo
$ week 2026-W03 | holds|No
No update recorded. Latest evidence: 30 December 2025, 19 days ago.

# A day that a party names moves nothing alone
$ add deadline sale --concession soybeans --kind delivery --label Sale --due 2026-02-28 --source article
$ move sale 2026-03-31 --says us --on 2026-01-13
$ move sale 2026-04-30 --says cn --on 2026-01-14
$ week 2026-W03 | moved|says
Resume soybean purchases: US says it is due 31 Mar
13 Jan China Resume soybean purchases US says it is due 31 Mar
14 Jan China Resume soybean purchases China says it is due 30 Apr

# A target is restated, and a meeting is held
@ 2026-01-20T09:00Z told
$ add deadline grain --concession soybeans --kind delivery --label Grain --due 2026-06-30 --target 20 --unit Mt --source article
$ at 2026-01-27T09:00Z
$ move grain 2026-06-30 --target 15 --on 2026-01-26
$ close china-visit-2026 met --on 2026-01-26
$ headline
Trump visits China: held
$ week | target|held
Trump visits China: held
26 Jan Trump visits China held
26 Jan China Resume soybean purchases target 20 → 15 Mt

# What has passed is overdue, and says so once
@ 2026-01-11 article
$ add deadline sale --concession tiktok --kind delivery --label Sale --due 2026-01-08 --source article
$ at 2026-01-13T09:00Z
$ week 2026-W02 | TikTok|recorded
Sell the US operations of TikTok: day passed, no outcome recorded
No update recorded. Latest evidence: 30 December 2025, 12 days ago.
8 Jan China Sell the US operations of TikTok day passed, no outcome recorded
$ week | TikTok|recorded
No update recorded. Latest evidence: 30 December 2025, 14 days ago.
8 Jan China Sell the US operations of TikTok 5 days ago

# A term that ends without a word is in doubt, with what parties named for its end
@ 2026-11-03 article
$ add concession corn --agreement busan-2025 --title Corn --giver cn --receiver us --hold --sector farming --kind purchase --instrument readout --test None --source article
$ log corn kept --on 2026-01-05
$ move truce-year 2027-01-10 --says us --on 2026-01-08
$ week 2026-W44 | Corn|says|ended|recorded
Corn: in force → unknown
No update recorded. Latest evidence: 8 January, 297 days ago.
31 Oct China Corn in force → unknown
Its term ended; no word since; US says 10 Jan 2027.
Oct 2026 US–China trade truce term ended 1 day ago
US says 10 Jan 2027
$ week | Corn|says|announced|ended
Oct 2026 US–China trade truce term ended 3 days ago
Oct 2026 China Corn term ended 3 days ago
In both cases – US says 10 Jan 2027

# Terms of one giver that end on one day are one row
@ 2026-11-26 busan
$ week 2026-W42 | \d promises:
9 Nov US 3 promises: Extend 178 exclusions from its China tariffs; Suspend the 50% Affiliates Rule; Suspend port fees on Chinese ships, and crane tariffs term ends in 22 days
10 Nov China 5 promises: Keep 24 points of the counter-tariff suspended; Lift or suspend the export-control listings of US firms; Suspend the sanctions on five US units of Hanwha Ocean; Suspend the special port fees on US ships; Suspend the export controls of 9 October 2025 term ends in 23 days
$ week 2026-W47 | \d promises:
9 Nov US 3 promises: Extend 178 exclusions from its China tariffs; Suspend the 50% Affiliates Rule; Suspend port fees on Chinese ships, and crane tariffs term ended 13 days ago
10 Nov China 5 promises: Keep 24 points of the counter-tariff suspended; Lift or suspend the export-control listings of US firms; Suspend the sanctions on five US units of Hanwha Ocean; Suspend the special port fees on US ships; Suspend the export controls of 9 October 2025 term ended 12 days ago

# What files declare counts as if it had been there, with a line
@ 2026-01-20T09:00Z told
$ headline
No update recorded. Latest evidence: 9 January, 11 days ago.
$ apply HERE/../../docs/examples/phase-one.toml
$ headline 2026-W04
No change recorded. Latest evidence: 9 January, 11 days ago.
$ week | Added
Added to the book: 7 concessions.

# Of several agreements each row says who gives what to whom
@ 2026-11-26 portfolio
$ week 2026-W46 | unknown$
Eight promises by the US and China now unknown
9 Nov US → China Extend 178 exclusions from its China tariffs in force → unknown
9 Nov US → China Suspend the 50% Affiliates Rule in force → unknown
9 Nov US → China Suspend port fees on Chinese ships, and crane tariffs in force → unknown
10 Nov China → US Keep 24 points of the counter-tariff suspended in force → unknown
10 Nov China → US Lift or suspend the export-control listings of US firms partly → unknown
10 Nov China → US Suspend the sanctions on five US units of Hanwha Ocean in force → unknown
10 Nov China → US Suspend the special port fees on US ships in force → unknown
10 Nov China → US Suspend the export controls of 9 October 2025 in force → unknown
Overdue or outcome unknown
$ week 2026-W46 | agreements
(nothing)

# Each of two deliveries is named by its label
@ 2026-01-08 article
$ add deadline crews-1 --concession soybeans --kind delivery --label 'by 5 January' --due 2026-01-05 --target 12 --unit crews --source article
$ add deadline crews-2 --concession soybeans --kind delivery --label 'by 20 January' --due 2026-01-20 --target 30 --unit crews --source article
$ measure crews-1 7 --by UN --on 2026-01-04
$ week | crews|January
Resume soybean purchases (by 5 January): day passed: 58% of 12 crews (UN, 4 Jan)
No update recorded. Latest evidence: 4 January, 4 days ago.
5 Jan China Resume soybean purchases (by 5 January) day passed: 58% of 12 crews (UN, 4 Jan)
20 Jan China Resume soybean purchases (by 20 January): no data (of 30 crews) in 12 days

# A filter leaves out the news of other concessions
@ 2026-11-26 busan
$ week 2026-W08 --giver us | →|Section 122
20 Feb US Halve the fentanyl tariff to 10% in force → overtaken [1][2]
20 Feb US Keep the higher reciprocal tariff suspended in force → overtaken [1][2]

# A week that has not begun has no report
@ 2026-01-08 told
$ week 2026-W03
tracker: 2026-W03 begins on 2026-01-12, after the as-of day 2026-01-08. Name an earlier one or a later --as-of
[2]

# Two days are awaited
@ 2026-01-14T09:00Z told
$ at 2026-01-11T09:00Z
$ add deadline cap --concession chip-sales --kind delivery --label Cap --bound at-most --target 12 --unit % --awaits 'a ratification' --source article
$ add deadline law --concession tiktok --kind delivery --label Law --awaits 'a vote' --source article

# A day that was awaited is news when it is set, with its note and its source
@ 2026-01-18T09:00Z Two days are awaited
$ move cap 2026-01-13 -m 'Parliament ratified' --source https://n.example/vote --on 2026-01-13
$ move law 2026-06-30 -m 'The vote is set' --source https://n.example/vote --on 2026-01-14
$ week | set|ratified|n.example
Let US firms sell chips to China again: first day set for 13 Jan
13 Jan US Let US firms sell chips to China again first day set for 13 Jan [1]
Parliament ratified
14 Jan China Sell the US operations of TikTok deadline set for 30 Jun [1]
The vote is set
[1] https://n.example/vote

# Before the deal is reached, the page says so, and what only the day changed is not an update
@ 2026-11-26 busan
$ week 2025-W33 | yet agreed|Ends
as of 17 Aug 2025 · not yet agreed
$ week 2026-W46 | update
No update recorded. Latest evidence: 7 October, 39 days ago.
Counted, not weighed. 48 without an update; 0 of 48 looked at in 30 days.

# Every side says what it had before the week
@ 2026-11-25 busan
$ week 2026-W08 {promised: group before.in_force in_force before.overtaken overtaken}
us 6 6 0 0
cn 7 5 0 2
$ week 2026-W08 {changes: kind on what title before after}
happened 2026-02-20 status Halve the fentanyl tariff to 10% in force overtaken
happened 2026-02-20 status Keep the higher reciprocal tariff suspended in force overtaken
happened 2026-02-20 outcome Suspension ends open cancelled
happened 2026-02-12 figure US soybeans bought for 2025 9.9407 10.3562
happened 2026-02-20 note US–China trade truce, 2025–26 – A surcharge of 10% under Section 122 replaces the void tariffs, on most goods of all countries, from 24 February to 24 July, 00:01. It is not part of the deal.
happened 2026-02-20 note US–China trade truce, 2025–26 – Supreme Court voids both US tariffs that the truce had cut
happened 2026-02-21 note US–China trade truce, 2025–26 – Trump says that the surcharge will be 15%. We found no order.

# What is recorded in Beijing on Monday morning is late in the week of its writer
@ 2026-01-12T07:30+08:00 told
$ log rare-earths partly --on 2026-01-01
$ at 2026-01-25T09:00Z
$ week 2026-W02 | rare
6 Jan China Let rare earths flow again China says kept
6 Jan China Let rare earths flow again US says stalled
$ week 2026-W03 | rare
Let rare earths flow again: started → partly
1 Jan China Let rare earths flow again started → partly

# Imported updates of two months show what they changed
@ 2026-01-20T09:00Z told
$ cat backlog.csv
kind,concession,effective_on,stage,note
stage,tiktok,2025-12-31,started,Talks open
stage,tiktok,2026-01-09,partial,ByteDance signs
stage,chip-sales,2026-01-05,partial,The H200 is allowed
$ import backlog.csv
$ week | TikTok|chips|signs|allowed
Let US firms sell chips to China again: started → partly
5 Jan US Let US firms sell chips to China again started → partly
Recorded late – The H200 is allowed
9 Jan China Sell the US operations of TikTok negotiating → partly
Recorded late – ByteDance signs
$ week 2026-W03 | TikTok|chips|signs|allowed
(nothing)

# A target that a file lowers is shown
@ 2026-01-20T09:00Z told
$ cat lower.toml
[agreement]
slug = "small"
title = "A small accord"
agreed_on = "2026-01-02"
source = "article"
[[concession]]
slug = "beans"
title = "Buy beans"
giver = "cn"
receiver = "us"
sector = "farms"
kind = "purchase"
instrument = "statement"
test = "Bought"
source = "article"
[[concession.deadline]]
slug = "beans-2026"
kind = "delivery"
label = "Beans"
due_on = "2026-12-31"
target = "20"
unit = "MMT"
source = "article"
$ at 2026-01-14T09:00Z
$ apply lower.toml
$ cat lower.toml
[agreement]
slug = "small"
title = "A small accord"
agreed_on = "2026-01-02"
source = "article"
[[concession]]
slug = "beans"
title = "Buy beans"
giver = "cn"
receiver = "us"
sector = "farms"
kind = "purchase"
instrument = "statement"
test = "Bought"
source = "article"
[[concession.deadline]]
slug = "beans-2026"
kind = "delivery"
label = "Beans"
due_on = "2026-12-31"
target = "15"
unit = "MMT"
source = "article"
$ at 2026-01-20T09:00Z
$ apply lower.toml --reason 'The text says 15'
$ headline --agreement small
Buy beans: target 20 → 15 MMT
$ week --agreement small | target|Added|Corrected
Buy beans: target 20 → 15 MMT
20 Jan China Buy beans target 20 → 15 MMT
Corrected: 1 entry, listed with '--all'.
$ week 2026-W03 | Added
Added to the book: 1 concession.

# Somebody's own headline leads the week of its day, the latest recorded
@ 2026-01-20 article
$ note tiktok 'Beijing signs the licence' --headline --on 2026-01-06
$ note busan-2025 'A year of truce, and three promises kept' --headline --on 2026-01-07
$ note tiktok 'A later week' --headline --on 2026-01-13
$ headline 2026-W02
A year of truce, and three promises kept
$ amend LAST-1 --no-headline
$ headline 2026-W02
Beijing signs the licence
$ log soybeans broken --on 2026-01-12
$ headline 2026-W03
A later week

# A verdict or a claim that repeats what held is a row without an arrow
@ 2026-01-20 article
$ log soybeans started --on 2026-01-13 -m 'COFCO still buys'
$ log tiktok kept --says us --on 2026-01-06
$ log tiktok kept --says us --on 2026-01-14 -m 'Vance: it is done'
$ week 2026-W03 | soy|COFCO|TikTok|Vance|update
COFCO still buys
13 Jan China Resume soybean purchases
COFCO still buys
14 Jan China Sell the US operations of TikTok
US says: Vance: it is done
Counted, not weighed. 2 without an update; 4 of 4 looked at in 30 days.

# What a party says alike of several promises is one row
@ 2026-01-20 article
$ log soybeans kept --says us --on 2026-01-13 -m 'Greer: all is well' --source article
$ log rare-earths kept --says us --on 2026-01-13 -m 'Greer: all is well' --source article
$ note busan-2025 'Talks in Paris' --says cn --on 2026-01-12
$ week 2026-W03 | ^1[23] Jan|Greer|update
12 Jan China says: Talks in Paris
13 Jan China 2 promises: Let rare earths flow again; Resume soybean purchases US says kept [1]
Greer: all is well
Counted, not weighed. 2 without an update; 4 of 4 looked at in 30 days.

# The move of an agreement's own end is among the changes
@ 2026-01-20 article
$ move truce-year 2026-12-31 --on 2026-01-13 -m 'Both texts say so'
$ week 2026-W03 | ^1. Jan|texts
13 Jan US–China trade truce end moved Oct 2026 → 31 Dec
Both texts say so

# A source that was published after the week is not cited
@ 2026-02-20 article
$ add source memo --publisher 'Law firm' --title 'On the sale' --published 2026-02-01
$ log tiktok kept --on 2026-01-13 --public 2026-01-13 --source memo
$ week 2026-W03 | ^13|Law firm
13 Jan China Sell the US operations of TikTok negotiating → kept
$ week 2026-W03 --hindsight | ^13|Law firm
13 Jan China Sell the US operations of TikTok negotiating → kept [1]
[1] Law firm, 1 Feb

# Last week is the calendar week before today's, also in a book that nobody has kept up
@ 2026-12-02 busan
$ log cn-soy-2026 partly --on 2026-11-30
$ week last | week
US–China trade truce, 2025–26 · week 48, 23–29 Nov 2026
$ --today 2026-12-06 week last | week
US–China trade truce, 2025–26 · week 48, 23–29 Nov 2026
$ --today 2026-12-07 week last | week|→
US–China trade truce, 2025–26 · week 49, 30 Nov – 6 Dec 2026

# A meeting whose day passed without a word is not overdue: its outcome is unknown
@ 2026-12-01 busan
$ week 2026-W47 | APEC
APEC summit in Shenzhen, 18 and 19 November: outcome unknown
18 Nov US, China APEC summit in Shenzhen, 18 and 19 November outcome unknown
$ deadlines --as-of 2026-11-20 | APEC
18 Nov 2 d ago APEC summit in Shenzhen, 18 and 19 November meeting outcome unknown mtg-apec-2026
$ check | APEC|apec
overdue mtg-apec-2026 was due 18 Nov, outcome unknown
cn-30-for-30, cn-coal-2027, cn-coal-2028, us-301-exclusions, us-affiliates-rule, us-port-fees-suspend, us-no-100pct, us-chip301-defer, us-h20-licences, us-h200-licences, us-30-for-30, board-of-investment, farm-access-group, ai-exchange, apec-g20-visits

# A row has the day of its own change, also where a note of it shares the headline's source
@ 2026-11-26 busan
$ week 2026-W03 | H200
US opens H200 sales to China; Chinese customs bars them, sources say
15 Jan US License H200-class chips for China case by case promised → started [3][4][1][2]
14 Jan – Chinese customs tells agents that the H200 may not enter, say sources. No notice of it was published.
$ week 2026-W20 | Boeing|held
Trump and Xi meet in Beijing; US says China is to buy 200 Boeings
14 May Trump visits Beijing held [1]
17 May China Buy 200 Boeing aircraft new [2]

# Two deadlines of one promise have their names and days in its row
@ 2026-12-06 busan
$ move mtg-g20-2026 2026-12-16
$ close mtg-apec-2026 met --on 2026-12-01
$ week | G20|APEC|held|moved
as of 6 Dec 2026 · ends 10 Jan 2027, 35 days, moved +61 days
G20 summit in Miami, 14 and 15 December: day moved 14 Dec → 16 Dec
6 Dec US, China Attend each other's APEC and G20 summits G20 summit in Miami, 14 and 15 December: day moved 14 Dec → 16 Dec
APEC summit in Shenzhen, 18 and 19 November: held, 1 Dec
16 Dec US, China G20 summit in Miami, 14 and 15 December in 10 days

# What a party says is beside a status that changed for another reason
@ 2026-11-15 busan
$ move us-affiliates-rule 2027-01-10
$ log us-affiliates-rule broken --says cn --source https://www.mofcom.gov.cn/a -m 'Washington lists affiliates again'
$ week | Affiliates|China says|Washington
15 Nov US Suspend the 50% Affiliates Rule end moved 9 Nov 2026 → 10 Jan 2027
15 Nov US Suspend the 50% Affiliates Rule China says broken [1]
Washington lists affiliates again
$ diff 2026-11-14 | Affiliates
15 Nov Suspend the 50% Affiliates Rule unknown → in force happened #482 us-affiliates-rule
15 Nov Suspend the 50% Affiliates Rule end moved 9 Nov 2026 → 10 Jan 2027 happened #482 us-affiliates-rule-end
15 Nov Suspend the 50% Affiliates Rule open happened #482 us-affiliates-rule-end
15 Nov Suspend the 50% Affiliates Rule China says broken [1] happened #483 us-affiliates-rule

# An amended note of a new book is a correction, and its status no news
@ 2026-01-08T10:00+00:00 article
$ --db own.db init article
$ --db own.db amend 13 -m 'The cargoes were sold'
$ --db own.db week | record|Corrected
No update recorded. Latest evidence: 30 December 2025, 9 days ago.
Corrected: 1 entry, listed with '--all'.

# A brief page with eight changes lists them all
@ 2026-11-30 busan
$ week 2026-W46 --brief | unknown$|The first
Eight promises by the US and China now unknown
9 Nov US Extend 178 exclusions from its China tariffs in force → unknown
9 Nov US Suspend the 50% Affiliates Rule in force → unknown
9 Nov US Suspend port fees on Chinese ships, and crane tariffs in force → unknown
10 Nov China Keep 24 points of the counter-tariff suspended in force → unknown
10 Nov China Lift or suspend the export-control listings of US firms partly → unknown
10 Nov China Suspend the sanctions on five US units of Hanwha Ocean in force → unknown
10 Nov China Suspend the special port fees on US ships in force → unknown
10 Nov China Suspend the export controls of 9 October 2025 in force → unknown
