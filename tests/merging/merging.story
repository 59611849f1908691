Two analysts with copies of one book bring their work together.

@ 2026-01-08 Both have a delivery of soybeans

# Both have a delivery of soybeans
@ 2026-01-08 article
$ add deadline soybeans-2026 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article

# What a colleague recorded comes with its author
$ chen: log soybeans partial --on 2026-01-07 -m '8 MMT sold' --source https://www.usda.gov/export-sales
$ chen: cite 26 https://example.org/customs
$ chen: add party eu --name 'European Union' --short EU
$ merge THEIRS --dry-run
3 entries of 3 commands would be merged; 25 were there already.
Kinds: citation 1, declaration 1, stage 1.
Authors: chen 3.
soybeans: started → partial
$ merge THEIRS
3 entries of 3 commands merged, #26 to #28; 25 were there already.
Kinds: citation 1, declaration 1, stage 1.
Authors: chen 3.
soybeans: started → partial
$ history soybeans --since 2026-01-01 {entry author command stage refers_to}
26 chen log partial –
27 chen cite – 26
$ merge THEIRS
0 entries merged; 28 were there already.
$ merge OURS
0 entries merged; 28 were there already.
$ db check

# Corrections come with their targets, which have other numbers here
$ note soybeans 'Our own note'
$ note rare-earths 'Another one'
$ chen: log soybeans met --on 2026-01-06
$ chen: amend 26 --stage partial --reason Misread
$ chen: retract 13 --reason 'It was another cargo'
$ merge THEIRS
$ history --all {entry kind author command stage refers_to note} | retraction|soy|chen
22 note seed apply – – The outreach to Washington contrasts with a chill with Tokyo since its prime minister's remarks of 7 November on Taiwan: Beijing demands a retraction, Tokyo refuses, and China has taken punitive measures (paragraphs 18–21).
28 stage chen log met – –
30 stage chen amend partial – –
29 retraction chen amend – 28 Misread
31 retraction chen retract – 13 It was another cargo
$ db check

# What both took back counts again only if both corrections are undone
$ retract 13 --reason 'It was another cargo'
$ retract 25 --reason 'Nothing was promised'
$ chen: retract 13 --reason 'It was another cargo'
$ chen: retract 25 --reason 'Nothing was promised'
$ merge THEIRS
$ undo
#30 soybeans: retracts #28, the retraction of #13, 8 Jan 2026
#31 soybeans-2026: retracts #29, the retraction of #25, 8 Jan 2026
soybeans: announced, as before
$ history {entry} | ^13$
(nothing)
$ db check

# A reading was corrected in both books
$ measure soybeans-2026 8.5 --by USDA --basis sold --on 2026-01-07

# Different corrections of one entry are listed once: retracted here, amended there
@ 2026-01-08 A reading was corrected in both books
$ retract 26 --reason 'No such report'
$ chen: amend 26 --value 8
$ merge THEIRS {disagreements: what subject ours theirs}
correction soybeans-2026 #26 retracted (#27) amended to 8 MMT on 2026-01-07 (#28)
$ merge THEIRS {disagreements: what subject ours theirs}
(nothing)

# Different corrections of one entry are listed: amended here and there
@ 2026-01-08 A reading was corrected in both books
$ amend 26 --value 8
$ chen: amend 26 --on 2026-01-08
$ merge THEIRS {disagreements: what subject ours theirs} | correction
correction soybeans-2026 #26 amended to 8 MMT on 2026-01-07 (#28) amended to 8.5 MMT on 2026-01-08 (#28)

# Different corrections of one entry are listed: amended here, retracted there
@ 2026-01-08 A reading was corrected in both books
$ amend 26 --value 8
$ chen: retract 26 --reason 'No such report'
$ merge THEIRS {disagreements: what subject ours theirs} | correction
correction soybeans-2026 #26 amended to 8 MMT on 2026-01-07 (#28) retracted (#27)

# Equal corrections are not listed
@ 2026-01-08 A reading was corrected in both books
$ log soybeans partial --on 2026-01-06
$ amend 26 --value 8
$ retract 27 --reason 'No such report'
$ chen: amend 26 --value 8
$ merge THEIRS {disagreements: what subject ours theirs}
(nothing)

# Equal retractions are not listed
@ 2026-01-08 A reading was corrected in both books
$ retract 26 --reason 'No such report'
$ chen: retract 26 --reason 'No such report'
$ merge THEIRS {disagreements: what subject ours theirs}
(nothing)

# A verdict is in both books
$ log soybeans partial --on 2026-01-07

# What a correction was amended to at last is compared
@ 2026-01-08 A verdict is in both books
$ retract 26 --reason 'No such report'
$ chen: amend 26 --stage met
$ chen: amend 28 --stage stalled
$ merge THEIRS {disagreements: what subject ours theirs}
correction soybeans #26 retracted (#27) amended to stalled on 2026-01-07 (#30)

# Two verdicts amended on one day are listed once
@ 2026-01-08 A verdict is in both books
$ amend 26 --stage stalled
$ chen: amend 26 --stage met
$ merge THEIRS {disagreements: what subject ours theirs}
verdict soybeans stalled on 2026-01-07 (#28) met (#28)

# What was undone here stays there
$ log soybeans partial --on 2026-01-07
$ chen: log soybeans partial --on 2026-01-07
$ undo
$ merge THEIRS
$ history soybeans --since 2026-01-01 {kind author stage}
stage chen partial

# A reading that both state comes once, but two people’s verdicts are both kept
$ measure soybeans-2026 8.5 --by USDA --basis sold
$ log soybeans partial --on 2026-01-07
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: log soybeans partial --on 2026-01-07
$ merge THEIRS | Left out
Left out: 1 entry, already stated the same way in this book.
$ history soybeans --since 2026-01-01 {kind author stage value}
stage analyst partial –
stage chen partial –
reading analyst – 8.5
reading chen – 8.5

# A reading comes after all once ours is taken back
$ measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ merge THEIRS
$ undo
$ merge THEIRS
1 entry of 1 command merged, #28; 25 were there already.
Kinds: reading 1.
Authors: chen 1.
soybeans: started, as before; 71 % of 12 MMT

# The later recorded of one day counts whoever merges
$ chen: log soybeans stalled --on 2026-01-07
$ log soybeans partial --on 2026-01-07
$ export ours.jsonl
$ merge THEIRS
1 entry of 1 command merged, #27; 25 were there already.
Kinds: stage 1.
Authors: chen 1.
The books disagree in 1 place:
verdict of soybeans: here partial on 2026-01-07 (#26), there stalled (#26)
$ chen: merge ours.jsonl
1 entry of 1 command merged, #27; 25 were there already.
Kinds: stage 1.
Authors: analyst 1.
The books disagree in 1 place:
verdict of soybeans: here stalled on 2026-01-07 (#26), there partial (#26)
soybeans: stalled → partial
$ status {concession stage} | soybeans
soybeans partial
$ chen: status {concession stage} | soybeans
soybeans partial

# A source is known by its address
$ add source usda-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ chen: add source fas-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ chen: log soybeans partial --on 2026-01-07 --source fas-sales
$ chen: note soybeans 'As the page says' --source https://www.usda.gov/export-sales
$ merge THEIRS | Left out
Left out: 1 entry, declaring sources that this book has under another key.
$ history soybeans --since 2026-01-01 {source}
usda-sales
usda-sales

# A reading of one page comes once whatever the page is called
$ measure soybeans-2026 8.5 --by USDA --basis sold --flow --on 2026-01-07 --source https://www.usda.gov/export-sales
$ chen: add source fas-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold --flow --on 2026-01-07 --source fas-sales
$ export ours.jsonl
$ merge THEIRS | Left out
Left out: 1 entry, already stated the same way in this book.
$ chen: merge ours.jsonl | Left out
Left out: 1 entry, already stated the same way in this book.
$ chen: merge OURS | Left out
Left out: 1 entry, already stated the same way in this book.
$ pace soybeans {delivered}
8.5
$ chen: pace soybeans {delivered}
8.5

# A reading of one bare address comes once, though one book declares it
$ measure soybeans-2026 8.5 --by USDA --basis sold --flow --on 2026-01-07 --source https://www.usda.gov/export-sales
$ chen: add source fas-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold --flow --on 2026-01-07 --source https://www.usda.gov/export-sales
$ merge THEIRS | Left out
Left out: 1 entry, already stated the same way in this book.
$ chen: merge OURS | Left out
Left out: 1 entry, already stated the same way in this book.
$ pace soybeans {delivered}
8.5
$ chen: pace soybeans {delivered}
8.5

# Equal declarations agree whatever their source is called
$ add source usda-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ chen: add source fas-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ change soybeans --source usda-sales --reason 'The page itself'
$ chen: change soybeans --source fas-sales --reason 'The page itself'
$ add deadline soybeans-2027 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source usda-sales
$ chen: add deadline soybeans-2027 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source fas-sales
$ export ours.jsonl
$ merge THEIRS | Left out
Left out: 1 entry, declaring sources that this book has under another key.
Left out: 2 entries, already declared the same way in this book.
$ chen: merge ours.jsonl | Left out
Left out: 1 entry, declaring sources that this book has under another key.
Left out: 2 entries, already declared the same way in this book.

# Equal declarations agree if one cites the bare address of the other’s source
$ add source usda-sales --url https://www.usda.gov/export-sales --publisher USDA --title 'Export sales'
$ change soybeans --source usda-sales --reason 'The page itself'
$ chen: change soybeans --source https://www.usda.gov/export-sales --reason 'The page itself'
$ add deadline soybeans-2027 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source usda-sales
$ chen: add deadline soybeans-2027 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source https://www.usda.gov/export-sales
$ export ours.jsonl
$ merge THEIRS | Left out
Left out: 2 entries, already declared the same way in this book.
$ chen: merge ours.jsonl | Left out
Left out: 2 entries, already declared the same way in this book.

# Undo takes back a whole merge and it may come again
$ chen: log soybeans partial --on 2026-01-07
$ chen: log rare-earths stalled --on 2026-01-07
$ chen: retract 13 --reason Misread
$ merge THEIRS
$ status {concession stage}
soybeans partial
rare-earths stalled
chip-sales started
tiktok negotiating
$ --author chen undo
tracker: Nothing to undo: 'chen' has no command left to take back. For somebody else's entry, use 'tracker retract ENTRY --reason …'
[4]
$ undo
#29 soybeans: retracts #26 (partial, 7 Jan 2026), 8 Jan 2026
#30 rare-earths: retracts #27 (stalled, 7 Jan 2026), 8 Jan 2026
#31 soybeans: retracts #28, the retraction of #13, 8 Jan 2026
soybeans: partial → started
rare-earths: stalled → started
$ status {concession stage}
soybeans started
rare-earths started
chip-sales started
tiktok negotiating
$ merge THEIRS
3 entries of 3 commands merged, #32 to #34; 25 were there already.
Kinds: stage 2, retraction 1.
Authors: chen 3.
soybeans: started → partial
rare-earths: started → stalled

# Undo takes back a merge of which nothing counts and not the command before
$ note tiktok Mine
$ chen: log soybeans partial --on 2026-01-07
$ chen: retract 26 --reason Misread
$ merge THEIRS
$ undo
#29 soybeans: retracts #27 (partial, 7 Jan 2026), 8 Jan 2026
#30 soybeans: retracts #28, the retraction of #27, 8 Jan 2026
soybeans: started, as before
$ merge THEIRS
2 entries of 2 commands merged, #31 to #32; 25 were there already.
Kinds: retraction 1, stage 1.
Authors: chen 2.

# An undo names what others rest on and a remedy that works
$ chen: log rare-earths stalled --on 2026-01-07
$ chen: retract 26 --reason Misread
$ chen: add deadline rice-2026 --concession soybeans --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article
$ merge THEIRS
$ --author chen measure rice-2026 1 --by USDA --on 2026-01-08
$ undo
tracker: Entry 28 cannot be taken back: other entries rest on it (#29). Let whoever recorded these undo them first, or use 'tracker retract SLUG --everything --reason …'
[4]
$ --author chen undo
$ undo

# Readings and moves of one day that differ are listed
$ measure soybeans-2026 8.5 --by USDA --basis sold --on 2026-01-08
$ chen: measure soybeans-2026 9 --by usda --basis sold --on 2026-01-08
$ chen: measure soybeans-2026 2 --by customs --on 2026-01-08
$ move soybeans-2026 2027-01-31 --on 2026-01-08
$ move apec-2026 2026-11-20 --on 2026-01-08
$ chen: move soybeans-2026 2027-02-28 --target 11 --on 2026-01-08
$ chen: move apec-2026 2026-11-20 --on 2026-01-08
$ merge THEIRS
4 entries of 4 commands merged, #29 to #32; 25 were there already.
Kinds: deadline 2, reading 2.
Authors: chen 4.
The books disagree in 2 places:
move of soybeans-2026: here 2027-01-31 on 2026-01-08 (#27), there 2027-02-28, 11 MMT (#28)
reading by USDA of soybeans-2026: here 8.5 MMT on 2026-01-08 (#26), there 9 MMT (#26)
soybeans: started, as before; 18–82 % of 11 MMT

# They closed a meeting and named a promise otherwise
$ close apec-2026 cancelled --on 2026-01-06
$ chen: close apec-2026 met --on 2026-01-07
$ change soybeans --title 'Buy soybeans' --reason Short
$ chen: change soybeans --title 'Buy US soybeans' --reason Clear
$ merge THEIRS | conflict|here
tracker: This book and THEIRS conflict in 2 places; nothing was merged. Make them agree, and merge again. They differ in these places:
closing of apec-2026: here cancelled on 2026-01-06 (#26), there met on 2026-01-07 (#26)
declaration of soybeans: here title 'Buy soybeans' (#27), there title 'Buy US soybeans' (#27)
[4]
$ merge THEIRS --dry-run | here|refused
The merge would be refused: 2 places conflict. Correct one of the books.
2 entries of 2 commands would be merged; 25 were there already.
closing of apec-2026: here cancelled on 2026-01-06 (#26), there met on 2026-01-07 (#26)
declaration of soybeans: here title 'Buy soybeans' (#27), there title 'Buy US soybeans' (#27)
[4]

# What one withdrew and the other used is a conflict
$ retract soybeans --everything --reason 'It was never promised'
$ chen: log soybeans partial --on 2026-01-07
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ merge THEIRS
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in retraction of soybeans: here retracted by #26, there #26, #27 are about it
[4]
$ merge THEIRS
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in retraction of soybeans: here retracted by #26, there #26, #27 are about it
[4]

# What cites an entry does not keep its subject from being withdrawn
$ chen: retract soybeans --everything --reason 'It was never promised'
$ cite 13 https://www.usda.gov/export-sales
$ export cited.jsonl
$ merge THEIRS {disagreements: what}
(nothing)
$ chen: merge cited.jsonl {disagreements: what}
(nothing)

# What they withdrew and this book uses is a conflict
$ chen: retract soybeans --everything --reason 'It was never promised'
$ log soybeans partial --on 2026-01-07
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in retraction of soybeans: here #26 is about it, there retracted by #26
[4]

# The EU is a party in both books
$ add party eu --name 'European Union' --short EU

# A party that one withdrew and the other renamed is a conflict
@ 2026-01-08 The EU is a party in both books
$ retract 26 --reason Misread
$ chen: change eu --short Europe --reason 'Its usual name'
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in declaration of eu: here retracted, there declared by #27
[4]

# A sheet is a source in both books
$ add source sheet --publisher USDA --title 'A sheet'

# A source that they took back stays until this book no longer cites it
@ 2026-01-08 A sheet is a source in both books
$ chen: retract 26 --reason Misread
$ measure soybeans-2026 8.5 --by USDA --basis sold --source sheet
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in retraction of sheet: here #27 is about it, there retracted by #27
[4]

# What both withdrew is not a conflict, whatever one said of it before
$ chen: log soybeans partial --on 2026-01-07
$ retract soybeans --everything --reason 'It was never promised'
$ chen: retract soybeans --everything --reason 'It was never promised'
$ merge THEIRS
5 entries of 2 commands merged, #29 to #33; 25 were there already.
Kinds: retraction 4, stage 1.
Authors: chen 5.

# What rests on a thing of another kind here is part of its conflict
$ add agreement rice --title Rice --agreed 2026-01-05 --source article
$ chen: add concession rice --title 'China buys rice' --agreement busan-2025 --giver cn --receiver us --source article --sector farm --kind purchase --instrument statement --test 'Rice is bought'
$ chen: add deadline rice-2026 --concession rice --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article
$ chen: measure rice-2026 1 --by USDA --on 2026-01-08
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in declaration of rice: here an agreement (#26), there a concession (#26)
[4]

# A whole agreement whose slug is another kind here is one conflict
$ add deadline rice --agreement busan-2025 --kind review --label 'Review of rice' --due 2026-12-31 --source article
$ chen: add agreement rice --title Rice --agreed 2026-01-05 --source article
$ chen: add concession buy-rice --title 'China buys rice' --agreement rice --giver cn --receiver us --source article --sector farm --kind purchase --instrument statement --test 'Rice is bought'
$ chen: add deadline rice-2026 --concession buy-rice --kind delivery --label '12 MMT' --due 2026-12-31 --target 12 --unit MMT --source article
$ chen: measure rice-2026 1 --by USDA --on 2026-01-07
$ chen: measure rice-2026 1 --by USDA --on 2026-01-08
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in declaration of rice: here a deadline (#26), there an agreement (#26)
[4]

# A whole agreement whose slug is a promise’s deadline here is one conflict
$ add deadline rice --concession soybeans --kind review --label 'Review of rice' --due 2026-12-31 --source article
$ chen: add agreement rice --title Rice --agreed 2026-01-05 --source article
$ chen: add concession buy-rice --title 'China buys rice' --agreement rice --giver cn --receiver us --source article --sector farm --kind purchase --instrument statement --test 'Rice is bought'
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in declaration of rice: here a deadline (#26), there an agreement (#26)
[4]

# A slug of two kinds is named so and can be withdrawn
$ add agreement rice --title Rice --agreed 2026-01-05 --source article
$ chen: add deadline rice --agreement busan-2025 --kind review --label 'Review of rice' --due 2026-12-31 --source article
$ merge THEIRS | here
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in declaration of rice: here an agreement (#26), there a deadline (#26)
[4]

# Blocs and their members are in both books
$ add party un --name Nations --short UN
$ add party eu --name Europe --short EU
$ add party g7 --name Seven --short G7 --part-of un
$ add party jp --name Japan --short JP

# Blocs that would be part of each other are a conflict
@ 2026-01-08 Blocs and their members are in both books
$ change eu --part-of g7 --reason 'It takes part in every summit'
$ chen: change un --part-of eu --reason 'Typed the wrong way round'
$ chen: change jp --part-of g7 --reason 'A member'
$ merge THEIRS | here
declaration of eu: here part_of 'g7' (#30), there part_of nothing (#27)
declaration of un: here part_of nothing (#26), there part_of 'eu' (#30)
[4]
$ merge THEIRS
tracker: This book and THEIRS conflict in 2 places; nothing was merged. Make them agree, and merge again. They differ in these places:
declaration of eu: here part_of 'g7' (#30), there part_of nothing (#27)
declaration of un: here part_of nothing (#26), there part_of 'eu' (#30)
[4]

# Five parties are in both books, and one has two blocs in turn
$ add party un --name UN --short un
$ add party g7 --name G7 --short g7
$ add party jp --name JP --short jp
$ add party au --name AU --short au
$ add party eu --name EU --short eu --part-of un
$ change eu --part-of g7 --reason 'As the text has it'

# The receipt in JSON has what came and what did not
$ measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold
$ chen: log soybeans partial --on 2026-01-07 --says cn
$ log soybeans met --on 2026-01-07 --says cn
$ merge THEIRS --dry-run {data: batches kinds authors known omitted}
1 {"stage": 1} {"chen": 1} 25 {"already stated the same way in this book": 1}
$ merge THEIRS {disagreements: what}
claim by cn

# A source that one took back and the other cites is a conflict
@ 2026-01-08 A sheet is a source in both books
$ retract 26 --reason Misread
$ chen: measure soybeans-2026 8.5 --by USDA --basis sold --source sheet
$ merge THEIRS
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in retraction of sheet: here retracted by #27, there #27 is about it
[4]

# An entry dated ahead is refused with what can be done
$ chen: --today 2026-12-20 log soybeans partial --on 2026-12-20
$ merge THEIRS
tracker: This book and THEIRS conflict in 1 place; nothing was merged. Make them agree, and merge again. They differ in entry of soybeans: here nothing like it, there #26, which does not fit: 2026-12-20 is still to come (today is 2026-01-08); merge again after that day
[4]

# Blocs that would be part of each other are refused
@ 2026-01-08 Blocs and their members are in both books
$ change eu --part-of g7 --reason 'It takes part in every summit'
$ chen: change un --part-of eu --reason 'Typed the wrong way round'
$ chen: change jp --part-of g7 --reason 'A member'
$ merge THEIRS
tracker: This book and THEIRS conflict in 2 places; nothing was merged. Make them agree, and merge again. They differ in these places:
declaration of eu: here part_of 'g7' (#30), there part_of nothing (#27)
declaration of un: here part_of nothing (#26), there part_of 'eu' (#30)
[4]

# A circle of blocs may come from a retraction
@ 2026-01-08 Five parties are in both books, and one has two blocs in turn
$ change un --part-of eu --reason 'As the text has it'
$ chen: retract 31 --reason 'As the text has it'
$ merge THEIRS
tracker: This book and THEIRS conflict in 2 places; nothing was merged. Make them agree, and merge again. They differ in these places:
declaration of eu: here part_of 'g7' (#31), there part_of 'un' (#30)
declaration of un: here part_of 'eu' (#32), there part_of nothing (#26)
[4]
