"""The reference says what the code does; the schema takes what the program takes."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlmodel import SQLModel

from docs.generate import DOCS, PAGES, fields, picture, seed, settings, stale
from docs.generate.fields import inner, keys
from tests.conftest import EXAMPLES, Run, data
from tests.differences import require_same
from tracker.forms import fields_of
from tracker.interchange import seeds
from tracker.reports.frame import Frame
from tracker.reports.incoming import ImportReceipt
from tracker.tables import Key, is_row, keys_of

ROOT = Path(__file__).parent.parent
AGREEMENTS = sorted([*EXAMPLES.glob("*.toml"), *seeds.folder().glob("*.toml")])
CONTRACTS = {report.name: report for report in fields.contracts()}
ARGUMENTS = {
    "show": ["cn-soy-2025"],
    "show deadline": ["cn-soy-2025-delivery"],
    "show source": ["wh-fact-sheet"],
    "show entry": ["#301"],
    "source diff": ["diff", "wh-fact-sheet"],
    "diff": ["2025-11-01", "2026-02-01"],
}


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(seed.document())
    return jsonschema.Draft202012Validator(seed.document())


@pytest.fixture
def tables() -> dict[str, Any]:
    return tomllib.loads(seeds.find("busan-truce").read_text("utf-8"))


def names(declared: Iterable[fields.Key | Key]) -> list[str]:
    return [key.name for key in declared]


def test_no_page_of_the_reference_is_stale() -> None:
    found = [path.name for path in stale()]

    assert not found, f"{', '.join(found)}: stale. Run: uv run python -m docs.generate"


def test_the_reference_has_no_page_that_nothing_writes() -> None:
    assert {*(DOCS / "reference").iterdir()} == {
        DOCS / name for name in PAGES if name.startswith("reference/")
    }


def test_the_picture_of_a_terminal_loads_nothing_from_elsewhere() -> None:
    svg = picture.svg()

    assert "Supreme&#160;Court&#160;voids" in svg
    assert not re.search(r"@font-face|@import|href=|url\((?!#)", svg)


def test_every_variable_that_the_program_reads_is_explained() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    found = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", code))

    assert len(found) > 5
    assert found <= set(re.findall(r"\w+", " ".join(settings.ENVIRONMENT)))


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_page_on_json_has_the_keys_that_are_printed(
    name: str, tracker: Run, busan: Path, tmp_path: Path
) -> None:
    declared = fields.document(CONTRACTS[name])
    rows = keys_of(CONTRACTS[name].row)
    if "source" in name.split():
        for day in ("2025-11-01", "2025-11-05"):
            (tmp_path / "sheet.txt").write_text(f"Seen on {day}")
            tracker(
                "source", "keep", "wh-fact-sheet", tmp_path / "sheet.txt", "--seen", day, db=busan
            )
    *opening, book = names(keys(Frame))

    command = ["--today", "2026-03-22", name.split()[0], *ARGUMENTS.get(name, [])]
    document = data(tracker, *command, db=busan)

    require_same([*document], ["schema", *opening, *names(declared), book], name)
    assert document["rows"]
    for row in document["rows"]:
        require_same([*row], names(rows), f"{name}: rows")


def test_every_report_is_a_command_with_a_type_of_its_own() -> None:
    assert {"status", "week", "history", "check"} < CONTRACTS.keys()
    assert len(CONTRACTS) == len(fields.contracts())


# --- what each key means ----------------------------------------------------------------------


def every_key() -> set[tuple[Any, str]]:
    """Return each key that a report, a file or a table has, with the type that declares it."""
    found = {key for kind in (Frame, *fields.book_tables().values()) for key in keys(kind)}
    found.update(keys(ImportReceipt))
    for report in CONTRACTS.values():
        found.update(fields.document(report))
    for _ in range(3):  # rows in rows
        for key in [*found]:
            if is_row(kind := inner(key.hint)):
                found.update(keys(kind))
    return {(key.kind, key.name) for key in found if key.name != "rows"}


def test_every_key_has_a_meaning() -> None:
    for kind, name in every_key():
        assert fields.meaning(kind, name).endswith(".")
    for kind in fields.FILE_TABLES.values():
        assert all(fields.meaning(kind, name).endswith(".") for name in fields_of(kind))


def test_a_key_without_a_meaning_is_named_with_its_type() -> None:
    with pytest.raises(LookupError, match=r"Write a sentence under Frame\.tonnage"):
        fields.meaning(Frame, "tonnage")


def test_no_meaning_is_written_twice() -> None:
    """A field that means what another of its name means has no words of its own.

    The models describe every column, as people read the schema there.
    """
    kinds = {one for kind in fields.types() for one in kind.__mro__}
    kinds = {kind for kind in kinds if not issubclass(kind, SQLModel)}
    meanings = Counter(
        meaning
        for kind in kinds
        if kind.__module__.startswith("tracker.")
        for meaning in fields.written(kind).items()
    )

    assert [meaning for meaning, count in meanings.items() if count > 1] == []


# --- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", AGREEMENTS, ids=lambda file: file.stem)
def test_editors_take_every_agreement_that_the_program_takes(
    file: Path, schema: jsonschema.Draft202012Validator
) -> None:
    assert not [*schema.iter_errors(tomllib.loads(file.read_text("utf-8")))]


def test_editors_take_one_or_several_where_the_program_does(
    tables: dict[str, Any], schema: jsonschema.Draft202012Validator
) -> None:
    concession, entry = tables["concession"][0], tables["entry"][0]
    several = {"giver": ["cn", "eu"], "receiver": ["us"]}

    joint = tables | {"concession": [concession | several]}
    reported_twice = tables | {"entry": [entry | {"source": ["wh-fact-sheet", "factcheck"]}]}

    assert not [*schema.iter_errors(joint), *schema.iter_errors(reported_twice)]


def mistakes(tables: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an agreement with one mistake after the other."""
    concession, entry = tables["concession"][0], tables["entry"][0]
    yield tables | {"concessions": []}
    yield tables | {"concession": [concession | {"grade": "A"}]}
    yield tables | {"concession": [concession | {"kind": "sale"}]}
    yield tables | {"concession": [concession | {"test": " "}]}
    yield tables | {"concession": [concession | {"giver": []}]}
    yield tables | {"concession": [concession | {"receiver": 2}]}
    yield tables | {"concession": [{k: v for k, v in concession.items() if k != "title"}]}
    yield tables | {"entry": [entry | {"on": "January"}]}
    yield tables | {"entry": [entry | {"value": "8,5"}]}
    yield tables | {"entry": [entry | {"concession": "soybeans", "agreement": "truce"}]}


def test_editors_see_the_mistakes_that_the_program_refuses(
    tables: dict[str, Any], schema: jsonschema.Draft202012Validator
) -> None:
    for wrong in mistakes(tables):
        assert [*schema.iter_errors(wrong)], wrong.keys() - tables.keys() or wrong["entry"][0]


def test_every_key_of_the_schema_says_what_it_means() -> None:
    document = seed.document()
    described = [
        declared.get("description")
        for model in [document, *document["$defs"].values()]
        for declared in model.get("properties", {}).values()
    ]

    assert all(described)


def test_an_example_names_the_schema_that_lies_beside_it() -> None:
    for file in EXAMPLES.glob("*.toml"):
        named = file.read_text("utf-8").partition("\n")[0].removeprefix("#:schema ")
        assert (file.parent / named).resolve() == seeds.schema()
