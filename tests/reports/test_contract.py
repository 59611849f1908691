"""The JSON contract, pinned whole: what changes here changes for every reader of the data."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run, data
from tests.differences import require_same

HISTORY = (
    "entry kind subject agreement concession deadline effective_on public_on recorded_at author"
    " says status value base unit counted_by basis flow due_on outcome source note headline"
    " inferred refers_to retracted_by batch command declares text"
)
STATUS = (
    "concession title agreement givers receivers sector kind instrument promised_on"
    " status status_on status_from status_before standing holds term_ends_on announced"
    " latest_claim awaits_verdict figure other_figures next_deadline overdue last_word_on"
    " last_checked_on"
)
DEADLINES = (
    "deadline label kind agreement concession awaits counted_by basis opens_on original_due_on"
    " due_on slip_days days_left moves said verdict outcome_on late_days late_days_first bound"
    " target base unit ends loses"
)
GAINS = (
    "group kept in_force partly started promised negotiating stalled unknown missed broken"
    " overtaken late await_verdict before"
)
GAINED = (
    "group concession title givers status status_on status_from status_before standing holds"
    " term_ends_on was"
)
CLAIMS = "concession verdict givers_say receivers_say others days standing"
SOURCES = (
    "number key title publisher url published_on official archived_url read kept_on kept_sha256"
)
PACE = (
    "deadline concession bound target base unit counted_by basis delivered data_through public_on"
    " percent_of_target percent_of_increase due_by_then percent_of_due due_now left needed_per_week"
    " over_by is_figure by_due by_first_due reached_on late_days over_since early"
)
FIGURE = (
    "deadline counted_by basis value unit target bound percent through public_on over_by over_since"
)
FRAME = "schema report as_of known_by hindsight agreement rows"
CHANGE = (
    "kind agreement concession deadline givers receivers title on what before after"
    " unit basis party note sources entries"
)
WEEK = "headline rows also corrected new_at_risk due past gains coverage sources"

DOCUMENTS = {
    "status": (f"{FRAME} book", STATUS),
    "week": (
        f"{FRAME.removesuffix(' rows')} period {WEEK} book",
        CHANGE,
    ),
    "gains": (f"{FRAME} by by_agreement concessions at_risk book", GAINS),
    "deadlines": (f"{FRAME} book", DEADLINES),
    "claims": (f"{FRAME} book", CLAIMS),
    "history": (f"{FRAME} book", HISTORY),
    "show soybeans": (
        f"{FRAME} book",
        f"{STATUS} test quote locator in_return_for given_for claims deadlines pace"
        " history versions sources",
    ),
    "sources": (f"{FRAME} book", f"{SOURCES} entries"),
}


@pytest.fixture
def document(tracker: Run, told: Path) -> Any:
    def ask(command: str) -> Any:
        return data(tracker, "--today", "2026-01-11", *command.split(), db=told)

    return ask


def require_rows(rows: list[Any], keys: str, place: str) -> None:
    """Fail with the keys that are new or missing in the rows of a document, if there are any."""
    __tracebackhide__ = True
    assert rows, f"{place}: none"
    for row in rows:
        require_same([*row], keys.split(), place)


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_document_has_exactly_the_keys_of_the_contract(document: Any, command: str) -> None:
    of_document, of_row = DOCUMENTS[command]

    found = document(command)

    require_same([*found], of_document.split(), command)
    require_rows(found["rows"], of_row, f"{command}: rows")
    assert (found["schema"], found["report"]) == (4, command.split()[0])
    assert list(found["book"]) == ["entries", "head", "evidence_on"]


def test_the_lists_of_a_week_have_the_keys_of_the_contract(tracker: Run, busan: Path) -> None:
    week = data(tracker, "--today", "2026-11-24", "week", "2026-W08", db=busan)

    assert week["period"] == {"name": "2026-W08", "start": "2026-02-16", "end": "2026-02-22"}
    require_same([*week["headline"]], ["text", "deck", "entry"], "headline")
    coverage = "concessions updated looked_at evidence_on"
    require_same([*week["coverage"]], coverage.split(), "coverage")
    require_rows(week["rows"], CHANGE, "rows")
    require_rows(week["also"], CHANGE, "also")
    require_rows(week["new_at_risk"], "concession status counterpart on", "new_at_risk")
    require_rows(week["due"], DEADLINES, "due")
    require_rows(week["gains"], GAINS, "gains")
    require_rows(week["sources"], SOURCES, "sources")


def test_what_is_nested_in_a_row_has_the_keys_of_the_contract(
    document: Any, tracker: Run, told: Path
) -> None:
    tracker("change", "soybeans", "--hold", "--reason", "They are to go on", db=told)
    soybeans, _, chip_sales, _ = document("status")["rows"]
    (shown,) = document("show rare-earths")["rows"]

    claim = "party status on source"
    due = "deadline kind due_on awaits original_due_on slip_days days_left said"
    require_rows([soybeans["latest_claim"]], claim, "latest_claim")
    require_rows([soybeans["next_deadline"]], due, "next_deadline")
    assert (chip_sales["latest_claim"], chip_sales["figure"]) == (None, None)
    require_rows([shown["claims"]], CLAIMS, "claims")
    require_rows(shown["claims"]["givers_say"], claim, "givers_say")
    require_rows(shown["history"], HISTORY, "history")
    require_rows(shown["sources"], SOURCES, "sources")
    require_rows(shown["versions"], HISTORY, "versions")
    gains = document("gains")
    require_rows(gains["by_agreement"], f"agreement {GAINS}", "by_agreement")
    require_rows(gains["concessions"], GAINED, "gains: concessions")


def test_counts_have_the_keys_of_the_contract(tracker: Run, busan: Path) -> None:
    def ask(command: str) -> Any:
        as_of = ("--as-of", "2026-03-10")
        return data(tracker, "--today", "2026-11-24", *command.split(), *as_of, db=busan)

    (row,), (of_all,) = (ask("pace cn-soy-2025")[name][-1:] for name in ("rows", "range"))
    (status,) = ask("status cn-soy-2025")["rows"]

    require_rows([row], PACE, "rows")
    require_rows([of_all], "deadline low high through", "range")
    require_rows([status["figure"]], FIGURE, "figure")


def test_an_entry_has_the_batch_that_recorded_it(document: Any) -> None:
    (row,) = document("show 28")["rows"]

    assert list(row["recorded"]) == ["first", "last", "origin_at", "merged_by"]


def test_days_are_iso_and_periods_stay_as_given(document: Any) -> None:
    rows = {row["deadline"]: row for row in document("deadlines")["rows"]}
    (entry,) = [row for row in document("history")["rows"] if row["entry"] == 28]

    assert (rows["truce-year"]["due_on"], rows["apec-2026"]["due_on"]) == ("2026-10", "2026")
    assert entry["effective_on"] == "2026-01-07"
    assert entry["recorded_at"] == "2026-01-08T09:00:00.000000Z"


def test_the_clocks_and_the_agreement_stand_in_the_document(document: Any) -> None:
    found = document("gains --as-of 2026-01-06 --known-by 2026-01-07 --agreement busan-2025")

    assert (found["as_of"], found["agreement"]) == ("2026-01-06", "busan-2025")
    assert found["known_by"] == found["book"]["entries"] == 27


def test_several_parties_are_lists_of_slugs(document: Any) -> None:
    soybeans = document("status")["rows"][0]

    assert (soybeans["givers"], soybeans["receivers"]) == (["cn"], ["us"])


def test_a_declaration_in_the_history_holds_what_it_declares(document: Any) -> None:
    rows = {row["entry"]: row for row in document("history --all")["rows"]}

    assert (rows[5]["kind"], rows[5]["subject"]) == ("declaration", "truce-year")
    assert rows[5]["declares"] == {
        "what": "deadline",
        "agreement": "busan-2025",
        "kind": "expiry",
        "label": "One year from October 2025 (derived)",
        "due_on": "2026-10",
        "source": "article",
    }
    assert rows[28]["declares"] is None


def test_the_history_lists_a_declaration_only_where_it_changes_something(
    tracker: Run, told: Path
) -> None:
    renamed = ("change", "us", "--name", "The United States", "--reason", "as in the text")
    assert tracker("--today", "2026-01-11", *renamed, db=told).code == 0

    rows = data(tracker, "--today", "2026-01-11", "history", db=told)["rows"]

    (declared,) = [row for row in rows if row["kind"] == "declaration"]
    assert (declared["entry"], declared["command"], declared["note"]) == (
        33,
        "change",
        "as in the text",
    )
    assert declared["declares"]["was"] == {"name": "United States"}
