from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import errors
from tracker.errors import TrackerError
from tracker.errors.content import DAY_REMEDIES
from tracker.errors.wording import listed, suggestion
from tracker.vocabulary import Stage

BOOK = "/home/analyst/truce.db"

CATALOGUE: list[tuple[TrackerError, int, str]] = [
    # --- wrong usage
    (
        errors.UnknownWord("stage", "partly", Stage),
        2,
        "'partly' is no stage. Did you mean 'partial'?",
    ),
    (
        errors.NothingToAmend(12, "stage", "--on, --says, --source and -m"),
        2,
        "Nothing to amend in entry 12. "
        "Name the correction; a stage takes --on, --says, --source and -m",
    ),
    (
        errors.OptionNotOfKind("--stage", 7, "note", "--on, --source and -m"),
        2,
        "--stage does not fit entry 7, a note. A note takes --on, --source and -m",
    ),
    (
        errors.OutsideWeek("2026-W03", "2026-01-12", "2026-01-08"),
        2,
        "Week 2026-W03 begins on 2026-01-12, after the as-of day 2026-01-08. "
        "Name an earlier week or a later --as-of",
    ),
    (errors.BookClosed(BOOK), 2, f"{BOOK} is closed. Open it again with Book.open"),
    (
        errors.UnknownDatabase("mysql"),
        2,
        "No database of kind 'mysql'. "
        "Use a path, sqlite:///PATH or postgresql://USER@HOST/DATABASE",
    ),
    (
        errors.UnreadableAddress(),
        2,
        "The address of the PostgreSQL database cannot be read. "
        "Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
        " with %40 for @, %2F for /, %3A for : in a password",
    ),
    (
        errors.DatabaseInUse("postgresql://db/shop", ["customer", "order"]),
        4,
        "postgresql://db/shop already holds other tables (customer, order). "
        "Make an empty database for the book, with 'createdb NAME'",
    ),
    (
        errors.BackupElsewhere("postgresql://db/truce"),
        4,
        "postgresql://db/truce is no file to copy. "
        "Back it up with 'pg_dump', or write it out with 'tracker export FILE'",
    ),
    (
        errors.NoBookInside("postgresql://db/truce"),
        6,
        "postgresql://db/truce holds no book yet. "
        "Make one with 'tracker --db postgresql://db/truce init'",
    ),
    (
        errors.ServerUnreachable("postgresql://db/truce", "Connection refused"),
        7,
        "Cannot use postgresql://db/truce: Connection refused. Check the address, the password"
        " and that the server runs; what was not acknowledged was not written",
    ),
    (
        errors.NotPermitted("postgresql://db/truce", "permission denied for table entry"),
        7,
        "postgresql://db/truce refuses: permission denied for table entry; nothing was written. "
        "Ask its owner for a role that may, as 'tracker db grants' makes them",
    ),
    (
        errors.DriverMissing("postgresql://db/truce"),
        7,
        "Cannot use postgresql://db/truce: the PostgreSQL driver is not installed. "
        "Install it with 'pip install \"truce-tracker[postgres]\"'",
    ),
    (
        errors.UnitNeeded("truce-year"),
        2,
        "'truce-year' has no unit yet. Name one behind the value, such as MMT",
    ),
    (
        errors.BackwardSpan("2026-01-08", "2025-12-30"),
        2,
        "2025-12-30 is before 2026-01-08. Write the earlier day first",
    ),
    (
        errors.DayTwice("2026-02-01"),
        2,
        "diff stands at its second day, 2026-02-01, and takes no as-of day. Leave --as-of out",
    ),
    # --- no such thing
    (
        errors.OutOfView("list-4a", "phase-one"),
        3,
        "'list-4a' is a concession of another agreement, 'phase-one'. "
        "Name it with --agreement phase-one, or leave --agreement out",
    ),
    (
        errors.NoSuchSource("usda-export", ["article", "usda-exports"]),
        3,
        "No source 'usda-export' in this book. "
        "Give a whole web address, or a key. Did you mean 'usda-exports'?",
    ),
    (
        errors.OtherKind("soybeans", "concession", "deadline", ["soybeans-2025"]),
        3,
        "'soybeans' is a concession, not a deadline. Its deadline: soybeans-2025",
    ),
    (
        errors.NoSuch("concession", "soybean", ["rare-earths", "soybeans", "tiktok"]),
        3,
        "No concession 'soybean' in this book. Did you mean 'soybeans'?",
    ),
    (
        errors.NoSuchEntry(99, 12),
        3,
        "No entry 99 in this book. The last one is 12; see 'tracker history'",
    ),
    (
        errors.NoSuchSeed("artikle", ["article", "busan"]),
        3,
        "No seed and no file 'artikle'. Did you mean 'article'?",
    ),
    (
        errors.NoSuchTopic("stage", ["clocks", "stages"]),
        3,
        "No help on 'stage'. Did you mean 'stages'?",
    ),
    (errors.NoSuchFile("busan.toml"), 3, "No file 'busan.toml'. Check the path"),
    # --- refused
    (
        errors.MissedTooEarly("soybeans", "2026-01-08", "soybeans-2025", "2026-02-28"),
        4,
        "'soybeans' cannot be missed on 2026-01-08: its deadline 'soybeans-2025' runs to "
        "2026-02-28. Log the concession as 'stalled' while it is open",
    ),
    (
        errors.NothingToMiss("tiktok"),
        4,
        "'tiktok' cannot be missed: neither it nor its agreement has a deadline. "
        "Log 'stalled', or declare a deadline and apply it",
    ),
    (
        errors.AlreadyRetracted(5, 13),
        4,
        "Entry 5 is already retracted, by entry 13. Log what holds now as a new entry",
    ),
    (
        errors.RetractionStands(13),
        4,
        "Entry 13 is a retraction and cannot be corrected itself. "
        "Log what holds now as a new entry",
    ),
    (
        errors.CannotAmend(8, "check"),
        4,
        "Entry 8 is a check and has nothing to amend. "
        "Retract it with 'tracker retract 8 --reason …'",
    ),
    (
        errors.NothingToUndo("analyst"),
        4,
        "Nothing to undo: no command of 'analyst' still stands. "
        "Undo takes back your own commands; use --author NAME or 'tracker retract ENTRY'",
    ),
    (
        errors.BookExists(BOOK),
        4,
        f"There is already a book at {BOOK}. "
        "Add an agreement to it with 'tracker apply FILE.toml', or name another --db",
    ),
    (
        errors.FileExists("reports", "is a directory"),
        4,
        "Cannot write 'reports': is a directory. Name another path",
    ),
    (
        errors.NotOurFolder("site", "CNAME"),
        4,
        "'site' holds 'CNAME', which is no part of a site made here. "
        "Name a new folder, or move that file away",
    ),
    (
        errors.ExtraMissing("publish", "site"),
        3,
        "'publish' needs a part that is not installed. "
        "Install it with: pip install 'truce-tracker[site]'",
    ),
    (
        errors.ConflictingDocument("busan.toml", ["concession soybeans: 'giver' is another one"]),
        4,
        "busan.toml conflicts with the book; nothing was written. "
        "Resolve concession soybeans: 'giver' is another one",
    ),
    (
        errors.NotADelivery("truce-year", "expiry"),
        4,
        "'truce-year' is no delivery but of kind 'expiry'; there is nothing to measure. "
        "Measure a delivery; see 'tracker deadlines'",
    ),
    (
        errors.OtherUnit("soybeans-2025", "bushels", "MMT"),
        4,
        "'soybeans-2025' is counted in MMT, not in bushels. Convert the value",
    ),
    (
        errors.NoTarget("truce-year"),
        4,
        "'truce-year' has no target to restate. Leave --target out, or declare a delivery",
    ),
    (
        errors.BeforeWindow("soybeans-2025", "2025-10", "2025-11-01"),
        4,
        "'soybeans-2025' cannot be due on 2025-10: its window opens on 2025-11-01. "
        "Name a later day",
    ),
    (
        errors.AlreadyClosed("soybeans-2025", "missed", 17),
        4,
        "'soybeans-2025' is already closed as missed, by entry 17. "
        "Correct that with 'tracker amend 17' or 'tracker retract 17'",
    ),
    # --- bad input
    (errors.ZeroTarget(), 5, "A target of 0 cannot be measured against. Name another value"),
    (
        errors.BadEntryNumber("soybeans"),
        5,
        "'soybeans' is no entry's number. Write it as 'tracker history' does, such as 13",
    ),
    (
        errors.BadDay("2026-02-30", "day, month or year"),
        5,
        "'2026-02-30' is no day, month or year. Write 2026-04-15, 2026-04 or 2026",
    ),
    (
        errors.FutureDay("2026-02-28", "2026-01-08"),
        5,
        "2026-02-28 is still to come (today is 2026-01-08). "
        "An update records what has happened; correct --on",
    ),
    (errors.BadText("note", "is empty"), 5, "The note is empty. Correct it and try again"),
    (
        errors.NotExact(8.5),
        5,
        "8.5 is a float, which holds most decimals only nearly. "
        "Write it as text, '8.5', or as a Decimal",
    ),
    (
        errors.BadQuantity("12 MMT", "is no plain decimal number"),
        5,
        "'12 MMT' is no plain decimal number. Write a plain decimal such as 8.5",
    ),
    (
        errors.BadUrl("ftp://usda.gov/export sales"),
        5,
        "'ftp://usda.gov/export sales' is no web address. "
        "Write a whole http:// or https:// address without spaces",
    ),
    (
        errors.BadDocument("busan.toml", ["[[party]] 'us', key 'short': it is missing"]),
        5,
        "busan.toml has mistakes; nothing was written. "
        "Correct [[party]] 'us', key 'short': it is missing",
    ),
    (
        errors.BrokenDump("truce.jsonl", "entry 3 was changed: its digest does not fit"),
        5,
        "truce.jsonl is not as it was exported: entry 3 was changed: its digest does not fit. "
        "Nothing was made; restore from another export or a backup",
    ),
    (
        errors.BadLines(
            "updates.csv", 1, ["line 3, column 'effective_on': '0' is no calendar day"]
        ),
        5,
        "updates.csv has 1 mistake; nothing was written. "
        "Correct line 3, column 'effective_on': '0' is no calendar day",
    ),
    (
        errors.UnreadableFile("busan.xlsx", "it is not UTF-8 text", "a TOML file in UTF-8"),
        5,
        "Cannot read 'busan.xlsx': it is not UTF-8 text. It should be a TOML file in UTF-8",
    ),
    # --- schema
    (
        errors.NotABook(BOOK),
        6,
        f"{BOOK} is not a book of this program. "
        "Name another --db, or make a book at a new path with 'tracker --db PATH init'",
    ),
    (
        errors.SchemaBehind(BOOK, "0001", "0004"),
        6,
        f"{BOOK} is at schema 0001 and this program needs 0004."
        f" Run 'tracker --db {BOOK} db upgrade'",
    ),
    (
        errors.SchemaAhead(BOOK, "0009"),
        6,
        f"{BOOK} was made by a newer tracker (schema 0009). Upgrade truce-tracker",
    ),
    # --- unavailable
    (
        errors.NoSuchBook(BOOK),
        7,
        f"There is no book at {BOOK}. Make one with 'tracker --db {BOOK} init'",
    ),
    (errors.BookLocked(BOOK), 7, f"{BOOK} is locked by another process. Try again in a moment"),
    (
        errors.BookReadOnly(BOOK),
        7,
        f"{BOOK} is read-only; nothing was written. Ask for write access",
    ),
    (
        errors.BookUnreachable(BOOK, "permission denied"),
        7,
        f"Cannot open {BOOK}: permission denied. Check the path or the server",
    ),
    (
        errors.BookDamaged(BOOK, "database disk image is malformed"),
        7,
        f"{BOOK} is damaged: database disk image is malformed. Restore it from a backup",
    ),
    (
        errors.NoRoom("week.html", "no space left on device"),
        7,
        "Cannot write 'week.html': no space left on device; it is as it was. "
        "Make room there and try again",
    ),
    (
        errors.DiskFailed("a" * 9, "file name too long"),
        7,
        "Cannot use 'aaaaaaaaa': file name too long. Check the path, its permissions and its disk",
    ),
    (
        errors.OutputLost("no space left on device"),
        7,
        "Cannot write to standard output: no space left on device. "
        "Send it elsewhere; 'tracker history' shows what is recorded",
    ),
]


def named(case: object) -> str | None:
    return type(case).__name__ if isinstance(case, TrackerError) else ""


def concrete(kind: type[TrackerError]) -> Iterator[type[TrackerError]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for one in below:
        yield from concrete(one)


def test_the_catalogue_holds_every_error_once() -> None:
    listed_ones = [type(error).__name__ for error, _, _ in CATALOGUE]
    assert sorted(listed_ones) == sorted(kind.__name__ for kind in concrete(TrackerError))


@pytest.mark.parametrize(("error", "code", "text"), CATALOGUE, ids=named)
def test_an_error_says_what_happened_and_what_to_do(
    error: TrackerError, code: int, text: str
) -> None:
    assert str(error) == text
    assert error.exit_code == code


@pytest.mark.parametrize(("error", "code", "text"), CATALOGUE, ids=named)
def test_an_error_is_one_line_that_ends_with_the_remedy(
    error: TrackerError, code: int, text: str
) -> None:
    assert len(text.splitlines()) == 1
    assert text == f"{error.what}. {error.remedy}"
    assert error.what == error.what.strip().rstrip(".")
    assert error.remedy[:1].isupper()
    assert not error.remedy.endswith((".", " "))
    assert code in range(2, 8)


def test_a_deadline_missed_too_early_is_not_called_its_own_deadline() -> None:
    error = errors.MissedTooEarly("soybeans-2025", "2026-01-08", "soybeans-2025", "2026-02-28")
    assert str(error).startswith(
        "'soybeans-2025' cannot be missed on 2026-01-08: it runs to 2026-02-28. "
    )


def test_every_error_can_be_imported_from_one_place() -> None:
    kinds = TrackerError.__subclasses__()
    named_ones = {kind.__name__ for kind in [TrackerError, *kinds, *concrete(TrackerError)]}
    assert set(errors.__all__) == named_ones


def test_each_kind_of_error_has_an_exit_code_of_its_own() -> None:
    kinds = TrackerError.__subclasses__()
    assert sorted(kind.exit_code for kind in kinds) == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("wanted", DAY_REMEDIES)
def test_every_way_to_write_a_day_has_its_remedy(wanted: str) -> None:
    assert str(errors.BadDay("soon", wanted)).startswith(f"'soon' is no {wanted}. Write ")


def test_what_a_moment_leaves_out_is_told_by_the_moment() -> None:
    assert str(errors.OutOfView("list-4a", None)) == (
        "'list-4a' was not in the book at that moment. "
        "Name a later one with --known-by, or leave it out"
    )


def test_the_journals_end_is_named_even_when_it_is_empty() -> None:
    error = errors.NoSuchEntry(1, 0)
    assert str(error) == "No entry 1 in this book. The journal is empty; see 'tracker history'"


@pytest.mark.parametrize("error", [errors.BadDocument, errors.ConflictingDocument])
def test_a_document_with_several_faults_lists_each_on_its_line(
    error: type[errors.BadDocument] | type[errors.ConflictingDocument],
) -> None:
    faults = ["[[party]] 'us', key 'short': it is missing", "[[entry]] 2: name one concession"]
    refusal = error("busan.toml", faults)
    first, *rest = str(refusal).split("\n")
    assert first.startswith("busan.toml ")
    assert first.endswith(" these places:")
    assert rest == [f"  {fault}" for fault in faults]
    assert refusal.complaints == tuple(faults)


def test_one_complaint_stands_behind_the_verb_and_several_below_it() -> None:
    assert listed("Correct", ["the day"]) == "Correct the day"
    assert (
        listed("Correct", ["the day", "the unit"]) == "Correct these places:\n  the day\n  the unit"
    )


def test_what_an_error_quotes_cannot_make_it_two_lines() -> None:
    assert str(errors.UnreadableFile("a\nb", "line 1\r\nline 2", "text")) == (
        "Cannot read 'a\\nb': line 1\\nline 2. It should be text"
    )
    assert str(errors.BadLines("a\nb", 2, ["line 2: 'x\ny'", "line 3"])) == (
        "a\\nb has 2 mistakes; nothing was written. Correct these places:\n"
        "  line 2: 'x\\ny'\n  line 3"
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


def test_no_more_than_ten_known_words_are_listed() -> None:
    agencies = [f"agency-{number}" for number in range(11)]
    assert suggestion("customs", agencies) == f"Known: {', '.join(agencies[:10])}, …"


@settings(max_examples=100)
@given(st.text(st.characters(blacklist_categories=["Cc"]), max_size=20))
def test_whatever_was_typed_the_suggestion_names_known_words_only(word: str) -> None:
    remedy = suggestion(word, SLUGS)
    assert remedy.startswith(("Did you mean '", "Known: "))
    assert any(slug in remedy for slug in SLUGS)
