"""`export --tables`: a folder with every report as CSV, for stacking."""

import csv
import json
import shutil
from io import StringIO
from pathlib import Path

import pytest

from tests.conftest import PHASE_ONE, Run, data
from tests.refusals import code_of
from tracker.reports import REPORTS

WHOLE = {report.command: report.flags for report in REPORTS if report.about in ("", "week")}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(text))]


def test_every_report_is_written_with_its_point_in_each_row(tracker: Run, tmp_path: Path) -> None:
    ran = tracker("export", "--tables", tmp_path / "t", "--as-of", "2025-12-31")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"Wrote {len(WHOLE) + 1} files to {tmp_path / 't'}.\n"
    found = {path.stem: path.read_text("utf-8") for path in (tmp_path / "t").glob("*.csv")}
    assert found.keys() == WHOLE.keys() >= {"week", "status", "gains", "deadlines", "history"}
    known = data(tracker, "status", "--as-of", "2025-12-31")["known_by"]
    point = {"as_of": "2025-12-31", "known_by": str(known)}
    for command, flags in WHOLE.items():
        plain = tracker(command, *flags.split(), "--as-of", "2025-12-31", "-f", "csv").out
        assert rows(found[command]) == [point | row for row in rows(plain)], command
        header = found[command].partition("\n")[0]
        assert header == f"as_of,known_by,{plain.partition(chr(10))[0]}"


def test_the_folder_names_its_book_also_on_one_agreement(tracker: Run, tmp_path: Path) -> None:
    first = json.loads(tracker("export").out.splitlines()[-1])["seal"]
    tracker("apply", PHASE_ONE)
    whole, part = tmp_path / "whole", tmp_path / "part"
    tracker("export", "--tables", whole, "--as-of", "2025-12-31")
    tracker("export", "--tables", part, "--agreement", "phase-one", "--hindsight")

    book = data(tracker, "status")["book"]
    named = [json.loads((folder / "book.json").read_text("utf-8")) for folder in (whole, part)]
    assert named == [
        {
            "agreements": agreements,
            "first_seal": first,
            "as_of": as_of,
            "known_by": book["entries"],
            "hindsight": hindsight,
            "head": book["head"],
        }
        for agreements, as_of, hindsight in (
            (["busan-truce", "phase-one"], "2025-12-31", False),
            (["phase-one"], "2026-01-08", True),
        )
    ]


def test_the_tables_of_another_day_take_the_place_of_those(tracker: Run, tmp_path: Path) -> None:
    folder = tmp_path / "t"
    for day in ("2025-12-31", "2026-01-08"):
        assert tracker("export", "--tables", folder, "--as-of", day).code == 0

    assert {row["as_of"] for row in rows((folder / "status.csv").read_text())} == {"2026-01-08"}
    assert [path.name for path in tmp_path.iterdir() if path.name != "truce.db"] == ["t"]


@pytest.mark.on("sqlite")
@pytest.mark.usefixtures("undrawn")
def test_nothing_is_replaced_but_the_tables(tracker: Run, book: Path, tmp_path: Path) -> None:
    """No site, no book, no file of somebody else, and none of ours that was changed since."""
    site, ours, theirs = tmp_path / "site", tmp_path / "ours", tmp_path / "theirs"
    assert tracker("publish", site).code == 0
    assert tracker("export", "--tables", ours).code == 0
    (ours / "status.csv").write_text("years of work")
    theirs.mkdir()
    shutil.copy(book, theirs / "copy.db")
    before = [held(folder) for folder in (site, ours, theirs)]

    for folder in (site, ours, theirs):
        ran = tracker("export", "--tables", folder)
        assert (ran.code, ran.err.count("\n")) == (code_of("not our folder"), 1)
    assert tracker("export", "--tables", book).code == code_of("file in the way")
    assert tracker("publish", ours).code == code_of("not our folder")
    assert [held(folder) for folder in (site, ours, theirs)] == before


@pytest.mark.on("sqlite")
def test_a_failure_leaves_the_old_tables_whole(
    tracker: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tracker("export", "--tables", tmp_path / "t").code == 0
    before = held(tmp_path / "t")
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "history.csv":
            raise OSError(28, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = tracker("export", "--tables", tmp_path / "t", "--as-of", "2025-12-31")

    assert (ran.code, ran.err.count("\n")) == (code_of("no room"), 1)
    assert held(tmp_path / "t") == before
    assert [path.name for path in tmp_path.iterdir() if path.name != "truce.db"] == ["t"]


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    "arguments",
    [("book.jsonl", "--tables", "t"), ("--tables", "t", "--toml"), ("--as-of", "2025-12-31"),
     ("--tables", "t", "--unverified"), ("--hindsight",), ("--tables", "")],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(tracker: Run, arguments: tuple[str, ...]) -> None:
    ran = tracker("export", *arguments)

    assert (ran.code, ran.out, ran.err.count("\n")) == (code_of("misuse"), "", 1)
    assert "--tables" in ran.err
