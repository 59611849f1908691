Two analysts with copies of one book bring their work together.

@ 2026-01-08 Both have a delivery of soybeans

# Both have a delivery of soybeans
@ 2026-01-08 article
$ add deadline soybeans-2026 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article

# What a colleague recorded comes with its author
$ chen: log soybeans partly --on 2026-01-07 -m '8 MMT sold' --source https://www.usda.gov/export-sales
$ chen: amend 26 --add-source https://example.org/customs
$ chen: add party eu --name 'European Union' --short EU
$ import THEIRS --dry-run
4 entries would be written; 25 were there already.
Authors: chen 4.
soybeans: started → partly
$ import THEIRS
4 entries written, #26 to #29; 25 were there already.
Authors: chen 4.
soybeans: started → partly
$ history soybeans --since 2026-01-01 {entry author command status refers_to}
28 chen amend partly –
$ import THEIRS
0 entries written; 29 were there already.
$ import OURS
0 entries written; 29 were there already.
$ db check

# Corrections come with their targets, which have other numbers here
$ note soybeans 'Our own note'
$ note rare-earths 'Another one'
$ chen: log soybeans kept --on 2026-01-06
$ chen: amend 26 --status partly --reason Misread
$ chen: retract 13 --reason 'It was another cargo'
$ import THEIRS
4 entries written, #28 to #31; 25 were there already.
Authors: chen 4.
soybeans: started → partly
$ history --all {entry kind author command status refers_to note} | retraction|partial|met
22 note seed apply – – The outreach to Washington contrasts with a chill with Tokyo since its prime minister's remarks of 7 November on Taiwan: Beijing demands a retraction, Tokyo refuses, and China has taken punitive measures (paragraphs 18–21).
29 retraction chen amend – 28 Misread
31 retraction chen retract – 13 It was another cargo
$ db check

# What both took back is taken back once
$ retract 13 --reason 'It was another cargo'
$ chen: retract 13 --reason 'It was another cargo'
$ import THEIRS
0 entries written; 25 were there already.
Left out: 1 entry, already stated the same way in this book.
$ history {entry} | ^13$
(nothing)
$ db check

# A reading that both status comes once, but two people’s verdicts are both kept
$ measure soybeans-2026 8.5 --by USDA --basis sold
$ log soybeans partly --on 2026-01-07
$ chen: measure soybeans-2026 8.5 --by usda --basis sold
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: log soybeans partly --on 2026-01-07
$ import THEIRS
2 entries written, #28 to #29; 25 were there already.
Authors: chen 2.
Left out: 1 entry, already stated the same way in this book.
$ history soybeans --since 2026-01-01 {kind author status value}
stage analyst partly –
stage chen partly –
reading analyst – 8.5
reading chen – 8.5
$ check | disputed
(nothing)

# A reading comes after all once ours is taken back
$ measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ import THEIRS
0 entries written; 25 were there already.
Left out: 1 entry, already stated the same way in this book.
$ undo
#27 soybeans-2026: retracts #26 (8.5 MMT sold, USDA, 8 Jan 2026), 8 Jan 2026
soybeans-2026: 8.5 MMT sold (USDA) → no data
$ import THEIRS
1 entry written, #28; 25 were there already.
Authors: chen 1.
soybeans-2026: 8.5 MMT sold (USDA), 71% of 12 MMT

# What was undone here stays there
$ log soybeans partly --on 2026-01-07
$ chen: log soybeans partly --on 2026-01-07
$ undo
#27 soybeans: retracts #26 (partly, 7 Jan 2026), 8 Jan 2026
soybeans: partly → started
$ import THEIRS
1 entry written, #28; 25 were there already.
Authors: chen 1.
soybeans: started → partly
$ history soybeans --since 2026-01-01 {kind author status}
stage chen partly

# Of two verdicts of one day the later recorded counts whoever imports until somebody settles it
$ chen: log soybeans stalled --on 2026-01-07
$ log soybeans partly --on 2026-01-07
$ export ours.jsonl
$ import THEIRS
1 entry written, #27; 25 were there already.
Authors: chen 1.
found: soybeans: analyst says 'partly' (#26), which counts, and chen 'stalled' (#27), both 7 Jan
$ chen: import ours.jsonl
1 entry written, #27; 25 were there already.
Authors: analyst 1.
found: soybeans: analyst says 'partly' (#27), which counts, and chen 'stalled' (#26), both 7 Jan
soybeans: stalled → partly
$ status {concession status} | soybeans
soybeans partly
$ chen: status {concession status} | soybeans
soybeans partly
$ check {finding subject message} | disputed
disputed soybeans analyst says 'partly' (#26), which counts, and chen 'stalled' (#27), both 7 Jan
$ chen: check {finding subject message} | disputed
disputed soybeans analyst says 'partly' (#27), which counts, and chen 'stalled' (#26), both 7 Jan
$ log soybeans stalled --on 2026-01-07
$ check {finding subject message} | disputed
(nothing)
$ chen: log soybeans partly --on 2026-01-08
$ chen: check {finding subject message} | disputed
(nothing)

# Of two declarations the one recorded later counts until somebody settles it
$ change soybeans --title 'Buy soybeans' --reason Short
$ chen: change soybeans --title 'Buy US soybeans' --reason Clear
$ chen: change soybeans --title 'Buy US beans' --reason Shorter
$ import THEIRS
3 entries written, #27 to #29; 25 were there already.
Authors: chen 2.
found: soybeans: analyst declared title 'Buy soybeans' (#26), which was put aside on import (#29)
$ show soybeans {title}
Buy US beans
$ check {finding subject message} | disputed
disputed soybeans analyst declared title 'Buy soybeans' (#26), which was put aside on import (#29)
$ import THEIRS
0 entries written; 27 were there already.
$ chen: import OURS
2 entries written, #28 to #29; 27 were there already.
Authors: analyst 2.
found: soybeans: analyst declared title 'Buy soybeans' (#28), which was put aside on import (#29)
$ chen: show soybeans {title}
Buy US beans
$ checked soybeans
$ check {finding subject message} | disputed
(nothing)
$ chen: change soybeans --title 'Buy soybeans' --reason 'As li has it'
$ chen: check {finding subject message} | disputed
(nothing)
$ db check

# What they changed after the same change as ours comes
$ change soybeans --title 'Buy soybeans' --reason Short
$ chen: change soybeans --title 'Buy soybeans' --reason Clear
$ chen: change soybeans --title 'Buy US soybeans' --reason Clearer
$ export ours.jsonl
$ import THEIRS
1 entry written, #27; 25 were there already.
Authors: chen 1.
Left out: 1 entry, already stated the same way in this book.
$ chen: import ours.jsonl
0 entries written; 25 were there already.
Left out: 1 entry, already stated the same way in this book.
$ show soybeans {title}
Buy US soybeans
$ chen: show soybeans {title}
Buy US soybeans

# Of two closings the one recorded later counts until somebody settles it
$ close apec-2026 cancelled --on 2026-01-06
$ chen: close apec-2026 met --on 2026-01-07
$ import THEIRS
2 entries written, #27 to #28; 25 were there already.
Authors: chen 1.
found: apec-2026: analyst closed it as cancelled (#26), which was put aside on import (#28)
apec-2026: held
$ deadlines {deadline verdict} | apec
apec-2026 met
$ check {finding subject message} | disputed
disputed apec-2026 analyst closed it as cancelled (#26), which was put aside on import (#28)
$ checked apec-2026
$ check {finding subject message} | disputed
(nothing)
$ deadlines {deadline verdict} | apec
apec-2026 met

# So it is with the delivery of a concession, and the closing of another is not in dispute
$ add deadline soybeans-2027 --concession soybeans --kind delivery --label 'Another 12 MMT' --due 2027-12-31 --source article
$ export ours.jsonl
$ chen: import ours.jsonl
$ close soybeans-2026 met --on 2026-01-06
$ chen: close soybeans-2026 cancelled --on 2026-01-07
$ chen: move soybeans-2027 2028-06-30 --on 2026-01-07
$ import THEIRS
3 entries written, #28 to #30; 26 were there already.
Authors: chen 2.
found: soybeans-2026: analyst closed it as met (#27), which was put aside on import (#30)
soybeans-2026: cancelled
soybeans-2027: deadline moved 31 Dec 2027 → 30 Jun 2028
$ deadlines soybeans {deadline verdict}
soybeans-2026 cancelled
soybeans-2027 open
$ check {finding subject message} | disputed
disputed soybeans-2026 analyst closed it as met (#27), which was put aside on import (#30)

# The week of an import can be read, and it tells what the import changed
$ at 2126-01-08T09:00Z
$ chen: log soybeans partly --on 2126-01-07
$ import THEIRS
$ week | →
7 Jan Resume soybean purchases started → partly
$ undo
$ week | →
(nothing)
$ db check

# A word that is a source's own is not taken for a part of a title
$ add source mmt --publisher USDA --title 'Sales'
$ checked mmt
tracker: 'mmt' is a source, not an agreement, concession or deadline. See 'tracker show mmt'
[3]
$ checked MM
tracker: No agreement, concession or deadline 'MM' in this book. Known: busan-2025, soybeans, rare-earths, chip-sales, tiktok, truce-year, china-visit-2026, apec-2026, g20-2026, soybeans-2026
[3]

# What they took back after an import is settled
$ close apec-2026 cancelled --on 2026-01-06
$ chen: close apec-2026 met --on 2026-01-07
$ import THEIRS
2 entries written, #27 to #28; 25 were there already.
Authors: chen 1.
found: apec-2026: analyst closed it as cancelled (#26), which was put aside on import (#28)
apec-2026: held
$ chen: retract 26 --reason 'It is cancelled'
$ import THEIRS
2 entries written, #29 to #30; 26 were there already.
Authors: chen 1.
apec-2026: cancelled
$ check {finding subject message} | disputed
(nothing)
$ deadlines {deadline verdict} | apec
apec-2026 cancelled

# Undo takes back a whole import and it may come again
$ chen: log soybeans partly --on 2026-01-07
$ chen: log rare-earths stalled --on 2026-01-07
$ chen: retract 13 --reason Misread
$ import THEIRS
3 entries written, #26 to #28; 25 were there already.
Authors: chen 3.
soybeans: started → partly
rare-earths: started → stalled
$ --author chen undo
tracker: Nothing to undo: 'chen' has no command left to take back. For somebody else's entry, use 'tracker retract ENTRY --reason …'
[4]
$ undo
#29 soybeans: retracts #26 (partly, 7 Jan 2026), 8 Jan 2026
#30 rare-earths: retracts #27 (stalled, 7 Jan 2026), 8 Jan 2026
#31 soybeans: retracts #28 (retracts #13, 8 Jan 2026), 8 Jan 2026
soybeans: partly → started
rare-earths: stalled → started
$ status {concession status}
soybeans started
rare-earths started
chip-sales started
tiktok negotiating
$ import THEIRS
3 entries written, #32 to #34; 25 were there already.
Authors: chen 3.
soybeans: started → partly
rare-earths: started → stalled

# An undo names what others rest on and a remedy that works
$ chen: add deadline rice-2026 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article
$ import THEIRS
1 entry written, #26; 25 were there already.
Authors: chen 1.
$ --author wang measure rice-2026 1 --by USDA --on 2026-01-08
$ undo
tracker: Other entries (#27) rest on #26, which cannot be taken back. Let whoever recorded these undo them first, or use 'tracker retract SLUG --everything --reason …'
[4]
$ --author wang undo
#28 rice-2026: retracts #27 (1 MMT, USDA, 8 Jan 2026), 8 Jan 2026
rice-2026: 1 MMT (USDA) → no data
$ undo
#29 rice-2026: retracts #26 (deadline declared: 12 MMT), 8 Jan 2026

# An import that was undone there does not travel
$ chen: log soybeans partly --on 2026-01-07
$ import THEIRS
1 entry written, #26; 25 were there already.
Authors: chen 1.
soybeans: started → partly
$ undo
#27 soybeans: retracts #26 (partly, 7 Jan 2026), 8 Jan 2026
soybeans: partly → started
$ export undone.jsonl
$ chen: import undone.jsonl
0 entries written; 25 were there already.
$ chen: status {concession status} | soybeans
soybeans partly

# What this book withdrew stays withdrawn
$ retract soybeans --everything --reason 'It was never promised'
$ chen: log soybeans partly --on 2026-01-07
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: change soybeans --title 'Buy US soybeans' --reason Clear
$ import THEIRS
4 entries written, #29 to #32; 25 were there already.
Authors: chen 3.
found: soybeans: analyst withdrew it (#26), so chen's change (#31) does not count: declare it again, or retract 31
found: soybeans: analyst withdrew it (#26), so what chen recorded (#29) does not count: declare it again, or retract that
found: soybeans-2026: analyst withdrew it (#28), so what chen recorded (#30) does not count: declare it again, or retract that
$ import THEIRS | written
0 entries written; 28 were there already.
$ db check

# What they withdrew stays withdrawn although this book uses it
$ chen: retract soybeans --everything --reason 'It was never promised'
$ log soybeans partly --on 2026-01-07
$ import THEIRS
3 entries written, #27 to #29; 25 were there already.
Authors: chen 3.
found: soybeans: chen withdrew it (#27), so what analyst recorded (#26) does not count: declare it again, or retract that
soybeans: no longer declared
$ status {concession status} | soybeans
(nothing)
$ retract 26 --reason 'It was never promised'
$ import THEIRS
0 entries written; 28 were there already.

# What both withdrew is withdrawn, whatever one said of it before
$ chen: log soybeans partly --on 2026-01-07
$ retract soybeans --everything --reason 'It was never promised'
$ chen: retract soybeans --everything --reason 'It was never promised'
$ import THEIRS
2 entries written, #29 to #30; 25 were there already.
Authors: chen 2.
Left out: 3 entries, already stated the same way in this book.
$ db check

# What they withdrew and restored counts
$ chen: retract soybeans --everything --reason 'It was never promised'
$ chen: undo
$ import THEIRS
6 entries written, #26 to #31; 25 were there already.
Authors: chen 6.
$ status {concession status} | soybeans
soybeans started
$ chen: retract soybeans --everything --reason 'It was never promised'
$ import THEIRS
3 entries written, #32 to #34; 31 were there already.
Authors: chen 3.
soybeans: no longer declared
$ chen: undo
$ import THEIRS
3 entries written, #35 to #37; 34 were there already.
Authors: chen 3.
$ status {concession status} | soybeans
soybeans started
$ db check

# A slug that names another kind of thing here is listed, and what rests on it is left out
$ add agreement rice --title Rice --agreed 2026-01-05 --source article
$ chen: add concession rice --title 'China buys rice' --agreement busan-2025 --giver cn --receiver us --source article --sector farm --kind purchase --instrument statement --test 'Rice is bought'
$ chen: add deadline rice-2026 --concession rice --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article
$ chen: measure rice-2026 1 --by USDA --on 2026-01-08
$ chen: note rice 'A note on the promise'
$ import THEIRS
0 entries written; 25 were there already.
Left out: 1 entry, because 'rice' already names an agreement in this book: rice.
Left out: 3 entries, about or naming what this book lacks: rice, rice-2026.
$ db check

# A party that would be part of itself does not come
$ add party un --name Nations --short UN
$ add party eu --name Europe --short EU
$ chen: import OURS
2 entries written, #26 to #27; 25 were there already.
Authors: analyst 2.
$ change eu --part-of un --reason 'It takes part in every summit'
$ chen: change un --part-of eu --reason 'Typed the wrong way round'
$ import THEIRS
0 entries written; 27 were there already.
Left out: 1 entry, because the party would be part of itself: un.
$ chen: import OURS
0 entries written; 27 were there already.
Left out: 1 entry, because the party would be part of itself: eu.
$ db check

# The receipt in JSON has what came and what did not
$ measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: log soybeans partly --on 2026-01-07
$ log soybeans kept --on 2026-01-07
$ import THEIRS --dry-run {data: authors known omitted}
{"chen": 1} 25 {"already stated the same way in this book": 1}
$ import THEIRS {data: disputes}
soybeans: analyst says 'kept' (#27), which counts, and chen 'partly' (#28), both 7 Jan

# An entry dated ahead is left out until its day
$ chen: --today 2060-12-20 log soybeans partly --on 2060-12-20
$ import THEIRS
0 entries written; 25 were there already.
Left out: 1 entry, because 2060-12-20 is in the future (today is 2026-01-08): soybeans.
$ --today 2060-12-21 import THEIRS | written
1 entry written, #26; 25 were there already.

# Copies that grew apart meet both ways, and what is in dispute is found until it is settled
$ log soybeans partly --on 2026-01-07
$ change tiktok --title 'Sell TikTok' --reason Short
$ close apec-2026 cancelled --on 2026-01-06
$ note rare-earths 'Ours alone'
$ chen: log soybeans stalled --on 2026-01-07
$ chen: change tiktok --title "Sell TikTok's US business" --reason Clear
$ chen: close apec-2026 met --on 2026-01-07
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ export ours.jsonl
$ import THEIRS
6 entries written, #30 to #35; 25 were there already.
Authors: chen 4.
found: soybeans: chen says 'stalled' (#30), which counts, and analyst 'partly' (#26), both 7 Jan
found: tiktok: analyst declared title 'Sell TikTok' (#27), which was put aside on import (#34)
found: apec-2026: analyst closed it as cancelled (#28), which was put aside on import (#35)
soybeans: partly → stalled
apec-2026: held
soybeans-2026: 8.5 MMT sold (USDA), 71% of 12 MMT
$ chen: import ours.jsonl
6 entries written, #30 to #35; 25 were there already.
Authors: analyst 4.
found: soybeans: chen says 'stalled' (#26), which counts, and analyst 'partly' (#30), both 7 Jan
found: tiktok: analyst declared title 'Sell TikTok' (#31), which was put aside on import (#34)
found: apec-2026: analyst closed it as cancelled (#32), which was put aside on import (#35)
$ import THEIRS
0 entries written; 33 were there already.
Left out: 2 entries, already stated the same way in this book.
$ import OURS
0 entries written; 35 were there already.
$ chen: import ours.jsonl
0 entries written; 29 were there already.
$ check {finding subject message} | disputed
disputed soybeans chen says 'stalled' (#30), which counts, and analyst 'partly' (#26), both 7 Jan
disputed tiktok analyst declared title 'Sell TikTok' (#27), which was put aside on import (#34)
disputed apec-2026 analyst closed it as cancelled (#28), which was put aside on import (#35)
$ chen: check {finding subject message} | disputed
disputed soybeans chen says 'stalled' (#26), which counts, and analyst 'partly' (#30), both 7 Jan
disputed tiktok analyst declared title 'Sell TikTok' (#31), which was put aside on import (#34)
disputed apec-2026 analyst closed it as cancelled (#32), which was put aside on import (#35)
$ db check
$ chen: db check
$ chen: checked soybeans
$ chen: check {finding subject message} | disputed
disputed tiktok analyst declared title 'Sell TikTok' (#31), which was put aside on import (#34)
disputed apec-2026 analyst closed it as cancelled (#32), which was put aside on import (#35)
$ log soybeans stalled --on 2026-01-07
$ checked tiktok
$ checked apec-2026
$ check {finding subject message} | disputed
(nothing)

# An import with disputes is undone whole
$ log soybeans partly --on 2026-01-07
$ change tiktok --title 'Sell TikTok' --reason Short
$ close apec-2026 cancelled --on 2026-01-06
$ chen: log soybeans stalled --on 2026-01-07
$ chen: change tiktok --title "Sell TikTok's US business" --reason Clear
$ chen: close apec-2026 met --on 2026-01-07
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ import THEIRS | written
6 entries written, #29 to #34; 25 were there already.
$ undo
#35 soybeans: retracts #29 (stalled, 7 Jan 2026), 8 Jan 2026
#36 tiktok: retracts #30 (concession, title: Sell TikTok → Sell TikTok's US business), 8 Jan 2026
#37 apec-2026: retracts #31 (closed as met, 7 Jan 2026), 8 Jan 2026
#38 soybeans-2026: retracts #32 (8.5 MMT sold, USDA, 8 Jan 2026), 8 Jan 2026
#39 tiktok: retracts #33 (retracts #27, 8 Jan 2026), 8 Jan 2026
#40 apec-2026: retracts #34 (retracts #28, 8 Jan 2026), 8 Jan 2026
soybeans: stalled → partly
apec-2026: cancelled
soybeans-2026: 8.5 MMT sold (USDA) → no data
$ check {finding subject message} | disputed
(nothing)
$ status {concession status title} | soybeans|tiktok
soybeans partly Resume soybean purchases
tiktok negotiating Sell TikTok
$ import THEIRS | written
6 entries written, #41 to #46; 25 were there already.

# A measure that its author withdrew with its deadline does not come back, and what others measured is in dispute
$ chen: measure soybeans-2026 99 --by USDA --basis sold
$ chen: retract soybeans-2026 --everything --reason 'By mistake'
$ measure soybeans-2026 3 --by Customs --basis arrived
$ export ours.jsonl
$ import THEIRS
3 entries written, #27 to #29; 25 were there already.
Authors: chen 3.
found: soybeans-2026: chen withdrew it (#28), so what analyst recorded (#26) does not count: declare it again, or retract that
$ chen: import ours.jsonl
1 entry written, #29; 25 were there already.
Authors: analyst 1.
found: soybeans-2026: chen withdrew it (#27), so what analyst recorded (#29) does not count: declare it again, or retract that
$ pace {deadline}
(nothing)
$ chen: pace {deadline}
(nothing)
$ history --all {author kind value} | reading
chen reading 99
analyst reading 3
$ check {finding subject message} | disputed
disputed soybeans-2026 chen withdrew it (#28), so what analyst recorded (#26) does not count: declare it again, or retract that
$ chen: check {finding subject message} | disputed
disputed soybeans-2026 chen withdrew it (#27), so what analyst recorded (#29) does not count: declare it again, or retract that
$ db check
$ chen: db check

# What was withdrawn counts again once somebody declares it again
$ chen: retract soybeans-2026 --everything --reason 'By mistake'
$ measure soybeans-2026 3 --by Customs --basis arrived
$ import THEIRS
1 entry written, #27; 25 were there already.
Authors: chen 1.
found: soybeans-2026: chen withdrew it (#27), so what analyst recorded (#26) does not count: declare it again, or retract that
$ add deadline soybeans-2026 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article
$ check {finding subject message} | disputed
(nothing)
$ pace {deadline counted_by delivered}
soybeans-2026 Customs 3
$ chen: import OURS
2 entries written, #27 to #28; 26 were there already.
Authors: analyst 2.
$ chen: pace {deadline counted_by delivered}
soybeans-2026 Customs 3
$ chen: check {finding subject message} | disputed
(nothing)

# Who agrees with a withdrawal retracts what rests on it
$ chen: retract soybeans-2026 --everything --reason 'By mistake'
$ measure soybeans-2026 3 --by Customs --basis arrived
$ import THEIRS
1 entry written, #27; 25 were there already.
Authors: chen 1.
found: soybeans-2026: chen withdrew it (#27), so what analyst recorded (#26) does not count: declare it again, or retract that
$ retract 26 --reason 'Chen is right'
$ check {finding subject message} | disputed
(nothing)
$ chen: import OURS
2 entries written, #27 to #28; 26 were there already.
Authors: analyst 2.
$ chen: check {finding subject message} | disputed
(nothing)

# Who agrees with the withdrawal of what he changed retracts that change
$ chen: retract soybeans --everything --reason 'It was never promised'
$ change soybeans --title 'Buy soy' --reason Short
$ import THEIRS
4 entries written, #27 to #30; 25 were there already.
Authors: chen 3.
found: soybeans: chen withdrew it (#27), so analyst's change (#26) does not count: declare it again, or retract 26
soybeans: no longer declared
$ check {finding subject message} | disputed
disputed soybeans chen withdrew it (#27), so analyst's change (#26) does not count: declare it again, or retract 26
$ retract 26 --reason 'Chen is right'
$ retract 26 --reason 'Chen is right'
tracker: Entry 26 is already retracted, by entry 30. See 'tracker show 26', which names the entry that replaces it, if one does
[4]
$ check {finding subject message} | disputed
(nothing)
$ chen: import OURS
3 entries written, #29 to #31; 28 were there already.
Authors: analyst 3.
$ chen: check {finding subject message} | disputed
(nothing)
$ chen: status {concession title} | soy
(nothing)

# What one corrected and the other withdrew counts for nobody until it is settled
$ log soybeans partly --on 2026-01-07
$ export ours.jsonl
$ chen: import ours.jsonl
1 entry written, #26; 25 were there already.
Authors: analyst 1.
soybeans: started → partly
$ retract 26 --reason 'It was another cargo'
$ chen: amend 26 --status stalled --reason 'It was smaller'
$ export ours.jsonl
$ import THEIRS
3 entries written, #28 to #30; 26 were there already.
Authors: chen 2.
found: soybeans: analyst retracted an entry (#27) that chen corrected (#29), and neither counts: record it again, or retract 29
$ chen: import ours.jsonl
2 entries written, #29 to #30; 26 were there already.
Authors: analyst 1.
found: soybeans: analyst retracted an entry (#29) that chen corrected (#28), and neither counts: record it again, or retract 28
soybeans: stalled → started
$ status {concession status} | soybeans
soybeans started
$ chen: status {concession status} | soybeans
soybeans started
$ check {finding subject message} | disputed
disputed soybeans analyst retracted an entry (#27) that chen corrected (#29), and neither counts: record it again, or retract 29
$ chen: check {finding subject message} | disputed
disputed soybeans analyst retracted an entry (#29) that chen corrected (#28), and neither counts: record it again, or retract 28
$ log soybeans stalled --on 2026-01-07
$ check {finding subject message} | disputed
(nothing)
$ chen: note soybeans 'Our colleague is right'
$ chen: check {finding subject message} | disputed
(nothing)
$ db check

# What one author corrects later outranks what he withdrew earlier in another copy
$ log soybeans partly --on 2026-01-07
$ export ours.jsonl
$ chen: import ours.jsonl
$ --author chen retract 26 --reason 'It was another cargo'
$ chen: amend 26 --status stalled --reason 'It was smaller'
$ export ours.jsonl
$ import THEIRS
$ chen: import ours.jsonl
$ status {concession status} | soybeans
soybeans stalled
$ chen: status {concession status} | soybeans
soybeans stalled
$ check {finding subject message} | disputed
(nothing)

# What one author says later outranks what he said earlier, from whichever copy it comes
$ --author chen change soybeans --title 'Buy soybeans' --reason Short
$ chen: change soybeans --title 'Buy US soybeans' --reason Clear
$ export ours.jsonl
$ import THEIRS
1 entry written, #27; 25 were there already.
Authors: chen 1.
$ chen: import ours.jsonl
1 entry written, #27; 25 were there already.
Authors: chen 1.
$ show soybeans {title}
Buy US soybeans
$ chen: show soybeans {title}
Buy US soybeans
$ check {finding subject message} | disputed
(nothing)
$ chen: check {finding subject message} | disputed
(nothing)

# Whose later declaration was withdrawn leaves the other one
$ change soybeans --title 'Buy soybeans' --reason Short
$ chen: change soybeans --title 'Buy US soybeans' --reason Clear
$ import THEIRS
2 entries written, #27 to #28; 25 were there already.
Authors: chen 1.
found: soybeans: analyst declared title 'Buy soybeans' (#26), which was put aside on import (#28)
$ show soybeans {title}
Buy US soybeans
$ chen: undo
$ import THEIRS
2 entries written, #29 to #30; 26 were there already.
Authors: chen 1.
$ show soybeans {title}
Buy soybeans
$ check {finding subject message} | disputed
(nothing)

# An import of a withdrawal is undone whole
$ chen: retract soybeans-2026 --everything --reason 'By mistake'
$ measure soybeans-2026 3 --by Customs --basis arrived
$ import THEIRS | written
1 entry written, #27; 25 were there already.
$ undo
#28 soybeans-2026: retracts #27 (retracts #25, 8 Jan 2026), 8 Jan 2026
$ pace {deadline counted_by delivered}
soybeans-2026 Customs 3
$ check {finding subject message} | disputed
(nothing)
$ import THEIRS | written
1 entry written, #29; 25 were there already.
$ check {finding subject message} | disputed
disputed soybeans-2026 chen withdrew it (#29), so what analyst recorded (#26) does not count: declare it again, or retract that
