"""The TOML that declares an agreement: what a file may say, and how a mistake in it is named."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, Run, data, parties

pytestmark = pytest.mark.on("sqlite")

BUSAN = (
    """
[agreement]
slug = "busan-2025"
title = "US–China trade truce"
agreed_on = "2025-10-30"
source = "fact-sheet"

[[agreement.deadline]]
slug = "truce-year"
kind = "expiry"
label = "One-year truce ends"
due_on = "2026-11-10"
source = "fact-sheet"

"""
    + parties("us", "cn")
    + """[[source]]
key = "fact-sheet"
publisher = "White House"
title = "Fact sheet on the arrangement with China"
url = "https://www.whitehouse.gov/fact-sheets/2025/11/"
published_on = "2025-11-01"
official = true

[[concession]]
slug = "soybeans"
title = "Buy US soybeans"
giver = "cn"
receiver = "us"
sector = "agriculture"
kind = "purchase"
instrument = "statement"
test = "At least 12 MMT are bought by the end of 2025."
source = "fact-sheet"

[[concession.deadline]]
slug = "soybeans-2025"
kind = "delivery"
label = "12 MMT by the end of 2025"
opens_on = "2025-11-01"
due_on = "2025-12-31"
target = "12"
unit = "MMT"
source = "fact-sheet"

[[concession]]
slug = "fentanyl-tariff"
title = "Halve the fentanyl tariff"
giver = "us"
receiver = "cn"
sector = "tariffs"
kind = "tariff"
instrument = "law"
test = "The rate is 10 % in the Federal Register."
source = "fact-sheet"
in_return_for = ["soybeans"]

[[entry]]
on = "2025-11-10"
concession = "fentanyl-tariff"
stage = "met"
source = "fact-sheet"

[[entry]]
on = "2026-01-05"
deadline = "soybeans-2025"
value = "4.0"
counted_by = "USDA"
source = "fact-sheet"
"""
)


def entry(text: str) -> str:
    """Return the document with a third entry, of keys separated by commas."""
    return f"{BUSAN}\n[[entry]]\n" + "\n".join(text.split(", "))


def reading(text: str) -> str:
    """Return the document with another reading, of further keys separated by commas."""
    counted = 'on = "2026-01-08", deadline = "soybeans-2025", value = "4", counted_by = "USDA"'
    return entry(f"{counted}, {text}")


def instead(old: str, new: str) -> str:
    """Return the document with one line replaced."""
    assert old in BUSAN
    return BUSAN.replace(old, new, 1)


HELD = f"""
[agreement]
slug = "phase-one"
title = "Phase one"
agreed_on = "2020-01-15"
source = "usda"

{parties("us", "cn", "jp")}

[[source]]
key = "usda"
publisher = "USDA"
title = "Export sales"

[[concession]]
slug = "sorghum"
title = "Buy sorghum"
giver = "cn"
receiver = "us"
sector = "agriculture"
source = "usda"

[[concession.deadline]]
slug = "sorghum-2026"
kind = "delivery"
label = "1 MMT"
due_on = 2026-12-31
target = 1
unit = "MMT"
source = "usda"
"""
"""What another file declared before; it leaves out all that has a default."""

Apply = Callable[..., Ran]


@pytest.fixture
def apply(tracker: Run, tmp_path: Path) -> Apply:
    """Apply a file to a new book, in which an earlier one may be `held`."""

    def call(text: str | bytes, held: str | None = None) -> Ran:
        path, db = tmp_path / "busan.toml", tmp_path / "new.db"
        if not db.exists():
            assert tracker("init", "--empty", db=db).code == 0
        if held is not None:
            path.write_text(held, "utf-8")
            assert tracker("apply", path, db=db).code == 0
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return tracker("apply", path, db=db)

    return call


@pytest.fixture
def complaints(apply: Apply) -> Callable[..., list[str]]:
    """Apply a file with mistakes, and return these."""

    def call(text: str, held: str | None = None) -> list[str]:
        ran = apply(text, held)
        assert ran.code == 5, ran.out
        first, *listed = ran.err.splitlines()
        return [line.strip() for line in listed] or [first.partition(" Correct ")[2]]

    return call


@pytest.fixture
def rows(tracker: Run, apply: Apply, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Apply a file, and return what the history of the book then has."""

    def call(text: str | bytes, held: str | None = None) -> list[dict[str, Any]]:
        ran = apply(text, held)
        assert ran.code == 0, ran.err
        found = data(tracker, "history", "--all", db=tmp_path / "new.db")["rows"]
        return sorted(found, key=lambda row: row["entry"])

    return call


Wrong = Callable[..., list[str]]
Rows = Callable[..., list[dict[str, Any]]]


# --- a file as a whole ----------------------------------------------------------------------


def test_days_and_quantities_are_kept_as_they_are_given(rows: Rows) -> None:
    found = rows(BUSAN)
    declared = {row["subject"]: row["declares"] for row in found if row["declares"]}
    assert declared["busan-2025"]["agreed_on"] == "2025-10-30"
    assert (declared["soybeans-2025"]["opens_on"], declared["soybeans-2025"]["target"]) == (
        "2025-11-01",
        "12",
    )
    assert [row["value"] for row in found if row["kind"] == "reading"] == [4.0]


@pytest.mark.parametrize(
    ("quoted", "bare"),
    [
        ('due_on = "2025-12-31"', "due_on = 2025-12-31"),
        ('opens_on = "2025-11-01"', "opens_on = 2025-11-01"),
        ('published_on = "2025-11-01"', "published_on = 2025-11-01"),
        ('on = "2025-11-10"', "on = 2025-11-10"),
        ('agreed_on = "2025"', "agreed_on = 2025"),
        ('target = "12"', "target = 12"),
        ('target = "12.50"', "target = 12.50"),
        ('stage = "met"', 'stage = "Done"'),
        ('kind = "expiry"', 'kind = "Expiry"'),
        ('value = "0.000000001"', "value = 0.000000001"),
    ],
)
def test_a_bare_value_or_a_synonym_means_what_the_plain_one_does(
    rows: Rows, apply: Apply, quoted: str, bare: str
) -> None:
    key = quoted.partition(" ")[0]
    assert rows(re.sub(rf'(?m)^{key} = ".*"', quoted, BUSAN, count=1))
    again = apply(re.sub(rf'(?m)^{key} = ".*"', bare, BUSAN, count=1))
    assert again.out.splitlines()[-1] == "0 changes and 0 entries written."


def test_a_concession_has_a_kind_an_instrument_and_a_test_by_default(rows: Rows) -> None:
    declared = {row["subject"]: row["declares"] for row in rows(HELD)}["sorghum"]
    assert (declared["kind"], declared["instrument"], declared["test"]) == (
        "other",
        "statement",
        "as its sources judge it",
    )


def test_things_are_declared_in_the_order_that_references_need(rows: Rows) -> None:
    party = '[[party]]\nslug = "{0}"\nname = "{0}"\nshort = "{0}"\n'
    member = party + 'part_of = "{1}"\n'
    blocs = [
        member.format("eu-steel", "eu-firms"),
        member.format("eu-firms", "eu"),
        party.format("eu"),
        member.format("jp-firms", "jp"),
    ]
    declared = [row["subject"] for row in rows(BUSAN + "".join(blocs), HELD)][7:]

    assert declared[:-2] == [
        *("eu", "jp-firms", "eu-firms", "eu-steel", "fact-sheet", "busan-2025", "truce-year"),
        *("soybeans", "soybeans-2025", "fentanyl-tariff"),
    ]


def test_a_side_may_be_several_parties(rows: Rows, complaints: Wrong) -> None:
    text = instead('receiver = "cn"', 'receiver = ["cn", "us"]').replace(
        'giver = "us"', 'giver = ["us", "jp"]', 1
    )
    assert complaints(text) == [
        "[[concession]] 'fentanyl-tariff', key 'giver': no party 'jp'. Known: cn, us"
    ]
    declared = {row["subject"]: row["declares"] for row in rows(text, HELD) if row["declares"]}
    tariff = declared["fentanyl-tariff"]
    assert (tariff["giver"], tariff["receiver"]) == (["us", "jp"], ["cn", "us"])


def test_a_bloc_that_nobody_declares_is_named(complaints: Wrong) -> None:
    assert complaints(instead('short = "US"', 'short = "US"\npart_of = "g7"')) == [
        "[[party]] 'us', key 'part_of': no party 'g7'. Known: cn, us"
    ]


def test_an_entry_may_have_several_sources(rows: Rows) -> None:
    text = BUSAN.replace('counted_by = "USDA"\nsource = "fact-sheet"',
                         'counted_by = "USDA"\nsource = ["fact-sheet", "usda"]')  # fmt: skip
    assert rows(text, HELD)[-1]["source"] == ["fact-sheet", "usda"]


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + BUSAN.encode(), BUSAN.replace("\n", "\r\n").encode()]
)
def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(apply: Apply, content: bytes) -> None:
    assert apply(content, BUSAN).out.splitlines()[-1] == "0 changes and 0 entries written."


def test_a_file_that_is_not_there_is_named(tracker: Run, tmp_path: Path) -> None:
    ran = tracker("apply", tmp_path / "phase-one.toml")
    assert (ran.code, "phase-one" in ran.err) == (3, True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BUSAN.encode("utf-16"), "it is not UTF-8 text"),
        (BUSAN.replace("–", "\x96").encode("latin-1"), "it is not UTF-8 text"),
        (bytes(range(256)), "it is not UTF-8 text"),
        (b"SQLite format 3\x00\x10", "(at line 1"),
        (b"slug,stage\nsoybeans,met\n", "(at line 1"),
        (b'{"schema": 1}', "(at line 1"),
        (BUSAN.encode() + b"\x00", "(at line"),
        (b"day = 2026-02-30", "Invalid date or datetime (at line 1"),
        (b"value = " + b"9" * 5000, "4300 digits"),
        (b"value = " + b"[" * 5000, "its values are nested too deeply"),
    ],
    ids=["utf-16", "latin-1", "bytes", "sqlite", "csv", "json", "nul", "day", "number", "nesting"],
)
def test_what_is_no_toml_gets_one_clear_line(apply: Apply, content: bytes, reason: str) -> None:
    ran = apply(content)
    assert ran.code == 5
    assert reason in ran.err
    assert "busan.toml" in ran.err
    assert "It should be" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_export_a_folder_and_an_endless_file_are_refused(tracker: Run, tmp_path: Path) -> None:
    (export := tmp_path / "truce.jsonl").write_text('{"type":"book","format":"truce-tracker"}\n')

    assert "'tracker import' reads tables and exports" in tracker("apply", export).err
    assert "it is a folder. It should be" in tracker("apply", tmp_path).err
    assert "it is larger than 32 MiB" in tracker("apply", "/dev/zero").err


@pytest.mark.parametrize("text", ["", "\n", "# soon\n", "\ufeff"])
def test_an_empty_file_lacks_its_agreement(complaints: Wrong, text: str) -> None:
    assert complaints(text) == ["table [agreement]: it is missing"]


# --- single mistakes ------------------------------------------------------------------------

CONTROL = "does not have the right form; write one line without control characters"
OPENS_AND_AWAITS = 'opens_on = "2025-11-01"\nbound = "at-most"\nawaits = "a licence"'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        # keys
        (instead('short = "US"', 'short = "US"\nflag = "🇺🇸"'),
         "[[party]] 'us', key 'flag': there is no such key. " "Known: slug, name, short, part_of"),
        (instead('short = "China"\n', ""), "[[party]] 'cn', key 'short': it is missing"),
        (instead('slug = "us"\n', ""), "[[party]] 1, key 'slug': it is missing"),
        (instead('title = "US–China trade truce"\n', ""),
         "[agreement], key 'title': it is missing"),
        (instead('label = "12 MMT by the end of 2025"\n', ""),
         "[[concession.deadline]] 'soybeans-2025', key 'label': it is missing"),
        (instead('label = "One-year truce ends"\n', ""),
         "[[agreement.deadline]] 'truce-year', key 'label': it is missing"),
        ("[[parties]]\n" + BUSAN, "table [parties]: there is no such key. Did you mean 'party'?"),
        (entry('on = "2026-01-08", concession = "soybeans", stege = "met"'),
         "[[entry]] 3, key 'stege': there is no such key. Did you mean 'stage'?"),
        # tables and lists
        ('[[agreement]]\nslug = "busan-2025"', "table [agreement]: write it as one table"),
        (instead('in_return_for = ["soybeans"]', "in_return_for = [12]"),
         "[[concession]] 'fentanyl-tariff', key 'in_return_for': "
         "write it as text, in quotes"),
        # words
        (instead('kind = "purchase"', 'kind = "purchases"'),
         "[[concession]] 'soybeans', key 'kind': 'purchases' is not a kind. "
         "Did you mean 'purchase'?"),
        (instead('kind = "purchase"', 'kind = "pur\\nchase"'),
         "[[concession]] 'soybeans', key 'kind': 'pur\\nchase' is not a kind. "
         "Did you mean 'purchase'?"),
        (instead('stage = "met"', 'stage = "sold"'),
         "[[entry]] 1, key 'stage': 'sold' is not a status. Known: kept, partly, "
         "started, promised, negotiating, stalled, missed, broken, overtaken"),
        # days and quantities
        (instead('on = "2025-11-10"', "on = 2025-11-10T09:00:00"),
         "[[entry]] 1, key 'on': write it as text, in quotes"),
        (instead('on = "2025-11-10"', 'on = "2026-02-30"'),
         "[[entry]] 1, key 'on': '2026-02-30' is not a valid date, month or year. "
         "Write 2026-04-15, 2026-04 or 2026"),
        (instead('on = "2025-11-10"', 'on = "yesterday"'),
         "[[entry]] 1, key 'on': 'yesterday' is not a valid date, month or year. "
         "Write 2026-04-15, 2026-04 or 2026"),
        (instead('due_on = "2026-11-10"', 'due_on = "autumn 2026"'),
         "[[agreement.deadline]] 'truce-year', key 'due_on': 'autumn 2026' is not a valid "
         "date, month or year. Write 2026-04-15, 2026-04 or 2026"),
        (instead('target = "12"', 'target = "12"\nbound = "maximum"'),
         "[[concession.deadline]] 'soybeans-2025', key 'bound': "
         "'maximum' is not a bound. Known: at-least, at-most"),
        (instead('receiver = "us"', 'receiver = "us"\nhold = "yes"'),
         "[[concession]] 'soybeans', key 'hold': write true or false"),
        (instead('receiver = "us"', 'receiver = "us"\npromised_on = "soon"'),
         "[[concession]] 'soybeans', key 'promised_on': 'soon' is not a valid date, month or "
         "year. Write 2026-04-15, 2026-04 or 2026"),
        (instead('target = "12"', "target = true"),
         "[[concession.deadline]] 'soybeans-2025', key 'target': "
         "write it as text, in quotes"),
        (instead('value = "4.0"', 'value = "NaN"'),
         "[[entry]] 2, key 'value': 'NaN' is not a plain decimal number. "
         "Write a plain decimal such as 8.5, without a unit"),
        (instead("official = true", 'official = "yes"'),
         "[[source]] 'fact-sheet', key 'official': write true or false"),
        # slugs, names and addresses
        (instead('slug = "us"', 'slug = "U.S."').replace('"us"', '"mx"'),
         "[[party]] 'U.S.', key 'slug': 'U.S.' does not have the right form; write lower-case "
         "letters, digits and hyphens"),
        (instead('key = "fact-sheet"', 'key = "Fact Sheet"'),
         "[[source]] 'Fact Sheet', key 'key': 'Fact Sheet' does not have the right form; write "
         "lower-case letters, digits and hyphens"),
        (instead('name = "China"', 'name = " "'),
         "[[party]] 'cn', key 'name': it is empty; write one line without control characters"),
        (instead('name = "China"', 'name = "China\\n"'),
         f"[[party]] 'cn', key 'name': 'China\\n' {CONTROL}"),
        (instead('giver = "cn"', "giver = []"),
         "[[concession]] 'soybeans', key 'giver': it is empty"),
        (instead('name = "China"', 'name = "\\u001bChina"'),
         f"[[party]] 'cn', key 'name': '\\x1bChina' {CONTROL}"),
        (instead('slug = "us"', f'slug = "{65 * "u"}"').replace('"us"', '"mx"'),
         f"[[party]] '{65 * 'u'}', key 'slug': it is longer than 64 characters"),
        (instead('test = "At least', 'test = "At\\u0000least'),
         "[[concession]] 'soybeans', key 'test': 'At\\x00least 12 MMT are bought by the end "
         f"of 2025.' {CONTROL.replace('one line', 'text')}"),
        (instead('name = "China"', 'name = "Chi\\u0000na"'),
         f"[[party]] 'cn', key 'name': 'Chi\\x00na' {CONTROL}"),
        (instead('url = "https:', 'url = "javascript:'), "[[source]] 'fact-sheet', key 'url': "
         "'javascript://www.whitehouse.gov/fact-sheets/2025/11/' is not a web address. "
         "Write a whole http:// or https:// address without spaces"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_taken_is_named_with_its_place(
    complaints: Wrong, text: str, complaint: str
) -> None:
    assert complaints(text) == [complaint]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        # names that nothing has
        (instead('giver = "cn"', 'giver = "china"'),
         "[[concession]] 'soybeans', key 'giver': no party 'china'. Known: cn, us"),
        (instead('giver = "cn"', 'giver = "us"'),
         "[[concession]] 'soybeans', key 'receiver': giver and receiver are the same"),
        (instead('source = "fact-sheet"\n\n[[agreement', 'source = "reuters"\n\n[[agreement'),
         "[agreement], key 'source': no source 'reuters'. Known: fact-sheet"),
        (instead('unit = "MMT"\nsource = "fact-sheet"', 'unit = "MMT"\nsource = "usda"'),
         "[[concession.deadline]] 'soybeans-2025', key 'source': no source 'usda'. "
         "Known: fact-sheet"),
        (instead('in_return_for = ["soybeans"]', 'in_return_for = "soybean"'),
         "[[concession]] 'fentanyl-tariff', key 'in_return_for': "
         "no concession 'soybean'. Did you mean 'soybeans'?"),
        (entry('on = "2026-01-08", concession = "soybeans", stage = "met", says = "eu"'),
         "[[entry]] 3, key 'says': No party 'eu' in this book. Known: us, cn"),
        (entry('on = "2026-01-08", concession = "truce-year", stage = "met"'),
         "[[entry]] 3: 'truce-year' is a deadline, not a concession"),
        (entry('on = "2026-01-08", concession = "soybeans", note = "x", source = "data:,x"'),
         "[[entry]] 3: No source 'data:,x' in this book. Give a whole web address, or a key that "
         "'tracker sources' lists; 'tracker add source' declares one. Known: fact-sheet"),
        # slugs that name two things
        (BUSAN + '[[party]]\nslug = "us"\nname = "America"\nshort = "USA"\n',
         "[[party]] 'us': it names 2 things in this file"),
        (BUSAN + '[[source]]\nkey = "fact-sheet"\npublisher = "MOFCOM"\ntitle = "Readout"\n',
         "[[source]] 'fact-sheet': it names 2 things in this file"),
        # deadlines
        (instead('unit = "MMT"\n', "").replace('value = "4.0"', 'value = "4.0"\nunit = "MMT"'),
         "[[concession.deadline]] 'soybeans-2025', key 'target': "
         "a target needs a unit, and a unit a target"),
        (instead('kind = "delivery"', 'kind = "review"'),
         "[[concession.deadline]] 'soybeans-2025', key 'target': only a delivery has one"),
        (instead('target = "12"', 'target = "0.0"'),
         "[[concession.deadline]] 'soybeans-2025', key 'target': "
         "nothing can be measured against a target of 0; give a base, or make it a limit"),
        (instead('target = "12"', 'target = "12"\nbase = "12.0"'),
         "[[concession.deadline]] 'soybeans-2025', key 'base': it is the same as the target"),
        (
            instead('target = "12"\nunit = "MMT"', 'bound = "at-most"').replace(
                'value = "4.0"', 'value = "4.0"\nunit = "MMT"'
            ),
            "[[concession.deadline]] 'soybeans-2025', key 'bound': there is no target",
        ),
        (instead('opens_on = "2025-11-01"', 'awaits = "a licence"'),
         "[[concession.deadline]] 'soybeans-2025', key 'awaits': "
         "it replaces 'due_on'; give only one of them"),
        (instead('opens_on = "2025-11-01"', OPENS_AND_AWAITS),
         "[[concession.deadline]] 'soybeans-2025', key 'awaits': "
         "it replaces 'opens_on'; give only one of them"),
        (instead('due_on = "2025-12-31"\n', ""),
         "[[concession.deadline]] 'soybeans-2025', key 'due_on': "
         "it is missing; for a delivery without a day, say with 'awaits' what it waits for"),
        (instead('due_on = "2026-11-10"', 'awaits = "a summit"'),
         "[[agreement.deadline]] 'truce-year', key 'awaits': only a delivery has it"),
        (instead('opens_on = "2025-11-01"', 'opens_on = "2026-01-01"'),
         "[[concession.deadline]] 'soybeans-2025', key 'opens_on': it is after 'due_on'"),
        # entries
        (entry('on = "2026-01-08", concession = "soybeans", deadline = "truce-year", note="-"'),
         "[[entry]] 3: name one agreement, concession or deadline"),
        (entry('on = "2026-01-08", note = "Talks in Kuala Lumpur."'),
         "[[entry]] 3: name one agreement, concession or deadline"),
        (entry('on = "2026-01-08", concession = "soybeans"'),
         "[[entry]] 3, key 'note': a note needs it; give that, or status, due_on, outcome or"
         " value"),
        (entry('on = "2026-01-08", concession = "soybeans", stage = "met", basis = "sold"'),
         "[[entry]] 3, key 'basis': a status does not have it"),
        (entry('on = "2026-01-08", deadline = "soybeans-2025", due_on = "2026", value = "4"'),
         "[[entry]] 3, key 'value': a move does not have it"),
        (reading('says = "us"'), "[[entry]] 3, key 'says': a reading does not have it"),
        (entry('on = "2026-01-08", concession = "soybeans", check = true, says = "us"'),
         "[[entry]] 3, key 'says': a check does not have it"),
        (entry('on = "2026-01-08", deadline = "truce-year", due_on = "2027", unit = "MMT"'),
         "[[entry]] 3, key 'unit': there is no target to count towards"),
        (entry('on = "2026-01-08", deadline = "truce-year", due_on = "2027", outcome = "met"'),
         "[[entry]] 3, key 'outcome': a move does not have it"),
        (entry('on = "2026-01-08", deadline = "truce-year", outcome = "met", says = "us"'),
         "[[entry]] 3, key 'says': an outcome does not have it"),
        (entry('on = "2026-01-08", deadline = "soybeans-2025", value = "4"'),
         "[[entry]] 3, key 'counted_by': a reading needs it"),
        (entry('on = "2026-01-08", deadline = "soybeans-2025", stage = "met"'),
         "[[entry]] 3, key 'deadline': a status is about a concession"),
        (entry('on = "2026-01-08", concession = "soybeans", outcome = "met"'),
         "[[entry]] 3, key 'concession': an outcome is about a deadline"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_named_with_its_place(
    complaints: Wrong, text: str, complaint: str
) -> None:
    assert complaints(text) == [complaint]


def test_blocs_in_a_circle_and_equal_slugs_are_told_once(complaints: Wrong) -> None:
    party = '\n[[party]]\nslug = "{0}"\nname = "{0}"\nshort = "{0}"\npart_of = "{1}"\n'
    circle = [party.format(*pair) for pair in (("eu", "efta"), ("efta", "eu"), ("firm", "eu"))]
    soybeans = BUSAN.partition('[[concession]]\nslug = "soybeans"')[2].partition("[[")[0]
    again = f'\n[[concession]]\nslug = "soybeans"{soybeans}'

    assert complaints(BUSAN + again) == [
        "[[concession]] 'soybeans': it names 2 things in this file"
    ]
    assert complaints(BUSAN + "".join(circle)) == [
        "table [party], key 'part_of': these parties would be part of themselves: eu, efta, eu"
    ]


def test_a_slug_that_names_two_things_is_named_at_both(complaints: Wrong) -> None:
    doubled = instead('slug = "truce-year"', 'slug = "soybeans"')
    assert complaints(doubled) == [
        "[[agreement.deadline]] 'soybeans': it names 2 things in this file",
        "[[concession]] 'soybeans': it names 2 things in this file",
    ]


# --- several mistakes -----------------------------------------------------------------------


def test_all_values_that_cannot_be_taken_are_reported_together(complaints: Wrong) -> None:
    text = (
        instead('short = "US"', 'shrot = "US"')
        .replace('kind = "tariff"', 'kind = "duty"')
        .replace('on = "2026-01-05"', "on = [2026]")
        .replace('target = "12"', 'target = "12 MMT"')
    )
    places = [complaint.split(":")[0] for complaint in complaints(text)]
    assert sorted(places) == [
        "[[concession.deadline]] 'soybeans-2025', key 'target'",
        "[[concession]] 'fentanyl-tariff', key 'kind'",
        "[[entry]] 2, key 'on'",
        "[[party]] 'us', key 'short'",
        "[[party]] 'us', key 'shrot'",
    ]


def test_all_that_does_not_fit_together_is_reported_together(complaints: Wrong) -> None:
    text = instead('unit = "MMT"\n', "") + '[[entry]]\non = "2026-01-08"\nnote = "Talks"\n'
    assert complaints(text) == [
        "[[concession.deadline]] 'soybeans-2025', key 'target': a target needs a unit, and a unit"
        " a target",
        "[[entry]] 3: name one agreement, concession or deadline",
    ]


def test_values_and_what_they_name_are_reported_together(complaints: Wrong) -> None:
    text = (
        instead('short = "US"\n', "")
        .replace('kind = "tariff"\n', 'kind = "duty"\n')
        .replace('receiver = "cn"', 'receiver = "ch"')
        .replace('giver = "cn"', 'giver = "zh"')
    )
    assert complaints(f"""{text}
[[entry]]
on = "2026-01-08"
concession = "soybean"
status = "kept"
says = "uk"
source = "fact"
""") == [
        "[[party]] 'us', key 'short': it is missing",
        "[[concession]] 'fentanyl-tariff', key 'kind': 'duty' is not a kind. Known: purchase, "
        "tariff, export-control, licensing, investment, access, institution, meeting, other",
        "[[concession]] 'soybeans', key 'giver': no party 'zh'. Known: cn, us",
        "[[concession]] 'fentanyl-tariff', key 'receiver': no party 'ch'. Known: cn, us",
        "[[entry]] 3, key 'concession': no concession 'soybean'. Did you mean 'soybeans'?",
        "[[entry]] 3, key 'says': no party 'uk'. Known: cn, us",
        "[[entry]] 3, key 'source': no source 'fact'. Did you mean 'fact-sheet'?",
    ]


# --- what the book already holds ------------------------------------------------------------


def test_a_file_may_refer_to_what_the_book_holds(rows: Rows) -> None:
    text = (
        entry(
            'on = "2026-01-08", deadline = "sorghum-2026", value = "1", source = "usda", '
            'counted_by = "USDA"'
        )
        + '\n[[entry]]\non = "2026-01-08"\nagreement = "phase-one"\nsays = "jp"\nnote = "Over."\n'
    ).replace('in_return_for = ["soybeans"]', 'in_return_for = ["soybeans", "sorghum"]')
    assert [row["subject"] for row in rows(text, HELD)[-2:]] == ["sorghum-2026", "phase-one"]


def test_a_web_address_is_a_source_that_need_not_be_declared(rows: Rows) -> None:
    address = "https://www.usda.gov/export-sales"
    text = entry(f'on = "2026-01-08", concession = "soybeans", note = "x", source = "{address}"')
    assert rows(text)[-1]["source"] == [address]


# --- entries --------------------------------------------------------------------------------


def test_an_entry_is_of_the_kind_that_its_keys_make_it(rows: Rows) -> None:
    text = (
        entry('on = "2026-01-06", concession = "soybeans", stage = "partial", says = "us"')
        + '\n[[entry]]\non = "2026-01-06"\ndeadline = "soybeans-2025"\ndue_on = "2026-02"\n'
        + '[[entry]]\non = "2026-01-06"\ndeadline = "truce-year"\noutcome = "cancelled"\n'
        + '[[entry]]\non = "2026-01-06"\nagreement = "busan-2025"\ncheck = true\n'
        + '[[entry]]\non = "2026-01-06"\ndeadline = "truce-year"\nnote = "Talks on extension."\n'
    )
    claim, move, closing, looked, note = rows(text)[-5:]
    assert (claim["kind"], claim["status"], claim["says"]) == ("stage", "partly", "us")
    assert (move["kind"], move["due_on"]) == ("deadline", "2026-02")
    assert (closing["kind"], closing["outcome"]) == ("deadline", "cancelled")
    assert (looked["kind"], looked["subject"]) == ("check", "busan-2025")
    assert (note["kind"], note["note"]) == ("note", "Talks on extension.")


def test_a_long_key_is_quoted_in_part(complaints: Wrong) -> None:
    found = complaints(f"{'a' * 400_000} = 1\n")
    assert f"table [{'a' * 60}…]: there is no such key. Known: " in " ".join(found)
