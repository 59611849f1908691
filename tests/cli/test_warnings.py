"""Warnings are the same for what files, imports and commands record."""

from pathlib import Path

import pytest

from tests.conftest import Run, data, parties

HEAD = """
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

""" + parties("us", "eu")
CONCESSION = """
[[concession]]
slug = "{slug}"
title = "{slug}"
giver = "{giver}"
receiver = "{receiver}"
sector = "trade"
kind = "tariff"
instrument = "joint-text"
test = "Customs charge no more."
source = "ec"
"""
CARS = CONCESSION.format(slug="us-cars", giver="us", receiver="eu")
CHIPS = CONCESSION.format(slug="eu-chips", giver="eu", receiver="us")
TARGET = """
[[concession.deadline]]
slug = "eu-chips-2028"
kind = "delivery"
label = "Chips"
due_on = "2028-12-31"
target = "40"
unit = "bn USD"
source = "ec"
"""
ENTRY = '\n[[entry]]\non = "{on}"\nsource = "ec"\n{keys}\n'
EARLY = ENTRY.format(
    on="2024-10-01", keys='concession = "us-cars"\nstage = "met"\npublic_on = "2024-10-01"'
)
IN_EUROS = ENTRY.format(
    on="2025-12-01",
    keys='deadline = "eu-chips-2028"\nvalue = "3"\nunit = "bn EUR"\ncounted_by = "Eurostat"',
)


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    return tmp_path / "deal.toml"


@pytest.mark.parametrize(
    ("toml", "warning"),
    [
        (CARS + EARLY, "is dated before the agreement of 2025-08-21"),
        (CHIPS + TARGET + IN_EUROS,
         "eu-chips-2028: counted in bn EUR, but its target is in bn USD"),
    ],
    ids=["early", "unit"],
)  # fmt: skip
def test_a_file_is_warned_about_like_commands(
    tracker: Run, tmp_path: Path, deal: Path, toml: str, warning: str
) -> None:
    deal.write_text(HEAD + toml, "utf-8")

    made = tracker("init", deal, db=tmp_path / "made.db")
    rehearsed, applied = (tracker("apply", deal, *dry) for dry in (["--dry-run"], []))
    again = tracker("apply", deal)

    assert made.out.count("Warning: ") == 1
    for ran in (made, rehearsed, applied):
        assert f"{warning}\n" in ran.out, ran.err
    assert "Warning" not in again.out


def test_what_is_in_order_and_what_later_entries_of_the_file_overtake_is_not_warned_about(
    tracker: Run, deal: Path
) -> None:
    later = EARLY.replace("2024-10-01", "2025-10-01") + EARLY.replace("2024-10-01", "2025-11-01")
    exchange = 'in_return_for = ["eu-chips"]\npromised_on = "2025-08-21"\n'
    deal.write_text(HEAD + CARS + exchange + CHIPS + TARGET + later, "utf-8")

    assert "Warning" not in tracker("apply", deal).out


def test_apply_says_which_stages_it_changed(tracker: Run, deal: Path) -> None:
    deal.write_text(HEAD + CARS + CHIPS, "utf-8")
    tracker("apply", deal)
    met = EARLY.replace("2024-10-01", "2025-10-01")
    deal.write_text(HEAD + CARS + CHIPS + met, "utf-8")

    assert tracker("apply", deal).out == (
        "us-cars: promised → kept\n0 changes and 1 entry written.\n"
    )


def test_an_import_that_could_be_listed_is_warned_about(tracker: Run, tmp_path: Path) -> None:
    updates = tmp_path / "updates.csv"
    updates.write_text("concession,effective_on,stage,says\nsoybeans,2025-09-30,met,us\n", "utf-8")

    rehearsed = data(tracker, "import", updates, "--dry-run")
    ran = tracker("import", updates)

    (warning,) = rehearsed["warnings"]
    assert warning.startswith("#25 is dated before the agreement of 2025-10")
    assert ran.out.endswith(f"Warning: {warning}\n")


def test_an_entry_that_a_later_line_retracts_is_not_warned_about(
    tracker: Run, tmp_path: Path
) -> None:
    """No later verdict outranks it, though an earlier one counts."""
    path = tmp_path / "history.csv"
    path.write_text(
        "entry,kind,concession,effective_on,stage,note,refers_to,retracted_by\n"
        "31,stage,soybeans,2026-01-07,partial,8 MMT sold,,33\n"
        "33,retraction,soybeans,2026-01-08,,Misread,31,\n"
    )

    done = tracker("import", path)

    assert done.out == "2 entries written, #25 to #26.\n"
