"""Other people's tables, by recipes that say which column is which."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.conftest import Run, data
from tests.refusals import code_of

pytestmark = pytest.mark.on("sqlite")

ARRIVALS = """\
Month;Port;Soybeans (MMT);Page
Nov 2025;Qingdao;0.31;https://example.org/november
Dec 2025;Qingdao;0.64;
Jan 2026;Qingdao;;
"""
RECIPE = """\
days = "%b %Y"

[columns]
effective_on = "Month"
value = "soybeans (MMT)"
source = "Page"

[constants]
deadline = "cn-soy-2025-delivery"
counted_by = "the ministry"
basis = "arrived"
flow = true
"""
PROMISES = """\
day,promise,status
2026-01-05,Buy soybeans,In progress
2026-01-06,Buy soybeans,Achieved
2026-01-07,Buy soybeans,Postponed
2026-01-07,Buy soybeans,
"""
VERDICTS = """\
[columns]
effective_on = "day"
stage = "status"
note = "promise"

[constants]
concession = "cn-soy-2025"

[stages]
"In progress" = "started"
"Achieved" = "met"
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "arrivals.csv": ARRIVALS,
        "arrivals.toml": RECIPE,
        "promises.csv": PROMISES,
        "promises.toml": VERDICTS,
    }.items():
        Path(name).write_text(text, "utf-8")


def readings(tracker: Run, book: Path) -> dict[str, tuple[float, list[str]]]:
    rows = data(tracker, "history", "--all", db=book)["rows"]
    return {
        row["effective_on"]: (row["value"], row["source"])
        for row in rows
        if row["counted_by"] == "the ministry"
    }


def test_a_table_of_somebody_else_is_imported_and_known_again(tracker: Run, busan: Path) -> None:
    done = tracker("import", "arrivals.csv", "--recipe", "arrivals.toml", db=busan)
    again = data(tracker, "import", "arrivals.csv", "--recipe", "arrivals.toml", db=busan)

    assert done.err == ""
    assert done.out.splitlines()[1] == "Left out: 1 row, without 'soybeans (MMT)'."
    assert readings(tracker, busan) == {
        "2025-11": (0.31, ["https://example.org/november"]),
        "2025-12": (0.64, []),
    }
    assert (again["recorded"], again["known"]) == ([], 2)
    assert again["skipped"] == [{"reason": "without 'soybeans (MMT)'", "rows": 1}]


def test_a_workbook_and_json_lines_say_the_same_as_the_table(tracker: Run, busan: Path) -> None:
    book = Workbook()
    book.active.append(["MONTH", "Soybeans (MMT)", "page"])
    book.active.append([date(2025, 12, 31), 0.64, None])
    book.save("arrivals.xlsx")
    Path("arrivals.jsonl").write_text(
        '{"Month":"2025-12-31","Soybeans (MMT)":0.640}\n{"Month":"Nov 2025","Page":null}\n'
    )

    first, second = (
        tracker("import", f"arrivals.{ending}", "--recipe", "arrivals.toml", db=busan)
        for ending in ("xlsx", "jsonl")
    )

    assert first.out.startswith("1 entry written"), first.err
    assert second.out.startswith("0 entries written; 1 was there already."), second.err
    assert readings(tracker, busan) == {"2025-12-31": (0.64, [])}


def test_the_words_of_a_tracker_become_statuses(tracker: Run, busan: Path) -> None:
    refused = tracker("import", "promises.csv", "--recipe", "promises.toml", db=busan)
    Path("promises.csv").write_text(PROMISES.replace("Postponed", "stalled"), "utf-8")
    done = tracker("import", "promises.csv", "--recipe", "promises.toml", db=busan)

    assert refused.code == code_of("bad file")
    assert "line 4, column 'status': 'Postponed' is not a status. Known: " in refused.err
    assert "Left out: 1 row, without 'status'." in done.out
    rows = data(tracker, "history", "cn-soy-2025", db=busan)["rows"]
    statuses = {row["effective_on"]: row["status"] for row in rows if row["note"] == "Buy soybeans"}
    assert statuses == {"2026-01-05": "started", "2026-01-06": "kept", "2026-01-07": "stalled"}


@pytest.mark.parametrize(
    ("layout", "cell", "on"),
    [
        ("%d/%m/%Y", "05/01/2026", "2026-01-05"),
        ("%m/%Y", "12/2025", "2025-12"),
        ("%b %Y", "Dec 2025", "2025-12"),
        ("%Y", "2025", "2025"),
        ("%Y", "2026-01-05", "2026-01-05"),
    ],
)
def test_a_day_is_as_exact_as_the_format_of_the_recipe(
    tracker: Run, busan: Path, layout: str, cell: str, on: str
) -> None:
    Path("arrivals.toml").write_text(RECIPE.replace("%b %Y", layout))
    Path("arrivals.csv").write_text(f"Month,Soybeans (MMT),Page\n{cell},5,\n")

    done = tracker("import", "arrivals.csv", "--recipe", "arrivals.toml", db=busan)

    assert (done.code, [*readings(tracker, busan)]) == (0, [on])


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "code", "said"),
    [
        ("mine.toml", code_of("no such file"), "No file 'mine.toml'"),
        ("", code_of("unreadable file"), "it is a folder"),
    ],
)
def test_a_recipe_that_is_not_there_is_refused(
    tracker: Run, busan: Path, file: str, code: int, said: str
) -> None:
    refused = tracker("import", "arrivals.csv", "--recipe", file, db=busan)

    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        ("", "line 2, column 'effective_on': a note needs it"),
        ("[columns]\nvalu = 'a'", "[columns], key 'valu': there is no such key. Did you mean"),
        ("[columns]\nauthor = 'a'", "[columns], key 'author': there is no such key."),
        ("[columns]\n[constants]\nby = 'a'", "no such key. Did you mean 'counted_by'?"),
        ("[columns]\n[constants]\nvalue = 5", "[constants], key 'value': "),
        ("[columns]\nvalue = ['a', 'b']", "[columns], key 'value': "),
        ("[columns]\n[stages]\nKept = 'mett'", "[statuses], key 'Kept': 'mett' is not a status"),
        ("days = '%d %b'\n[columns]", "'%d %b' is not a format of strptime with a year"),
        ("day = '%Y'\n[columns]", "table [day]: there is no such key. Did you mean 'days'?"),
        ("[columns]\nvalue = 'Port of call'", "column 'Port of call': the table has no such"),
        ("[columns]\nvalue = a", "'arrivals.toml'"),
    ],
)
def test_a_recipe_with_a_mistake_is_refused_at_its_place(
    tracker: Run, busan: Path, recipe: str, said: str
) -> None:
    Path("arrivals.toml").write_text(recipe)

    refused = tracker("import", "arrivals.csv", "--recipe", "arrivals.toml", db=busan)

    assert (refused.code, refused.out) == (code_of("bad file"), "")
    assert said in refused.err


def test_a_table_that_no_recipe_reads_is_refused_as_without_one(tracker: Run, busan: Path) -> None:
    Path("arrivals.json").write_text('[{"Month":"Dec 2025"}]')

    refused = tracker("import", "arrivals.json", "--recipe", "arrivals.toml", db=busan)

    assert "it is a JSON or TOML document. It should be JSONL" in refused.err
