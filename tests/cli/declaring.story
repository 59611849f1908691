Things declared, corrected and withdrawn from the command line.

@ 2026-01-08 Sorghum was declared the wrong way round

# Sorghum was declared the wrong way round
@ 2026-01-08 article
$ add concession sorghum --agreement busan-2025 --title 'Buy US sorghum' --giver us --receiver cn --sector agriculture --kind purchase --instrument readout --test 'Cargoes clear customs' --source article
concession sorghum: added
$ add deadline sorghum-2026 --concession sorghum --kind delivery --label '3 MMT' --due 2026-12-31 --target 3.0 --unit MMT --source article
deadline sorghum-2026: added

# Each kind of thing is added and reported
$ add party eu --name 'European Union' --short EU
party eu: added
$ add source ec --publisher EC --title 'Joint statement' --official
source ec: added
$ add agreement turnberry --title Turnberry --agreed 2025-07 --source ec
agreement turnberry: added
$ deadlines {concession deadline due_on} | sorghum
sorghum sorghum-2026 2026-12-31

# The wrong giver and receiver are corrected in every report
$ gains | sorghum
promised Buy US sorghum US no data (of 3 MMT) sorghum
$ change sorghum --giver China --receiver us --reason Swapped
concession sorghum, giver: us → cn
concession sorghum, receiver: cn → us
$ status sorghum {givers receivers}
cn us
$ gains | sorghum
promised Buy US sorghum China no data (of 3 MMT) sorghum
$ gains --known-by '#26' | sorghum
promised Buy US sorghum US no data (of 3 MMT) sorghum

# A wrong day is corrected and the receipt says what move is for
$ change sorghum-2026 --due 2026-11 --reason Misread | deadline
deadline sorghum-2026, due_on: 2026-12-31 → 2026-11
deadline sorghum-2026: this corrects the record; for a new day or target, use 'tracker move'
sorghum-2026: deadline moved 31 Dec → Nov 2026
$ deadlines {deadline original_due_on due_on moves} | sorghum
sorghum-2026 2026-11 2026-11 –
$ change sorghum-2026 --due '20 Feb 2027' --opens yesterday --reason Misread | _on:
deadline sorghum-2026, due_on: 2026-11 → 2027-02-20
deadline sorghum-2026, opens_on: – → 2026-01-07

# A changed target also points to move
$ change sorghum-2026 --target 4 --reason Misread | deadline
deadline sorghum-2026, target: 3.0 → 4
deadline sorghum-2026: this corrects the record; for a new day or target, use 'tracker move'

# A changed condition also points to move
$ change sorghum-2026 --due '' --awaits 'Diet ratifies' --reason Misread | deadline
deadline sorghum-2026, due_on: 2026-12-31 → –
deadline sorghum-2026, awaits: – → Diet ratifies
deadline sorghum-2026: this corrects the record; for a new day or target, use 'tracker move'
sorghum-2026: deadline not set any more
$ change sorghum-2026 --due 2026-11 --awaits '' --reason Misread | deadline
deadline sorghum-2026, awaits: Diet ratifies → –
deadline sorghum-2026, due_on: – → 2026-11
deadline sorghum-2026: this corrects the record; for a new day or target, use 'tracker move'
sorghum-2026: deadline set for Nov 2026

# A correction is in the week with what was, what is now and why
$ change sorghum --title 'Buy sorghum' --reason 'The readout’s words'

# A limit that awaits its first day is added and changed
$ add deadline sorghum-duty --concession sorghum --kind delivery --label 'No duty' --awaits 'the order is signed' --target 0 --unit % --bound at-most --base 10 --source article
$ change sorghum-duty --awaits '' --opens 2026-01-15 --base 15 --reason 'As the order has it'
deadline sorghum-duty, awaits: the order is signed → –
deadline sorghum-duty, base: 10 → 15
deadline sorghum-duty, opens_on: – → 2026-01-15
deadline sorghum-duty: this corrects the record; for a new day or target, use 'tracker move'
sorghum-duty: open
$ deadlines {deadline bound target base awaits due_on verdict} | duty
sorghum-duty at-most 0 15 – – open

# A promise has its own day and words and holds
$ change sorghum --hold --promised 2025-11 --quote 'shall buy' --reason 'The readout of November'
$ show sorghum {holds promised_on quote term_ends_on}
true 2025-11 shall buy 2026-10
$ change sorghum --no-hold --promised '' --reason 'Not so'
concession sorghum, hold: yes → –
concession sorghum, promised_on: 2025-11 → –

# A promise that never ends outlives its agreement and can have no expiry
$ change chip-sales --hold --reason 'It says so'
$ show chip-sales {holds term_ends_on}
true 2026-10
$ change chip-sales --no-hold --term open --reason 'The text names no end'
concession chip-sales, hold: yes → –
concession chip-sales, term: – → open
$ show chip-sales {holds term_ends_on}
true –
$ add deadline chip-end --concession chip-sales --kind expiry --label 'Ends' --due 2026-12 --source article
tracker: Option --kind: 'chip-sales' never ends: its term is 'open'. Correct it and try again
[2]
$ change tiktok --term never --reason Misread
tracker: Option --term: 'never' is not a term. Known: open
[2]
$ add deadline sorghum-end --concession sorghum --kind expiry --label 'Ends' --due 2026-12 --source article
deadline sorghum-end: added
$ change sorghum --term open --reason Misread
tracker: Option --term: its expiry 'sorghum-end' ends it; retract that first. Correct it and try again
[2]

# A party is added to a bloc and taken out again
$ add party eu --name 'European Union' --short EU
$ add party eu-firms --name 'Firms of the EU' --short 'EU firms' --part-of eu
party eu-firms: added
$ retract eu --everything --reason 'No party to this'
tracker: 'eu' cannot be retracted: other entries name it (#28). Correct or retract these first
[4]
$ change eu-firms --part-of '' --reason 'On their own'
party eu-firms, part_of: eu → –

# An empty value removes what a promise was given for
$ change sorghum --reason Misread --in-return-for chip-sales --in-return-for ''
concession sorghum, in_return_for: – → chip-sales
$ change sorghum --reason Misread --in-return-for ''
concession sorghum, in_return_for: chip-sales → –

# A party that is named twice counts once
$ change sorghum --reason Swapped --receiver us --giver cn --giver China --giver CN | →
concession sorghum, giver: us → cn
concession sorghum, receiver: cn → us

# The slug of a deadline declared in error serves another concession
$ retract sorghum-2026 --reason 'Wrong concession' | sorghum-2026
#27 sorghum-2026: retracts #26 (deadline declared: 3 MMT), 8 Jan 2026
$ add deadline sorghum-2026 --concession soybeans --kind delivery --label '3 MMT' --due 2026-12-31 --source article | sorghum-2026
deadline sorghum-2026: added
$ change sorghum --title 'Buy sorghum' --reason Shorter
concession sorghum, title: Buy US sorghum → Buy sorghum
$ log sorghum partial --source article
#30 sorghum: partial, 8 Jan 2026
sorghum: promised → in part

# A party, a source and a concession may have the same slug
@ 2026-01-08 article
$ add party usda --name 'Department of Agriculture' --short USDA
party usda: added
$ add source usda --publisher USDA --title 'Export sales'
source usda: added
$ log soybeans partial --source usda --says usda | soybeans
#27 soybeans: USDA says partial, 8 Jan 2026
$ change source:usda --title 'Weekly export sales' --reason 'As the page calls it'
source usda, title: Export sales → Weekly export sales
$ change party:usda --short Ag --reason 'Shorter'
party usda, short: USDA → Ag
$ retract LAST-2 --reason Misread
$ retract party:usda --reason 'No party to this'
#31 usda: retracts #25 (party declared: Department of Agriculture), 8 Jan 2026
#32 usda: retracts #29 (party declared: Department of Agriculture), 8 Jan 2026
