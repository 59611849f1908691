Any number on any page leads to its words, and a point brings back what changed since.

@ 2026-01-14T09:00Z told

# An entry is shown with its sources, its batch, and what corrected it
$ log soybeans partly --on 2026-01-06 --source article -m 'A first cargo was bought'
$ show '#LAST'
US–China trade truce · #33: partly
as of 14 Jan 2026 · ends Oct 2026, 290 days
About Resume soybean purchases (soybeans)
Day 6 Jan
Note A first cargo was bought
Stated in [1]
Recorded 2026-01-14 09:00 UTC by analyst, with 'log'
Batch 10: #33
Counts from 6 Jan
Sources
[1] The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025
2026-01-14#33 · evidence to 9 Jan 2026 · head e6643800616482c5005451a0663b39e4
$ amend LAST --on 2026-01-07 -m 'The report is of the 7th'
$ show '#LAST-2' | Counts|Corrects
Counts no, retracted by #34: The report is of the 7th; #35 replaces it
$ show '#LAST' | Day|Counts|Corrects
Day 7 Jan
Corrects #33
Counts from 7 Jan
$ show '#LAST' {entry replaces replaced_by counts_from recorded.first recorded.last command}
35 33 – 2026-01-07 34 35 amend
$ retract LAST -m 'Not seen by anybody'
$ show '#LAST-1' | Counts|Corrects
Corrects #33
Counts no, retracted by #36: Not seen by anybody
$ show '#LAST-1' {entry replaces replaced_by counts_from}
35 33 – –
$ show '#999'
tracker: No entry 999 in this book. It ends at 36; see 'tracker history'
[3]
$ show LAST
US–China trade truce · #36: retracts #35
as of 14 Jan 2026 · ends Oct 2026, 290 days
About Resume soybean purchases (soybeans)
Day 14 Jan
Note Not seen by anybody
Stated in –
Recorded 2026-01-14 09:00 UTC by analyst, with 'retract'
Batch 12: #36
Counts from 14 Jan
2026-01-14#36 · evidence to 9 Jan 2026 · head fcf159270d814e96b0b22553f8c1fe3b

# What is quoted from the source of an entry is shown with it
$ change soybeans --quote 'at least 12 million metric tons' --reason 'In its words'
$ log soybeans started --on 2026-01-05 --source article
$ show '#LAST' | words|Stated
Stated in [1]
In its words “at least 12 million metric tons”

# A kept text and a declaration are entries, too
$ cat sheet.md
China will purchase at least 12 million metric tons (MMT) of U.S. soybeans.
$ source keep article sheet.md --seen 2026-01-02
$ show '#LAST' | text|About|Recorded
US–China trade truce · #33: text kept: 14 words, 065bda6bd96d
About article (article)
Recorded 2026-01-14 09:00 UTC by analyst, with 'keep'
$ change soybeans --title 'Buy soybeans' --reason 'Shorter'
$ show '#LAST' | title|About
US–China trade truce · #34: concession, title: Resume soybean purchases → Buy soybeans
About Buy soybeans (soybeans)

# What changed since the page that somebody holds, each line with how it came about
$ add deadline soybeans-2025 --concession soybeans --kind delivery --label 'Twelve' --due 2026-02-28 --target 12 --unit MMT --source article
$ measure soybeans-2025 2 --basis sold --by USDA --on 2026-01-04 --source article
$ measure soybeans-2025 1 --basis arrived --by Customs --on 2026-01-04 --source article
$ status {concession status}
soybeans partly
rare-earths started
chip-sales started
tiktok negotiating
$ at 2026-01-20T10:00Z
$ log chip-sales stalled --on 2026-01-18 --source article
$ log tiktok partly --on 2026-01-06 --source article
$ measure soybeans-2025 3 --basis sold --by USDA --on 2026-01-04 --source article
$ amend LAST-3 --value 1.5 -m 'A slip of the pen'
$ note tiktok 'Talks go on' --on 2026-01-19
$ change tiktok --title 'Sell TikTok' --reason 'Shorter'
$ diff '2026-01-14#LAST-7' {kind what concession deadline before after entries}
restated figure soybeans soybeans-2025 2 3 38
late status tiktok – negotiating partly 37
happened status chip-sales – started stalled 36
happened note tiktok – – Talks go on 41
declared field tiktok – Sell the US operations of TikTok Sell TikTok 42
$ diff '2026-01-14#LAST-7'
US–China trade truce · changes after 2026-01-14#35, up to 2026-01-20#42
as of 20 Jan 2026 · ends Oct 2026, 284 days
Changed
DAY ABOUT CHANGE HOW ENTRIES SLUG
4 Jan Resume soybean purchases 2 → 3 MMT sold (USDA), 25% of 12 MMT [1] restated #38 soybeans-2025
6 Jan Sell TikTok negotiating → partly [1] late #37 tiktok
18 Jan Let US firms sell chips to China again started → stalled [1] happened #36 chip-sales
19 Jan Sell TikTok note happened #41 tiktok
Talks go on
20 Jan Sell TikTok title: Sell the US operations of TikTok → Sell TikTok declared #42 tiktok
Shorter
Sources
[1] The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025
2026-01-20#42 · evidence to 19 Jan 2026 · head 38a4db78b25a21d70b4333699f05e4e3
$ diff '#LAST-7' {kind what concession}
restated figure soybeans
late status tiktok
happened status chip-sales
happened note tiktok
declared field tiktok
$ diff 2026-01-14 {kind what concession before after}
happened status chip-sales started stalled
happened note tiktok – Talks go on
$ diff 2026-01-21 2026-01-20
tracker: 2026-01-20 is before 2026-01-21. Swap the days, or name others
[2]
$ diff '#0'
tracker: No entry 0 in this book. It ends at 42; see 'tracker history'
[3]
$ diff '#999'
tracker: No entry 999 in this book. It ends at 42; see 'tracker history'
[3]
