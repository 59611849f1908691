"""Other people's tables, by recipes: the shipped ones on our own samples, and their refusals."""

import json
from datetime import date, datetime
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.conftest import Run, data
from tracker.errors import (
    BadFile,
    BadQuantity,
    NoSuchShipped,
    RecipeAsks,
    RecipeElsewhere,
    UnknownWord,
    UnreadableFile,
)
from tracker.interchange import foreign, recipes, seeds
from tracker.interchange.lines import Line
from tracker.interchange.rows import read, slug_of

WEEKS = """\
marketing_year,week_ending,total_commitments_kmt,accumulated_exports_kmt
2025-26,2025-10-30,232.0,0.0
2025-26,2025-11-06,464.0,0.0
2025-26,2026-01-08,8116.6,2092.6
2025-26,2026-01-15,,
2026-27,2026-06-18,200.0,0.0
"""
USDA = ("--recipe", "usda-export-sales", "--set", "deadline=cn-soy-2025-delivery")
SHIPPED = Path(__file__).parents[2] / "seeds" / "recipes" / "trumptracker.toml"
YEAR = ("--set", "year=2025-26", "--set", "base=232.0")


def update(line: str) -> str:
    """Return a minimal recipe with one update."""
    return f'title = "x"\n[[update]]\n{line}\n'


@pytest.fixture
def weeks(tmp_path: Path) -> Path:
    path = tmp_path / "weeks.csv"
    path.write_text(WEEKS, "utf-8")
    return path


def readings(tracker: Run, book: Path, counter: str) -> dict[str, float]:
    rows = data(tracker, "history", db=book)["rows"]
    return {row["effective_on"]: row["value"] for row in rows if row["counted_by"] == counter}


@pytest.mark.on("sqlite")
def test_usda_sales_come_less_what_was_sold_before_the_promise(
    tracker: Run, busan: Path, weeks: Path
) -> None:
    done = tracker("import", weeks, *USDA, *YEAR, db=busan)

    assert done.err == ""
    assert done.out.splitlines()[1:3] == [
        "Left out: 1 row, without 'total_commitments_kmt'.",
        "Left out: 1 row, of another marketing year.",
    ]
    found = readings(tracker, busan, "USDA")
    assert (found["2025-10-30"], found["2025-11-06"], found["2026-01-08"]) == (0, 0.232, 7.8846)
    again = data(tracker, "import", weeks, *USDA, *YEAR, db=busan)
    assert (again["recorded"], again["known"]) == ([], 3)
    assert again["skipped"] == [
        {"reason": "without 'total_commitments_kmt'", "rows": 1},
        {"reason": "of another marketing year", "rows": 1},
    ]


@pytest.mark.on("sqlite")
def test_a_workbook_says_the_same_as_its_table(tracker: Run, busan: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["marketing_year", "Week_ending ", "total_commitments_kmt"])
    sheet.append(["2025-26", date(2026, 1, 8), 8116.6])
    sheet.append([None, None, None])
    sheet.append(["2025-26", date(2026, 1, 1), 6892.5])
    book.save(path := tmp_path / "weeks.xlsx")

    done = tracker("import", path, *USDA, *YEAR, db=busan)

    assert done.err == ""
    found = readings(tracker, busan, "USDA")
    assert (found["2026-01-01"], found["2026-01-08"]) == (6.6605, 7.8846)


@pytest.mark.on("sqlite")
def test_a_history_comes_back_from_a_workbook(tracker: Run, busan: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.xlsx"
    assert tracker("history", "--all", "-o", path, db=busan).code == 0

    back = data(tracker, "import", path, db=busan)

    assert back["recorded"] == []
    assert back["known"] > 50


@pytest.mark.on("sqlite")
def test_census_exports_are_flows_by_month(tracker: Run, busan: Path, tmp_path: Path) -> None:
    path = tmp_path / "census.json"
    answer = [
        ["ALL_VAL_MO", "E_COMMODITY", "CTY_CODE", "time"],
        ["1250000000", "1201", "5700", "2025-11"],
        ["900000000", "1201", "5700", "2025-12"],
        ["40000", "120110", "5700", "2025-12"],
    ]
    path.write_text(json.dumps(answer), "utf-8")
    added = tracker(
        *("add", "deadline", "soy-dollars", "--concession", "cn-soy-2025", "--kind", "delivery"),
        *("--label", "Soybeans in dollars", "--opens", "2025-11-01", "--due", "2026-02-28"),
        *("--target", "5", "--unit", "bn USD", "--source", "wh-fact-sheet"),
        db=busan,
    )
    assert added.code == 0, added.err

    recipe = ("--recipe", "census-exports", "--set", "deadline=soy-dollars", "--set", "code=1201")
    done = tracker("import", path, *recipe, db=busan)

    assert "Left out: 1 row, of another HS code." in done.out
    pace = data(tracker, "pace", "soy-dollars", db=busan)["rows"]
    assert [(row["counted_by"], row["delivered"]) for row in pace] == [("US Census", 2.15)]


PROMISES = {
    "promises": [
        {
            "title": title,
            "status": status,
            "category": "First 100 Days",
            "url": f"https://example.org/{number}",
            "status_info": "As the site says." if number else "",
            "tags": ["made up"],
        }
        for number, (title, status) in enumerate(
            [
                ("Plant a tree in every town", "Not started"),
                ("Mend the old bridge", "Achieved"),
                ("Mend the old bridge!", "Broken"),
                ("Halve the toll", "Compromised"),
                ("Paint the station", "In progress"),
                ("Open the tower", "Postponed"),
            ]
        )
    ]
}


@pytest.fixture
def promises(tmp_path: Path) -> Path:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(PROMISES), "utf-8")
    return path


def test_a_table_of_promises_declares_them_with_their_verdicts(
    tracker: Run, promises: Path
) -> None:
    by = ("--recipe", "trumptracker", "--set", "day=2017-06-01")

    done = tracker("apply", promises, *by)

    assert done.err == ""
    assert done.out.endswith(
        "Left out: the entry of 1 row, status is 'Postponed', for which the recipe has no word.\n"
    )
    shown = tracker("status", "-f", "json", "--agreement", "campaign-2016", "--as-of", "2017-06-02")
    rows = json.loads(shown.out)["rows"]
    assert {row["concession"]: row["stage"] for row in rows} == {
        "plant-a-tree-in-every-town": "announced",
        "mend-the-old-bridge": "met",
        "mend-the-old-bridge-2": "broken",
        "halve-the-toll": "partial",
        "paint-the-station": "started",
        "open-the-tower": "announced",
    }
    assert tracker("apply", promises, *by).out.startswith("0 changes and 0 entries written.")


QUOTAS = """
title = "Quotas"

[agreement]
slug = "quotas"
title = "Quotas for metals"
agreed_on = "2026-01-05"
source = "article"

[[promise]]
[promise.concession]
slug = { column = "good", slug = true }
title = { column = "good" }
giver = "us"
receiver = "cn"
sector = "metals"
kind = "tariff"
instrument = "readout"
test = "Customs count it."
source = "article"

[[promise.deadline]]
slug = "{slug}-quota"
kind = "delivery"
label = "Quota"
due_on = { column = "by" }
target = { column = "tonnes" }
unit = "t"
bound = "at-least"
source = "article"
"""


def test_a_promise_may_have_no_quantity_or_no_deadline(tracker: Run, tmp_path: Path) -> None:
    recipe, table = tmp_path / "quotas.toml", tmp_path / "quotas.csv"
    recipe.write_text(QUOTAS, "utf-8")
    table.write_text("good,by,tonnes\nSteel,2026-12-31,4\nTin,2026-12-31,\nZinc,,\n", "utf-8")

    done = tracker("apply", table, "--recipe", recipe)
    without = []
    for suffix in (".tsv", ".xlsx", ".json", ".csv"):
        table = table.rename(table.with_suffix(suffix))
        without.append(tracker("apply", table).err)

    assert done.err == ""
    assert done.out.endswith("Left out: the deadline of 1 row, without 'by'.\n")
    rows = json.loads(tracker("deadlines", "-f", "json", "--agreement", "quotas").out)["rows"]
    assert {row["deadline"]: (row["target"], row["unit"]) for row in rows} == {
        "steel-quota": (4, "t"),
        "tin-quota": (None, None),
    }
    assert "zinc" in tracker("status").out
    wanted = "a TOML file; 'tracker apply' reads tables with --recipe\n"
    assert [said.endswith(wanted) for said in without] == [True] * 4


ACCORDS = (
    ("pam_caseid", "accord name", "year", "amnest_prov", "amnest_implem", "women_prov",
     "women_implem"),
    (7, "Accord of the Two Rivers", 1995, 1, 1, 0, 0),
    (7, "Accord of the Two Rivers", 1996, 1, 3, 0, 0),
    (9, "Treaty of the Pass", 2001, 1, 0, 1, 2),
    (11, "", 2003, 1, 1, 0, 0),
)  # fmt: skip


@pytest.mark.on("sqlite")
def test_one_table_declares_several_agreements_each_with_its_own_promises(
    tracker: Run, tmp_path: Path
) -> None:
    """A matrix of accords has a column for each provision and a row for each year."""
    shipped = seeds.find("peace-accords-matrix", "recipe").read_text("utf-8")
    begin, rest = shipped.split("each = [\n")
    provisions, rest = rest.split("]\n", 1)
    kept = [line for line in provisions.splitlines() if '"amnest"' in line or '"women"' in line]
    recipe = tmp_path / "accords.toml"
    recipe.write_text(f"{begin}each = [\n{chr(10).join(kept)}\n]\n{rest}", "utf-8")
    table = tmp_path / "accords.csv"
    table.write_text("\n".join(",".join(map(str, row)) for row in ACCORDS), "utf-8")

    done = tracker("apply", table, "--recipe", recipe)

    assert done.err == ""
    assert done.out.endswith("Left out: 1 row, without 'accord name'.\n")
    rows = data(tracker, "pace")["rows"]
    levels = [row for row in rows if row["counted_by"] == "PAM"]
    assert {row["deadline"]: (row["delivered"], row["percent_of_target"]) for row in levels} == {
        "pam-7-amnest-level": (3, 100),
        "pam-9-amnest-level": (0, 0),
        "pam-9-women-level": (2, 66.7),
    }
    undone = tracker("undo")
    assert undone.code == 0, undone.err
    assert "pam-7" not in tracker("status").out


@pytest.mark.on("sqlite")
def test_a_recipe_says_where_the_table_is(tracker: Run, busan: Path, tmp_path: Path) -> None:
    """Spreadsheets and statistics have lines above the one that names the columns."""
    book = Workbook()
    sheet = book.create_sheet("Sales")
    for row in (["Export sales"], [], ["Week", "Sold"], ["2026-01-08", "7,884"]):
        sheet.append(row)
    book.save(tmp_path / "weeks.xlsx")
    (tmp_path / "weeks.csv").write_text('Export sales\n\nWeek,Sold\n2026-01-08,"7,884"\n')
    recipe = tmp_path / "mine.toml"
    recipe.write_text(
        'title = "Sales"\n[table]\nheader = 3\nsheet = "Sales"\n'
        '[[update]]\ndeadline = "cn-soy-2025-delivery"\neffective_on = { column = "Week" }\n'
        'value = { column = "Sold", thousands = ",", times = "0.001" }\ncounted_by = "a trader"\n'
    )

    first = tracker("import", tmp_path / "weeks.xlsx", "--recipe", recipe, db=busan)
    second = tracker("import", tmp_path / "weeks.csv", "--recipe", recipe, db=busan)

    assert (first.code, first.err) == (0, "")
    assert readings(tracker, busan, "a trader") == {"2026-01-08": 7.884}
    assert second.out == "0 entries written; 1 was there already.\n"


def test_each_cell_of_a_workbook_is_read_as_it_is_shown() -> None:
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    rows: list[list[Any]] = [
        ["A title"],
        [" Day ", "Amount", "", "Flag"],
        [date(2026, 1, 8), 1.0, None, True],
        [datetime(2026, 1, 8, 16, 30), 1234567.25, "x", False],
        ["2026", -0.001, 7, None],
        [None, 12, "=1", "#N/A"],
    ]
    for row in rows:
        sheet.append(row)
    book.save(file)
    file.seek(0)

    found = [*foreign.workbook(BufferedReader(file), "a.xlsx", (), None, 2)]  # type: ignore[type-var]

    assert [one.number for one in found] == [3, 4, 5, 6]
    assert {one.columns for one in found if isinstance(one, Line)} == {
        ("day", "amount", "", "flag")
    }
    assert [one.texts for one in found if isinstance(one, Line)] == [
        ["2026-01-08", "1", "", "true"],
        ["2026-01-08", "1234567.25", "x", "false"],
        ["2026", "-0.001", "7", ""],
        ["", "12", "", ""],
    ]


NUMBERS = """
title = "Numbers"
[[update]]
deadline = "cn-soy-2025-delivery"
effective_on = { column = "Day" }
counted_by = "a trader"
"""


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("suffix", ["xlsx", "jsonl", "json"])
def test_a_cell_that_is_a_number_has_no_thousands_separator(
    tracker: Run, busan: Path, tmp_path: Path, suffix: str
) -> None:
    path, recipe = tmp_path / f"sold.{suffix}", tmp_path / "mine.toml"
    recipe.write_text(f'{NUMBERS}value = {{ column = "v", thousands = "." }}\n')
    numbers = {"2026-01-06": 1.5, "2026-01-07": 1.234}
    rows = [{"day": day, "v": number} for day, number in numbers.items()]
    if suffix == "xlsx":
        book = Workbook()
        for row in (["day", "v"], *numbers.items()):
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    else:
        lines = "\n".join(map(json.dumps, rows))
        path.write_text(lines if suffix == "jsonl" else json.dumps(rows))

    done = tracker("import", path, "--recipe", recipe, db=busan)

    assert (done.code, done.err) == (0, "")
    assert readings(tracker, busan, "a trader") == numbers


@pytest.mark.parametrize(
    ("mark", "text", "number"),
    [
        (",", "1,234.5", 1234.5), (",", "-1,234,567", -1234567), (",", "12", 12),
        (".", "1.234", 1234), (" ", "12 345", 12345), (",", "1.5", 1.5),
        (".", "1,5", 1.5), (".", "1.250,5", 1250.5), (" ", "1 250,5", 1250.5),
        (" ", "1 250.5", 1250.5), (".", "1,250.5", None), (",", "1,5", None), (".", "1.5", None),
        (" ", "12\u00a0345\u202f678", 12345678), (".", "12.34.5", None), (".", "1.234.5", None),
        (",", ",234", None), (",", "1,2345", None), (",", "1234,567", None),
    ],
)  # fmt: skip
def test_a_thousands_separator_is_before_each_group_of_three_digits(
    mark: str, text: str, number: float | None
) -> None:
    cell = recipes.Cell(column=("v",), thousands=mark)
    if number is None:
        with pytest.raises(
            BadQuantity, match="somewhere other than before a group of three digits"
        ):
            read(cell, {"v": text})
    else:
        assert float(read(cell, {"v": text})) == number


@pytest.mark.on("sqlite")
def test_a_day_that_is_not_valid_is_refused_by_the_format_of_the_recipe(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path, recipe = tmp_path / "sold.csv", tmp_path / "mine.toml"
    path.write_text("Day,v\n31/02/2026,5\n2026-01-05,4\n")
    recipe.write_text(
        NUMBERS.replace('"Day"', '"Day", days = "%d/%m/%Y"') + 'value = { column = "v" }\n'
    )

    refused = tracker("import", path, "--recipe", recipe, db=busan)

    assert refused.code == BadFile.exit_code
    assert refused.err.endswith(
        "Correct line 2, column 'Day', value '31/02/2026':"
        " The day is not valid, or is not written as '%d/%m/%Y'\n"
    )


@pytest.mark.on("sqlite")
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
    tracker: Run, busan: Path, tmp_path: Path, layout: str, cell: str, on: str
) -> None:
    path, recipe = tmp_path / "sold.csv", tmp_path / "mine.toml"
    path.write_text(f"Day,v\n{cell},5\n")
    recipe.write_text(
        NUMBERS.replace('"Day"', f'"Day", days = "{layout}"') + 'value = { column = "v" }\n'
    )

    assert tracker("import", path, "--recipe", recipe, db=busan).code == 0

    last = max(data(tracker, "history", db=busan)["rows"], key=lambda row: int(row["entry"]))
    assert last["effective_on"] == on


@pytest.mark.on("sqlite")
def test_many_reasons_are_counted_together(tracker: Run, tmp_path: Path) -> None:
    rows = [{"title": f"Promise {one}", "status": f"odd {one}"} for one in range(60)]
    wanted = ("category", "url", "status_info")
    path = tmp_path / "data.json"
    path.write_text(json.dumps({"promises": [row | dict.fromkeys(wanted, "x") for row in rows]}))

    done = tracker("apply", path, "--recipe", "trumptracker", "--set", "day=2017-06-01")

    assert done.out.splitlines()[-1] == "Left out: the entry of 10 rows, other reasons."


# --- what recipes refuse ------------------------------------------------------------------------


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("options", "kind", "said"),
    [
        (USDA, RecipeAsks, "The recipe 'usda-export-sales' asks for more: year, the marketing"),
        ((*USDA, *YEAR, "--set", "yaer=1"), UnknownWord, "Did you mean 'year'?"),
        (("--recipe", "usda"), NoSuchShipped, "No recipe and no file 'usda'. Did you mean"),
        (("--recipe", "mine.toml"), NoSuchShipped, "Known: census-"),
    ],
)
def test_a_recipe_says_what_it_needs(
    tracker: Run, weeks: Path, options: tuple[str, ...], kind: type[RecipeAsks], said: str
) -> None:
    refused = tracker("import", weeks, *options)

    assert (refused.code, refused.out) == (kind.exit_code, "")
    assert said in refused.err


def test_the_exit_codes_are_those_of_the_mistakes() -> None:
    assert (RecipeAsks.exit_code, NoSuchShipped.exit_code) == (2, 3)


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("command", "recipe", "said"),
    [
        ("import", "trumptracker", "'trumptracker' has no [[update]], which 'import' needs."
         " Use it with 'apply', or add a [[update]] to it"),
        ("apply", "census-exports", "'census-exports' has no [[promise]], which 'apply' needs."
         " Use it with 'import', or add a [[promise]] to it"),
    ],
)  # fmt: skip
def test_a_recipe_for_the_other_command_is_refused(
    tracker: Run, weeks: Path, command: str, recipe: str, said: str
) -> None:
    refused = tracker(command, weeks, "--recipe", recipe)

    assert (refused.code, refused.out) == (RecipeElsewhere.exit_code, "")
    assert refused.err == f"tracker: The recipe {said}\n"


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--set", "year=2025-26"), "--set needs --recipe"),
        ((*USDA, "--set", "year"), "'year' is not NAME=TEXT"),
        (("--recipe", "mine.toml", "--set", "year=1"), "that this recipe asks for. There are none"),
    ],
)
def test_settings_that_mean_nothing_are_refused(
    tracker: Run,
    weeks: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(weeks.parent)
    Path("mine.toml").write_text(update('note = "x"'), "utf-8")

    refused = tracker("import", weeks, *options)

    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err


@pytest.mark.on("sqlite")
def test_every_bad_row_is_named_and_nothing_is_written(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "weeks.csv"
    path.write_text(
        f"{WEEKS}2025-26,2026-02-30,9000.0,\n2025-26,2026-02-05,9e3,\n2025-26,2026-02-05\n", "utf-8"
    )
    before = busan.read_bytes()

    refused = tracker("import", path, *USDA, *YEAR, db=busan)

    assert (refused.code, refused.out) == (BadFile.exit_code, "")
    assert [line.partition(":")[0] for line in refused.err.splitlines()[1:]] == [
        "  line 7, column 'effective_on'",
        "  line 8, column 'total_commitments_kmt'",
        "  line 9",
    ]
    assert busan.read_bytes() == before


@pytest.mark.on("sqlite")
def test_a_table_without_a_column_of_the_recipe_is_refused(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "weeks.csv"
    path.write_text(WEEKS.replace("total_commitments_kmt", "total_commitment_kmt"), "utf-8")

    refused = tracker("import", path, *USDA, *YEAR, db=busan)

    assert refused.code == BadFile.exit_code
    assert "the table has no such column. Did you mean 'total_commitment_kmt'" in refused.err


@pytest.mark.on("sqlite")
def test_a_missing_column_is_named_as_the_recipe_writes_it(
    tracker: Run, weeks: Path, tmp_path: Path
) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text(update('note = { column = "Week Ending" }'), "utf-8")

    refused = tracker("import", weeks, "--recipe", recipe)

    assert "column 'Week Ending': the table has no such column" in refused.err


@pytest.mark.on("sqlite")
def test_a_value_that_does_not_fit_is_to_be_corrected_where_it_was_given(
    tracker: Run, weeks: Path
) -> None:
    refused = tracker("import", weeks, *USDA, "--set", "year=2025-26", "--set", "base=none")

    assert refused.code == BadFile.exit_code
    assert "'none' is not a plain decimal number" in refused.err
    assert refused.err.endswith(", without a unit (correct --set base)\n")


@pytest.mark.on("sqlite")
def test_a_mistake_in_what_a_recipe_declares_is_named_with_its_place(
    tracker: Run, promises: Path, tmp_path: Path
) -> None:
    recipe = tmp_path / "mine.toml"
    recipe.write_text(SHIPPED.read_text("utf-8").replace('publisher = "TrumpTracker"\n', ""))

    refused = tracker("apply", promises, "--recipe", recipe, "--set", "day=2017-06-01")

    assert refused.code == BadFile.exit_code
    assert "[[source]] 'trumptracker', key 'publisher': it is missing" in refused.err


DATES = """
title = "Dates"

[agreement]
slug = "quotas"
title = "Quotas for metals"
agreed_on = { column = "agreed", days = "%d/%m/%Y" }
source = "article"

[[promise]]
[promise.concession]
slug = "steel"
title = "Sell steel"
promised_on = { column = "promised", days = "%d/%m/%Y" }

[[promise.deadline]]
slug = "{slug}-quota"
due_on = { column = "due", days = "%d/%m/%Y" }

[[promise.entry]]
stage = "met"
on = { column = "met", days = "%d/%m/%Y" }
"""


@pytest.mark.on("sqlite")
def test_a_bad_row_of_promises_is_named_whatever_part_it_spoils(
    tracker: Run, tmp_path: Path
) -> None:
    recipe, table = tmp_path / "dates.toml", tmp_path / "dates.csv"
    recipe.write_text(DATES, "utf-8")
    columns, rows = ("agreed", "promised", "due", "met"), [["05/01/2026"] * 4 for _ in range(4)]
    for place, row in enumerate(rows):
        row[place] = "32/01/2026"
    lines = [columns, *rows, ["05/01/2026"]]
    table.write_text("".join(f"{','.join(line)}\n" for line in lines), "utf-8")

    refused = tracker("apply", table, "--recipe", recipe)

    assert (refused.code, refused.out) == (BadFile.exit_code, "")
    assert [line.partition(":")[0].strip() for line in refused.err.splitlines()[1:]] == [
        *(f"line {at}, column '{name}', value '32/01/2026'" for at, name in enumerate(columns, 2)),
        "line 6",
    ]


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("beyond", "said"), [(0, "not JSON."), (1, "larger than 64 MiB; give JSON Lines.")]
)
def test_a_document_that_is_too_large_to_be_read_whole_is_refused(
    tracker: Run, tmp_path: Path, beyond: int, said: str
) -> None:
    with (path := tmp_path / "data.json").open("wb") as file:
        file.write(b"[" + b" " * (1 << 18))  # more than is read to see what it is
        file.truncate((64 << 20) + beyond)

    refused = tracker("apply", path, "--recipe", "trumptracker", "--set", "day=2017-06-01")

    assert (refused.code, f"': it is {said} " in refused.err) == (UnreadableFile.exit_code, True)


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("ends", ["{}\n{}\n{}\n{}\n", "[{}, {}, {}, {}]"], ids=["jsonl", "json"])
def test_a_key_that_an_object_leaves_out_is_empty(
    tracker: Run, busan: Path, tmp_path: Path, ends: str
) -> None:
    path, recipe = tmp_path / "sold.json", tmp_path / "mine.toml"
    path.write_text(
        ends.format(
            '{"day":"2026-01-05"}',
            '{"day":"2026-01-06","sold":5,"flow":true,"page":"https://example.org/sales"}',
            '{"day":"2026-01-07","sold":null}',
            '{"day":"2026-01-08","sold":6,"flow":true}',
        )
    )
    columns = {"value": "sold", "flow": "flow", "source": "page"}
    read = "".join(f'{key} = {{ column = "{column}" }}\n' for key, column in columns.items())
    recipe.write_text(NUMBERS + read)

    done = tracker("import", path, "--recipe", recipe, db=busan)

    assert "Left out: 2 rows, without 'sold'.\n" in done.out
    assert readings(tracker, busan, "a trader") == {"2026-01-06": 5, "2026-01-08": 6}


@pytest.mark.on("sqlite")
def test_a_key_that_no_object_has_is_refused(tracker: Run, busan: Path, tmp_path: Path) -> None:
    path, recipe = tmp_path / "sold.jsonl", tmp_path / "mine.toml"
    path.write_text('{"day":"2026-01-05","sold":4}\n{"sold":5,"day":"2026-01-06"}\n')
    recipe.write_text(f'{NUMBERS}value = {{ column = "sole" }}\n')

    refused = tracker("import", path, "--recipe", recipe, db=busan)

    assert (refused.code, "has 1 mistake;" in refused.err) == (BadFile.exit_code, True)
    assert "column 'sole': the table has no such column. Did you mean 'sold'?" in refused.err


@pytest.mark.on("sqlite")
def test_a_promise_may_leave_out_a_key_of_its_object(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "promises.jsonl"
    promise = {"title": "End the shutdown", "status": "Achieved", "category": "Economy"}
    whole = promise | {"title": "Cut tariffs", "url": "https://example.org", "status_info": "Done"}
    path.write_text(f"{json.dumps(whole)}\n{json.dumps(promise)}\n")
    recipe = tmp_path / "mine.toml"
    shipped = SHIPPED.read_text("utf-8")
    recipe.write_text(shipped.replace('[table]\nrows = "promises"\n', ""))

    done = tracker("apply", path, "--recipe", recipe, "--set", "day=2017-06-01")

    assert done.code == 0, done.err
    assert "end-the-shutdown" in tracker("status", "-f", "csv").out


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_sum_without_one_of_its_addends_is_left_out(
    tracker: Run, busan: Path, tmp_path: Path, suffix: str
) -> None:
    """A workbook's cell that shows an error is empty, too."""
    table = [
        ["Day", "Gulf", "Pacific"],
        ["2026-01-05", "3", "0"],
        ["2026-01-06", "4", "#N/A" if suffix == "xlsx" else ""],
        ["2026-01-07", "", "2"],
    ]
    book = Workbook()
    for line in table:
        book.active.append(line)  # type: ignore[union-attr]
    path, recipe = tmp_path / f"loaded.{suffix}", tmp_path / "mine.toml"
    if suffix == "xlsx":
        book.save(path)
    else:
        path.write_text("".join(f"{','.join(line)}\n" for line in table))
    recipe.write_text(NUMBERS + 'value = { column = ["Gulf", "Pacific"] }\n')

    done = tracker("import", path, "--recipe", recipe, db=busan)

    assert "Left out: 1 row, without 'Pacific'.\nLeft out: 1 row, without 'Gulf'.\n" in done.out
    assert readings(tracker, busan, "a trader") == {"2026-01-05": 3}


@pytest.mark.on("sqlite")
def test_a_column_that_is_there_twice_is_refused(tracker: Run, busan: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["concession", "effective_on", "stage", " Stage"])
    sheet.append(["cn-soy-2025", "2026-01-08", "partial", "met"])
    book.save(path := tmp_path / "updates.xlsx")

    document, recipe = tmp_path / "census.json", tmp_path / "mine.toml"
    document.write_text('[{"Day":"2026-01-08","day":"2026-01-08"}]')
    recipe.write_text(NUMBERS)

    refused = tracker("import", path, db=busan)
    of_json = tracker("import", document, "--recipe", recipe, db=busan)

    assert (refused.code, refused.out) == (of_json.code, of_json.out) == (BadFile.exit_code, "")
    assert "line 1, column 'stage': it appears 2 times" in refused.err
    assert "column 'day': it appears 2 times" in of_json.err


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("rows", [[], [["Readme"]], [["concession", "effective_on", "stag"]]])
def test_a_sheet_without_the_columns_of_an_update_is_refused(
    tracker: Run, busan: Path, tmp_path: Path, rows: list[list[str]]
) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path := tmp_path / "updates.xlsx")

    refused = tracker("import", path, db=busan)

    wrong = (
        f"line 1, column '{rows[0][-1].lower()}': there is no such column" if rows else "no line"
    )
    assert (refused.code, refused.out) == (BadFile.exit_code, "")
    assert wrong in refused.err


@pytest.mark.on("sqlite")
def test_the_lines_of_a_sheet_are_counted_from_its_top(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    book = Workbook()
    for row in ([], [], ["concession", "effective_on", "stage"], [], ["cn-soy-2025", "2026", "x"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path := tmp_path / "updates.xlsx")

    assert "line 5, column 'stage'" in tracker("import", path, db=busan).err


@pytest.mark.on("sqlite")
def test_a_separator_in_quotes_separates_nothing(tracker: Run, busan: Path, tmp_path: Path) -> None:
    path, recipe = tmp_path / "sold.csv", tmp_path / "mine.toml"
    path.write_text('Day,"Soy; t"\n2026-01-05,5\n')
    recipe.write_text(NUMBERS + 'value = { column = "Soy; t" }\n')

    assert tracker("import", path, "--recipe", recipe, db=busan).code == 0
    assert readings(tracker, busan, "a trader") == {"2026-01-05": 5}


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("row", ["null", '"text"', "7"])
def test_a_row_that_is_no_row_is_named(tracker: Run, busan: Path, tmp_path: Path, row: str) -> None:
    path = tmp_path / "census.json"
    path.write_text(f'[["ALL_VAL_MO","E_COMMODITY","time"],["1","1201","2025-11"],{row}]')

    recipe = ("--recipe", "census-exports", "--set", "deadline=cn-soy-2025-delivery")
    refused = tracker("import", path, *recipe, "--set", "code=1201", db=busan)

    assert (refused.code, refused.out) == (BadFile.exit_code, "")
    assert "line 2" in refused.err
    assert "it is not a JSON object" in refused.err


@pytest.mark.on("sqlite")
def test_a_sheet_that_is_not_there_is_refused_with_those_there_are(
    tracker: Run, tmp_path: Path
) -> None:
    book = Workbook()
    book.create_sheet("Readme")
    book.save(path := tmp_path / "weeks.xlsx")
    recipe = tmp_path / "mine.toml"
    recipe.write_text(update('note = "x"') + "[table]\nsheet = 'Weeks'\n", "utf-8")

    refused = tracker("import", path, "--recipe", recipe)

    assert refused.code == UnreadableFile.exit_code
    assert "it has no sheet 'Weeks'" in refused.err
    assert "this one has Sheet, Readme" in refused.err


@pytest.mark.on("sqlite")
def test_a_broken_workbook_is_refused(tracker: Run, busan: Path, tmp_path: Path) -> None:
    held = BytesIO()
    Workbook().save(held)
    path = tmp_path / "weeks.xlsx"
    path.write_bytes(held.getvalue()[:900])

    refused = tracker("import", path, *USDA, *YEAR, db=busan)

    assert (refused.code, refused.out) == (UnreadableFile.exit_code, "")
    assert "it is not a workbook" in refused.err


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in (seeds.folder() / "recipes").glob("*.toml"))
)
def test_shipped_recipes_say_what_they_are_for(name: str) -> None:
    tables = recipes.documents.read_toml(seeds.find(name, "recipe"))
    (part,) = tables.keys() & recipes.COMMANDS.keys()
    given = dict.fromkeys(tables.get("ask", {}), "1")
    recipe = recipes.load(seeds.find(name, "recipe"), part, given)

    assert recipe.title
    assert "https://" in recipe.about
    assert recipe.update or recipe.promise


def test_a_long_title_makes_a_slug_that_ends_with_a_word() -> None:
    words = ["soybeans"] * 8

    assert slug_of(" ".join(words)) == "-".join(words[:7])
    assert slug_of("Café – crème") == "cafe-creme"
