The page of a week: what was learnt in it, and how it is put.

@ 2026-01-20 article

# A week without news says how old the latest evidence is
@ 2026-01-11 article
$ headline
No news
$ week | ^(?!.*head)
US–China trade truce · week 2, 5–11 Jan 2026
11 January 2026 · the agreement ends in October 2026, in 293 days
No news
Last news on 30 December 2025: US regains soybean sales and rare earths; China may buy US chips again.
Who has what
US CHINA
started 2 1
negotiating 1 –
Promises are counted, not weighed. News on none of 4; 4 checked in the past 30 days.

# A change is reported with its day, its giver, both states, its note and its source
@ 2026-01-11 article
$ log soybeans partly --on 2026-01-07 -m 'COFCO signs for ten cargoes. Sinograin waits.' --source article
$ week | ^(?!.*head)
US–China trade truce · week 2, 5–11 Jan 2026
11 January 2026 · the agreement ends in October 2026, in 293 days
A promise by China is partly kept: Resume soybean purchases
COFCO signs for ten cargoes.
Changed
To the US
7 Jan Resume soybean purchases started → partly [1]
COFCO signs for ten cargoes. Sinograin waits.
Who has what
US CHINA
partly 1 (+1) –
started 1 (−1) 1
negotiating 1 –
Promises are counted, not weighed. News on 1 of 4; 4 checked in the past 30 days.
Sources
[1] The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025
$ week --brief | ^(?!.*head)
US–China trade truce · week 2, 5–11 Jan 2026
11 January 2026 · the agreement ends in October 2026, in 293 days
A promise by China is partly kept: Resume soybean purchases
COFCO signs for ten cargoes.
Changed
To the US
7 Jan Resume soybean purchases started → partly
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
Two promises by China have stalled
$ week | at risk|given for
A promise by the US, given in return, is now at risk.
New at risk

# What is over leads, then what is kept, what is in part, a claim and a note
@ 2026-01-11 article
$ note busan-2025 'Talks go on in Paris. Nobody says when.' --on 2026-01-06
$ headline
Talks go on in Paris
$ log tiktok kept --says us --on 2026-01-07
$ headline
The US says that a promise is kept: Sell the US operations of TikTok
$ log soybeans partly --on 2026-01-07
$ headline
The US says that a promise is kept: Sell the US operations of TikTok
$ log chip-sales kept --on 2026-01-08
$ headline
A promise by the US is kept: Let US firms sell chips to China again
$ log tiktok overtaken --on 2026-01-08
$ headline
A promise by China is overtaken: Sell the US operations of TikTok
$ move truce-year 2027-01-10 --says us --on 2026-01-08
$ headline
A promise by China is overtaken: Sell the US operations of TikTok
$ move truce-year 2026-12-31 --on 2026-01-09
$ headline
A promise by China is overtaken: Sell the US operations of TikTok

# A new promise has the note of the claim that confirms it
@ 2026-01-11 article
$ add concession corn --agreement busan-2025 --title 'Buy corn' --giver cn --receiver us --sector farming --kind purchase --instrument readout --test Bought --source article --promised 2026-01-07
$ log corn promised --says cn --on 2026-01-07 -m 'Six cargoes'
$ week | corn|Corn|cargoes|new
China promises: Buy corn
7 Jan Buy corn new [1]
Six cargoes

# Of two verdicts in a week the later counts
$ log tiktok met --on 2026-01-13 -m 'The deal closes'
$ log tiktok partial --on 2026-01-14 -m 'Only a part of it closes'
$ week 2026-W03 | TikTok|closes
A promise by China is partly kept: Sell the US operations of TikTok
Only a part of it closes.
14 Jan Sell the US operations of TikTok negotiating → partly
Only a part of it closes

# A concession has all its news in one row, other days before their notes
$ log tiktok partly --on 2026-01-13 -m 'ByteDance signs'
$ note tiktok 'The House asks' --on 2026-01-14
$ week 2026-W03 | TikTok|signs|asks
A promise by China is partly kept: Sell the US operations of TikTok
ByteDance signs.
13 Jan Sell the US operations of TikTok negotiating → partly
ByteDance signs
14 Jan Sell the US operations of TikTok: The House asks

# A party's word that moves nothing is said beside the changes
$ log tiktok kept --says cn --on 2026-01-13 -m 'MOFCOM: done'
$ note busan-2025 'Xi speaks of trust' --says cn --on 2026-01-14
$ week 2026-W03 | says
China says that a promise is kept: Sell the US operations of TikTok
13 Jan Sell the US operations of TikTok: China says kept. MOFCOM: done
14 Jan China says: Xi speaks of trust

# A party's note is never the book's own, neither in a row nor as the headline
$ note soybeans 'It is a shame. We wait.' --says us --on 2026-01-13
$ week 2026-W03 | shame
US says: It is a shame
13 Jan Resume soybean purchases: US says: It is a shame. We wait.
$ note busan-2025 'The truce holds' --says cn --headline --on 2026-01-14
$ headline 2026-W03
China says: The truce holds

# A mark stands behind what its source says: a status cites the entry that decides it
$ log tiktok partly --on 2026-01-13 -m 'The first 20 are sold' --source https://n.example/20
$ log tiktok partly --on 2026-01-14 -m 'A further 30 are ordered'
$ week 2026-W03 | in part|sold|ordered|n.example
A further 30 are ordered.
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
USDA counts 50% of 12 MMT sold: Resume soybean purchases
$ week | sold|Public
USDA counts 50% of 12 MMT sold: Resume soybean purchases
9 Jan Resume soybean purchases 25% → 50% sold (USDA)

# A week that was corrected later shows what counts now, and as known then what was read
@ 2026-01-18T09:00Z Twelve million tonnes are due in February
$ week 2026-W02 | sold
8 MMT sold, 0 landed
8 Jan 25% sold (USDA)
$ amend LAST --value 2.4
$ week 2026-W02 | sold
8 MMT sold, 0 landed
8 Jan 20% sold (USDA)
$ week 2026-W02 --known-by '#LAST-2' | sold
8 MMT sold, 0 landed
8 Jan 25% sold (USDA)
$ week | sold|Corrected
Corrected
#36 Tonnage 3 MMT sold, USDA → 2.4 MMT sold, USDA
$ week | Corrected|#
Corrected
#36 Tonnage 3 MMT sold, USDA → 2.4 MMT sold, USDA

# What is recorded, corrected and taken back in one week leaves only a count
@ 2026-01-20T09:00Z told
$ log tiktok kept --on 2026-01-19
$ amend LAST --status partly
$ undo
$ undo
$ headline 2026-W04
No news
$ week 2026-W04 | Corrected|TikTok
(nothing)

# What was recorded late has its day and does not lead where something happened
@ 2026-01-20T09:00Z told
$ log rare-earths partly --on 2026-01-06 -m 'Licences arrive'
$ headline
A promise by China is partly kept: Let rare earths flow again
$ log tiktok partly --on 2026-01-20
$ headline
A promise by China is partly kept: Sell the US operations of TikTok
$ week | Licences|in part
Recorded late. Licences arrive

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
A promise by China is kept: Resume soybean purchases
17 Jan Resume soybean purchases partly → kept
2 Jan Resume soybean purchases: Recorded late. One
3 Jan Resume soybean purchases: Recorded late. Two

# More than five changes that were recorded late are a count that names the command that lists them
@ 2026-01-20T09:00Z told
$ note soybeans One --on 2026-01-02
$ note soybeans Two --on 2026-01-03
$ note tiktok Three --on 2026-01-04
$ note tiktok Four --on 2026-01-05
$ note chip-sales Five --on 2026-01-06
$ week | One|Two|late
One
2 Jan Resume soybean purchases: Recorded late. One
3 Jan Resume soybean purchases: Recorded late. Two
4 Jan Sell the US operations of TikTok: Recorded late. Three
5 Jan Sell the US operations of TikTok: Recorded late. Four
6 Jan Let US firms sell chips to China again: Recorded late. Five
$ note chip-sales Six --on 2026-01-07
$ week | One|Two|late
One
2 Jan Resume soybean purchases: Recorded late. One
3 Jan Resume soybean purchases: Recorded late. Two
4 Jan Sell the US operations of TikTok: Recorded late. Three
5 Jan Sell the US operations of TikTok: Recorded late. Four
6 Jan Let US firms sell chips to China again: Recorded late. Five
7 Jan Let US firms sell chips to China again: Recorded late. Six
$ week | Recorded late|One|Six
One
2 Jan Resume soybean purchases: Recorded late. One
3 Jan Resume soybean purchases: Recorded late. Two
4 Jan Sell the US operations of TikTok: Recorded late. Three
5 Jan Sell the US operations of TikTok: Recorded late. Four
6 Jan Let US firms sell chips to China again: Recorded late. Five
7 Jan Let US firms sell chips to China again: Recorded late. Six
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
2 Jan Sell the US operations of TikTok negotiating → started
Recorded late. ByteDance talks
20 Jan Let rare earths flow again started → partly
3 Jan Let US firms sell chips to China again started → partly
Recorded late.
4 Jan Let rare earths flow again: Recorded late. Two
5 Jan Let rare earths flow again: Recorded late. Three
6 Jan Resume soybean purchases: Recorded late. Four
7 Jan Resume soybean purchases: Recorded late. One
8 Jan Resume soybean purchases: Recorded late. COFCO still buys
$ week --brief | late|→
2 Jan Sell the US operations of TikTok negotiating → started
20 Jan Let rare earths flow again started → partly
3 Jan Let US firms sell chips to China again started → partly
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
One entry of this book was corrected
$ note tiktok 'ByteDance waits' --on 2026-01-19
$ headline
ByteDance waits

# Two parties that say different things of one promise in one week are both quoted
@ 2026-01-20T09:00Z told
$ log tiktok kept --says us --on 2026-01-19
$ log tiktok stalled --says cn --on 2026-01-20
$ headline
The US says that a promise is kept: Sell the US operations of TikTok
$ week | says
The US says that a promise is kept: Sell the US operations of TikTok
19 Jan Sell the US operations of TikTok: US says kept.
20 Jan Sell the US operations of TikTok: China says stalled.

# A limit that two counts judge differently has one figure, and awaits a verdict
@ 2026-01-20T09:00Z told
$ at 2026-01-11T09:00Z
$ add deadline duty --concession chip-sales --kind delivery --label Duty --due 2026-12-31 --target 10 --bound at-most --unit % --opens 2026-01-01 --source article
$ at 2026-01-20T09:00Z
$ measure duty 12 --by Receita --basis level --on 2026-01-19
$ measure duty 10 --by METI --basis level --on 2026-01-20
$ headline
Let US firms sell chips to China again passes the limit: Receita counts 12%
$ week | \(.*METI
(nothing)
$ status chip-sales | chips
Let US firms sell chips to China again US started, awaits your verdict: Receita 12 of 10 12% (max 10%) 31 Dec 20 Jan chip-sales

# A note that was corrected is news of its own week only
@ 2026-01-20T09:00Z told
$ amend 32 --note 'Talks on a second year go on'
$ week | Talks|Corrected
Last news on 9 January: Talks on a second year go on.
Corrected
$ week 2026-W02 | Talks
9 Jan Talks on a second year go on

# What one correction takes back and another restores is not counted as corrected
@ 2026-01-20T09:00Z told
$ log tiktok partly --on 2026-01-14
$ at 2026-01-27T09:00Z
$ retract LAST --reason 'Wrong firm'
$ week | Corrected
Corrected
$ undo
#35 tiktok: retracts #34 (retracts #33, 27 Jan 2026), 27 Jan 2026
tiktok: negotiating → partly
$ week | Corrected
Corrected

# The first sentence of a note is below the headline, and all of it under its change
@ 2026-01-11 article
$ log soybeans partly --on 2026-01-07 -m 'COFCO signs for ten cargoes'
$ week | COFCO
COFCO signs for ten cargoes.
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
20 January 2026 · the agreement ends in October 2026, in 284 days
TikTok is sold, and the truce holds
20 Jan Sell the US operations of TikTok negotiating → partly
$ note busan-2025 'Draft of a headline' --headline --on 2026-01-20
$ headline
Draft of a headline
$ undo
$ week 2026-W03 | holds|No
No news

# A day that a party names moves nothing alone
$ add deadline sale --concession soybeans --kind delivery --label Sale --due 2026-02-28 --source article
$ move sale 2026-03-31 --says us --on 2026-01-13
$ move sale 2026-04-30 --says cn --on 2026-01-14
$ week 2026-W03 | moved|says
Resume soybean purchases: US says it is due 31 Mar
13 Jan Resume soybean purchases: US says it is due 31 Mar.
14 Jan Resume soybean purchases: China says it is due 30 Apr.

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
26 Jan Resume soybean purchases target 20 → 15 Mt
26 Jan Trump visits China held

# What has passed is overdue, and says so once
@ 2026-01-11 article
$ add deadline sale --concession tiktok --kind delivery --label Sale --due 2026-01-08 --source article
$ at 2026-01-13T09:00Z
$ week 2026-W02 | TikTok|recorded
8 Jan China Sell the US operations of TikTok no outcome, 3 days
$ week | TikTok|recorded
8 Jan China Sell the US operations of TikTok no outcome, 5 days

# A term that ends without a word is in doubt, with what parties named for its end
@ 2026-11-03 article
$ add concession corn --agreement busan-2025 --title Corn --giver cn --receiver us --hold --sector farming --kind purchase --instrument readout --test None --source article
$ log corn kept --on 2026-01-05
$ move truce-year 2027-01-10 --says us --on 2026-01-08
$ week 2026-W44 | Corn|says|due to end|recorded
1 November 2026 · the agreement was due to end in October 2026, 1 day ago; US says 10 Jan 2027
A promise by China has run out with no renewal on record: Corn
31 Oct Corn in force → unknown
US says 10 Jan 2027.
US says 10 Jan 2027
$ week | Corn|says|announced|due to end
3 November 2026 · the agreement was due to end in October 2026, 3 days ago; US says 10 Jan 2027
Last news on 8 January, on “US–China trade truce”: US says due 10 Jan 2027.
US says 10 Jan 2027
Oct 2026 China Corn unknown, 3 days
US says 10 Jan 2027

# A verdict before the last day of a term does not date its end, and its note is a row of its own
@ 2026-12-02 busan
$ log cn-gagesb-ban-suspend kept --on 2026-11-23 -m "No change seen" --source https://example.org/mofcom
$ week 2026-W48 | gallium|change seen|News on
A promise by China has run out with no renewal on record: Suspend the ban on gallium, germanium and other materials
27 Nov Suspend the ban on gallium, germanium and other materials in force → unknown
23 Nov Suspend the ban on gallium, germanium and other materials: No change seen [1]
Promises are counted, not weighed. News on 1 of 48; 1 checked in the past 30 days.
$ diff '2026-11-22#494' | gallium|note
23 Nov Suspend the ban on gallium, germanium and other materials note [1] happened #495 cn-gagesb-ban-suspend
27 Nov Suspend the ban on gallium, germanium and other materials in force → unknown passed cn-gagesb-ban-suspend
27 Nov Suspend the ban on gallium, germanium and other materials ended passed cn-gagesb-ban-suspend-end

# What only ran out was not looked at
@ 2026-12-02 busan
$ week 2026-W46 | News on
Promises are counted, not weighed. News on 8 of 48; none checked in the past 30 days.

# Terms of one giver that end on one day are one row
@ 2026-11-26 busan
$ week 2026-W42 | \d promises:
(nothing)
$ week 2026-W47 | \d promises:
(nothing)

# What files declare counts as if it had been there, with a line
@ 2026-01-20T09:00Z told
$ headline
No news
$ apply HERE/../../docs/examples/phase-one.toml
$ headline 2026-W04
No news
$ week | Added
Added to the book: 7 promises.

# A shipped seed that a book takes in is not counted as added by a file
@ 2026-01-20T09:00Z told
$ apply us-japan
$ week | Added|concession
(nothing)

# Of several agreements each row says who gives what to whom
@ 2026-11-26 portfolio
$ week 2026-W46 | unknown$
10 Nov Keep 24 points of the counter-tariff suspended in force → unknown
10 Nov Lift or suspend the export-control listings of US firms partly → unknown
9 Nov Extend 178 exclusions from its China tariffs in force → unknown
$ week 2026-W46 | agreements
(nothing)

# A headline on one of several agreements does not lead the page of all
@ 2026-02-22 portfolio
$ headline 2026-W08
Ten promises by the US are overtaken
$ headline 2026-W08 --agreement busan-truce
Supreme Court voids both US tariffs that the truce had cut

# Each of two deliveries is named by its label
@ 2026-01-08 article
$ add deadline crews-1 --concession soybeans --kind delivery --label 'by 5 January' --due 2026-01-05 --target 12 --unit crews --source article
$ add deadline crews-2 --concession soybeans --kind delivery --label 'by 20 January' --due 2026-01-20 --target 30 --unit crews --source article
$ measure crews-1 7 --by UN --on 2026-01-04
$ week | crews|January
8 January 2026 · the agreement ends in October 2026, in 296 days
Last news on 4 January, on “Resume soybean purchases (by 5 January)”: 7 crews, UN.
5 Jan China Resume soybean purchases (by 5 January): 58% of 12 crews (UN, 4 Jan) no outcome, 3 days
20 Jan China Resume soybean purchases (by 20 January): no data (30 crews) in 12 days

# A filter leaves out the news of other concessions
@ 2026-11-26 busan
$ week 2026-W08 --giver us | →|Section 122
20 Feb Halve the fentanyl tariff to 10% in force → overtaken [1][2]

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
Parliament ratified.
14 Jan Sell the US operations of TikTok deadline set for 30 Jun [1]
The vote is set
13 Jan Let US firms sell chips to China again first day set for 13 Jan [1]
Parliament ratified
[1] https://n.example/vote

# Before the deal is reached, the page says so, and what only the day changed is not an update
@ 2026-11-26 busan
$ week 2025-W33 | yet agreed|Ends
17 August 2025 · not yet agreed
$ week 2026-W46 | update
(nothing)

# Every side says what it had before the week
@ 2026-11-25 busan
$ week 2026-W08 {gains: group before.in_force in_force before.overtaken overtaken}
us 6 6 0 0
cn 7 5 0 2
$ week 2026-W08 {rows: kind on what title before after}
happened 2026-02-20 status Halve the fentanyl tariff to 10% in force overtaken
happened 2026-02-20 status Keep the higher reciprocal tariff suspended in force overtaken
happened 2026-02-12 figure US soybeans bought for 2025 9.9407 10.3562

# What is recorded in Beijing on Monday morning is late in the week of its writer
@ 2026-01-12T07:30+08:00 told
$ log rare-earths partly --on 2026-01-01
$ at 2026-01-25T09:00Z
$ week 2026-W02 | rare
6 Jan Let rare earths flow again: China says kept.
6 Jan Let rare earths flow again: US says stalled.
$ week 2026-W03 | rare
A promise by China is partly kept: Let rare earths flow again
1 Jan Let rare earths flow again started → partly

# Imported updates of two months show what they changed
@ 2026-01-20T09:00Z told
$ cat backlog.csv
kind,concession,effective_on,stage,note
stage,tiktok,2025-12-31,started,Talks open
stage,tiktok,2026-01-09,partial,ByteDance signs
stage,chip-sales,2026-01-05,partial,The H200 is allowed
$ import backlog.csv
$ week | TikTok|chips|signs|allowed
9 Jan Sell the US operations of TikTok negotiating → partly
Recorded late. ByteDance signs
5 Jan Let US firms sell chips to China again started → partly
Recorded late. The H200 is allowed
$ week 2026-W03 | TikTok|chips|signs|allowed
Last news on 9 January, on “Sell the US operations of TikTok”: ByteDance signs.

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
One entry of this book was corrected
$ week --agreement small | target|Added|Corrected
Corrected
#36 Beans, target 20 → 15
$ week 2026-W03 | Added
Added to the book: 1 promise.

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
13 Jan Resume soybean purchases: COFCO still buys
14 Jan Sell the US operations of TikTok: Vance (US): it is done

# What a party says alike of several promises is one row
@ 2026-01-20 article
$ log soybeans kept --says us --on 2026-01-13 -m 'Greer: all is well' --source article
$ log rare-earths kept --says us --on 2026-01-13 -m 'Greer: all is well' --source article
$ note busan-2025 'Talks in Paris' --says cn --on 2026-01-12
$ week 2026-W03 | ^1[23] Jan|Greer|update
Greer: all is well.
12 Jan China says: Talks in Paris
13 Jan Resume soybean purchases; Let rare earths flow again: US says kept. Greer: all is well [1]

# The move of an agreement's own end is among the changes
@ 2026-01-20 article
$ move truce-year 2026-12-31 --on 2026-01-13 -m 'Both texts say so'
$ week 2026-W03 | ^1. Jan|texts
18 January 2026 · the agreement ends on 31 December, in 347 days (61 later than agreed)
Both texts say so.
13 Jan US–China trade truce end moved Oct 2026 → 31 Dec
Both texts say so

# A source that was published after the week is not cited
@ 2026-02-20 article
$ add source memo --publisher 'Law firm' --title 'On the sale' --published 2026-02-01
$ log tiktok kept --on 2026-01-13 --public 2026-01-13 --source memo
$ week 2026-W03 | ^13|Law firm
13 Jan Sell the US operations of TikTok negotiating → kept
$ week 2026-W03 --hindsight | ^13|Law firm
13 Jan Sell the US operations of TikTok negotiating → kept [1]
[1] Law firm: On the sale, 1 Feb

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
19 Nov US, China APEC summit in Shenzhen, 18 and 19 November not recorded
$ deadlines --as-of 2026-11-20 | APEC
19 Nov 1 d ago APEC summit in Shenzhen, 18 and 19 November meeting outcome unknown mtg-apec-2026
$ check | APEC|apec
overdue mtg-apec-2026 was due 19 Nov, outcome unknown
cn-30-for-30, cn-coal-2027, cn-coal-2028, us-301-exclusions, us-affiliates-rule, us-port-fees-suspend, us-no-100pct, us-chip301-defer, us-h20-licences, us-h200-licences, us-30-for-30, board-of-investment, farm-access-group, ai-exchange, apec-g20-visits

# A row has the day of its own change, also where a note of it shares the headline's source
@ 2026-11-26 busan
$ week 2026-W03 | H200
US opens H200 sales to China; Chinese customs bars them, sources say
15 Jan License H200-class chips for China case by case promised → started [4][5]
13 Jan License H200-class chips for China case by case: BIS releases its rule: case by case, at most half of US volume, with tests in the US; no Blackwell. It was printed on 15 January. [4]
14 Jan License H200-class chips for China case by case: A proclamation puts a 25% duty under Section 232 on such chips when they pass through the US, from 15 January. [1]
14 Jan License H200-class chips for China case by case: Chinese customs tells agents that the H200 may not enter, say sources. No notice of it was published. [2]
[2] Tech Newsday: Chinese customs blocks the H200, sources say, 14 Jan
$ week 2026-W20 | Boeing|held
Trump and Xi meet in Beijing; US says China is to buy 200 Boeings
17 May China Buy 200 Boeing aircraft new [2]
14 May Trump visits Beijing held [1]

# Two deadlines of one promise have their names and days in its row
@ 2026-12-06 busan
$ move mtg-g20-2026 2026-12-16
$ close mtg-apec-2026 met --on 2026-12-01
$ week | G20|APEC|held|moved
APEC summit in Shenzhen, 18 and 19 November: held
1 Dec APEC summit in Shenzhen, 18 and 19 November held
6 Dec G20 summit in Miami, 14 and 15 December day moved 15 Dec → 16 Dec
16 Dec US, China G20 summit in Miami, 14 and 15 December in 10 days

# What a party says is beside a status that changed for another reason
@ 2026-11-15 busan
$ move us-affiliates-rule 2027-01-10
$ log us-affiliates-rule broken --says cn --source https://www.mofcom.gov.cn/a -m 'Washington lists affiliates again'
$ week | Affiliates|China says|Washington
15 Nov Suspend the 50% Affiliates Rule end moved 9 Nov 2026 → 10 Jan 2027
15 Nov Suspend the 50% Affiliates Rule: China says broken. Washington lists affiliates again [1]
$ diff 2026-11-14 | Affiliates
15 Nov Suspend the 50% Affiliates Rule unknown → in force happened #495 us-affiliates-rule
15 Nov Suspend the 50% Affiliates Rule end moved 9 Nov 2026 → 10 Jan 2027 happened #495 us-affiliates-rule-end
15 Nov Suspend the 50% Affiliates Rule open happened #495 us-affiliates-rule-end
15 Nov Suspend the 50% Affiliates Rule China says broken [1] happened #496 us-affiliates-rule

# An amended note of a new book is a correction, and its status no news
@ 2026-01-08T10:00+00:00 article
$ --db own.db init article
$ --db own.db amend 13 --note 'The cargoes were sold'
$ --db own.db week | record|Corrected
(nothing)

# A brief page with eight changes lists them all
@ 2026-11-30 busan
$ week 2026-W46 --brief | unknown$|The first
10 Nov Keep 24 points of the counter-tariff suspended in force → unknown
10 Nov Lift or suspend the export-control listings of US firms partly → unknown
9 Nov Extend 178 exclusions from its China tariffs in force → unknown

# An amended verdict shows its own old and new value, and its old note is not repeated
@ 2026-01-18T09:00Z told
$ log tiktok partly --on 2026-01-10 -m 'Half of it is sold'
$ at 2026-01-21T09:00Z
$ amend LAST --status stalled --reason 'Reuters corrected its count'
$ week | Half|Reuters|TikTok|Corrected
Last news on 10 January, on “Sell the US operations of TikTok”: Half of it is sold.
Corrected
#35 Sell the US operations of TikTok partly → stalled
Reuters corrected its count
$ week {corrected: what before after reason}
stage partly stalled Reuters corrected its count
$ week {rows: title}
(nothing)

# A reading that was taken back shows its value, even where another series stands
@ 2026-01-18T09:00Z Twelve million tonnes are due in February
$ measure tonnage 9 --by Census --basis shipped --on 2026-01-16
$ measure tonnage 4 --by USDA --basis sold --on 2026-01-16
$ at 2026-01-21T09:00Z
$ retract LAST-1 -m 'counted twice'
$ week {corrected: before after reason}
9 MMT shipped, Census withdrawn counted twice
$ week | counted twice|→
#37 Tonnage 9 MMT shipped, Census → withdrawn
counted twice

# Up to five corrections are listed, and more are counted
@ 2026-01-18T09:00Z told
$ note tiktok One --on 2026-01-10
$ note tiktok Two --on 2026-01-10
$ note tiktok Three --on 2026-01-10
$ note tiktok Four --on 2026-01-10
$ note tiktok Five --on 2026-01-10
$ note tiktok Six --on 2026-01-10
$ at 2026-01-21T09:00Z
$ retract LAST -m 'Not said'
$ retract LAST-2 -m 'Not said'
$ retract LAST-4 -m 'Not said'
$ retract LAST-6 -m 'Not said'
$ retract LAST-8 -m 'Not said'
$ headline
Five entries of this book were corrected
$ week | ^#|withdrawn|of this book
Five entries of this book were corrected
#39 Sell the US operations of TikTok note → withdrawn
#40 Sell the US operations of TikTok note → withdrawn
#41 Sell the US operations of TikTok note → withdrawn
#42 Sell the US operations of TikTok note → withdrawn
#43 Sell the US operations of TikTok note → withdrawn
$ retract LAST-10 -m 'Not said'
$ week | ^#|withdrawn|of this book
Six entries of this book were corrected
6 entries of this book.

# An import that is undone in its week leaves no trace; one that is undone later is corrected
@ 2026-01-18T09:00Z told
$ cat late.csv
kind,concession,effective_on,stage,note
stage,tiktok,2026-01-16,partial,One
stage,chip-sales,2026-01-17,partial,Two
$ import late.csv
$ undo
$ headline
No news
$ week {corrected: entry}
(nothing)
$ import late.csv
$ headline
Two promises by the US and China are partly kept
$ at 2026-01-21T09:00Z
$ undo
$ headline
Two entries of this book were corrected
$ week {rows: title}
(nothing)
$ week {corrected: before after}
partly withdrawn
partly withdrawn

# A party's repeated claim is news if it has a new source
@ 2026-11-20 busan
$ log cn-soy-2026 started --says us --on 2026-11-13 --source https://x.example/1
$ log cn-soy-2026 started --says us --on 2026-11-17 --source https://x.example/2
$ week | says|x.example
The US says that a promise has started: Buy US soybeans in 2026
17 Nov Buy US soybeans in 2026: US says started again. [1]
[1] https://x.example/2
$ diff 2026-11-14 2026-11-18 | says
17 Nov Buy US soybeans in 2026 US says started again [1] happened #496 cn-soy-2026
$ log cn-soy-2026 started --says us --on 2026-11-18 --source https://x.example/2
$ diff 2026-11-17 2026-11-18 | says
(nothing)

# A line of diff has the source of what decides it alone
@ 2026-11-20 busan
$ log cn-fentanyl-precursors stalled --on 2026-11-18
$ log cn-fentanyl-precursors broken --says us --on 2026-11-19 --source https://fbi.example/x
$ diff 2026-11-15 | precursors
18 Nov Stop fentanyl precursors to North America started → stalled happened #495 cn-fentanyl-precursors
19 Nov Stop fentanyl precursors to North America US says broken [1] happened #496 cn-fentanyl-precursors

# A month and a quarter are the same page for a longer time
@ 2026-12-02 busan
$ headline 2026-11
Nine promises by the US and China have run out with no renewal on record
$ week 2026-11 | November|→
US–China trade truce, 2025–26 · November 2026
30 November 2026 · the agreement ends on 10 January 2027, in 41 days (61 later than agreed)
10 Nov Keep 24 points of the counter-tariff suspended in force → unknown
10 Nov Lift or suspend the export-control listings of US firms partly → unknown
27 Nov Suspend the ban on gallium, germanium and other materials in force → unknown
9 Nov Extend 178 exclusions from its China tariffs in force → unknown
19 Nov US, China APEC summit in Shenzhen, 18 and 19 November not recorded
$ headline 2026-Q1
Supreme Court voids both US tariffs that the truce had cut
$ week 2026-Q1 | Supreme|Nvidia|Trump says
Supreme Court voids both US tariffs that the truce had cut
The Supreme Court (6–3) finds no legal basis for it; Executive Order 14389 ends it that day.
4 Feb Buy US soybeans in 2026: US says: After a call with Xi, Trump says that China considers 20 MMT this season and will take 25 the next. Beijing gives no figure. [15]
21 Feb US says: Trump says that the surcharge will be 15%. We found no order. [17]
3 Mar License H200-class chips for China case by case: Bloomberg: Washington has authorised a small number and considers a cap of 75,000 a buyer. Nvidia has no revenue from it yet. [8]
[2] CCTV: The Supreme Court voids the emergency tariffs, 21 Feb

# A month takes the headline that was written for the week of what leads it, if that is a week of the month
@ 2026-12-02T09:00Z told
$ note busan-2025 'The truce year is over' --headline --on 2026-11-12
$ headline 2026-11
The truce year is over
$ headline 2026-W46
The truce year is over

# A headline of the month before is not that of a month, though its week goes on into it
@ 2026-12-02T09:00Z told
$ log tiktok partly --on 2026-11-01
$ note busan-2025 'The last week of October' --headline --on 2026-10-30
$ headline 2026-W44
The last week of October
$ headline 2026-11
A promise by China is partly kept: Sell the US operations of TikTok

# A month takes the headline of the week in which what leads it became public
@ 2026-12-02T09:00Z told
$ log tiktok partly --on 2026-11-01 --public 2026-11-03
$ note busan-2025 'TikTok is half sold' --headline --on 2026-11-04
$ headline 2026-11
TikTok is half sold
