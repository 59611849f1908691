The page of a week: what each part says, and where each thing stands.

@ 2026-01-20 article

# The brief page says how a note begins if it is the only news
@ 2026-01-11 article
$ note soybeans 'COFCO buys six cargoes. Sinograin waits.' --says cn --on 2026-01-07
$ log tiktok met -m 'The deal closes.' --on 2026-01-08
$ week --brief | says|deal|COFCO
Resume soybean purchases China → US China says 7 Jan
COFCO buys six cargoes.

# What is due in a month or a year that runs is not due on its last day
@ 2026-11-13 busan
$ week | intelligence
Nov 2026 this month Next exchange on artificial intelligence
$ week --as-of 2026-12-31 | APEC
2026 this year APEC summit in China

# Every side says what it had before the week
@ 2026-11-25 busan
$ week 2026-W08 {gains: party before.in_force in_force before.over over}
us 6 6 0 0
cn 7 5 0 2

# What parties named for the end is reported with it once it has passed
@ 2026-11-15 article
$ move truce-year 2027-01-10 --says us --on 2026-01-08
$ add concession corn --agreement busan-2025 --title Corn --giver cn --receiver us --hold --sector farming --kind purchase --instrument readout --test None --source article
$ week | Ended
Ended Oct 2026: “US–China trade truce” (US says 10 Jan 2027), “Corn”.

# A term that is extended after its end changed on the day of the news
@ 2026-11-26 busan
$ move cn-24pct-suspend-end 2027-01-10 --on 2026-11-24
$ week --brief | ▲
▲ Keep 24 points of the counter-tariff suspended China → US in doubt → in force 24 Nov
$ undo
$ move cn-24pct-suspend-end 2026-11-26 --on 2026-11-24
$ week --brief | ▲
▲ Keep 24 points of the counter-tariff suspended China → US in doubt → in force 24 Nov

# What gets its term back with the agreement has the day of its stage
@ 2027-01-24 busan
$ move busan-truce-end 2027-11-10 --on 2027-01-19
$ week --brief | ▲
▲ Stop fentanyl precursors from going to North America China → US in doubt → under way 10 Nov 2025
▲ Strictly control certain other precursors for all destinations China → US in doubt → promised 1 Nov 2025
▲ Lift or suspend the unreliable-entity listings of US firms China → US in doubt → promised 1 Nov 2025
▲ Drop the extra 100 % tariff threatened for 1 November US → China in doubt → in force 1 Nov 2025

# What has passed is listed by its day: a delivery in a row, the end of a term in a line
$ add deadline sale --concession tiktok --kind delivery --label Sale --due 2026-01-08 --source article
$ week | 8 Jan
8 Jan 12 days ago Sell the US operations of TikTok
$ undo
$ add deadline sale --concession tiktok --kind expiry --label Sale --due 2026-01-08 --source article
$ week | 8 Jan
Ended 8 Jan: “Sell the US operations of TikTok”.

# A page counts the concessions that are in no row above
$ week | without an update
4 concessions without an update.
$ log tiktok partial --on 2026-01-19
$ week | without an update
3 other concessions without an update.

# An overdue delivery stays listed in a week in which its concession changed
$ add deadline sale --concession tiktok --kind delivery --label Sale --due 2026-01-12 --source article
$ log tiktok partial --on 2026-01-15
$ week 2026-W03 | TikTok|Overdue
“Sell the US operations of TikTok” went from negotiating to partial
▲ Sell the US operations of TikTok China → US negotiating → partial 15 Jan
Overdue, or outcome unknown (1)
12 Jan 6 days ago Sell the US operations of TikTok

# A claim that contradicts an earlier one is reported with it
$ log tiktok met --says cn --on 2026-01-09
$ log tiktok stalled --says us --on 2026-01-13
$ week 2026-W03 | says
“Sell the US operations of TikTok”: US says stalled, China says met on 9 Jan
Sell the US operations of TikTok China → US US says stalled, China says met on 9 Jan 13 Jan

# Two claims of a week that contradict each other are reported once
$ log tiktok met --says cn --on 2026-01-13
$ log tiktok stalled --says us --on 2026-01-14
$ week 2026-W03 | says
“Sell the US operations of TikTok”: US says stalled, China says met on 13 Jan
Sell the US operations of TikTok China → US US says stalled, China says met on 13 Jan 14 Jan

# What was overtaken after it was lost does not move up
$ log tiktok reversed --on 2026-01-09
$ log tiktok moot --on 2026-01-13
$ week 2026-W03 | TikTok
“Sell the US operations of TikTok” went from reversed to overtaken
▼ Sell the US operations of TikTok China → US reversed → moot (over) 13 Jan

# A verdict that did not last the week is reported
$ log tiktok partial --on 2026-01-09
$ log tiktok reversed --on 2026-01-13
$ log tiktok partial --on 2026-01-13
$ week 2026-W03 | then
reversed, then partial
$ undo
$ undo
$ log tiktok met --on 2026-01-13
$ log tiktok moot --on 2026-01-13
$ log tiktok moot --on 2026-01-13
$ log tiktok partial --on 2026-01-13
$ week 2026-W03 | then
met, then overtaken, then partial
$ undo
$ undo
$ undo
$ log tiktok started --on 2026-01-13
$ week 2026-W03 | then
met, then started

# The note of a change is reported however much came after it
$ log tiktok partial --on 2026-01-13 -m 'ByteDance signs'
$ note tiktok 'Comment 1' --on 2026-01-14
$ note tiktok 'Comment 2' --on 2026-01-14
$ note tiktok 'Comment 3' --on 2026-01-14
$ note tiktok 'Comment 4' --on 2026-01-14
$ week 2026-W03 | Comment
ByteDance signs · Comment 2 · Comment 3 · Comment 4 · and 1 earlier entry

# A note among claims is marked
$ note tiktok 'China says the law still applies' --on 2026-01-14
$ week 2026-W03 | law
“Sell the US operations of TikTok”: China says the law still applies
China says the law still applies
$ log tiktok met --says us --on 2026-01-13
$ week 2026-W03 | law
note: China says the law still applies

# A row has the official count furthest along and its day
@ 2026-11-25 busan
$ week 2026-W03 --brief | ^Buy US soybeans
Buy US soybeans in the last two months of 2025 China → US 77 % of 12 MMT sold, USDA 15 Jan
$ week 2026-W09 --brief | ^Buy US soybeans
Buy US soybeans in the last two months of 2025 China → US 88 % of 12 MMT sold, USDA 26 Feb
Buy US soybeans in 2026 China → US 16 % of 25 MMT sold, USDA 26 Feb
$ week 2026-W10 --brief | ^Buy US soybeans
Buy US soybeans in the last two months of 2025 China → US 89 % of 12 MMT sold, USDA (88 % by the deadline) 5 Mar

# A week in which everything changed has no empty part
@ 2026-01-08 article
$ log soybeans rare-earths chip-sales tiktok broken --on 2026-01-06
$ week | No change
(nothing)

# Of several agreements each update says which it is about
@ 2026-11-26 portfolio
$ week 2026-W41 | Section 301 duties
“US–China trade truce, 2025–26”: The Section 301 duties on China of 2018 and later continue while USTR reviews them: known at second hand, as the page was not opened
7 Oct “US–China trade truce, 2025–26”: The Section 301 duties on China of 2018 and later continue while USTR reviews them: known at second hand, as the page was not opened. [1]

# Of several agreements each deadline says whose it is
@ 2026-10-10 portfolio
$ add deadline talks --agreement us-eu --kind meeting --label Talks --due 2026-10-20 --source eu-joint-statement
$ add deadline round --agreement us-eu --kind meeting --label Round --due 2026-11-02 --source eu-joint-statement
$ move round 2026-11-05 --on 2026-10-07
$ close talks cancelled --on 2026-10-07
$ week | Round|Talks|ends\)
“Round” (US–EU framework agreement): moved to 5 Nov
7 Oct “US–EU framework agreement”: “Round”, moved to 5 Nov
7 Oct “US–EU framework agreement”: “Talks”, closed as cancelled
5 Nov in 26 days Round (US–EU framework agreement)
9 Nov in 30 days Extend 178 exclusions from Section 301 tariffs (US → China; ends)
9 Nov in 30 days Suspend the 50 % Affiliates Rule (US → China; ends)
9 Nov in 30 days Suspend the port fees and crane tariffs (US → China; ends)

# A cut is counted by how much of it was made
@ 2026-11-26 portfolio
$ week 2025-W31 --agreement us-eu | cut
“Charge EU cars and parts 15 % in all, or the normal duty where higher”: 100 % of the cut from 27.5 to 15 %, US notice
28 Jul US says: The fact sheet keeps 50 % on steel, aluminium and copper, and promises no cut. [1]

# A row says how much of a cut was made
@ 2026-01-11 article
$ add deadline duty --concession tiktok --kind delivery --label Duty --target 10 --unit % --base 27.5 --due 2026-03-31 --source article
$ measure duty 20 --by USITC --on 2026-01-06
$ week | cut
“Sell the US operations of TikTok”: 43 % of the cut from 27.5 to 10 %, USITC
Sell the US operations of TikTok China → US 43 % of the cut from 27.5 to 10 %, USITC 6 Jan

# Givers are named once for two groups of changes
@ 2026-11-26 portfolio
$ headline 2025-W38 --agreement us-japan
Two concessions by the US went from started to met; two went from announced to met

# Each of two deliveries is listed by its label with its own count
@ 2026-01-08 article
$ add deadline crews-1 --concession soybeans --kind delivery --label 'Crews by 2026-01-05' --due 2026-01-05 --target 12 --unit crews --source article
$ add deadline crews-2 --concession soybeans --kind delivery --label 'Crews by 2026-01-20' --due 2026-01-20 --target 30 --unit crews --source article
$ measure crews-1 7 --by UN --on 2026-01-04
$ week | crews|Crews
“Crews by 2026-01-05” for “Resume soybean purchases” was due on 5 January and is not yet settled
20 Jan in 12 days Resume soybean purchases (Crews by 2026-01-20)
no data (30 crews)
5 Jan 3 days ago Resume soybean purchases (Crews by 2026-01-05)
of 12 crews, 58 % (UN)

# A confirmed day does not hide a count
@ 2026-01-08 article
$ add deadline grain --concession soybeans --kind delivery --label 'Grain by June' --due 2026-06-30 --target 20 --unit Mt --source article
$ measure grain 5 --by UN --on 2026-01-06
$ move grain 2026-06-30 --on 2026-01-07
$ week | Mt|confirmed
“Resume soybean purchases”: 25 % of 20 Mt, UN
Resume soybean purchases China → US 25 % of 20 Mt, UN 6 Jan
confirmed for 30 Jun

# An earlier count of a week is not listed beside the later one
@ 2026-01-08 article
$ add deadline grain --concession soybeans --kind delivery --label 'Grain by June' --due 2026-06-30 --target 20 --unit Mt --source article
$ measure grain 9.2 --by JCC --on 2026-01-06
$ measure grain 9.6 --by JCC --on 2026-01-07
$ week | Mt|earlier
“Resume soybean purchases”: 48 % of 20 Mt, JCC
Resume soybean purchases China → US 48 % of 20 Mt, JCC 7 Jan
$ log soybeans partial --on 2026-01-07
$ week | Mt|partial|earlier
“Resume soybean purchases” went from started to partial
▲ Resume soybean purchases China → US started → partial 7 Jan
9.6 Mt, JCC

# Of two days that parties name the row has the one that moved the deadline
$ add deadline sale --concession soybeans --kind delivery --label Sale --due 2026-02-28 --source article
$ move sale 2026-03-31 --says us --on 2026-01-13
$ move sale 2026-04-30 --says cn --on 2026-01-14
$ week 2026-W03 | says
“Resume soybean purchases”: US says due 31 Mar, which moves it
Resume soybean purchases China → US US says due 31 Mar, which moves it 13 Jan
China says due 30 Apr

# Notes are in the order of their days
$ note tiktok 'The House asks' --on 2026-01-13
$ note tiktok 'Oracle answers' --on 2026-01-14
$ week 2026-W03 | House|Oracle
“Sell the US operations of TikTok”: Oracle answers
The House asks · Oracle answers

# The first column of who gained what has no header, but a key
@ 2026-11-26 busan
$ gains --columns party,kept | ^(United States|China) [0-9]
United States 4
China 1
