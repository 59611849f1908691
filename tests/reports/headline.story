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

# What is no longer moot was void in words
$ log soybeans moot --on 2026-01-02
$ log soybeans partial --on 2026-01-07
$ headline
“Resume soybean purchases” went from void to partial

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

# What became void is reported before what moved forward and is not a step back
$ log soybeans partial --on 2026-01-06
$ log tiktok moot --on 2026-01-07
$ log chip-sales met --on 2026-01-08
$ headline
One concession became void and two moved forward

# A new count is the news where no stage changed
@ 2026-01-11 Twelve million tonnes are due in February
$ measure tonnage 4 --by USDA --basis sold --on 2026-01-10
$ measure tonnage 3 --by traders --basis sold --on 2026-01-10
$ headline
“Resume soybean purchases”: of 12 MMT, 25 % sold (traders), 33 % sold (USDA)

# A moved day comes before a claim and a claim before a note
$ note tiktok Talks --on 2026-01-06
$ headline
No concession changed; one update was recorded
$ log tiktok announced --says us --on 2026-01-07
$ headline
The US says that “Sell the US operations of TikTok” is promised
$ move truce-year 2026-12-31 --on 2026-01-08
$ headline
The end of the agreement was moved to 31 December

# A day that you confirm was not moved
$ move truce-year 2026-10 --on 2026-01-07
$ headline
No concession changed; one update was recorded
$ move truce-year 2026-10-31 --on 2026-01-07
$ headline
The end of the agreement was moved to 31 October

# A target that is restated is not a moved day
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-03-31 --says us --on 2025-12-30
$ move tonnage 2026-03-31 --target 10 --on 2026-01-07
$ headline
The target of “Resume soybean purchases” was restated as 10 MMT
$ move tonnage 2026-04-30 --target 8 --says us --on 2026-01-08
$ headline
The deadline of “Resume soybean purchases” was moved to 30 April, with a target of 8 MMT, according to the US
$ undo
$ undo
$ move tonnage 2026-03-31 --target 9 --says us --on 2026-01-08
$ headline
The target of “Resume soybean purchases” was restated as 9 MMT, according to the US

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
The deadline of “Resume soybean purchases” was moved to 31 March, according to China and the US, with a target of 10 MMT, according to the US

# A day that a party names and you then move to is one moved day
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2026-02-28 --source article
$ move tonnage 2026-03-31 --says us --on 2026-01-08
$ move tonnage 2026-03-31 --on 2026-01-09
$ headline
The deadline of “Resume soybean purchases” was moved to 31 March

# A day that both sides named is moved by both in the headline and in what is due
$ add deadline soy-review --concession soybeans --kind review --label Review --due 2026-01-20 --source article
$ move soy-review 2026-01-30 --says us --on 2026-01-07
$ move soy-review 2026-01-30 --says cn --on 2026-01-08
$ headline
“Review” for “Resume soybean purchases” was moved to 30 January, according to the US and China
$ week | first due
first due 20 Jan, moved on 8 Jan, according to the US and China

# A day that a party names for the end is the news even if it moves nothing
$ move truce-year 2027-10-31 --says us --on 2026-01-08 --note Longer
$ headline
The US says the agreement ends on 31 October 2027
$ week | 2027
The US says the agreement ends on 31 October 2027
8 Jan The US says the agreement ends on 31 October 2027. Longer
$ week --brief | 2027
The US says the agreement ends on 31 October 2027
8 Jan The US says the agreement ends on 31 October 2027
$ log soybeans partial --on 2026-01-09
$ headline
“Resume soybean purchases” went from started to partial

# Of the days that a party names in a week only the last is reported
$ move truce-year 2027-01-10 --says us --on 2026-01-06
$ move truce-year 2027-10-31 --says cn --on 2026-01-07
$ move truce-year 2027-01-10 --says cn --on 2026-01-08
$ headline
The end of the agreement was moved to 10 January 2027, according to the US and China

# A day that two parties name is reported once and with its target
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-02-20 --target 14 --says us --on 2026-01-07
$ move g20-2026 2026-12-20 --says us --on 2026-01-08
$ move g20-2026 2026-12-21 --says cn --on 2026-01-08
$ headline
The US says “US hosts the Group of 20” is due on 20 December

# Of a statement that names the same day only the target is reported
@ 2026-01-11 Twelve million tonnes are due in February
$ move tonnage 2026-02-28 --target 10 --says cn --on 2026-01-07
$ headline
China says the target of “Resume soybean purchases” is 10 MMT
$ deadlines | tonnage
28 Feb 48 d tonnage delivery soybeans Tonnage (12 MMT) open China says 10 MMT

# What is known to the year is due by its end
$ add deadline tonnage --concession soybeans --kind delivery --label Tonnage --due 2025 --target 12 --unit MMT --source article
$ headline 2026-W01
Three concessions went from announced to started
$ move tonnage 2026 --on 2026-01-08
$ headline
The deadline of “Resume soybean purchases” was moved to the end of 2026
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
$ diff 2025-12-29 2026-01-04 | says due
#25 30 Dec 2025 g20-2026 US says due 31 Dec 2026 analyst
$ show g20-2026 | says
#25 30 Dec 2025 g20-2026 US says due 31 Dec 2026 analyst
$ move truce-year 2027-06-30 --says us | truce-year
#27 truce-year: US says due 30 Jun 2027, 4 Jan 2026
truce-year: stays 31 Dec 2026; this statement alone does not move it

# Of several claims the first is reported that differs from what you say
$ log soybeans started --says us --on 2026-01-07
$ log tiktok met --says us --on 2026-01-07
$ headline
The US says that “Sell the US operations of TikTok” is met

# A claim that contradicts an earlier one is reported with it if nothing else is new
$ log tiktok met --says cn --on 2025-11-02
$ log tiktok stalled --says us --on 2026-01-08
$ headline
The US says that “Sell the US operations of TikTok” is stalled, and China, on 2 November 2025, that it is met

# Of two claims of one party the last is reported
$ log soybeans started --says us --on 2026-01-06
$ log soybeans stalled --says us --on 2026-01-08
$ log soybeans started --on 2026-01-09
$ headline
The US says that “Resume soybean purchases” is stalled

# A claim is reported in the words of its stage
$ log soybeans negotiating --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” is being negotiated
$ undo
$ log soybeans announced --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” is promised
$ undo
$ log soybeans moot --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” is void
$ undo
$ log soybeans started --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” has started
$ undo
$ log soybeans partial --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” is met in part
$ undo
$ log soybeans lapsed --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” has lapsed

# The end of a term that is cancelled is reported
$ add deadline halt --concession tiktok --kind expiry --label Halt --due 2026-02-28 --source article
$ close halt cancelled --on 2026-01-08
$ headline
No concession changed; one update was recorded
$ week | closed as
Sell the US operations of TikTok China → US closed as cancelled (Halt) 8 Jan

# The sentence of a note ends once
$ note tiktok 'Are the talks over?' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
Are the talks over?
$ undo
$ note tiktok 'He said: “We sell.”' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
He said: “We sell.”
$ undo
$ note tiktok 'The Trade Rep. said no. The talks go on.' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
The Trade Rep. said no.
$ undo
$ note tiktok '交渉は続く。' --on 2026-01-06
$ week --brief | (talks|sell|Trade Rep|交渉)
交渉は続く。

# A meeting of a concession is moved or cancelled itself
$ add deadline call --concession tiktok --kind meeting --label Call --due 2026-02-28 --source article
$ move call 2026-03-31 --on 2026-01-08
$ headline
“Call” for “Sell the US operations of TikTok” was moved to 31 March
$ close call cancelled --on 2026-01-09
$ headline
“Call” for “Sell the US operations of TikTok” was moved to 31 March

# Several days that were moved are counted
$ move apec-2026 2026-11-20
$ move china-visit-2026 2026-11-20
$ move g20-2026 2026-11-20
$ headline
Three deadlines were moved

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
Nothing changed; the term of “Resume soybean purchases” ends on 20 January

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
Nothing changed; “Resume soybean purchases” and one other are due on 25 January
$ headline 2026-W01 --as-of 2026-01-04
Three concessions went from announced to started

# A limit that ends is not counted with what is due on its day
$ add deadline a-limit --concession soybeans --kind delivery --label Cap --due 2026-01-25 --source article --bound at-most --target 5 --unit %
$ add deadline visit --concession tiktok --kind delivery --label Cap --due 2026-01-25 --source article
$ headline 2026-W03 --as-of 2026-01-18
Nothing changed; “Sell the US operations of TikTok” is due on 25 January
$ undo
$ add deadline visit --concession tiktok --kind delivery --label Cap --due 2026-01-25 --source article --bound at-most --target 5 --unit %
$ headline 2026-W03 --as-of 2026-01-18
Nothing changed; two limits end on 25 January

# Terms that end on one day are counted
@ 2026-01-11 busan
$ headline 2026-W45 --as-of 2026-11-08
Nothing changed; three terms end on 9 November
$ headline 2026-W41 --as-of 2026-10-10
No concession changed; one update was recorded

# Counts for two deliveries of one concession are news of one
$ add deadline soy-1 --concession soybeans --kind delivery --label Lot-1 --due 2026-01-28 --target 12 --unit MMT --source article
$ measure soy-1 5 MMT --by USDA --basis sold --on 2026-01-06
$ add deadline soy-2 --concession soybeans --kind delivery --label Lot-2 --due 2026-02-28 --target 25 --unit MMT --source article
$ measure soy-2 5 MMT --by USDA --basis sold --on 2026-01-06
$ headline
“Lot-1” for “Resume soybean purchases”: USDA counts 5 of 12 MMT sold, 42 %

# One of several deliveries is named by its label
$ add deadline first --concession tiktok --kind delivery --source article --label Half --due 2026-01-08 --target 5 --unit seats
$ add deadline rest --concession tiktok --kind delivery --source article --label Rest --due 2026-01-20 --target 9 --unit seats
$ measure first 4 --by CFIUS --on 2026-01-07
$ headline
“Half” for “Sell the US operations of TikTok” was due on 8 January and is not yet settled
$ move rest 2026-01-30 --on 2026-01-08
$ headline
The deadline of “Rest” for “Sell the US operations of TikTok” was moved to 30 January
$ close first missed --on 2026-01-09
$ headline
“Half” for “Sell the US operations of TikTok” was closed as missed
$ week | closed as
“Half” for “Sell the US operations of TikTok” was closed as missed
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
The agreement ended in October 2026

# A promise is news even if nothing was said about it
$ add concession coal --giver cn --receiver us --sector energy --kind purchase --instrument readout --agreement busan-2025 --title 'Buy US coal' --test 'Customs count coal' --promised 2026-01-06 --source article
$ headline --as-of 2026-01-07
“Buy US coal” was promised

# What was kept to the end of its term did not fall back
@ 2026-11-30 busan
$ log us-port-fees-suspend met --on 2026-11-12
$ log us-affiliates-rule met --on 2026-11-12
$ headline 2026-W46
Six concessions reached the end of their terms and two were kept to the end of their terms
$ week 2026-W46 | (expired|lapsed) 
Suspend the 50 % Affiliates Rule US → China holding → expired 9 Nov
Suspend the port fees and crane tariffs US → China holding → expired 9 Nov
since last week: holding 5 → 2, in doubt 1 → 2, expired 0 → 2
$ undo
$ undo
$ log us-port-fees-suspend lapsed --on 2026-11-12
$ log us-affiliates-rule lapsed --on 2026-11-12
$ headline 2026-W46
Six concessions reached the end of their terms and two were kept to the end of their terms
$ week 2026-W46 | (expired|lapsed) 
Suspend the 50 % Affiliates Rule US → China met → lapsed 12 Nov
Suspend the port fees and crane tariffs US → China met → lapsed 12 Nov
since last week: holding 5 → 2, in doubt 1 → 2, expired 0 → 2

# Of several agreements a headline says in how many
$ apply HERE/../../docs/examples/phase-one.toml
$ log soybeans partial --on 2026-01-06
$ log tiktok moot --on 2026-01-07
$ log list-4b broken --on 2026-01-08
$ headline
In two agreements, one concession fell back, one became void and one moved forward

# New promises are counted
$ headline 2025-W40
Three concessions were promised; “Sell the US operations of TikTok” came under negotiation

# What came about in the week of its promise was not only promised
$ log chip-sales stalled --on 2025-10-03
$ log soybeans stalled --on 2025-10-03
$ headline 2025-W40 | (were|became)
Two concessions were promised, but stalled, one was promised and one came under negotiation
$ undo
$ undo
$ log chip-sales broken --on 2025-10-03
$ log soybeans broken --on 2025-10-03
$ headline 2025-W40 | (were|became)
Two concessions were promised, but broken, one was promised and one came under negotiation
$ undo
$ undo
$ log chip-sales reversed --on 2025-10-03
$ log soybeans reversed --on 2025-10-03
$ headline 2025-W40 | (were|became)
Two concessions were promised, but taken back, one was promised and one came under negotiation
$ undo
$ undo
$ log chip-sales moot --on 2025-10-03
$ log soybeans moot --on 2025-10-03
$ headline 2025-W40 | (were|became)
Two concessions became void, one was promised and one came under negotiation
$ undo
$ undo
$ log chip-sales started --on 2025-10-03
$ log soybeans started --on 2025-10-03
$ headline 2025-W40 | (were|became)
Three concessions were promised and one came under negotiation
$ undo
$ undo
$ log chip-sales partial --on 2025-10-03
$ log soybeans partial --on 2025-10-03
$ headline 2025-W40 | (were|became)
Three concessions were promised and one came under negotiation
$ undo
$ undo
$ log chip-sales met --on 2025-10-03
$ log soybeans met --on 2025-10-03
$ headline 2025-W40 | (were|became)
Three concessions were promised and one came under negotiation
$ undo
$ undo
$ log chip-sales lapsed --on 2025-10-03
$ log soybeans lapsed --on 2025-10-03
$ headline 2025-W40
Two concessions lapsed, one was promised and one came under negotiation

# New promises that failed at once are counted apart
$ log soybeans broken --on 2025-10-03
$ log rare-earths stalled --on 2025-10-03
$ log chip-sales met --on 2025-10-03
$ headline 2025-W40
One concession was promised, but stalled, one was promised, but broken, one was promised and one came under negotiation

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
“Resume soybean purchases”: USDA counts 12 of 12 MMT sold, 100 %

# Of one counter’s figures the furthest along is the news
@ 2026-01-11 Twelve million tonnes are due in February
$ measure tonnage 4.12345 --by USDA --basis sold --on 2026-01-09
$ measure tonnage 1 --by USDA --basis shipped --on 2026-01-10
$ headline
“Resume soybean purchases”: USDA counts 4.12 of 12 MMT sold, 34 %

# Figures for several concessions name two of them
$ add deadline of-soybeans --concession soybeans --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-soybeans 4 --by USDA --basis sold --on 2026-01-08
$ headline
“Resume soybean purchases”: USDA counts 4 of 12 MMT sold, 33 %
$ add deadline of-rare-earths --concession rare-earths --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-rare-earths 4 --by USDA --basis sold --on 2026-01-08
$ headline
There are new figures for “Resume soybean purchases” and “Let rare earths flow again”
$ add deadline of-chip-sales --concession chip-sales --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-chip-sales 4 --by USDA --basis sold --on 2026-01-08
$ headline
There are new figures for three concessions
$ add deadline of-tiktok --concession tiktok --kind delivery --label Amount --due 2026-06-30 --target 12 --unit MMT --source article
$ measure of-tiktok 4 --by USDA --basis sold --on 2026-01-08
$ headline
There are new figures for “Resume soybean purchases”, “Let rare earths flow again” and two others

# Figures for long titles are counted
$ add deadline loads --concession soybeans --kind delivery --label Loads --due 2026-06-30 --target 12 --unit MMT --source article
$ add deadline tons --concession rare-earths --kind delivery --label Tons --due 2026-06-30 --target 12 --unit MMT --source article
$ measure loads 4 --by USDA --basis sold --on 2026-01-08
$ measure tons 4 --by USDA --basis sold --on 2026-01-08
$ change soybeans --title BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB --reason Longer
$ change rare-earths --title BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB --reason Longer
$ headline
There are new figures for two concessions

# A count in another unit is not a share of the target
@ 2026-01-11 Twelve million tonnes are due in February
$ measure tonnage 9 'bn USD' --by Census --basis shipped --on 2026-01-08
$ week | bn USD
“Resume soybean purchases”: Census counts 9 bn USD shipped, in a different unit from the target, 12 MMT
Resume soybean purchases China → US 9 bn USD shipped, Census 8 Jan
$ headline
“Resume soybean purchases”: Census counts 9 bn USD shipped, in a different unit from the target, 12 MMT
$ measure tonnage 1 MMT --by Census --basis shipped --on 2026-01-07
$ headline
“Resume soybean purchases”: Census counts 1 of 12 MMT shipped, 8 %

# In a book of several agreements the end of one names it
$ apply HERE/../../docs/examples/phase-one.toml
$ move truce-year 2026-12-31 --on 2026-01-08
$ headline
The end of “US–China trade truce” was moved to 31 December

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
The deadline of “Let US firms sell chips to China again” was set for 31 March
$ week | (set for|moved to)
The deadline of “Let US firms sell chips to China again” was set for 31 March
Let US firms sell chips to China again US → China set for 31 Mar 8 Jan
$ move chip-rules 2026-04-30 --on 2026-01-09
$ week | (set for|moved to)
The deadline of “Let US firms sell chips to China again” was moved to 30 April
Let US firms sell chips to China again US → China moved to 30 Apr 9 Jan
China says due 28 Feb · set for 31 Mar

# The day on which parties agree for a delivery without one is set
$ add deadline chip-rules --concession chip-sales --kind delivery --label Rules --source article --awaits 'the rules'
$ move chip-rules 2026-03-31 --says us --on 2026-01-08
$ move chip-rules 2026-03-31 --says cn --on 2026-01-08
$ headline
The deadline of “Let US firms sell chips to China again” was set for 31 March, according to the US and China
$ undo
$ move chip-rules 2026-03-31 --on 2026-01-09
$ week | (set for|moved to)
The deadline of “Let US firms sell chips to China again” was set for 31 March
Let US firms sell chips to China again US → China set for 31 Mar 9 Jan

# Counts that differ are both in the headline
$ add deadline sale --concession tiktok --kind delivery --due 2026-01-20 --target 100 --unit shares --label Sale --source article
$ measure sale 20 --by CFIUS --on 2026-01-07
$ headline
“Sell the US operations of TikTok”: CFIUS counts 20 of 100 shares, 20 %
$ measure sale 30 --by ByteDance --on 2026-01-08
$ headline
“Sell the US operations of TikTok”: of 100 shares, 20 % (CFIUS), 30 % (ByteDance)

# What parties dispute is one sentence
$ log soybeans broken --says us --on 2026-01-07
$ headline
The US says that “Resume soybean purchases” is broken
$ log soybeans met --says cn --on 2026-01-08
$ headline
The US says that “Resume soybean purchases” is broken, and China that it is met
$ log soybeans broken --says cn --on 2026-01-09
$ headline
The US and China say that “Resume soybean purchases” is broken

# An agreement ends today if its day is known and in its month if not
@ 2026-10-31 article
$ headline --as-of 2026-10-30
Nothing changed; the agreement ends in October 2026
$ headline
Nothing changed; the agreement ends in October 2026

# An agreement ends on a day that is known
@ 2027-01-10 busan
$ headline
Nothing changed; the agreement ends on 10 January

# What lapsed before the end of its term was not kept to it
@ 2026-03-26 busan
$ --today 2026-02-26 log cn-ree-oct9-suspend lapsed --on 2026-02-24
$ headline 2026-W09
“Suspend the export controls of 9 October 2025” lapsed

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
One concession fell back and one moved forward

# A headline of 110 characters is the longest that names two new figures
$ add deadline jets --concession tiktok --kind delivery --label Jets --due 2026-06-30 --target 20 --unit jets --source article
$ add deadline loads --concession soybeans --kind delivery --label Loads --due 2026-06-30 --target 20 --unit MMT --source article
$ measure loads 9 MMT --by USDA --basis sold --on 2026-01-07
$ measure jets 9 jets --by Boeing --on 2026-01-07
$ change soybeans --title SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS --reason Longer
$ headline
There are new figures for “SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS” and “Sell the US operations of TikTok”
$ change soybeans --title SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS --reason Longer
$ headline
There are new figures for two concessions
