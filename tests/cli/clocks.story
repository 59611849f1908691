Reports at their two clocks, and who gained what.

@ 2026-01-08 8 MMT were sold

# 8 MMT were sold
@ 2026-01-08 article
$ log soybeans partly -m '8 MMT sold' --on 2026-01-07 --source article

# A logged status moves its own week and not the one before
$ status soybeans {status last_word_on}
partly 2026-01-07
$ gains {group partly started}
us 1 1
cn 0 1
$ week 2026-W02 {rows: concession before after entries}
soybeans started partly 25
$ week 2026-W01 {rows: concession before after} | soybeans
soybeans promised started
$ gains --since 2026-01-06 {concessions: concession was status}
soybeans started partly
rare-earths – started
tiktok – negotiating
chip-sales – started

# A retracted entry is gone from today but not from what was known before
$ retract 25 --reason 'Misread the table'
$ status soybeans {status last_word_on}
started 2025-12-30
$ status soybeans --known-by '#25' {status last_word_on}
partly 2026-01-07
$ history | MMT
(nothing)
$ history --known-by '#25' | MMT
#25 7 Jan Resume soybean purchases partly 8 MMT sold [1] analyst soybeans
$ history soybeans --all {entry kind refers_to retracted_by} | retr|stage
13 stage – –
25 stage – 26
26 retraction 25 –

# A report as of a day before the agreement is empty and no error
$ status --as-of 2025-09-30 {concession}
(nothing)
$ gains --as-of 2025-09-30 {group}
(nothing)
$ week 2025-W30 --as-of 2025-09-30 {concession}
(nothing)
$ claims --as-of 2025-09-30 {concession}
(nothing)
$ show soybeans --as-of 2025-09-30 | promised
soybeans: not yet promised

# A concession is in reports from the first day of its promise
$ change tiktok --promised 2025-12 --reason 'The readout of December'
$ status --as-of 2025-10-01 {concession}
soybeans
rare-earths
chip-sales
$ status --as-of 2025-11-30 {concession} | tiktok
(nothing)
$ status --as-of 2025-12-01 {concession} | tiktok
tiktok

# An agreement named narrows a report to it
$ apply HERE/../../docs/examples/phase-one.toml
$ status | US–China
US–China trade truce · promised to US · ends Oct 2026, 296 days
US–China trade truce · promised to China · ends Oct 2026, 296 days
US–China Phase One agreement · promised to US
US–China Phase One agreement · promised to China
$ status --agreement phase-one {agreement} | busan
(nothing)
$ gains | Who gained what
Who gained what
Who gained what · US–China trade truce
Who gained what · US–China Phase One agreement
Who gained what · all agreements together

# A moved end shows that it moved
@ 2026-03-20 busan
$ move busan-truce-end 2027-11-10
$ status | ends
as of 20 Mar 2026 · ends 10 Nov 2027, 600 days (365 later than agreed)

# What held and ended in silence is in doubt
$ change soybeans --hold --reason 'While the truce lasts'
$ gains --as-of 2026-10-31 {concessions: concession status}
soybeans partly
rare-earths started
tiktok negotiating
chip-sales started
$ gains --as-of 2026-11-01 {concessions: concession status}
rare-earths started
tiktok negotiating
soybeans unknown
chip-sales started

# Gains are reported by who received or by who gave
$ gains --by receiver {group partly started promised}
us 1 1 0
cn 0 1 0
$ gains --by giver {group partly started promised}
us 0 1 0
cn 1 1 0

# What both sides agree on is reported where it is not the status
$ log soybeans promised --says us
$ log soybeans promised --says cn
$ claims soybeans | agreed
Resume soybean purchases China → US agreed partly China says promised, 8 Jan; US says promised, 8 Jan soybeans

# What was met late shows the day beside its verdict
@ 2026-04-10 busan
$ log cn-soy-2025 kept --on 2026-03-31
$ deadlines -f md | days late
| 28 Feb | – | Buy US soybeans by the end of 2025 (12 MMT)<br>counted by USDA, sold; first due 31 Dec 2025 (+59 d) | delivery | met, 31 days late (90 after the first day) | |

# Under the title of one thing it is the agreement that expires
$ show soybeans | ends
as of 8 Jan 2026 · the agreement ends Oct 2026, 296 days
$ show truce-year | ends
as of 8 Jan 2026 · the agreement ends Oct 2026, 296 days
$ history soybeans | ends
as of 8 Jan 2026 · the agreement ends Oct 2026, 296 days

# A page as of a day ahead is the one that this day will print
$ status --as-of 2026-01-09 | as of
as of 9 Jan 2026 · ends Oct 2026, 295 days
$ week --as-of 2026-01-18 | as of
(nothing)

# An end that was cancelled is no longer in the header
@ 2026-11-24 busan
$ gains | as of
as of 24 Nov 2026 · ends 10 Jan 2027, 47 days (61 later than agreed)
$ close busan-truce-end cancelled --on 2026-11-10
$ gains | as of
as of 24 Nov 2026

# A day of known-by is one of the machine’s clock
$ status soybeans --known-by today {status}
partly

# Columns are named by the keys of the CSV
$ status soybeans --columns 'state,Sector,last word on' | LAST
STATUS SECTOR LAST WORD
