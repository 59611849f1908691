What is logged, noted, cited and corrected, and the receipts for it.

@ 2026-01-08 article

# A logged status is reported with what it changed
$ log soybeans partly -m '8 MMT sold' --on 2026-01-07
#25 soybeans: partly, 7 Jan 2026
soybeans: started → partly

# A claim does not change the status
$ log soybeans kept --says us --on yesterday
#25 soybeans: US says kept, 7 Jan 2026

# Each correction is reported
$ log soybeans partly --on 2026-01-07
$ amend 25 --status kept
#26 soybeans: retracts #25 (partly, 7 Jan 2026), 8 Jan 2026
#27 soybeans: kept, 7 Jan 2026
soybeans: partly → kept
$ retract 27 --reason 'Misread the table'
#28 soybeans: retracts #27 (kept, 7 Jan 2026), 8 Jan 2026
soybeans: kept → started
$ undo
#29 soybeans: retracts #28 (retracts #27, 8 Jan 2026), 8 Jan 2026
soybeans: started → kept

# Looking at everything is reported for each agreement
$ checked
#25 busan-2025: checked, 8 Jan 2026

# A note goes in under its author, day and source, and can be a party’s statement
$ --author desk note tiktok Pending --on monday --source article
$ note tiktok 'The licence is on its way' --says cn --on monday
#26 tiktok: note by China, 5 Jan 2026
$ history tiktok --since 2026-01-01 {author kind effective_on source says note}
desk note 2026-01-05 article – Pending
analyst note 2026-01-05 – cn The licence is on its way

# A note can be the headline of its week, in every format
$ note tiktok 'China signs the licence' --headline --on 2026-01-05
#25 tiktok: headline, 5 Jan 2026
$ note tiktok 'China signs the licence, after a night of talks in Madrid that nobody had announced' --headline
tracker: The headline is not one line of at most 80 characters. Correct it and try again
[5]
$ history tiktok --since 2026-01-01 {kind headline note}
note true China signs the licence
$ history tiktok --since 2026-01-01 -f csv -o notes.csv
$ history tiktok --since 2026-01-01 | China signs
#25 5 Jan Sell the US operations of TikTok headline China signs the licence analyst tiktok
$ export busan-2025 --toml | headline
headline = true
headline = true
$ amend 25 --no-headline
#26 tiktok: retracts #25 (headline, 5 Jan 2026), 8 Jan 2026
#27 tiktok: note, 5 Jan 2026
$ history tiktok --since 2026-01-01 {kind headline note}
note – China signs the licence
$ undo
#28 tiktok: retracts #26 (retracts #25, 8 Jan 2026), 8 Jan 2026
#29 tiktok: retracts #27 (note, 5 Jan 2026), 8 Jan 2026
$ import notes.csv
0 entries written; 1 was there already.
$ cat notes.jsonl
{"deadline": "truce-year", "effective_on": "2026-01-06", "note": "A year is agreed", "headline": true}
{"deadline": "truce-year", "effective_on": "2026-01-06", "note": "Not so", "headline": false}
{"concession": "tiktok", "effective_on": "2026-01-06", "stage": "met", "headline": true}
$ import notes.jsonl
tracker: notes.jsonl has 1 mistake; nothing was written. Correct line 3, column 'headline': a status does not have it
[5]

# Every source of an update counts from the day of the update
$ log soybeans partly --on 2026-01-02 --source article --source https://example.org/cargoes
$ show soybeans --as-of 2026-01-02 | example
[2] https://example.org/cargoes
$ amend 25 --add-source https://example.org/port --reason 'The port’s own page'
#26 soybeans: retracts #25 (partly, 2 Jan 2026), 8 Jan 2026
#27 soybeans: partly, 2 Jan 2026
Warning: #27 is not listed as recorded late in week 2026-W02, since today was set; give --public if it became public that week
$ amend LAST --on 2026-01-01
$ show soybeans --as-of 2026-01-01 | example
[2] https://example.org/cargoes
[3] https://example.org/port
$ show soybeans | example
[2] https://example.org/cargoes
[3] https://example.org/port

# An amendment takes parts away
$ log soybeans kept --says us --source article -m 'On track'
$ amend 25 --says '' --source '' --note ''
$ history soybeans --since 2026-01-08 {entry says source note}
27 – – –

# Each source of an update is cited
$ log soybeans partly --on 2026-01-07 --source article --source https://reuters.com/soybeans --source https://www.usda.gov/sales --source https://reuters.com/soybeans -m '8 MMT'
#25 soybeans: partly, 7 Jan 2026
soybeans: started → partly
$ history soybeans | MMT|^\[
#25 7 Jan partly 8 MMT [1][2][3] analyst
[1] The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025
[2] https://reuters.com/soybeans
[3] https://www.usda.gov/sales
$ show soybeans | MMT|^\[
#25 7 Jan partly 8 MMT [1][2][3] analyst
[1] The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025
[2] https://reuters.com/soybeans
[3] https://www.usda.gov/sales
$ week | \[1\]
7 Jan Resume soybean purchases started → partly [1][2][3]
[1] The Straits Times (Bloomberg): China seeks better US ties while vowing not to cede on Taiwan, 30 Dec 2025

# A source that is found later is added to the entry, and nothing else changes
$ log soybeans partly -m '8 MMT sold'
$ check | unsourced
1 unsourced use 'tracker amend ENTRY --source SOURCE'
unsourced soybeans the verdict 'partly' (#25) names no source
$ amend 25 --add-source https://www.usda.gov/sales --add-source article
#26 soybeans: retracts #25 (partly, 8 Jan 2026), 8 Jan 2026
#27 soybeans: partly, 8 Jan 2026
$ amend LAST --add-source article
tracker: Nothing to amend in entry 27; -m is only the reason. Name the correction; a status takes --status, --says, --inferred, --on, --public, --source, --note
[2]
$ amend LAST --add-source customs
tracker: No source 'customs' in this book. Give a whole web address, or a key that 'tracker sources' lists; 'tracker add source' declares one. Known: article
[3]
$ diff '2026-01-08#25' '2026-01-08#27' {kind what}
(nothing)
$ check | unsourced
(nothing)
$ week | \[1\]
8 Jan Resume soybean purchases started → partly [1][2]
[1] https://www.usda.gov/sales

# An official source among several is enough
$ add source usda --publisher USDA --title Sales --official
$ log soybeans partly --source article
$ check | #26
unofficial soybeans the verdict 'partly' (#26) rests on no official source
$ amend 26 --add-source usda
$ check | #26
(nothing)

# A note with a further source is the same note, in every format
$ note tiktok 'Beijing nods' --source article --on 2026-01-05
$ amend 25 --add-source https://reuters.com/tiktok?id=4;5
$ diff '2026-01-08#25' '2026-01-08#27' {kind what}
(nothing)
$ history tiktok --since 2026-01-01 {entry source note}
27 article, https://reuters.com/tiktok?id=4;5 Beijing nods
$ history tiktok --since 2026-01-01 -f csv -o notes.csv
$ history tiktok --all --since 2026-01-01 -f csv -o all.csv
$ import notes.csv
0 entries written; 1 was there already.
$ import all.csv
0 entries written; 1 was there already; 3 lines were left out: declarations ('tracker apply' adds these), kept texts, or what was retracted.
$ export busan-2025 --toml | reuters|tiktok.id
"https://reuters.com/tiktok?id=4;5",
$ undo
$ undo
$ import all.csv
1 entry written, #31; 3 lines were left out: declarations ('tracker apply' adds these), kept texts, or what was retracted.
$ cat note.jsonl
{"concession": "tiktok", "effective_on": "2026-01-06", "note": "Twice", "source": ["article", "https://reuters.com/a"]}
{"concession": "tiktok", "effective_on": "2026-01-06", "note": "Nothing", "source": ["custom", 4]}
$ import note.jsonl
tracker: note.jsonl has 1 mistake; nothing was written. Correct line 2: No source 'custom' in this book. Give a whole web address, or a key that 'tracker sources' lists; 'tracker add source' declares one. Known: article
[5]
$ cat note.jsonl
{"concession": "tiktok", "effective_on": "2026-01-06", "note": "Twice", "source": ["article", "https://reuters.com/a"]}
$ import note.jsonl
1 entry written, #32.

# Why an entry was amended is listed with the week’s corrections
$ log soybeans partly --on 2026-01-07
$ amend 25 --status kept --reason 'Misread the table'

# A party is known by any of its names in any case
$ log soybeans kept --says cn --on 2026-01-04 | says
#25 soybeans: China says kept, 4 Jan 2026
$ log soybeans kept --says CN --on 2026-01-05 | says
#26 soybeans: China says kept, 5 Jan 2026
$ log soybeans kept --says china --on 2026-01-06 | says
#27 soybeans: China says kept, 6 Jan 2026
$ log soybeans kept --says CHINA --on 2026-01-07 | says
#28 soybeans: China says kept, 7 Jan 2026

# A receipt says the status that changed with the same status, as the term ended without news
@ 2026-11-26 busan
$ log cn-24pct-suspend kept --on 2026-11-20 | ^cn-
cn-24pct-suspend: unknown → kept
$ move cn-entity-lists-end 2027-11-10 | ^cn-
cn-entity-lists: unknown → partly
cn-entity-lists-end: end moved 10 Nov 2026 → 10 Nov 2027
cn-entity-lists-end: open

# Several concessions are logged at once and taken back at once
$ log soybeans tiktok chip-sales partly --on 2026-01-07
#25 soybeans: partly, 7 Jan 2026
#26 tiktok: partly, 7 Jan 2026
#27 chip-sales: partly, 7 Jan 2026
soybeans: started → partly
chip-sales: started → partly
tiktok: negotiating → partly
$ undo
#28 soybeans: retracts #25 (partly, 7 Jan 2026), 8 Jan 2026
#29 tiktok: retracts #26 (partly, 7 Jan 2026), 8 Jan 2026
#30 chip-sales: retracts #27 (partly, 7 Jan 2026), 8 Jan 2026
soybeans: partly → started
chip-sales: partly → started
tiktok: partly → negotiating

# An end that is known to the month is named by the month
$ move --ending 2026-10-31 2027-10
tracker: No open expiry ends on 2026-10-31. Known: 2026-10
[3]
$ move --ending 2026-10 2027-10 | ^#
#25 truce-year: moved to Oct 2027, 8 Jan 2026

# Every open expiry of a day is moved at once
@ 2026-03-22 busan
$ close us-301-exclusions-end cancelled
$ move --ending 2026-11-10 2027-11-10 | ^#
#496 busan-truce-end: moved to 10 Nov 2027, 22 Mar 2026
#497 cn-ree-oct9-suspend-end: moved to 10 Nov 2027, 22 Mar 2026
#498 cn-24pct-suspend-end: moved to 10 Nov 2027, 22 Mar 2026
#499 cn-entity-lists-end: moved to 10 Nov 2027, 22 Mar 2026
#500 cn-port-fees-suspend-end: moved to 10 Nov 2027, 22 Mar 2026
#501 cn-hanwha-suspend-end: moved to 10 Nov 2027, 22 Mar 2026
$ move --ending 2026-11-10 2027-11-10
tracker: No open expiry ends on 2026-11-10. Known: 2026-11-09, 2026-11-27, 2027-06-23, 2027-11-10
[3]

# A negative number is a value
@ 2026-03-22 busan
$ measure cn-soy-2026 -3 --flow --by USDA --basis sold | ^#
#495 cn-soy-2026-delivery: -3 MMT sold, USDA, 22 Mar 2026
$ measure cn-soy-2026 -0.25 --flow --by USDA --basis sold | ^#
#496 cn-soy-2026-delivery: -0.25 MMT sold, USDA, 22 Mar 2026

# An entry may be amended to say what another says
$ note tiktok 'Talks begin'
$ note tiktok 'Talks beg in'
$ amend LAST --note 'Talks begin' | ^#
#27 tiktok: retracts #26 (note, 8 Jan 2026), 8 Jan 2026
#28 tiktok: note, 8 Jan 2026
