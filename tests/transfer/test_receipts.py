"""Files that come into a book, command by command: what each one prints, reviewed like code."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run

UPDATES = """
> week.csv
kind,concession,deadline,effective_on,public_on,says,stage,value,unit,counted_by,basis,flow,\
due_on,outcome,source,note,refers_to,entry
stage,soybeans,,2026-01-05,2026-01-06,us,partial,,,,,,,,fact-sheet,On track,,100
reading,soybeans,soybeans-2025,2026-01-06,,,,8.50,MMT,trade press,contracted,false,,,trade-press,,\
,101
reading,,soybeans-2025,2026-01-06,,,,4,,usda,sold,TRUE,,,,'=4,,102
deadline,,soybeans-2025,2026-01-07,,us,,10,,,,,2026-02,,https://example.org/briefing,"Ten,
by the end of February",,103
deadline,,rare-earth-licences,2026-01-07,,,,,,,,,,met,,,,104
note,fentanyl-tariff,,2025-12,,,,,,,,,,,,Quiet,,105
check,soybeans,,2026-01-08,,,,,,,,,,,,,,106
retraction,,,2026-01-08,,,,,,,,,,,,Misread,101,107
$ import week.csv
> week.csv
kind,concession,deadline,effective_on,says,stage,value,unit,counted_by,basis,flow,due_on,outcome,\
source,note,refers_to,entry
stage,soybeans,,2026-01-05,us,partial,,,,,,,,fact-sheet,On track,,100
reading,,soybeans-2025,2026-01-06,,,8.5,,Trade press,contracted,,,,trade-press,,,101
reading,,soybeans-2025,2026-01-06,,,4,,USDA,sold,true,,,,=4,,102
note,fentanyl-tariff,,2025-12-31,,,,,,,,,,,"Quiet",,105
retraction,,,2026-01-08,,,,,,,,,,,Misread,101,107
retraction,,,2026-01-08,,,,,,,,,,,Misprint,101,109
$ import week.csv --dry-run
$ import week.csv
$ import week.csv
$ undo
$ import week.csv
> one.jsonl
{"concession":"rare-earths","effective_on":"2026-01-08","stage":"stalled","note":"No licence",\
"declares":null}

{"concession":"rare-earths","effective_on":"2026-01-08","stage":"partial","note":"Some"}
$ import one.jsonl
$ import one.jsonl
$ import one.jsonl --dry-run -f json
> one.tsv
Concession;Effective_On ;Note
;;
rare-earths;2026-01-08;Shipped
$ import one.tsv
> other.csv
kind,concession,deadline,effective_on,stage,note,refers_to,entry,retracted_by,declares
declaration,soybeans,,2025-12-01,,,,1,,{}
declaration,rice,,2025-12-01,,,,2,9,{}
stage,rice,,2026-01-05,met,,,3,9,
text,,,2026-01-05,,,,4,,
retraction,,,2026-01-06,,No text,4,5,,
retraction,,,2026-01-06,,Undone,3,6,8,
retraction,,,2026-01-06,,Again,6,8,,
note,soybeans,,2026-01-07,,Sailed,,10,,
note,soybeans,,2026-01-07,,Sunk,,11,12,
retraction,,,2026-01-07,,Misread,11,12,,
$ import other.csv --dry-run
$ import other.csv
$ import other.csv
"""

TABLES = """
> mine.toml
days = "%d %b %Y"
[columns]
effective_on = "Day"
value = "Sold"
source = "page"
[constants]
deadline = "soybeans-2026"
unit = "MMT"
counted_by = "a trader"
basis = "sold"
flow = true
> sales.csv
Crop,Day,Sold,Page
soy,05 Jan 2026,1.2,https://example.org/a
soy,2026-01-06,2,fact-sheet
soy,07 Jan 2026,,
$ import sales.csv --recipe mine.toml --dry-run
$ import sales.csv --recipe mine.toml
$ history --since 2026-01-05 --columns entry,deadline,effective_on,value,unit,flow,source -f csv
> sales.csv
Crop,Day,Sold,Page
soy,32 Jan 2026,1,a b
soy,09 Jan 2026,1e3,a b
soy,05 Jan 2026
$ import sales.csv --recipe mine.toml
"""

DOCUMENTS = """
> rice.toml
[agreement]
slug = "rice-deal"
title = "Rice for steel"
agreed_on = "2025-12"
source = "https://example.org/deal"
[[agreement.deadline]]
slug = "rice-review"
kind = "review"
label = "Review"
due_on = "2026-06"
source = "fact-sheet"
[[party]]
slug = "eu"
name = "European Union"
short = "EU"
[[party]]
slug = "eu-mills"
name = "Mills of the EU"
short = "EU mills"
part_of = "eu"
[[source]]
key = "usda"
url = "https://example.org/usda"
publisher = "USDA"
title = "Sales"
official = true
[[concession]]
slug = "rice"
title = "Buy rice"
giver = ["eu", "eu-mills"]
receiver = "us"
sector = "food"
kind = "purchase"
instrument = "joint-text"
test = "1 MMT is bought."
quote = "one million tons"
locator = "p. 2"
promised_on = "2025-12-20"
source = "usda"
in_return_for = "steel"
[[concession.deadline]]
slug = "rice-2026"
kind = "delivery"
label = "1 MMT"
opens_on = "2026-01-01"
due_on = "2026"
target = "1"
base = "0.25"
unit = "MMT"
source = "usda"
[[concession]]
slug = "steel"
title = "Lower the steel duty"
giver = "us"
receiver = ["eu"]
sector = "metals"
kind = "tariff"
instrument = "law"
test = "15 % at most."
source = "usda"
hold = true
[[concession.deadline]]
slug = "steel-limit"
kind = "delivery"
label = "At most 15 %"
awaits = "the law"
bound = "at-most"
target = "15"
unit = "%"
source = "usda"
[[entry]]
on = "2025-12-30"
public_on = "2026-01-02"
concession = "rice"
stage = "started"
says = "eu"
source = ["usda", "https://example.org/a", "fact-sheet", "usda", "fact-sheet"]
note = '''
First cargo,
of 2 %
'''
[[entry]]
on = "2026-01-05"
deadline = "rice-2026"
value = "0.10"
counted_by = "USDA"
basis = "shipped"
flow = true
[[entry]]
on = "2026-01-06"
deadline = "rice-2026"
due_on = "2027-01"
target = "2"
[[entry]]
on = "2026-01-06"
agreement = "rice-deal"
check = true
[[entry]]
on = "2026-01-07"
deadline = "rice-review"
outcome = "cancelled"
$ apply rice.toml --dry-run
$ apply rice.toml
$ apply rice.toml
$ export --toml rice-deal
$ change rice --title "Buy more rice" --reason "Misread"
$ apply rice.toml
$ apply rice.toml --reason "As the text has it"
"""


@pytest.mark.parametrize("session", [UPDATES, TABLES, DOCUMENTS], ids=["updates", "tables", "toml"])
def test_what_comes_from_files_reads_as_reviewed(
    tracker: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    session: str,
) -> None:
    seconds = count()
    start = datetime(2026, 1, 8, 9, tzinfo=UTC)
    monkeypatch.setattr("tracker.settings.now", lambda: start + timedelta(seconds=next(seconds)))
    monkeypatch.chdir(tmp_path)
    said = []
    for part in re.split(r"\n(?=[>$] )", session.strip()):
        first, _, content = part.partition("\n")
        if first.startswith(">"):
            Path(first[2:]).write_text(f"{content}\n", "utf-8")
            continue
        ran = tracker(*shlex.split(first[2:]))
        said.append(f"{first}\n{ran.out}{ran.err}")
    assert re.sub(r"head [0-9a-f]{32}", "head …", "\n".join(said)) == snapshot
