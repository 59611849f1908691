The headline of a week, a story for each rule.

@ 2026-01-11 article

# Twelve million tonnes are due in February
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-02-28 --target 12 --unit MMT --source article

# A week without anything says so, and until when the agreement runs
$ headline
Nothing changed
$ week | agree
The agreement expires in 293 days (2026-10)

# A week before the agreement says so
$ week 2019-W02 | changed|agree
Not yet agreed
Nothing changed

# One change is reported by its title
$ log soybeans partial --on 2026-01-07
$ headline
“Resume soybean purchases” went from started to partial

# What is no longer moot was overtaken in words
$ log soybeans moot --on 2026-01-02
$ log soybeans partial --on 2026-01-07
$ headline
“Resume soybean purchases” went from overtaken to partial

# Changes of one giver are counted and named
$ log soybeans stalled --on 2026-01-07
$ log rare-earths stalled --on 2026-01-07
$ headline
Two concessions by China went from started to stalled; one given in return is now at risk

# Changes of several givers name none
$ log soybeans partial --on 2026-01-07
$ log rare-earths partial --on 2026-01-07
$ log chip-sales partial --on 2026-01-07
$ headline
Three concessions went from started to partial

# What was overtaken is reported before what moved forward and is not a step back
$ log soybeans partial --on 2026-01-06
$ log tiktok moot --on 2026-01-07
$ log chip-sales met --on 2026-01-08
$ headline
One concession is now over, one in part and one kept

# A new count is the news where no stage changed
@ 2026-01-11 Twelve million tonnes are due in February
$ measure tonnage 4 --by USDA --basis sold --on 2026-01-10
$ measure tonnage 3 --by traders --basis sold --on 2026-01-10
$ headline
“Resume soybean purchases”: 33 % of 12 MMT sold, USDA

# A moved day comes before a claim and a claim before a note
$ note tiktok Talks --on 2026-01-06
$ headline
“Sell the US operations of TikTok”: Talks
$ log tiktok announced --says us --on 2026-01-07
$ headline
“Sell the US operations of TikTok”: US says announced
$ move truce-year 2026-12-31 --on 2026-01-08
$ headline
The end of “US–China trade truce”: moved to 31 Dec

# A day that you confirm was not moved
$ move truce-year 2026-10 --on 2026-01-07
$ headline
The end of “US–China trade truce”: confirmed for Oct 2026
$ move truce-year 2026-10-31 --on 2026-01-07
$ headline
The end of “US–China trade truce”: moved to 31 Oct

# A target that is restated is not a moved day
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-03-31 --says us --on 2025-12-30
$ move tonnage 2026-03-31 --target 10 --on 2026-01-07
$ headline
“Resume soybean purchases”: target 10 MMT, due 31 Mar
$ move tonnage 2026-04-30 --target 8 --says us --on 2026-01-08
$ headline
“Resume soybean purchases”: US says target 8 MMT, due 30 Apr, which moves it
$ undo
$ undo
$ move tonnage 2026-03-31 --target 9 --says us --on 2026-01-08
$ headline
“Resume soybean purchases”: US says target 9 MMT, due 31 Mar, which changes it

# Who moved a day is not who restated the target later
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-01-31 --says us --on 2026-01-02
$ move tonnage 2026-03-31 --says us --on 2026-01-05
$ move tonnage 2026-04-30 --target 13 --says cn --on 2026-01-07
$ deadlines {deadline due_on target} | tonnage
tonnage 2026-03-31 13
$ --today 2026-03-08 week | first due
no data (13 MMT); first due 28 Feb, moved on 5 Jan, according to the US; China says 30 Apr, 13 MMT

# A target is not said to be that of a party that named only the day
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-03-31 --target 11 --says cn --on 2026-01-07
$ move tonnage 2026-03-31 --target 10 --says us --on 2026-01-08
$ headline
“Resume soybean purchases”: US says target 10 MMT, due 31 Mar, which moves it

# A day that a party names and you then move to is one moved day
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-02-28 --source article
$ move tonnage 2026-03-31 --says us --on 2026-01-08
$ move tonnage 2026-03-31 --on 2026-01-09
$ headline
“Resume soybean purchases”: US says due 31 Mar, which moves it

# A day that both sides named is moved by both in the headline and in what is due
$ add deadline soy-review --concession soybeans --kind review --label Review --due 2026-01-20 --source article
$ move soy-review 2026-01-30 --says us --on 2026-01-07
$ move soy-review 2026-01-30 --says cn --on 2026-01-08
$ headline
“Review” for “Resume soybean purchases”: China says due 30 Jan, which moves it
$ week | first due
first due 20 Jan, moved on 8 Jan, according to the US and China

# A day that a party names for the end is the news even if it moves nothing
$ move truce-year 2027-10-31 --says us --on 2026-01-08 --note Longer
$ headline
The end of “US–China trade truce”: US says due 31 Oct 2027
$ week | 2027
The end of “US–China trade truce”: US says due 31 Oct 2027
8 Jan “One year from October 2025 (derived)”, US says due 31 Oct 2027: Longer
$ week --brief | 2027
The end of “US–China trade truce”: US says due 31 Oct 2027
8 Jan “One year from October 2025 (derived)”, US says due 31 Oct 2027
$ log soybeans partial --on 2026-01-09
$ headline
“Resume soybean purchases” went from started to partial

# Of the days that a party names in a week only the last is reported
$ move truce-year 2027-01-10 --says us --on 2026-01-06
$ move truce-year 2027-10-31 --says cn --on 2026-01-07
$ move truce-year 2027-01-10 --says cn --on 2026-01-08
$ headline
The end of “US–China trade truce”: China says due 10 Jan 2027, which moves it

# A day that two parties name is reported once and with its target
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-02-20 --target 14 --says us --on 2026-01-07
$ move g20-2026 2026-12-20 --says us --on 2026-01-08
$ move g20-2026 2026-12-21 --says cn --on 2026-01-08
$ headline
“US hosts the Group of 20”: China says due 21 Dec

# Of a statement that names the same day only the target is reported
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-02-28 --target 10 --says cn --on 2026-01-07
$ headline
“Resume soybean purchases”: China says target 10 MMT, due 28 Feb
$ deadlines | tonnage
28 Feb 48 d tonnage delivery soybeans Tonnage (12 MMT) open China says 10 MMT

# What is known to the year is due by its end
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2025 --target 12 --unit MMT --source article
$ headline 2026-W01
Three concessions went from announced to started
$ move tonnage 2026 --on 2026-01-08
$ headline
“Resume soybean purchases”: moved to 2026
$ pace tonnage | tonnage
tonnage · 12 MMT by the end of 2026 (moved +365 d): no data

# A day beside one of another year has its year
@ 2026-01-04 article
$ move g20-2026 2026-12-31 --says us --on 2025-12-30
$ move truce-year 2026-12-31 --on 2025-12-31
$ headline
Three concessions went from announced to started
$ history | says due
#25 30 Dec 2025 g20-2026 US says due 31 Dec 2026 analyst
$ diff 2025-12-29 2026-01-04 | truce-year
31 Dec 2025 truce-year Oct 2026 → 31 Dec happened #26
$ show g20-2026 | says
#25 30 Dec 2025 g20-2026 US says due 31 Dec 2026 analyst
$ move truce-year 2027-06-30 --says us | truce-year
#27 truce-year: US says due 30 Jun 2027, 4 Jan 2026
truce-year: stays 31 Dec 2026; this statement alone does not move it

# Of several claims the first is reported that differs from what you say
$ log soybeans started --says us --on 2026-01-07
$ log tiktok met --says us --on 2026-01-07
$ headline
“Sell the US operations of TikTok”: US says met

# A claim that contradicts an earlier one is reported with it if nothing else is new
$ log tiktok met --says cn --on 2025-11-02
$ log tiktok stalled --says us --on 2026-01-08
$ headline
“Sell the US operations of TikTok”: US says stalled, China says met on 2 Nov 2025

# Of two claims of one party the last is reported
$ log soybeans started --says us --on 2026-01-06
$ log soybeans stalled --says us --on 2026-01-08
$ log soybeans started --on 2026-01-09
$ headline
“Resume soybean purchases”: US says stalled

# A claim is reported in the words of its stage
$ log soybeans negotiating --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says negotiating
$ undo
$ log soybeans announced --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says announced
$ undo
$ log soybeans moot --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says overtaken
$ undo
$ log soybeans started --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says started
$ undo
$ log soybeans partial --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says partial
$ undo
$ log soybeans lapsed --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says lapsed

# The end of a term that is cancelled is reported
$ add deadline halt --concession tiktok --kind expiry --label Halt --due 2026-02-28 --source article
$ close halt cancelled --on 2026-01-08
$ headline
“Sell the US operations of TikTok”: closed as cancelled (Halt)
$ week | closed as
“Sell the US operations of TikTok”: closed as cancelled (Halt)
Sell the US operations of TikTok China → US closed as cancelled (Halt) 8 Jan

# The sentence of a note ends once
$ note tiktok 'Are the talks over?' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
“Sell the US operations of TikTok”: Are the talks over?
Are the talks over?
$ undo
$ note tiktok 'He said: “We sell.”' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
“Sell the US operations of TikTok”: He said: “We sell.”
He said: “We sell.”
$ undo
$ note tiktok 'The Trade Rep. said no. The talks go on.' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
“Sell the US operations of TikTok”: The Trade Rep. said no
The Trade Rep. said no.
$ undo
$ note tiktok '交渉は続く。' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
“Sell the US operations of TikTok”: 交渉は続く。
交渉は続く。

# A meeting of a concession is moved or cancelled itself
$ add deadline call --concession tiktok --kind meeting --label Call --due 2026-02-28 --source article
$ move call 2026-03-31 --on 2026-01-08
$ headline
“Call” for “Sell the US operations of TikTok”: moved to 31 Mar
$ close call cancelled --on 2026-01-09
$ headline
“Call” for “Sell the US operations of TikTok”: moved to 31 Mar

# Several days that were moved are counted
$ move apec-2026 2026-11-20
$ move china-visit-2026 2026-11-20
$ move g20-2026 2026-11-20
$ headline
“US hosts the Group of 20”: moved to 20 Nov

# A review is due by its own name and a term ends
$ add deadline soy-review --concession soybeans --kind review --label 'Review of purchases' --due 2026-01-20 --source article
$ headline
Nothing changed; “Review of purchases” for “Resume soybean purchases” is due on 20 January
$ week | 20 Jan
Nothing changed; “Review of purchases” for “Resume soybean purchases” is due on 20 January
20 Jan in 9 days Review of purchases
$ retract soy-review --everything --reason Misread
$ add deadline soy-end --concession soybeans --kind expiry --label 'Review of purchases' --due 2026-01-20 --source article
$ headline
Nothing changed; “Resume soybean purchases” ends on 20 January

# A calm week names what is due within two weeks without repeating the title
$ add deadline soy-review --concession soybeans --kind meeting --label 'Soybean purchases' --due 2026-01-25 --source article
$ headline
Nothing changed; “Resume soybean purchases” is due on 25 January
$ undo
$ add deadline soy-review --concession soybeans --kind meeting --label 'Soybean purchases' --due 2026-01-26 --source article
$ headline
Nothing changed

# Before the first entry nothing was recorded
$ headline --known-by 2020-01-01
Nothing had been recorded yet

# A correction alone is the news unless no earlier page had the wrong words
@ 2026-01-15 article
$ --today 2026-01-11 change tiktok --title Sell --reason Shorter
$ headline 2026-W02 --as-of 2026-01-11
Nothing changed
$ change tiktok --test Sold --reason Shorter
$ headline
One correction was made

# The retraction of a change gives the old field again
@ 2026-01-15 article
$ --today 2026-01-11 change tiktok --title Sell --reason Shorter
$ retract 25 --reason 'Too short'
$ week -f markdown | \| title: Sell
| \#26 | 15 Jan | Sell the US operations of TikTok | \#25 concession, title: Sell | title: Sell the US operations of TikTok | Too short | analyst |

# A changed declaration is reported by what it is about
@ 2026-01-15 article
$ change busan-2025 --agreed 2025-10-31 --reason Misread
$ headline
One correction was made
$ undo
$ change g20-2026 --due 2026-12-15 --reason Misread
$ headline
One correction was made
$ undo
$ change us --short USA --reason Misread
$ headline
One correction was made

# What is due soon is the headline of a quiet week
$ add deadline visit --concession tiktok --kind delivery --label Delegation --due 2026-01-20 --source article
$ undo
$ add deadline visit --concession tiktok --kind delivery --label Delegation --due 2026-01-20 --source article
$ headline
Nothing changed; “Sell the US operations of TikTok” is due on 20 January

# What is due on one day is counted
$ add deadline visit --concession tiktok --kind delivery --label Delegation --due 2026-01-25 --source article
$ add deadline buyers --concession soybeans --kind delivery --label Delegation --due 2026-01-25 --source article
$ headline 2026-W03 --as-of 2026-01-18
Nothing changed; “Resume soybean purchases” is due on 25 January
$ headline 2026-W01 --as-of 2026-01-04
Three concessions went from announced to started

# A limit that ends is not counted with what is due on its day
$ add deadline a-limit --concession soybeans --kind delivery --label Cap --due 2026-01-25 --source article --bound at-most --target 5 --unit %
$ add deadline visit --concession tiktok --kind delivery --label Cap --due 2026-01-25 --source article
$ headline 2026-W03 --as-of 2026-01-18
Nothing changed; “Resume soybean purchases” ends on 25 January
$ undo
$ add deadline visit --concession tiktok --kind delivery --label Cap --due 2026-01-25 --source article --bound at-most --target 5 --unit %
$ headline 2026-W03 --as-of 2026-01-18
Nothing changed; “Resume soybean purchases” ends on 25 January

# Terms that end on one day are counted
@ 2026-01-11 busan
$ headline 2026-W45 --as-of 2026-11-08
Nothing changed; “Extend 178 exclusions from Section 301 tariffs” ends on 9 November
$ headline 2026-W41 --as-of 2026-10-10
“US–China trade truce, 2025–26”: The Section 301 duties on China of 2018 and later continue while USTR reviews them: known at second hand, as the page was not opened

# Counts for two deliveries of one concession are news of one
$ add deadline soy-1 --concession soybeans --kind delivery --label Lot-1 --due 2026-01-28 --target 12 --unit MMT --source article
$ measure soy-1 5 MMT --by USDA --basis sold --on 2026-01-06
$ add deadline soy-2 --concession soybeans --kind delivery --label Lot-2 --due 2026-02-28 --target 25 --unit MMT --source article
$ measure soy-2 5 MMT --by USDA --basis sold --on 2026-01-06
$ headline
“Lot-1” for “Resume soybean purchases”: 42 % of 12 MMT sold, USDA

# One of several deliveries is named by its label
$ add deadline first --concession tiktok --kind delivery --source article --label Half --due 2026-01-08 --target 5 --unit seats
$ add deadline rest --concession tiktok --kind delivery --source article --label Rest --due 2026-01-20 --target 9 --unit seats
$ measure first 4 --by CFIUS --on 2026-01-07
$ headline
“Half” for “Sell the US operations of TikTok” was due on 8 January and is not yet settled
$ move rest 2026-01-30 --on 2026-01-08
$ headline
“Rest” for “Sell the US operations of TikTok”: moved to 30 Jan
$ close first missed --on 2026-01-09
$ headline
“Sell the US operations of TikTok”: closed as missed (Half)
$ week | closed as
“Sell the US operations of TikTok”: closed as missed (Half)
Sell the US operations of TikTok China → US closed as missed (Half) 9 Jan

# A count and a moved day come before what parties say of other things
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-03-31 --target 12 --unit MMT --source article
$ measure tonnage 6 --by USDA --basis sold --on 2026-01-07
$ log soybeans partial --on 2026-01-07
$ log tiktok met --says cn --on 2026-01-06
$ log tiktok broken --says us --on 2026-01-07
$ move g20-2026 2026-12-15 --says us --on 2026-01-06
$ move g20-2026 2026-12-15 --says cn --on 2026-01-07
$ move g20-2026 2026-12-20 --says us --on 2026-01-08
$ headline
“Resume soybean purchases” went from started to partial

# What was due in the week and has no outcome is reported
$ add deadline visit --concession tiktok --kind delivery --label Delegation --due 2026-01-08 --source article
$ headline
“Sell the US operations of TikTok” was due on 8 January and is not yet settled
$ log soybeans partial --on 2026-01-07
$ headline
“Resume soybean purchases” went from started to partial

# What was due on the last day of a week is reported in the next one
$ add deadline visit --concession tiktok --kind delivery --label Delegation --due 2026-01-04 --source article
$ headline 2026-W01
Three concessions went from announced to started
$ headline
“Sell the US operations of TikTok” was due on 4 January and is not yet settled

# The end of an agreement is the news of its week
@ 2026-11-11 article
$ headline 2026-W44
“US–China trade truce” ended in October 2026

# A promise is news even if nothing was said about it
$ add concession coal --giver cn --receiver us --sector energy --kind purchase --instrument readout --agreement busan-2025 --title 'Buy US coal' --test 'Customs count coal' --promised 2026-01-06 --source article
$ headline --as-of 2026-01-07
“Buy US coal” was promised

# What was kept to the end of its term did not fall back
@ 2026-11-30 busan
$ log us-port-fees-suspend met --on 2026-11-12
$ log us-affiliates-rule met --on 2026-11-12
$ headline 2026-W46
Six concessions are now in doubt and two over
$ week 2026-W46 | (over|lapsed) 
Suspend the 50 % Affiliates Rule US → China in force → over 9 Nov
Suspend the port fees and crane tariffs US → China in force → over 9 Nov
2 kept to their end, 2 overtaken; since last week: in force 5 → 2, in doubt 1 → 2, over 2 → 4
$ undo
$ undo
$ log us-port-fees-suspend lapsed --on 2026-11-12
$ log us-affiliates-rule lapsed --on 2026-11-12
$ headline 2026-W46
Six concessions are now in doubt and two over
$ week 2026-W46 | (over|lapsed) 
Suspend the 50 % Affiliates Rule US → China met → lapsed 12 Nov
Suspend the port fees and crane tariffs US → China met → lapsed 12 Nov
2 kept to their end, 2 overtaken; since last week: in force 5 → 2, in doubt 1 → 2, over 2 → 4

# Of several agreements a headline says in how many
$ apply HERE/../../docs/examples/phase-one.toml
$ log soybeans partial --on 2026-01-06
$ log tiktok moot --on 2026-01-07
$ log list-4b broken --on 2026-01-08
$ headline
In two agreements, one concession is now over, one lost and one in part

# New promises are counted
$ headline 2025-W40
Three concessions were promised; “Sell the US operations of TikTok” came under negotiation

# What came about in the week of its promise was not only promised
$ log chip-sales broken --on 2025-10-03
$ log soybeans broken --on 2025-10-03
$ headline 2025-W40
Two concessions are now lost, one promised and one negotiating
$ undo
$ undo
$ log chip-sales moot --on 2025-10-03
$ log soybeans moot --on 2025-10-03
$ headline 2025-W40
Two concessions are now over, one promised and one negotiating
$ undo
$ undo
$ log chip-sales met --on 2025-10-03
$ log soybeans met --on 2025-10-03
$ headline 2025-W40
Two concessions are now kept, one promised and one negotiating
$ undo
$ undo
$ log chip-sales lapsed --on 2025-10-03
$ log soybeans lapsed --on 2025-10-03
$ headline 2025-W40
Two concessions are now over, one promised and one negotiating

# New promises that failed at once are counted apart
$ log soybeans broken --on 2025-10-03
$ log rare-earths stalled --on 2025-10-03
$ log chip-sales met --on 2025-10-03
$ headline 2025-W40
One concession is now lost, one in doubt, one kept and one negotiating

# A first count after the deadline had no data by then
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-01-06 --target 12 --unit MMT --source article
$ measure tonnage 6 --by USDA --basis sold --on 2026-01-06
$ headline
“Resume soybean purchases” was due on 6 January and is not yet settled
$ undo
$ measure tonnage 6 --by USDA --basis sold --on 2026-01-08
$ headline
“Resume soybean purchases” was due on 6 January and is not yet settled
$ undo
$ measure tonnage 12 --by USDA --basis sold --on 2026-01-06
$ headline
“Resume soybean purchases” was due on 6 January and is not yet settled

# Of one counter’s figures the furthest along is the news
@ 2026-01-11 Twelve million tonnes are due in February
$ measure tonnage 4.12345 --by USDA --basis sold --on 2026-01-09
$ measure tonnage 1 --by USDA --basis shipped --on 2026-01-10
$ headline
“Resume soybean purchases”: 34 % of 12 MMT sold, USDA

# Figures for several concessions name two of them
$ add deadline of-soybeans --concession soybeans --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-soybeans 4 --by USDA --basis sold --on 2026-01-08
$ headline
“Resume soybean purchases”: 33 % of 12 MMT sold, USDA
$ add deadline of-rare-earths --concession rare-earths --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-rare-earths 4 --by USDA --basis sold --on 2026-01-08
$ headline
“Let rare earths flow again”: 33 % of 12 MMT sold, USDA
$ add deadline of-chip-sales --concession chip-sales --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-chip-sales 4 --by USDA --basis sold --on 2026-01-08
$ headline
“Let US firms sell chips to China again”: 33 % of 12 MMT sold, USDA
$ add deadline of-tiktok --concession tiktok --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-tiktok 4 --by USDA --basis sold --on 2026-01-08
$ headline
“Sell the US operations of TikTok”: 33 % of 12 MMT sold, USDA

# Figures for long titles are counted
$ add deadline loads --concession soybeans --kind delivery --label Loads --due 2026-06-30 --target 12 --unit MMT --source article
$ add deadline tons --concession rare-earths --kind delivery --label Tons --due 2026-06-30 --target 12 --unit MMT --source article
$ measure loads 4 --by USDA --basis sold --on 2026-01-08
$ measure tons 4 --by USDA --basis sold --on 2026-01-08
$ change soybeans --title BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB --reason Longer
$ change rare-earths --title BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB --reason Longer
$ headline
“BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB”: 33 % of 12 MMT sold, USDA

# A count in another unit is not a share of the target
@ 2026-01-11 Twelve million tonnes are due in February
$ measure tonnage 9 'bn USD' --new-series --by Census --basis shipped --on 2026-01-08
$ week | bn USD
“Resume soybean purchases”: 9 bn USD shipped, Census
Resume soybean purchases China → US 9 bn USD shipped, Census 8 Jan
$ headline
“Resume soybean purchases”: 9 bn USD shipped, Census
$ measure tonnage 1 MMT --by Census --basis shipped --on 2026-01-07
$ headline
“Resume soybean purchases”: 8 % of 12 MMT shipped, Census

# In a book of several agreements the end of one names it
$ apply HERE/../../docs/examples/phase-one.toml
$ move truce-year 2026-12-31 --on 2026-01-08
$ headline
The end of “US–China trade truce”: moved to 31 Dec

# In a book of several agreements a title says who gives it to whom
$ apply HERE/../../docs/examples/phase-one.toml
$ log tiktok announced --on 2026-01-07
$ headline
“Sell the US operations of TikTok” (China → US) went from negotiating to announced

# A single change is reported by its title however long
$ change tiktok --title Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell- --reason Longer
$ log tiktok announced
$ headline
“Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-Sell-” went from negotiating to announced

# The first day that a delivery gets is set and not moved
$ add deadline chip-rules --concession chip-sales --kind delivery --label Rules --source article --awaits 'the rules'
$ move chip-rules 2026-02-28 --says cn --on 2026-01-06
$ move chip-rules 2026-03-31 --on 2026-01-08
$ headline
“Let US firms sell chips to China again”: set for 31 Mar
$ week | (set for|moved to)
“Let US firms sell chips to China again”: set for 31 Mar
Let US firms sell chips to China again US → China set for 31 Mar 8 Jan
$ move chip-rules 2026-04-30 --on 2026-01-09
$ week | (set for|moved to)
“Let US firms sell chips to China again”: moved to 30 Apr
Let US firms sell chips to China again US → China moved to 30 Apr 9 Jan
China says due 28 Feb · set for 31 Mar

# The day on which parties agree for a delivery without one is set
$ add deadline chip-rules --concession chip-sales --kind delivery --label Rules --source article --awaits 'the rules'
$ move chip-rules 2026-03-31 --says us --on 2026-01-08
$ move chip-rules 2026-03-31 --says cn --on 2026-01-08
$ headline
“Let US firms sell chips to China again”: China says due 31 Mar, which sets it
$ undo
$ move chip-rules 2026-03-31 --on 2026-01-09
$ week | (set for|moved to)
“Let US firms sell chips to China again”: set for 31 Mar
Let US firms sell chips to China again US → China set for 31 Mar 9 Jan

# Counts that differ are both in the headline
$ add deadline sale --concession tiktok --kind delivery --due 2026-01-20 --target 100 --unit shares --label Sale --source article
$ measure sale 20 --by CFIUS --on 2026-01-07
$ headline
“Sell the US operations of TikTok”: 20 % of 100 shares, CFIUS
$ measure sale 30 --by ByteDance --on 2026-01-08
$ headline
“Sell the US operations of TikTok”: 30 % of 100 shares, ByteDance

# What parties dispute is one sentence
$ log soybeans broken --says us --on 2026-01-07
$ headline
“Resume soybean purchases”: US says broken
$ log soybeans met --says cn --on 2026-01-08
$ headline
“Resume soybean purchases”: China says met, US says broken on 7 Jan
$ log soybeans broken --says cn --on 2026-01-09
$ headline
“Resume soybean purchases”: China says broken

# An agreement ends today if its day is known and in its month if not
@ 2026-10-31 article
$ headline --as-of 2026-10-30
Nothing changed; the end of “US–China trade truce” is due in October 2026
$ headline
Nothing changed; the end of “US–China trade truce” is due in October 2026

# An agreement ends on a day that is known
@ 2027-01-10 busan
$ headline
Nothing changed; the end of “US–China trade truce, 2025–26” is due on 10 January

# What lapsed before the end of its term was not kept to it
@ 2026-03-26 busan
$ --today 2026-02-26 log cn-ree-oct9-suspend lapsed --on 2026-02-24
$ headline 2026-W09
“Suspend the export controls of 9 October 2025” went from in force to kept to its end

# Only what failed in the week puts something newly at risk
$ log soybeans stalled --on 2026-01-02
$ log soybeans stalled --on 2026-01-06
$ log tiktok met --on 2026-01-07
$ headline
“Sell the US operations of TikTok” went from negotiating to met

# A page without what failed does not say what was given for it
$ log soybeans stalled --on 2026-01-07
$ headline --giver us
Nothing changed

# What goes from one failure to another puts nothing newly at risk
$ log soybeans stalled --on 2026-01-02
$ log soybeans broken --on 2026-01-07
$ headline
“Resume soybean purchases” went from stalled to broken

# A headline of 110 characters is the longest that names two
$ log soybeans met --on 2026-01-07
$ log tiktok stalled --on 2026-01-07
$ change soybeans --title SSSSSSSSSSSSSS --reason Longer
$ headline
“Sell the US operations of TikTok” went from negotiating to stalled; “SSSSSSSSSSSSSS” went from started to met
$ change soybeans --title SSSSSSSSSSSSSSS --reason Longer
$ headline
One concession is now in doubt and one kept

# A headline of 110 characters is the longest that names two new figures
$ add deadline jets --concession tiktok --kind delivery --label Jets --due 2026-06-30 --target 20 --unit jets --source article
$ add deadline loads --concession soybeans --kind delivery --label Loads --due 2026-06-30 --target 20 --unit MMT --source article
$ measure loads 9 MMT --by USDA --basis sold --on 2026-01-07
$ measure jets 9 jets --by Boeing --on 2026-01-07
$ change soybeans --title SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS --reason Longer
$ headline
“Sell the US operations of TikTok”: 45 % of 20 jets, Boeing
$ change soybeans --title SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS --reason Longer
$ headline
“Sell the US operations of TikTok”: 45 % of 20 jets, Boeing
