"""Days at the terminal, command by command: what each one prints, reviewed like code."""

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run, held_by
from tracker.cli import run

SESSION = r"""
log cn-soy-2026 stalled --on 2026-02-10 -m "No sale for two weeks" --source usda-sales \
 --public 2026-02-12
log cn-soy-2026 partial --on 2026-02 -m "Sales go on"
log cn-soy-2026 started --on 2026-02-01
log us-h20-licences started --says us --on 2026-03-02 --source https://example.org/bis
log us-h20-licences started --says cn --on 2026-03-03 --public 2026-03-05
log cn-soy-2027 met --on 2026-03-04
log cn-sorghum-logs cn-general-licences partial --on 2026-03-04
log us-no-100pct broken --on 2025-10-01
measure cn-soy-2026-delivery 7.5 MMT --by "Customs" --basis arrived --on 2026-03-05
measure cn-soy-2026-delivery 3 --by USDA --basis sold --on 2026-03-05
measure cn-soy-2026-delivery 4.2 --by USDA --basis sold --on 2026-02-26
measure cn-soy-2026-delivery 90 --by USDA --basis sold --on 2026-03-06
measure cn-soy-2026-delivery 0.4 --by Customs --basis arrived --flow --on 2026-03-07
measure cn-soy-2026-delivery 16 tonnes --new-series --by Port --basis arrived --on 2026-03-07
move cn-soy-2026-delivery 2027-01-31 --says us --on 2026-03-08
move cn-soy-2026-delivery "31 Jan 2027" --says cn --on 2026-03-08
move cn-soy-2026-delivery 2027-02-28 --target 20 --on 2026-03-08
move --ending 2026-11-10 2027-11-10 --says cn --on 2026-03-08
close mtg-beijing-2026 met --on 2026-03-08
close cn-soy-2025-delivery missed --on 2026-03-01
note busan-truce "The talks go on" --source wh-fact-sheet --source usda-sales
checked cn-soy-2026 us-h20-licences
amend SEED+1 --add-source wh-fact-sheet
amend SEED+31 --on 2026-02-11
amend SEED+10 --value 3.1 --by usda
retract SEED+12 --reason "A typing error"
undo
undo
add party br --name Brazil --short Brazil
add source conab --publisher CONAB --title "Harvest" --url https://example.org/conab
add concession br-soy --agreement busan-truce --title "Sell no soybeans" \
 --giver br --receiver us --sector agriculture --kind other --instrument statement \
 --test "None" --source conab
add deadline br-soy-limit --concession br-soy --kind delivery --label "At most 5" \
 --due 2026-12-31 --opens 2026-04-01 --bound at-most --target 5 --unit MMT --source conab
measure br-soy-limit 6 MMT --by CONAB --basis level --on 2026-03-09
change br-soy --title "Sell fewer soybeans" --reason "Misread"
change br-soy --test "At most 5 MMT" --in-return-for cn-soy-2026 --reason "Misread"
log br-soy met --on 2026-03-09
log br-soy moot --on 2026-03-09
undo
week --width 70
show cn-soy-2026
retract br-soy --everything --reason "Not part of the truce"
retract br --everything --reason "Not part of the truce"
log cn-soy-2026 stalled --on 2026-02-11 -m "No sale for two weeks" --source usda-sales \
 --public 2026-02-12 --once
week
diff 2026-02-28 2026-03-10
""".strip()


def test_a_day_at_the_terminal_reads_as_reviewed(
    tracker: Run, busan: Path, snapshot: SnapshotAssertion
) -> None:
    told = []
    last = held_by("busan-truce").entries
    session = re.sub(r"SEED\+(\d+)", lambda after: str(last + int(after[1])), SESSION)
    for line in session.replace("\\\n", "").splitlines():
        ran = tracker("--today", "2026-03-10", *shlex.split(line), db=busan)
        told.append(f"$ {line}\n{ran.out}{ran.err}")
    assert re.sub(r"head\s[0-9a-f]{32}", "head …", "\n".join(told)) == snapshot


FIRST_DAY = r"""
--version
--help
status soybeans
db path
db check
--db empty.db init --empty
--db empty.db db path
--db empty.db week
--db empty.db status
--db empty.db gains --by giver
--db empty.db show soybeans
--db empty.db history
--db empty.db deadlines
--db empty.db pace
--db empty.db claims
--db empty.db check
--db empty.db sources
--db empty.db reliability
--db empty.db diff 2026-01-01 2026-01-08
--db empty.db calendar
--db empty.db checked
--db empty.db undo
--db empty.db retract 1 --reason Misread
--db empty.db export --toml
--db empty.db source diff article
--db empty.db status -f json
--db truce.db init article us-eu
--db truce.db init
--db truce.db init --empty article
--db truce.db init -
--db truce.db init one.jsonl two.jsonl
--db truce.db export --toml
--db truce.db export --toml --agreement us-japan
--db truce.db export truce.jsonl
--db again.db init truce.jsonl
--db again.db import truce.db --dry-run
--db again.db import notes.txt
--db again.db import other.db
--db again.db import missing.db
--db again.db import truce.jsonl
--db truce.db db backup copy.db
--db copy.db db backup truce.jsonl
--db copy.db db backup missing/copy.db
--db copy.db db backup copy.db
--db copy.db show us-eu
--db copy.db show us-eu-ceiling-15 --as-of 2025-01-01
--db copy.db show us-eu-ceiling-15 --as-of 2025-01-01 -f csv
--db copy.db week 2025-W10
--db copy.db gains --receiver cn
--db copy.db checked
--db copy.db undo
--db copy.db pace us-eu
--db copy.db show us-eu-ceiling-15 --agreement busan-2025
--db copy.db history us
--db copy.db week 2025-W01 --as-of 2024-12-01
--db copy.db status --sector steal
--db copy.db status -f xlsx
--db copy.db status -o status.docx
--db copy.db week --known-by '#0'
--db copy.db week --known-by '#99999'
--db copy.db week --known-by abcdef0123
--db copy.db source diff article
--db copy.db note us-eu
--db copy.db move 2027-01-01
--db copy.db move us-eu-ceiling-15 2027-01-01 --ending 2027-02-01
--db copy.db move --ending 2027-02-01 2028-01-01
--db copy.db publish site --url truce.example
--db copy.db publish site --url 'https://truce.example/?week=1'
--db copy.db import truce.jsonl --set unit=MMT
--db copy.db import truce.jsonl --recipe usda.toml
--db copy.db apply truce.jsonl
--db copy.db init artikle
init --list
help
help db path
help wrod
db
week --wide
status --limit 0
--db notes.txt week
--db missing.db week
--db . week
--db . init
--db mysql://localhost/truce week
--db 'postgresql://localhost:port/truce' week
--db '' week
--today 2026-02-30 week
--author ' ' note soybeans Said
""".strip()


def test_a_first_day_reads_as_reviewed(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("notes.txt").write_text("Said on Monday\n")
    with closing(sqlite3.connect("other.db")) as other:
        other.execute("CREATE TABLE exports (tonnes REAL)")
    told = []
    for line in FIRST_DAY.splitlines():
        code = run(shlex.split(line))
        out, err = capsys.readouterr()
        told.append(f"$ {line}\n{out}{err}[{code}]\n")
    words = re.sub(r"(?<=head )[0-9a-f]{32,64}", "…", "\n".join(told))
    assert words.replace(str(home), "HOME").replace(str(tmp_path), "PLACE") == snapshot
