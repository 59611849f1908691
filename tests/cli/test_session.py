"""A day at the terminal, command by command: what each one prints, reviewed like code."""

import re
import shlex
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from tests.conftest import Run

SESSION = r"""
log cn-soy-2026 stalled --on 2026-02-10 -m "No sale for two weeks" --source usda-sales
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
measure cn-soy-2026-delivery 16 tonnes --by Port --basis arrived --on 2026-03-07
move cn-soy-2026-delivery 2027-01-31 --says us --on 2026-03-08
move cn-soy-2026-delivery "31 Jan 2027" --says cn --on 2026-03-08
move cn-soy-2026-delivery 2027-02-28 --target 20 --on 2026-03-08
move --ending 2026-11-10 2027-11-10 --says cn --on 2026-03-08
close mtg-beijing-2026 met --on 2026-03-08
close cn-soy-2025-delivery missed --on 2026-03-01
note busan-truce "The talks go on" --source wh-fact-sheet --source usda-sales
checked cn-soy-2026 us-h20-licences
cite 416 wh-fact-sheet
amend 416 --on 2026-02-11
amend 425 --value 3.1 --by usda
retract 427 --reason "A typing error"
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
withdraw br-soy --reason "Not part of the truce"
withdraw br --reason "Not part of the truce"
log cn-soy-2026 stalled --on 2026-02-11 -m "No sale for two weeks" --source usda-sales --once
week
diff 2026-02-28 2026-03-10
""".strip()


def test_a_day_at_the_terminal_reads_as_reviewed(
    tracker: Run, busan: Path, snapshot: SnapshotAssertion
) -> None:
    told = []
    for line in SESSION.replace("\\\n", "").splitlines():
        ran = tracker("--today", "2026-03-10", *shlex.split(line), db=busan)
        told.append(f"$ {line}\n{ran.out}{ran.err}")
    assert re.sub(r"head [0-9a-f]{12}", "head …", "\n".join(told)) == snapshot
