"""Who counts for a target, which pages nobody opened, and what this book infers."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run, data
from tests.refusals import code_of

DELIVERY = (
    *("add", "deadline", "soy-12", "--concession", "soybeans", "--kind", "delivery"),
    *("--label", "12 MMT", "--due", "2026-02-28", "--target", "12", "--unit", "MMT"),
    *("--source", "article"),
)
PAGE = ("--title", "Fact sheet", "--publisher", "White House")
RESTRICTED = """
[agreement]
slug = "kuala-lumpur-2025"
title = "Kuala Lumpur framework"
agreed_on = "2025-10-26"
source = "readout"

[[source]]
key = "readout"
title = "Readout of the talks"
publisher = "MOFCOM"
read = false

[[concession]]
slug = "sorghum"
title = "Buy US sorghum"
giver = "cn"
receiver = "us"
sector = "agriculture"
source = "readout"

[[concession.deadline]]
slug = "sorghum-3"
kind = "delivery"
label = "3 MMT"
due_on = "2026-06-30"
target = 3
unit = "MMT"
counted_by = "China Customs"
basis = "arrived"
source = "readout"

[[entry]]
concession = "sorghum"
on = "2025-11-10"
stage = "started"
inferred = true
source = "readout"

[[entry]]
deadline = "sorghum-3"
on = "2025-12-31"
value = 0.2
counted_by = "china customs"
inferred = false
source = "readout"
"""
"""An agreement whose page nobody opened, with a counter, and an entry that is inferred."""


def test_what_is_inferred_is_marked_until_somebody_corrects_it(tracker: Run) -> None:
    tracker(*DELIVERY)
    for said in (
        ("log", "soybeans", "partly"),
        ("measure", "soy-12", "8.5", "--by", "USDA"),
        ("move", "soy-12", "2026-05-31"),
        ("close", "truce-year", "cancelled"),
    ):
        assert tracker(*said, "--inferred").code == 0
    tracker("log", "tiktok", "partly")
    history = data(tracker, "history")["rows"]
    marked = [row["entry"] for row in history if row["inferred"]]
    shown = tracker("show", f"#{marked[0]}")
    tracker("amend", str(marked[0]), "--no-inferred")

    assert len(marked) == 4
    assert "partly †" in shown.out
    assert "† How we know: no source of that day states this" in shown.out
    rows = data(tracker, "history")["rows"]
    assert [row["entry"] for row in rows if row["inferred"]] == marked[1:]
    assert rows[-1]["status"] == "partly"
    assert tracker("db", "check").code == 0


def test_a_mark_is_part_of_what_an_entry_says(tracker: Run, tmp_path: Path) -> None:
    """So a table is imported once; of an export, 0.3 says that it is newer."""
    tracker("init", db=(other := tmp_path / "other.db"))
    tracker("log", "soybeans", "partly", "--inferred", "--on", "2026-01-07")
    tracker("history", "-o", table := tmp_path / "history.csv")
    tracker("export", export := tmp_path / "book.jsonl")

    brought = tracker("import", table, db=other)
    again = tracker("import", table, db=other)
    made = tracker("init", export, db=tmp_path / "made.db")
    tracker("export", tmp_path / "again.jsonl", db=tmp_path / "made.db")

    assert brought.out.startswith("1 entry written")
    assert again.out.startswith("0 entries written")
    assert data(tracker, "history", db=other)["rows"][-1]["inferred"] is True
    assert (made.code, made.err) == (0, "")
    assert export.read_text("utf-8").startswith(
        '{"type":"book","format":"truce-tracker","schema":4'
    )
    assert (tmp_path / "again.jsonl").read_bytes() == export.read_bytes()
    tracker("log", "soybeans", "partly", "--on", "2026-01-07")
    assert len(data(tracker, "history", "soybeans")["rows"]) == 3


def test_what_goes_without_saying_is_not_part_of_an_entry(tracker: Run, tmp_path: Path) -> None:
    """So the digests of earlier versions hold."""
    tracker(*DELIVERY)
    tracker("add", "source", "usda", *PAGE, "--read")
    tracker("log", "soybeans", "partly")
    tracker("export", tmp_path / "book.jsonl")

    new = ("inferred", "read", "counted_by", "basis", "role")
    lines = [json.loads(line) for line in (tmp_path / "book.jsonl").read_text("utf-8").splitlines()]
    assert lines[0]["schema"] == 3
    assert not [line for line in lines if {*new} & {*line, *line.get("declares", ())}]


def test_a_file_declares_who_counts_and_what_nobody_read(tracker: Run, tmp_path: Path) -> None:
    (file := tmp_path / "deal.toml").write_text(RESTRICTED, "utf-8")

    applied = tracker("apply", file)
    again = tracker("apply", file)
    shown = tracker("show", "sorghum")
    (deadline,) = data(tracker, "deadlines", "sorghum")["rows"]
    sources = data(tracker, "sources")["rows"]
    entries = data(tracker, "history", "sorghum")["rows"]

    assert (applied.code, applied.err) == (0, "")
    assert again.out == "0 changes and 0 entries written.\n"
    assert "counted by China Customs, arrived" in shown.out
    assert (deadline["counted_by"], deadline["basis"]) == ("China Customs", "arrived")
    assert [source["key"] for source in sources if not source["read"]] == ["readout"]
    assert "Readout of the talks, page not opened" in tracker("sources").out
    assert [(entry["inferred"], entry["counted_by"]) for entry in entries] == [
        (True, None),
        (None, "China Customs"),  # in the spelling of the deadline
    ]


def test_a_counter_and_an_unread_page_are_declared_and_changed(tracker: Run) -> None:
    tracker(*DELIVERY, "--counted-by", "USDA", "--basis", "sold")
    tracker("add", "source", "wh", *PAGE, "--unread")

    for change in (
        ("soy-12", "--counted-by", "China Customs", "--basis", ""),
        ("wh", "--read"),
    ):
        assert tracker("change", *change, "-m", "opened the page").code == 0

    (deadline,) = data(tracker, "deadlines", "soybeans")["rows"]
    assert (deadline["counted_by"], deadline["basis"]) == ("China Customs", None)
    history = tracker("history", "--all").out
    assert "basis: sold → –" in history
    assert "read: no → –" in history
    assert tracker("db", "check").code == 0


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (
            (*DELIVERY, "--basis", "sold"),
            "--basis: it needs 'counted_by'",
        ),
        (
            ("change", "truce-year", "--counted-by", "USDA", "-m", "named"),
            "--counted-by: there is no target",
        ),
    ],
)
def test_what_does_not_fit_is_refused(tracker: Run, said: tuple[str, ...], refusal: str) -> None:
    ran = tracker(*said)

    assert (ran.code, ran.out) == (code_of("misuse"), "")
    assert refusal in ran.err
