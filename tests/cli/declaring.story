Things declared, corrected and withdrawn from the command line.

@ 2026-01-08 Sorghum was declared the wrong way round

# Sorghum was declared the wrong way round
@ 2026-01-08 article
$ add concession sorghum --agreement busan-2025 --title 'Buy US sorghum' --giver us --receiver cn --sector agriculture --kind purchase --instrument readout --test 'Cargoes clear customs' --source article
#25 sorghum: concession declared: Buy US sorghum
$ add deadline sorghum-2026 --concession sorghum --kind delivery --label '3 MMT' --due 2026-12-31 --target 3.0 --unit MMT --source article
#26 sorghum-2026: deadline declared: 3 MMT

# Each kind of thing is added and reported
$ add party eu --name 'European Union' --short EU
#27 eu: party declared: European Union
$ add source ec --publisher EC --title 'Joint statement' --official
#28 ec: source declared: Joint statement
$ add agreement turnberry --title Turnberry --agreed 2025-07 --source ec
#29 turnberry: agreement declared: Turnberry
$ deadlines {concession deadline due_on} | sorghum
sorghum sorghum-2026 2026-12-31

# The wrong giver and receiver are corrected in every report
$ gains | sorghum
promised Buy US sorghum US no data (3 MMT) sorghum
$ change sorghum --giver China --receiver us --reason Swapped
#27 sorghum: concession, giver: us → cn; receiver: cn → us
$ status sorghum {givers receivers}
cn us
$ gains | sorghum
promised Buy US sorghum China no data (3 MMT) sorghum
$ gains --known-by '#26' | sorghum
promised Buy US sorghum US no data (3 MMT) sorghum

# A wrong day is corrected
$ change sorghum-2026 --due 2026-11 --reason Misread | deadline
#27 sorghum-2026: deadline, due_on: 2026-12-31 → 2026-11
sorghum-2026: deadline moved 31 Dec → Nov 2026
$ deadlines {deadline original_due_on due_on moves} | sorghum
sorghum-2026 2026-11 2026-11 –
$ change sorghum-2026 --due '20 Feb 2027' --opens yesterday --reason Misread | _on:
#28 sorghum-2026: deadline, due_on: 2026-11 → 2027-02-20; opens_on: – → 2026-01-07

# A condition takes the place of a day, and a day that of a condition
$ change sorghum-2026 --due '' --awaits 'Diet ratifies' --reason Misread | deadline
#27 sorghum-2026: deadline, due_on: 2026-12-31 → –; awaits: – → Diet ratifies
sorghum-2026: deadline not set any more
$ change sorghum-2026 --due 2026-11 --awaits '' --reason Misread | deadline
#28 sorghum-2026: deadline, awaits: Diet ratifies → –; due_on: – → 2026-11
sorghum-2026: deadline set for Nov 2026

# A correction is in the week with what was, what is now and why
$ change sorghum --title 'Buy sorghum' --reason 'The readout’s words'

# A limit that awaits its first day is added and changed
$ add deadline sorghum-duty --concession sorghum --kind delivery --label 'No duty' --awaits 'the order is signed' --target 0 --unit % --bound at-most --base 10 --source article
$ change sorghum-duty --awaits '' --opens 2026-01-15 --base 15 --reason 'As the order has it'
#28 sorghum-duty: deadline, awaits: the order is signed → –; base: 10 → 15; opens_on: – → 2026-01-15
sorghum-duty: open
$ deadlines {deadline bound target base awaits due_on verdict} | duty
sorghum-duty at-most 0 15 – – open

# A promise has its own day and words and holds
$ change sorghum --hold --promised 2025-11 --quote 'shall buy' --reason 'The readout of November'
$ show sorghum {holds promised_on quote term_ends_on}
true 2025-11 shall buy 2026-10
$ change sorghum --no-hold --promised '' --reason 'Not so'
#28 sorghum: concession, hold: yes → –; promised_on: 2025-11 → –

# A promise that never ends outlives its agreement and can have no expiry
$ change chip-sales --hold --reason 'It says so'
$ show chip-sales {holds term_ends_on}
true 2026-10
$ change chip-sales --no-hold --term open --reason 'The text names no end'
#28 chip-sales: concession, hold: yes → –; term: – → open
$ show chip-sales {holds term_ends_on}
true –
$ add deadline chip-end --concession chip-sales --kind expiry --label 'Ends' --due 2026-12 --source article
tracker: Option --kind: 'chip-sales' never ends: its term is 'open'. Correct it and try again
[2]
$ change tiktok --term never --reason Misread
tracker: Option --term: 'never' is not a term. Known: open
[2]
$ add deadline sorghum-end --concession sorghum --kind expiry --label 'Ends' --due 2026-12 --source article
#29 sorghum-end: deadline declared: Ends
$ change sorghum --term open --reason Misread
tracker: Option --term: its expiry 'sorghum-end' ends it; retract that first. Correct it and try again
[2]

# A party is added to a bloc and taken out again
$ add party eu --name 'European Union' --short EU
$ add party eu-firms --name 'Firms of the EU' --short 'EU firms' --part-of eu
#28 eu-firms: party declared: Firms of the EU
$ retract eu --everything --reason 'No party to this'
tracker: 'eu' cannot be retracted: other entries name it (#28). Correct or retract these first
[4]
$ change eu-firms --part-of '' --reason 'On their own'
#29 eu-firms: party, part_of: eu → –

# An empty value removes what a promise was given for
$ change sorghum --reason Misread --in-return-for chip-sales --in-return-for ''
#27 sorghum: concession, in_return_for: – → chip-sales
$ change sorghum --reason Misread --in-return-for ''
#28 sorghum: concession, in_return_for: chip-sales → –

# A party that is named twice counts once
$ change sorghum --reason Swapped --receiver us --giver cn --giver China --giver CN | →
#27 sorghum: concession, giver: us → cn; receiver: cn → us

# The slug of a deadline declared in error serves another concession
$ retract sorghum-2026 --reason 'Wrong concession' | sorghum-2026
#27 sorghum-2026: retracts #26 (deadline declared: 3 MMT), 8 Jan 2026
$ add deadline sorghum-2026 --concession soybeans --kind delivery --label '3 MMT' --due 2026-12-31 --source article | sorghum-2026
#28 sorghum-2026: deadline declared: 3 MMT
$ change sorghum --title 'Buy sorghum' --reason Shorter
#29 sorghum: concession, title: Buy US sorghum → Buy sorghum
$ log sorghum partly --source article
#30 sorghum: partly, 8 Jan 2026
sorghum: promised → partly

# A party, a source and a concession may have the same slug
@ 2026-01-08 article
$ add party usda --name 'Department of Agriculture' --short USDA
#25 usda: party declared: Department of Agriculture
$ add source usda --publisher USDA --title 'Export sales'
#26 usda: source declared: Export sales
$ log soybeans partly --source usda --says usda | soybeans
#27 soybeans: USDA says partly, 8 Jan 2026
$ change source:usda --title 'Weekly export sales' --reason 'As the page calls it'
#28 usda: source, title: Export sales → Weekly export sales
$ change party:usda --short Ag --reason 'Shorter'
#29 usda: party, short: USDA → Ag
$ retract LAST-2 --reason Misread
$ retract party:usda --reason 'No party to this'
#31 usda: retracts #25 (party declared: Department of Agriculture), 8 Jan 2026
#32 usda: retracts #29 (party declared: Department of Agriculture), 8 Jan 2026
