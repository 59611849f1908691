"""Two analysts who differ in everything, and all that their merges print, reviewed like code."""

import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from itertools import count
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import fill
from tracker.cli.running import run
from tracker.database import Target

DELIVERY = (
    "add deadline soybeans-2026 --concession soybeans --kind delivery --label '12 MMT'"
    " --due 2026-12-31 --target 12 --unit MMT --source article"
)
SHARED = """
li: log soybeans partial --on 2026-01-02
li: measure soybeans-2026 1 --by USDA --basis sold --on 2026-01-02
li: measure soybeans-2026 2 --by USDA --basis sold --on 2026-01-03
li: measure soybeans-2026 3 --by USDA --basis sold --on 2026-01-04
li: measure soybeans-2026 4 --by Customs --basis arrived --flow --on 2026-01-04
li: add party un --name Nations --short UN
li: add party eu --name Europe --short EU
li: add party jp --name Japan --short Japan
li: add source gacc --publisher GACC --title Customs --url https://example.org/gacc
li: add agreement rice-deal --title Rice --agreed 2026-01-02 --source article
li: add deadline rice-review --agreement rice-deal --kind review --label Review \
--due 2026-06-30 --source article
li: close rice-review cancelled --on 2026-01-03
li: add concession rice --agreement rice-deal --title "Buy rice" --giver cn --receiver us \
--sector food --kind purchase --instrument law --test "Rice is bought" --source gacc
li: add concession corn --agreement rice-deal --title "Buy corn" --giver cn --receiver us \
--sector food --kind purchase --instrument law --test "Corn is bought" --source gacc
li: add concession wheat --agreement rice-deal --title "Buy wheat" --giver cn --receiver us \
--sector food --kind purchase --instrument law --test "Wheat is bought" --source gacc
li: log wheat started --on 2026-01-04
li: note soybeans "Talks" --on 2026-01-04
li: add concession barley --agreement rice-deal --title "Buy barley" --giver cn --receiver us \
--sector food --kind purchase --instrument law --test "Barley is bought" --source gacc
li: add deadline barley-2026 --concession barley --kind delivery --label "Barley" --due 2026 \
--target 1 --unit MMT --source gacc
li: measure barley-2026 0.5 --by USDA --basis sold --on 2026-01-04
li: add deadline corn-2026 --concession chip-sales --kind delivery --label "Corn" --due 2026 \
--target 1 --unit MMT --source article
li: add deadline corn-2027 --concession chip-sales --kind delivery --label "Corn" --due 2027 \
--target 1 --unit MMT --source article
li: add party g7 --name Seven --short G7
li: retract g7 --everything --reason Unused
chen: merge li.db
"""

APART = """
li: undo
chen: add party g7 --name "Group of Seven" --short G7
li: change tiktok --title "Let it be sold" --reason Clear
chen: change tiktok --title "Let it be sold" --reason Clear
chen: change tiktok --title "Let TikTok be sold" --reason Clear
chen: change rare-earths --title "Sell ores" --reason Short
chen: change rare-earths --title "Sell rare earths" --reason Clear
li: change rare-earths --title "Sell rare earths" --reason Clear
li: change rare-earths --title "Sell all rare earths" --reason Clear
li: log soybeans partial --on 2026-01-07
chen: log soybeans met --on 2026-01-07
li: log rare-earths met --says us --on 2026-01-06
chen: log rare-earths stalled --says us --on 2026-01-06
chen: log chip-sales started --on 2026-01-06
li: log tiktok partial --on 2026-01-06
chen: log tiktok partial --on 2026-01-06
li: measure soybeans-2026 8.50 --by USDA --basis sold --on 2026-01-07
chen: measure soybeans-2026 9 --by usda --basis sold --on 2026-01-07
li: measure soybeans-2026 5 --by Customs --basis arrived --flow --on 2026-01-06
chen: measure soybeans-2026 5 --by Customs --basis arrived --flow --on 2026-01-06
chen: measure soybeans-2026 5 --by Customs --basis arrived --on 2026-01-06
li: move apec-2026 2026-11-20 --on 2026-01-06
chen: move apec-2026 2026-11-21 --on 2026-01-06
li: move soybeans-2026 2027-01-31 --target 13 --says cn --on 2026-01-06
chen: move soybeans-2026 2027-01-31 --target 14 --says cn --on 2026-01-06
li: amend 27 --value 1.5
chen: amend 27 --value 1.6
li: retract 28 --reason "No such report"
chen: amend 28 --value 2.5 --on 2026-01-05
li: amend 29 --value 3.5
chen: retract 29 --reason "No such report"
li: retract 30 --reason Misread
chen: retract 30 --reason "Another count"
li: amend 42 --note "No talks"
chen: amend 42 --note "Talks in Madrid"
li: retract barley --everything --reason "Never promised"
chen: change barley --title "Buy US barley" --reason Clear
li: close g20-2026 met --on 2026-01-05
chen: close g20-2026 cancelled --on 2026-01-06
li: retract 37 --reason "Still planned"
chen: close china-visit-2026 met --on 2026-01-06
li: change soybeans --title "Buy 12 MMT" --test "12 MMT" --reason Clear
chen: change soybeans --title "Buy soy" --reason Short
li: change un --part-of eu --reason Joined
chen: change eu --part-of un --reason Joined
li: retract jp --everything --reason Unused
chen: change jp --short JP --reason Short
li: add source usda --publisher USDA --title Sales --url https://example.org/usda
chen: add source sales --publisher USDA --title Sales --url https://example.org/usda
chen: log soybeans stalled --on 2026-01-05 --source sales
li: add source press --publisher Reuters --title Report
chen: add source press --publisher AP --title Report --official
li: add source notes --publisher li --title Notes
chen: add source notes --publisher li --title Notes
li: add agreement tin --title Tin --agreed 2026-01-05 --source article
chen: add deadline tin --agreement busan-2025 --kind review --label "Review of tin" \
--due 2026-12-31 --source article
chen: move tin 2027-01-31 --on 2026-01-06
li: retract rice --everything --reason "Never promised"
chen: log rice partial --on 2026-01-06
chen: note rice "Still promised" --on 2026-01-06
chen: note rice "Still wanted" --on 2026-01-06
chen: note rice "Still bought" --on 2026-01-06
chen: note rice "Still sold" --on 2026-01-06
chen: note rice "Still shipped" --on 2026-01-06
chen: retract corn --everything --reason "Never promised"
li: note corn "Still promised" --on 2026-01-06
li: retract wheat --everything --reason "Never promised"
chen: retract wheat --everything --reason "Not promised"
chen: add party br --name Brazil --short Brazil
chen: retract br --everything --reason Unused
chen: note busan-2025 "All is said" --source https://example.org/usda
chen: cite 26 https://example.org/a
chen: source keep gacc text.txt
"""

ENDING = """
li: change corn-2026 --unit t --reason Metric
chen: measure corn-2026 1 --by USDA --basis sold --on 2026-01-06
chen: change corn-2027 --unit t --reason Metric
li: measure corn-2027 1 --by USDA --basis sold --on 2026-01-06
li: merge chen.db
li: merge chen.db --dry-run
"""


START = datetime(2026, 1, 8, 9, tzinfo=UTC)


def talk(script: str, folder: Path, minutes: int) -> str:
    """Return what both analysts see, each at a book of their own, from a minute on."""
    seconds, said = count(minutes * 60), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.settings.now", lambda: START + timedelta(seconds=next(seconds)))
        patch.setenv("XDG_CONFIG_HOME", str(folder))  # of this user, it might hold other settings
        patch.delenv("TRACKER_CONFIG", raising=False)
        patch.setenv("COLUMNS", "100")
        patch.chdir(folder)
        for line in script.strip().splitlines():
            name, words = line.split(": ", 1)
            before = ("--db", f"{name}.db", "--author", name, "--today", "2026-01-08")
            with redirect_stdout(TextIOWrapper(BytesIO(), "utf-8")) as out, redirect_stderr(out):
                run([*before, *shlex.split(words)])
            out.seek(0)
            said.append(f"{name}$ {words}\n{out.read()}")
    return re.sub(r"head [0-9a-f]{12}", "head …", "\n".join(said))


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the books of both."""
    folder = tmp_path_factory.mktemp("apart")
    fill(Target("sqlite", str(folder / "li.db")), "article", START)
    shutil.copy(folder / "li.db", folder / "chen.db")
    (folder / "text.txt").write_text("Soybeans will be bought.", "utf-8")
    script = f"li: {DELIVERY}\n{SHARED.strip()}\n{APART.strip()}"
    assert "\ntracker: " not in talk(script, folder, 1)
    return folder


def test_two_who_differ_in_everything_are_refused(
    apart: Path, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    folder = Path(shutil.copytree(apart, tmp_path / "meeting"))
    assert talk(ENDING, folder, 10) == snapshot
