"""Every error, provoked: its exact words and its exit code. tests/cli/test_mistakes.py has more."""

import json
import re
import shlex
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.test_mistakes import MISTAKES
from tests.conftest import PHASE_ONE, Run, fill, held_by
from tracker import errors
from tracker.book import Book
from tracker.database import Target
from tracker.errors import TrackerError
from tracker.errors.wording import suggestion

pytestmark = pytest.mark.on("sqlite")

SOY = "cn-soy-2025-delivery"
DECLARED, ENTRIES = held_by("busan-truce")
STAGE, NEXT = DECLARED + 1, ENTRIES + 1
"""The first entry of the book on what happened, a stage, and the first that a test adds."""
STEEL = """
[agreement]
slug = "steel-2026"
title = "A quota for steel"
agreed_on = "2026-01-05"
source = "readout"

[[party]]
slug = "us"
name = "United States"
short = "US"

[[party]]
slug = "jp"
name = "Japan"
short = "Japan"

[[source]]
key = "readout"
publisher = "METI"
title = "Readout of the talks"
published_on = "2026-01-05"

[[concession]]
slug = "steel"
title = "Lift the quota on steel"
giver = "us"
receiver = "jp"
sector = "metals"
kind = "tariff"
instrument = "readout"
test = "Steel enters without a quota."
source = "readout"
"""
QUOTA = """
[[concession.deadline]]
slug = "steel-quota"
kind = "delivery"
label = "1.25 Mt free of duty"
due_on = "2026-12-31"
target = "1.25"
unit = "Mt"
source = "readout"
"""
FILES = {
    "steel.toml": STEEL,
    "quota.toml": STEEL + QUOTA,
    "waiting.toml": STEEL + QUOTA.replace('due_on = "2026-12-31"', 'awaits = "Diet ratifies"'),
    "kilotons.toml": STEEL + QUOTA.replace('"Mt"', '"kt"'),
    "nameless.toml": STEEL.replace('short = "Japan"\n', ""),
    "swapped.toml": STEEL.replace('"jp"\nsector', '"us"\nsector').replace(
        'giver = "us"', 'giver = "jp"'
    ),
    "sheet.txt": "China will buy 12 MMT of soybeans.",
    "empty.csv": "",
    "late.csv": "stage,concession,effective_on\nmet,cn-soy-2025,0\n",
    "later.csv": "stage,concession,effective_on\nmet,cn-soy-2025,0\nmet,cn-soy-2025,2026-02-30\n",
}
A_PERIOD = "is not a valid date, month or year. Write 2026-04-15, 2026-04 or 2026"

PROVOKED: list[tuple[type[TrackerError], str, str]] = [
    # --- wrong usage
    (
        errors.NothingToAmend,
        f"amend {STAGE}",
        f"Nothing to amend in entry {STAGE}."
        " Name the correction; a stage takes --stage, --says, --on, --public, --source, --note",
    ),
    (
        errors.NothingToAmend,
        f"close {SOY} met; amend {NEXT}",
        f"Nothing to amend in entry {NEXT}."
        " Name the correction; an outcome takes --outcome, --on, --public, --source, --note",
    ),
    (
        errors.OptionNotOfKind,
        f"amend {STAGE} --value 3",
        f"--value does not fit entry {STAGE}, a stage."
        " A stage takes --stage, --says, --on, --public, --source, --note",
    ),
    (
        errors.NotAnAddress,
        "publish site --url truce.example",
        "'truce.example' is not a web address. Write it in full, such as https://example.org/truce/",
    ),
    (
        errors.OutsideWeek,
        "week 2026-W03",
        "Week 2026-W03 begins on 2026-01-12, after the as-of day 2026-01-08."
        " Name an earlier week or a later --as-of",
    ),
    (
        errors.BackwardSpan,
        "diff 2026-01-08 2025-12-30",
        "2025-12-30 is before 2026-01-08. Write the earlier day first",
    ),
    (
        errors.UnitNeeded,
        "measure tiktok-divestiture-delivery 1",
        "'tiktok-divestiture-delivery' has no unit yet. Name one after the value, such as MMT",
    ),
    (
        errors.UnknownWord,
        f"close {SOY} kept",
        "'kept' is not an outcome. Known: met, missed, cancelled",
    ),
    (
        errors.NothingChanged,
        "change us --short US --reason Misread",
        "Nothing to change in 'us'. Name a field and its new value",
    ),
    (
        errors.BadField,
        "change cn-soy-2025 --kind purchases --reason Misread",
        "Field 'kind': 'purchases' is not one of 'purchase', 'tariff', 'export-control',"
        " 'licensing', 'investment', 'access', 'institution', 'meeting' or 'other'."
        " Did you mean 'purchase'?",
    ),
    (
        errors.BadField,
        f"change {SOY} --due soon --reason Misread",
        "Field 'due_on': 'soon' is not a valid date, month or year."
        " Write 2026-04-15, 2026-04 or 2026",
    ),
    (
        errors.BadField,
        "change cn-soy-2025 --publisher USDA --reason Misread",
        "Field 'publisher': a concession has no such field. Write one of agreement, title,"
        " sector, kind, instrument, test, locator, quote, hold, giver, receiver, source,"
        " promised_on, in_return_for",
    ),
    (
        errors.AgreementNeeded,
        "apply steel.toml; export --toml",
        "A file holds one agreement. Name it with --agreement. Known: busan-truce, steel-2026",
    ),
    (
        errors.UnknownDatabase,
        "--db mysql://db/truce week",
        "No database of kind 'mysql'."
        " Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE",
    ),
    (
        errors.UnreadableAddress,
        "--db 'postgresql://wang:s3#cret@db/truce' week",
        "The address of the PostgreSQL database cannot be read."
        " Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
        " with %40 for @, %2F for /, %3A for : in a password",
    ),
    # --- no such thing
    (
        errors.OutOfView,
        f"apply {PHASE_ONE}; show list-4a --agreement busan-truce",
        "'list-4a' is a concession of another agreement, 'phase-one'."
        " Name it with --agreement phase-one, or leave --agreement out",
    ),
    (
        errors.OutOfView,
        f"apply {PHASE_ONE}; show list-4a --known-by 2020-01-01",
        "'list-4a' was not in the book at that moment."
        " Name a later one with --known-by, or leave it out",
    ),
    (
        errors.OtherKind,
        "measure cn-soy-2025 8",
        f"'cn-soy-2025' is a concession, not a deadline. Its deadline: {SOY}",
    ),
    (
        errors.OtherKind,
        f"status {SOY}",
        f"'{SOY}' is a deadline, not a concession. Its concession: cn-soy-2025",
    ),
    (
        errors.NoSuchEntry,
        "--db empty.db init --empty; --db empty.db retract 1 --reason Misread",
        "No entry 1 in this book. The journal is empty; see 'tracker history'",
    ),
    (
        errors.NoSuchHead,
        "status --known-by 9f3c2d71ab04",
        "No head '9f3c2d71ab04' in this book. Give the head as reports print it,"
        " such as 9f3c2d71ab04, or an entry such as #88",
    ),
    (errors.NoSuchFile, "import updates.csv", "No file 'updates.csv'. Check the path"),
    (errors.NoSuchTopic, "help exit-code", "No help on 'exit-code'. Did you mean 'exit-codes'?"),
    (
        errors.NoSuchShipped,
        "init seeds/artikle.toml",
        "No seed and no file 'seeds/artikle.toml'."
        " Check the path, or name a seed: article, busan-truce, us-eu, us-japan, us-korea",
    ),
    (
        errors.NothingToCompare,
        "source diff wh-fact-sheet",
        "There is no kept text of 'wh-fact-sheet' at these clocks."
        " Keep one with 'tracker source keep wh-fact-sheet FILE'",
    ),
    (
        errors.NothingToCompare,
        "source keep wh-fact-sheet sheet.txt; source diff wh-fact-sheet",
        "There is only one kept text of 'wh-fact-sheet' at these clocks."
        " Keep another one with 'tracker source keep wh-fact-sheet FILE'",
    ),
    (
        errors.NoTextThen,
        "source keep wh-fact-sheet sheet.txt; source diff wh-fact-sheet --from 2025-11-01",
        f"There is no kept text of 'wh-fact-sheet' for 2025-11-01. Its texts: #{NEXT} (2026-01-08)",
    ),
    # --- refused
    (
        errors.MissedTooEarly,
        "close cn-soy-2026-delivery missed",
        "'cn-soy-2026-delivery' cannot be missed on 2026-01-08: it runs to 2026-12-31."
        " Log the concession as 'stalled' while it is open",
    ),
    (
        errors.NothingToMiss,
        "apply steel.toml; log steel missed",
        "'steel' cannot be missed: it has no delivery day and no term that ends."
        " Log 'stalled' or 'broken', or declare a deadline",
    ),
    (
        errors.OtherOutcome,
        "close busan-truce-end met",
        "'busan-truce-end' is an expiry, which cannot be closed as met."
        " Close it as cancelled, move it, or log a stage of its concession",
    ),
    (
        errors.StillWaiting,
        "apply waiting.toml; close steel-quota missed",
        "'steel-quota' cannot be missed: its day awaits 'Diet ratifies'."
        " Give it a day with 'tracker move'",
    ),
    (
        errors.NotADelivery,
        "measure busan-truce-end 8",
        "'busan-truce-end' is of kind 'expiry', not a delivery; there is nothing to measure."
        " Measure a delivery; see 'tracker deadlines'",
    ),
    (
        errors.NoTarget,
        "move busan-truce-end 2027 --target 5",
        "'busan-truce-end' has no target to restate. Leave --target out, or declare a delivery",
    ),
    (
        errors.BeforeWindow,
        f"move {SOY} 2025-10",
        f"'{SOY}' cannot be due on 2025-10: its window opens on 2025-11-01. Name a later day",
    ),
    (
        errors.AlreadyClosed,
        f"close {SOY} missed; close {SOY} met",
        f"'{SOY}' is already closed as missed, by entry {NEXT}."
        f" Correct that with 'tracker amend {NEXT}' or 'tracker retract {NEXT}'",
    ),
    (
        errors.CannotAmend,
        f"checked cn-soy-2025; amend {NEXT} -m 'Looked twice'",
        f"Entry {NEXT} is a check and has nothing to amend."
        f" Retract it with 'tracker retract {NEXT} --reason …'",
    ),
    (
        errors.CannotAmend,
        "amend 1 -m America",
        "Entry 1 is a declaration and has nothing to amend."
        " Change what is declared with 'tracker change SLUG … --reason TEXT'",
    ),
    (
        errors.BookExists,
        "init",
        "There is already a book at {book}."
        " Add an agreement to it with 'tracker apply FILE.toml', or name another --db",
    ),
    (
        errors.NotOurFolder,
        "publish .",
        "'.' holds 'empty.csv', which is not part of a site made by tracker,"
        " or was changed since."
        " Name a new folder, or move that file away",
    ),
    (
        errors.ConflictingDocument,
        "apply quota.toml; measure steel-quota 1 --by METI; apply kilotons.toml --reason Misread",
        "kilotons.toml conflicts with the book; nothing was written."
        f" 'unit' of 'steel-quota' cannot change while entries rest on it (#{NEXT + 5})."
        " Retract them first, or declare another thing under a new slug",
    ),
    (
        errors.ReasonNeeded,
        "apply steel.toml; apply swapped.toml",
        "This changes declarations without giving a reason; nothing was written."
        " Add --reason TEXT to change these places:"
        "\n  concession steel: giver changed from 'us' to 'jp'"
        "\n  concession steel: receiver changed from 'jp' to 'us'",
    ),
    (
        errors.EntriesRest,
        "apply quota.toml; measure steel-quota 1 --by METI; "
        "change steel-quota --unit kt --reason Misread",
        f"'unit' of 'steel-quota' cannot change while entries rest on it (#{NEXT + 5})."
        " Retract them first, or declare another thing under a new slug",
    ),
    (
        errors.SlugTaken,
        f"add deadline cn-soy-2025 --concession {SOY[:11]} --kind review --label Review"
        " --due 2026 --source wh-fact-sheet",
        "'cn-soy-2025' already names a concession in this book. Choose another slug",
    ),
    (
        errors.AlreadyDeclared,
        "add party cn --name China --short China",
        "'cn' is already declared, as a party. Change it with 'tracker change cn … --reason TEXT'",
    ),
    (
        errors.EntryInUse,
        f"apply steel.toml; retract {NEXT + 2} --reason Misread",
        f"Entry {NEXT + 2} cannot be taken back: other entries rest on it (#{NEXT + 3})."
        " Retract these first, or use 'tracker withdraw SLUG --reason …'",
    ),
    (
        errors.StillUsed,
        "apply steel.toml; withdraw jp --reason Misread",
        f"'jp' cannot be withdrawn: other entries name it (#{NEXT + 3})."
        " Correct or retract these first",
    ),
    # --- bad input
    (
        errors.BadQuantity,
        f"measure {SOY} 8,5",
        "'8,5' is not a plain decimal number. Write a plain decimal such as 8.5",
    ),
    (
        errors.NotYetPublic,
        "log cn-soy-2025 partial --public 2999-01-01",
        "2999-01-01 is still to come (today is 2026-01-08)."
        " Correct --public, the day on which something was made public",
    ),
    (
        errors.ZeroTarget,
        f"move {SOY} 2026-03 --target 0",
        "Nothing can be measured against a target of 0. Name another value",
    ),
    (
        errors.UnreadableFile,
        "import empty.csv",
        "Cannot read 'empty.csv': it is empty."
        " It should be CSV or JSONL in UTF-8, or XLSX,"
        " with the columns of 'tracker history -f csv'",
    ),
    (
        errors.BadDocument,
        "apply nameless.toml",
        "nameless.toml has mistakes; nothing was written."
        " Correct [[party]] 'jp', key 'short': it is missing",
    ),
    (
        errors.BadLines,
        "import late.csv",
        "late.csv has 1 mistake; nothing was written."
        f" Correct line 2, column 'effective_on': '0' {A_PERIOD}",
    ),
    (
        errors.BadLines,
        "import later.csv",
        "later.csv has 2 mistakes; nothing was written. Correct these places:"
        f"\n  line 2, column 'effective_on': '0' {A_PERIOD}"
        f"\n  line 3, column 'effective_on': '2026-02-30' {A_PERIOD}",
    ),
]
"""Command lines on the book of the truce; the last is refused."""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files to read, in a folder that is the working one."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, text in FILES.items():
        Path(name).write_text(text)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("kind", "lines", "text"), PROVOKED, ids=[one[1] for one in PROVOKED])
def test_an_error_says_what_happened_and_what_to_do(
    tracker: Run, busan: Path, kind: type[TrackerError], lines: str, text: str
) -> None:
    *preparations, last = [shlex.split(line) for line in lines.split("; ")]
    for line in preparations:
        assert tracker(*line, db=busan).code == 0
    before = busan.read_bytes()

    ran = tracker(*last, db=busan)

    complaint = text.replace("{book}", str(busan))
    assert (ran.code, ran.out, ran.err) == (kind.exit_code, "", f"tracker: {complaint}\n")
    assert busan.read_bytes() == before


def test_an_export_that_was_changed_is_not_restored(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "truce.jsonl"
    tracker("export", path, db=busan)
    text = path.read_text("utf-8")
    met = next(line for line in text.splitlines() if '"stage":"met"' in line)
    path.write_text(text.replace(met, met.replace('"stage":"met"', '"stage":"moot"')), "utf-8")

    ran = tracker("init", path, db=tmp_path / "restored.db")

    assert (ran.code, ran.err) == (
        errors.BrokenDump.exit_code,
        f"tracker: {path} is not as it was exported: entry {json.loads(met)['entry']} was changed:"
        " its key does not fit. Nothing was made; restore from another export or a backup\n",
    )


def test_a_target_restated_in_another_unit_is_refused_in_its_line(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "moves.csv"
    path.write_text(f"deadline,effective_on,due_on,value,unit\n{SOY},2026-01-07,2026-04,9,kt\n")

    ran = tracker("import", path, db=busan)

    what = str(errors.OtherUnit(deadline=SOY, unit="kt", wanted="MMT")).partition(". ")[0]
    assert ran.code == errors.BadLines.exit_code
    assert ran.err.endswith(f"line 2, column 'unit', value 'kt': {what}\n")


def test_nothing_is_recorded_by_a_clock_that_is_behind(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    fill(Target("sqlite", str(path)), "article", datetime(2199, 1, 8, 12, 30, tzinfo=UTC))

    ran = tracker("log", "soybeans", "partial", db=path)

    assert ran.code == errors.ClockBehind.exit_code
    assert re.fullmatch(
        r"tracker: The clock says 20\d\d-\d\d-\d\dT\d\d:\d\d UTC, but the last entry was recorded"
        r" at 2199-01-08T12:30 UTC\. Set the clock of this machine\n",
        ran.err,
    )
    assert "24 entries" in tracker("status", db=path).out


def test_a_head_is_given_with_as_many_digits_as_tell_it_from_others(
    tracker: Run, book: Path
) -> None:
    tracker("log", "soybeans", "partial")
    with sqlite3.connect(book) as driver:
        driver.execute("DROP TRIGGER batch_no_update")
        seals = [(bytes.fromhex("9f3c2d71") + bytes([batch] * 28), batch) for batch in (1, 2)]
        driver.executemany("UPDATE batch SET seal = ? WHERE id = ?", seals)
    driver.close()

    ran = tracker("status", "--known-by", "9f3c2d71")

    assert (ran.code, ran.err) == (
        errors.AmbiguousHead.exit_code,
        "tracker: More than one head begins with '9f3c2d71'. Give more of its digits\n",
    )


def test_a_disk_that_fails_as_nothing_foresees_is_reported_in_one_line(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error", "/usr/share/seeds/article.toml")

    monkeypatch.setattr(Path, "read_text", fail)

    ran = tracker("seeds")

    assert (ran.code, ran.err) == (
        errors.DiskFailed.exit_code,
        "tracker: Cannot use '/usr/share/seeds/article.toml': input/output error."
        " Check the path, its permissions and its disk\n",
    )


def test_python_has_two_errors_of_its_own(book: Path) -> None:
    with Book.open(book) as opened, pytest.raises(errors.NotExact) as inexact:
        opened.measure("truce-year", 8.5)
    with pytest.raises(errors.BookClosed) as closed:
        opened.status()

    assert str(inexact.value) == (
        "8.5 is a float, which cannot hold most decimals exactly."
        " Write it as text, '8.5', or as a Decimal"
    )
    assert str(closed.value) == f"{book} is closed. Open it again with Book.open"


# --- all of them ----------------------------------------------------------------------------


KINDS = TrackerError.__subclasses__()
ERRORS = [error for kind in KINDS for error in kind.__subclasses__()]


def test_every_error_is_provoked_by_a_test() -> None:
    """The tables provoke most of them; other tests name the exit code of what they provoke."""
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    provoked = {kind.__name__ for kind, *_ in PROVOKED} | {kind.__name__ for _, kind, _ in MISTAKES}
    provoked |= {*re.findall(r"\b(?:errors\.)?([A-Z]\w+)\.exit_code", tests)}

    # Two are of Python alone, and one is told of a line of a file: none ends a command.
    provoked |= {"BookClosed", "NotExact", "OtherUnit"}
    assert not [kind for kind in ERRORS if kind.__name__ not in provoked]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((kind, text) for kind, _, text in PROVOKED),
        *((kind, text) for _, kind, text in MISTAKES if kind is not errors.WrongUsage),
    ],
)
def test_what_was_provoked_is_the_error_that_is_named(kind: type[TrackerError], text: str) -> None:
    template = re.escape(f"{kind.what}. {kind.remedy}")

    assert re.fullmatch(re.sub(r"\\{\w+\\}", ".+", template), text, re.DOTALL)


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_is_two_sentences_with_an_exit_code(kind: type[TrackerError]) -> None:
    assert kind.what[-1] not in ". "
    assert re.match(r"[A-Z{]", kind.remedy)
    assert kind.remedy[-1] not in ". "
    assert kind.exit_code in range(2, 8)


def test_each_kind_of_error_has_an_exit_code_of_its_own() -> None:
    assert sorted(kind.exit_code for kind in KINDS) == [2, 3, 4, 5, 6, 7]


def test_every_error_can_be_imported_from_one_place() -> None:
    assert not [kind for kind in ERRORS if getattr(errors, kind.__name__, None) is not kind]


# --- templates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields", [{"path": "a.csv"}, {"path": "a.csv", "reason": "it is full", "book": "b.db"}]
)
def test_an_error_takes_just_its_fields(fields: dict[str, str]) -> None:
    with pytest.raises(TypeError, match=r"FileExists takes \['path', 'reason'\], not \['path'"):
        errors.FileExists(**fields)


def test_what_an_error_quotes_is_not_taken_for_a_template() -> None:
    error = errors.FileExists(path="{reason}.csv", reason="{0.__class__} {")

    assert str(error) == "Cannot write '{reason}.csv': {0.__class__} {. Name another path"
    assert (error.path, error.reason) == ("{reason}.csv", "{0.__class__} {")


def test_what_an_error_quotes_cannot_make_it_two_lines() -> None:
    assert str(errors.UnreadableFile(path="a\nb", reason="line 1\r\nline 2", wanted="text")) == (
        "Cannot read 'a\\nb': line 1\\nline 2. It should be text"
    )
    assert str(errors.BadLines(path="a\nb", total=3, complaints=["line 2: 'x\ny'", "line 3"])) == (
        "a\\nb has 3 mistakes; nothing was written. Correct these places:\n"
        "  line 2: 'x\\ny'\n  line 3\n  … and 1 more"
    )


# --- suggestions ----------------------------------------------------------------------------

SLUGS = ["soybeans", "rare-earths", "chip-sales", "tiktok", "truce-year", "apec-2026"]


@pytest.mark.parametrize(
    ("word", "known", "remedy"),
    [
        ("soybean", SLUGS, "Did you mean 'soybeans'?"),
        ("SOYBEANS", SLUGS, "Did you mean 'soybeans'?"),
        ("rare earths", SLUGS, "Did you mean 'rare-earths'?"),
        ("earth", SLUGS, "Did you mean 'rare-earths'?"),
        ("usda", ["USDA", "COFCO"], "Did you mean 'USDA'?"),
        ("sorghum", SLUGS[:3], "Known: soybeans, rare-earths, chip-sales"),
        ("", SLUGS[:2], "Known: soybeans, rare-earths"),
        ("soybeans", [], "The book holds none"),
    ],
)
def test_a_wrong_word_gets_the_nearest_known_ones(word: str, known: list[str], remedy: str) -> None:
    assert suggestion(word, known) == remedy


def test_no_more_than_twelve_known_words_are_listed() -> None:
    agencies = [f"agency-{number}" for number in range(13)]
    assert suggestion("customs", agencies) == f"Known: {', '.join(agencies[:12])}, …"


@given(st.text(st.characters(blacklist_categories=["Cc"]), max_size=20))
def test_whatever_was_typed_the_suggestion_names_known_words_only(word: str) -> None:
    remedy = suggestion(word, SLUGS)
    assert remedy.startswith(("Did you mean '", "Known: "))
    assert any(slug in remedy for slug in SLUGS)
