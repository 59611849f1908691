What a file brings in is warned about like commands, and says what it changed.

@ 2026-01-08 article

# A file's count far beyond its target is warned about, in its rehearsal too
$ cat deal.toml
[agreement]
slug = "us-eu-2025"
title = "US–EU framework"
agreed_on = "2025-08-21"
source = "ec"
[[source]]
key = "ec"
publisher = "European Commission"
title = "Joint statement"
published_on = "2025-08-21"
[[party]]
slug = "us"
name = "United States"
short = "US"
[[party]]
slug = "eu"
name = "European Union"
short = "EU"
[[concession]]
slug = "eu-chips"
title = "Buy chips"
giver = "eu"
receiver = "us"
sector = "trade"
kind = "purchase"
instrument = "joint-text"
test = "Customs count them."
source = "ec"
[[concession.deadline]]
slug = "eu-chips-2028"
kind = "delivery"
label = "Chips"
due_on = "2028-12-31"
target = "40"
unit = "bn USD"
source = "ec"
[[entry]]
on = "2024-10-01"
source = "ec"
concession = "eu-chips"
stage = "started"
public_on = "2024-10-01"
[[entry]]
on = "2025-12-01"
source = "ec"
deadline = "eu-chips-2028"
value = "300"
unit = "bn USD"
counted_by = "Eurostat"
$ apply deal.toml --dry-run | Warning
Warning: eu-chips-2028: 750% of the target; check the value and its unit
$ apply deal.toml | Warning
Warning: eu-chips-2028: 750% of the target; check the value and its unit
$ apply deal.toml
0 changes and 0 entries written.
$ cat later.toml
[agreement]
slug = "us-eu-2025"
title = "US–EU framework"
agreed_on = "2025-08-21"
source = "ec"
[[entry]]
on = "2025-10-01"
source = "ec"
concession = "eu-chips"
stage = "partial"
[[entry]]
on = "2025-11-01"
source = "ec"
concession = "eu-chips"
stage = "met"
$ apply later.toml
eu-chips: started → kept
eu-chips-2028: met
concession eu-chips: in the book but not in the file; it stays
deadline eu-chips-2028: in the book but not in the file; it stays
0 changes and 2 entries written.

# An import is warned about, in its rehearsal too; what a later line retracts is left out
$ cat updates.csv
concession,effective_on,stage,says
soybeans,2025-12-01,partial,
$ import updates.csv --dry-run | Warning
Warning: #25 does not change the status: #13 (started, 30 Dec 2025) is later
$ import updates.csv
1 entry written, #25.
Warning: #25 does not change the status: #13 (started, 30 Dec 2025) is later
$ cat history.csv
entry,kind,concession,effective_on,stage,note,refers_to,retracted_by
31,stage,soybeans,2026-01-07,partial,8 MMT sold,,33
33,retraction,soybeans,2026-01-08,,Misread,31,
$ import history.csv
0 entries written; 2 lines were left out: declarations ('tracker apply' adds these), kept texts, or what was retracted.
