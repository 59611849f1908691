What was recorded after its week, and what was corrected, on Wednesday, 14 January 2026.

@ 2026-01-14T09:00Z told

# A week that has not begun has no report
@ 2026-01-08 told
$ week 2026-W03
tracker: Week 2026-W03 begins on 2026-01-12, after the as-of day 2026-01-08. Name an earlier week or a later --as-of
[2]

# What was logged in a week of days before it is listed there by its title
$ log soybeans partial --on 2026-01-01 -m 'COFCO signs for ten cargoes'
$ log soybeans met --on 2026-01-12
$ at 2026-02-01T09:00Z
$ week 2026-W02 {late: entry}
(nothing)
$ week 2026-W03 {late: entry}
33
$ week 2026-W04 {late: entry}
(nothing)
$ week 2026-W03 | COFCO|late
Recorded late
#33 1 Jan Resume soybean purchases partial COFCO signs for ten cargoes analyst
$ week 2026-W03 --known-by '#32' {late: entry}
(nothing)

# Many late notes are counted
$ note soybeans Loaded --on 2026-01-01
$ note tiktok Loaded --on 2026-01-01
$ note chip-sales Loaded --on 2026-01-01
$ headline
Three updates were recorded late

# A brief page lists a few of many late updates
$ note soybeans Loaded --on 2026-01-05
$ note tiktok Loaded --on 2026-01-06
$ note chip-sales Loaded --on 2026-01-07
$ note soybeans Loaded --on 2026-01-08
$ log soybeans partial --on 2026-01-09
$ week | Loaded|late|partial
Five updates were recorded late
Recorded late
#33 5 Jan Resume soybean purchases note Loaded analyst
#34 6 Jan Sell the US operations of TikTok note Loaded analyst
#35 7 Jan Let US firms sell chips to China again note Loaded analyst
#36 8 Jan Resume soybean purchases note Loaded analyst
#37 9 Jan Resume soybean purchases partial analyst
$ week --brief | Loaded|late|partial
Five updates were recorded late
Recorded late: 5 updates; 'tracker week' lists them.

# A brief page marks no source of what was recorded late
$ log soybeans partial --on 2026-01-01 -m 'COFCO signs for ten cargoes' --source article
$ week --brief | COFCO|\[1\]
#33 1 Jan Resume soybean purchases partial COFCO signs for ten cargoes analyst
$ week {sources: key}
article

# A note is late in the week of its writer, in Beijing
@ 2026-01-12T07:30+08:00 told
$ note soybeans Loaded --on 2026-01-09
$ log soybeans partial --on 2026-01-01
$ at 2026-01-25T09:00Z
$ week 2026-W02 {changes: entry}
25
26
27
28
32
33
$ week 2026-W03 {late: entry}
34
33
$ week 2026-W03 {changes: entry}
(nothing)
$ at 2026-01-14T09:00Z
$ amend 34 --stage met
$ week 2026-W03 | orrect
Corrections

# A note is late in the week of its writer, in London
@ 2026-01-11T23:30+00:00 told
$ note soybeans Loaded --on 2026-01-09
$ log soybeans partial --on 2026-01-01
$ at 2026-01-25T09:00Z
$ week 2026-W02 {changes: entry}
25
26
27
28
32
33
$ week 2026-W03 {late: entry}
(nothing)
$ at 2026-01-14T09:00Z
$ amend 34 --stage met
$ headline
One correction was made

# A note is late in the week of its writer, in New York
@ 2026-01-11T20:30-05:00 told
$ note soybeans Loaded --on 2026-01-09
$ log soybeans partial --on 2026-01-01
$ at 2026-01-25T09:00Z
$ week 2026-W02 {changes: entry}
25
26
27
28
32
33
$ week 2026-W03 {late: entry}
(nothing)
$ at 2026-01-14T09:00Z
$ amend 34 --stage met
$ headline
One correction was made

# What was loaded from a file, taken back or only looked at is not late
$ log soybeans partial --on 2026-01-01
$ retract 33 --reason misread
$ --today 2026-01-07 checked tiktok
$ at 2026-02-01T09:00Z
$ week 2026-W03 {late: entry}
(nothing)
$ week 2026-W01 {late: entry}
(nothing)

# A text that was seen before the week in which it was kept is reported in both
$ cat text.txt
China buys twelve million tonnes.
$ source keep article text.txt --seen 2026-01-02
$ cat text.txt
China may buy twelve million tonnes.
$ source keep article text.txt --seen 2026-01-09
$ at 2026-02-01T09:00Z
$ week 2026-W02 {reworded: entry}
34
$ week 2026-W03 {reworded: entry}
34
$ week 2026-W04 {reworded: entry}
(nothing)
$ headline 2026-W03
The text of “China seeks better US ties while vowing not to cede on Taiwan” had changed by 9 January
$ amend 34 --on 2026-01-08 --reason 'The day in the archive'
#35 article: retracts #34 (text kept: 6 words, 5bbd3322530a, 9 Jan 2026), 1 Feb 2026
#36 article: text kept: 6 words, 5bbd3322530a, 8 Jan 2026
article: words changed since the text of 2 Jan (#33); see 'tracker source diff article'
$ week 2026-W03 {reworded: entry}
(nothing)

# What is of another agreement is not late in one
$ apply HERE/../../docs/examples/phase-one.toml
$ log soybeans partial --on 2026-01-01
$ week 2026-W03 --agreement phase-one {late: subject} | soybeans
(nothing)

# A corrected note or source is shown where nothing else was corrected
$ log soybeans partial --on 2026-01-01 -m 'COFCO signs for ten cargoes'
$ amend 33 --note 'Twelve cargoes'
$ amend 35 --source article
$ week -f markdown | \\#.*\\#
| \#34 | 14 Jan | Resume soybean purchases | \#33 partial, 1 Jan; note: COFCO signs for ten cargoes | \#35 partial, 1 Jan; note: Twelve cargoes | analyst |
| \#36 | 14 Jan | Resume soybean purchases | \#35 partial, 1 Jan; source: – | \#37 partial, 1 Jan; source: article | analyst |

# A note that was corrected along with a stage is not repeated
$ log soybeans partial --on 2026-01-01 -m 'COFCO signs for ten cargoes'
$ amend 33 --stage started --note 'A letter of intent'
$ week -f markdown | \\#.*\\#
| \#34 | 14 Jan | Resume soybean purchases | \#33 partial, 1 Jan | \#35 started, 1 Jan | analyst |
$ headline
One update was recorded late

# USDA counted 8 MMT last week
$ at 2026-01-11T09:00Z
$ add deadline soybeans-2025 --concession soybeans --kind delivery --label Tonnage --target 12 --due 2026-02-28 --unit MMT --source article
$ measure soybeans-2025 8 --by USDA --basis sold --on 2026-01-08
$ at 2026-01-14T09:00Z

# The news of a week has a corrected figure in its last form
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ amend 34 --value 7
$ amend 36 --value 7.5
$ headline
One correction was made
$ week -f markdown | \\#.*\\#
| \#35 | 14 Jan | Resume soybean purchases | \#34 8 MMT sold, USDA, 8 Jan | \#36 7 MMT sold, USDA, 8 Jan | analyst |
| \#37 | 14 Jan | Resume soybean purchases | \#36 7 MMT sold, USDA, 8 Jan | \#38 7.5 MMT sold, USDA, 8 Jan | analyst |

# What a day added keeps its sign when it is corrected
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ at 2026-01-11T09:00Z
$ measure soybeans-2025 5 --by USDA --basis sold --flow --on 2026-01-09
$ at 2026-01-14T09:00Z
$ amend 35 --value 0.5
$ headline
One correction was made
$ amend 37 --value 0
$ headline
One correction was made

# What was taken back of an earlier week is reported
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ retract 34 --reason misread
$ headline
One correction was made

# A retraction of an earlier week that was taken back is reported
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ at 2026-01-11T09:00Z
$ retract 34 --reason misread
$ at 2026-01-14T09:00Z
$ undo
$ headline
One correction was made
$ week -f markdown | retracted
| \#36 | 14 Jan | Resume soybean purchases | retracted | \#34 8 MMT sold, USDA, 8 Jan | analyst |

# An amendment of an earlier week that was taken back is reported once
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ at 2026-01-11T09:00Z
$ amend 34 --value 7
$ at 2026-01-14T09:00Z
$ undo
$ headline
One correction was made
$ week -f markdown | \\#.*\\#
| \#38 | 14 Jan | Resume soybean purchases | \#36 7 MMT sold, USDA, 8 Jan | \#34 8 MMT sold, USDA, 8 Jan | analyst |

# What was retracted is reported by its own name
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ at 2026-01-11T09:00Z
$ add party eu --name EU --short EU27
$ at 2026-01-14T09:00Z
$ retract eu --everything --reason slip
$ headline
One correction was made

# A retraction of a thing in an earlier week that was taken back is reported once
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ at 2026-01-11T09:00Z
$ retract soybeans-2025 --everything --reason slip
$ at 2026-01-14T09:00Z
$ undo
$ headline
One correction was made
$ week | Corrections|Tonnage
Corrections
#37 14 Jan Resume soybean purchases retracted #33 deadline declared: Tonnage analyst

# A change that was taken back is reported by its fields
$ at 2026-01-11T09:00Z
$ change tiktok --test Sold --reason Shorter
$ at 2026-01-14T09:00Z
$ undo
$ headline
One correction was made

# Changes that are undone one after another are each listed as they were made
$ at 2026-01-11T09:00Z
$ change tiktok --title 'Sell TikTok' --reason 'Its name'
$ change tiktok --title 'Sell the US operations of TikTok' --reason 'Its name'
$ at 2026-01-14T09:00Z
$ undo
$ undo
$ week -f markdown | #3[34] concession
| \#35 | 14 Jan | Sell the US operations of TikTok | \#34 concession, title: Sell the US operations of TikTok | title: Sell TikTok | analyst |
| \#36 | 14 Jan | Sell the US operations of TikTok | \#33 concession, title: Sell TikTok | title: Sell the US operations of TikTok | analyst |

# A change that a later one replaced is not undone by its retraction
$ change tiktok --title 'Sell TikTok' --reason Shorter
$ change tiktok --title 'Sell TikTok to Oracle' --reason Shorter
$ retract 33 --reason 'Not its name'
$ week -f markdown | declared since
| \#35 | 14 Jan | Sell TikTok to Oracle | \#33 concession, title: Sell TikTok | as declared since | Not its name | analyst |

# A correction of what no earlier page had is only in the table
$ log soybeans partial --on 2026-01-01
$ amend 33 --stage met
$ headline
One update was recorded late
$ week | Corrections
Corrections

# What the pages of earlier weeks lacked is the news of a quiet week
$ log soybeans broken --on 2026-01-10
$ note busan-2025 'Talks begin' --on 2026-01-09
$ headline
Two updates were recorded late
$ log tiktok met --on 2026-01-10
$ log tiktok met --says cn --on 2026-01-09
$ headline
Four updates were recorded late

# A limit that a late count exceeds is news unless a later count was known
$ add deadline stake --concession tiktok --kind delivery --label Stake --bound at-most --target 20 --unit % --due 2026-12-31 --source article
$ measure stake 30 --by CFIUS --basis level --on 2026-01-10
$ headline
One update was recorded late
$ at 2026-01-21T09:00Z
$ measure stake 25 --by CFIUS --basis level --on 2026-01-09
#35 stake: 25 % level, CFIUS, 9 Jan 2026
stake: 30 of at most 20 %, above the limit, by 10 Jan
tiktok: negotiating, as before
$ headline
One update was recorded late

# What was recorded late is the news beside a note
$ log soybeans broken --on 2026-01-10
$ note busan-2025 'Talks begin' --on 2026-01-13
$ headline
“US–China trade truce”: Talks begin

# A promise that was declared after its week is news
$ add concession sorghum --agreement busan-2025 --title 'Buy sorghum' --giver cn --receiver us --sector farms --kind purchase --instrument statement --test Sold --source article --promised 2026-01-08
$ headline
One update was recorded late
$ undo
$ add concession sorghum --agreement busan-2025 --title 'Buy sorghum' --giver cn --receiver us --sector farms --kind purchase --instrument proposal --test Sold --source article --promised 2026-01-08
$ headline
One update was recorded late
$ undo
$ add concession sorghum --agreement busan-2025 --title 'Buy sorghum' --giver cn --receiver us --sector farms --kind purchase --instrument statement --test Sold --source article --promised 2026-01-12
$ headline
“Buy sorghum” was promised

# With several agreements what was late or corrected says whose it is
@ 2026-01-14T09:00Z USDA counted 8 MMT last week
$ add agreement phase-two --title 'Phase two' --agreed 2026-01-05 --source article
$ amend 34 --value 7
$ log tiktok met --on 2026-01-10
$ headline
One correction was made

# What was logged and amended in one week is still news of it
$ log soybeans broken --on 2026-01-10
$ amend 33 --stage stalled
$ week {late: entry}
35
$ headline
One update was recorded late

# What replaces an entry of an earlier week is listed with the corrections alone
$ at 2026-01-11T09:00Z
$ log soybeans broken --on 2026-01-03
$ at 2026-01-14T09:00Z
$ amend 33 --stage stalled
$ amend 35 --stage partial
$ week {late: entry}
(nothing)
