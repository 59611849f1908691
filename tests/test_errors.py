"""Every error, provoked: its exact words and its exit code; on command lines, by transcripts."""

import ast
import json
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PHASE_ONE, Run, fill, held_by, parties
from tests.refusals import KINDS, code_of, raises
from tracker import Book
from tracker.database import Target
from tracker.errors import (
    BadInput,
    NotFound,
    Refused,
    TrackerError,
    WrongUsage,
    first_of,
    in_one_line,
    shortened,
    suggestion,
)
from tracker.interchange.lines import Complaints

pytestmark = pytest.mark.on("sqlite")

SOY = "cn-soy-2025-delivery"
DECLARED, ENTRIES = held_by("busan-truce")
STAGE, NEXT = DECLARED + 1, ENTRIES + 1
"""The first entry of the book on what happened, a stage, and the first that a test adds."""
STEEL = (
    """
[agreement]
slug = "steel-2026"
title = "A quota for steel"
agreed_on = "2026-01-05"
source = "readout"

"""
    + parties("us", "jp")
    + """[[source]]
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
)
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
    "nameless.toml": STEEL.replace('short = "Japan"\n', ""),
    "bare.toml": STEEL.replace('name = "Japan"\nshort = "Japan"\n', ""),
    "jumbled.toml": QUOTA + STEEL,
    "unknown.toml": STEEL.replace('giver = "us"', 'giver = "usa"').replace(
        'receiver = "jp"', 'receiver = "jpn"'
    ),
    "swapped.toml": STEEL.replace('"jp"\nsector', '"us"\nsector').replace(
        'giver = "us"', 'giver = "jp"'
    ),
    "sheet.txt": "China will buy 12 MMT of soybeans.",
    "empty.csv": "",
    "recipe.toml": '[columns]\nvalue = "MMT"\n',
    "old.jsonl": '{"type":"book","format":"truce-tracker","schema":2,"entries":0}\n',
    "late.csv": "stage,concession,effective_on\nmet,cn-soy-2025,0\n",
    "public.csv": "concession,effective_on,public_on,note\ncn-soy-2025,2026-01-05,2999-01-01,Met\n",
    "later.csv": "stage,concession,effective_on\nmet,cn-soy-2025,0\nmet,cn-soy-2025,2026-02-30\n",
}


class Mistake(NamedTuple):
    """Command lines on a book, the last of which is refused, with its message's name and words."""

    book: str
    problem: str
    lines: str
    text: str


def mistakes(book: str) -> Iterator[Mistake]:
    """Read the transcript of mistakes on a book: name, command and complaint, by blank lines."""
    path = Path(__file__).parent / "cli" / f"mistakes.{book}.txt"
    text = path.read_text("utf-8").replace("{PHASE_ONE}", str(PHASE_ONE))
    text = text.replace("{STAGE}", str(STAGE)).replace("{NEXT}", str(NEXT))
    text = re.sub(r"\{NEXT\+(\d)\}", lambda found: str(NEXT + int(found[1])), text)
    for part in text.rstrip("\n").split("\n\n"):
        problem, lines, complaint = part.split("\n", 2)
        yield Mistake(book, problem, lines.removeprefix("$ "), complaint)


MISTAKES = [*mistakes("article"), *mistakes("busan")]
OF_TYPER = "WrongUsage"
"""Stands for a message where its words are those of the command line's parser."""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files to read, in a folder that is the working one."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, text in FILES.items():
        Path(name).write_text(text)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.lines)
def test_an_error_says_what_happened_and_what_to_do_and_writes_nothing(
    tracker: Run, request: pytest.FixtureRequest, mistake: Mistake
) -> None:
    book: Path = request.getfixturevalue("book" if mistake.book == "article" else "busan")
    *preparations, last = [shlex.split(line) for line in mistake.lines.split("; ")]
    for line in preparations:
        assert tracker(*line, db=book).code == 0
    before = book.read_bytes()

    ran = tracker(*last, db=book)

    complaint = mistake.text.replace("{book}", str(book))
    code = WrongUsage.exit_code if mistake.problem == OF_TYPER else code_of(mistake.problem)
    assert (ran.code, ran.out, ran.err) == (code, "", f"tracker: {complaint}\n")
    assert book.read_bytes() == before


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
        code_of("broken export"),
        f"tracker: {path} was altered or damaged: entry {json.loads(met)['entry']} was changed:"
        " its key does not fit; nothing was written. Use another export, or a backup\n",
    )


def test_a_target_restated_in_another_unit_is_refused_in_its_line(
    tracker: Run, busan: Path, tmp_path: Path
) -> None:
    path = tmp_path / "moves.csv"
    path.write_text(f"deadline,effective_on,due_on,value,unit\n{SOY},2026-01-07,2026-04,9,kt\n")

    ran = tracker("import", path, db=busan)

    what = Refused("another unit", deadline=SOY, unit="kt", wanted="MMT").what
    assert ran.code == code_of("bad file")
    assert ran.err.endswith(f"line 2, column 'unit': {what}\n")


def test_nothing_is_recorded_by_a_clock_that_is_behind(tracker: Run, tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    fill(Target("sqlite", str(path)), "article", datetime(2199, 1, 8, 12, 30, tzinfo=UTC))

    ran = tracker("log", "soybeans", "partial", db=path)

    assert ran.code == code_of("clock behind")
    assert re.fullmatch(
        r"tracker: The clock says 20\d\d-\d\d-\d\dT\d\d:\d\d UTC, but the last entry of this book"
        r" was recorded at 2199-01-08T12:30 UTC\. Correct the clock that is wrong,"
        r" and undo what was recorded under it\n",
        ran.err,
    )
    assert "#24 · evidence" in tracker("status", db=path).out


def test_a_disk_that_fails_as_nothing_foresees_is_reported_in_one_line(
    tracker: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error", "/usr/share/seeds/article.toml")

    monkeypatch.setattr(Path, "read_text", fail)

    ran = tracker("init", "--list")

    assert (ran.code, ran.err) == (
        code_of("disk failed"),
        "tracker: Cannot use '/usr/share/seeds/article.toml': input/output error."
        " Check the path, its permissions and its disk\n",
    )


def test_a_float_is_refused_as_it_is_rarely_exact(book: Path) -> None:
    with Book.open(book) as opened, pytest.raises(BadInput, match="write it as text"):
        opened.measure("truce-year", 8.5)


def test_a_list_is_cut_only_if_it_is_longer() -> None:
    twelve = ", ".join(map(str, range(12)))

    assert (first_of(range(12)), first_of(range(13))) == (twelve, f"{twelve}, …")


def test_what_is_in_the_way_is_named_as_far_as_it_is_not_too_much() -> None:
    some, more = range(1, 13), range(1, 14)
    in_words = ", ".join(f"#{number}" for number in some)
    whole = Refused("entry in use", entries=some, resting=[14])
    cut = Refused("entry in use", entries=more, resting=more)

    end = "which cannot be taken back"
    assert whole.what == f"Other entries (#14) rest on {in_words}, {end}"
    assert cut.what == f"Other entries ({in_words}, …) rest on {in_words}, …, {end}"


def test_a_value_and_a_message_are_cut_if_they_are_long() -> None:
    assert (shortened("x" * 60), shortened("x" * 61)) == ("x" * 60, f"{'x' * 60}…")
    assert [len(in_one_line("x" * length)) for length in (999, 1000, 1001)] == [999, 1000, 1001]
    assert in_one_line("x" * 1001).endswith("x…")


# --- all of them ----------------------------------------------------------------------------


MESSAGES = {problem: kind.messages[problem] for problem, kind in KINDS.items()}
UNQUOTED = {
    "misuse": {"option"},
    "early day": {"column"},
    "future day": {"column"},
    "book damaged": {"entry"},
    "broken export": {"fits"},
}
"""Fields that some messages do not quote, for those who catch the refusal."""
SOURCES = {path: ast.parse(path.read_text("utf-8")) for path in Path("tracker").rglob("*.py")}


def fields_of(message: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", message))


def test_every_error_is_provoked_by_a_test() -> None:
    """The transcripts provoke most; other tests name the exit code of what they provoke."""
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    provoked = {one.problem for one in MISTAKES}
    provoked |= {*re.findall(r'\bcode_of\(\s*"([^"]+)"', tests)}

    # These are told of a line of a file: none of them ends a command.
    provoked |= {"declaration stands", "another thing", "another unit", "refers to later line"}
    assert not MESSAGES.keys() - provoked


def test_what_was_provoked_is_the_error_that_is_named() -> None:
    for mistake in MISTAKES:
        if mistake.problem not in (OF_TYPER, "misuse"):  # their words are typer's
            parts = Formatter().parse(MESSAGES[mistake.problem])
            said = (re.escape(words) + (".*" if field else "") for words, field, *_ in parts)
            assert re.fullmatch("".join(said), mistake.text, re.DOTALL)


def test_a_message_is_two_sentences() -> None:
    for problem, message in MESSAGES.items():
        what, remedy = message.split(". ", 1)
        assert what[-1] not in ". ", problem
        assert re.match(r"[A-Z{]", remedy), problem
        assert remedy[-1] not in ". ", problem


def test_each_exit_code_has_a_class_and_each_message_a_name_of_its_own() -> None:
    kinds = TrackerError.__subclasses__()

    assert sorted(kind.exit_code for kind in kinds) == [2, 3, 4, 5, 6, 7]
    assert not [one for kind in kinds for one in kind.__subclasses__()]
    assert len(MESSAGES) == sum(len(kind.messages) for kind in kinds)


def test_what_is_refused_names_a_message_of_its_class_and_gives_the_fields() -> None:
    """A class takes its fields from its messages, so no type checker knows them."""
    kinds = {kind.__name__: kind for kind in TrackerError.__subclasses__()}
    for path, tree in SOURCES.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if not (isinstance(call.func, ast.Name) and call.func.id in kinds):
                continue
            where = f"{path}:{call.lineno}"
            (problem,) = (ast.literal_eval(one) for one in call.args)
            assert problem in kinds[call.func.id].messages, where
            given = {one.arg for one in call.keywords}
            unquoted = UNQUOTED.get(problem, set())
            assert given - unquoted == fields_of(MESSAGES[problem]), where


def test_what_is_caught_by_its_name_has_one() -> None:
    names = set()
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and ast.unparse(node.left).endswith(".problem"):
                words = (one for other in node.comparators for one in ast.walk(other))
                names |= {one.value for one in words if isinstance(one, ast.Constant)}

    assert names <= MESSAGES.keys()


# --- templates ------------------------------------------------------------------------------


def test_an_error_has_the_fields_that_it_was_given_and_no_others() -> None:
    error = NotFound("no such file", path="a.csv")

    assert error.path == "a.csv"
    with pytest.raises(AttributeError, match="reason"):
        _ = error.reason


def test_what_an_error_quotes_is_not_taken_for_a_template() -> None:
    error = Refused("file in the way", path="{reason}.csv", reason="{0.__class__} {")

    assert str(error) == "Cannot write '{reason}.csv': {0.__class__} {. Name another path"
    assert (error.path, error.reason) == ("{reason}.csv", "{0.__class__} {")


def test_what_an_error_quotes_cannot_make_it_two_lines() -> None:
    assert str(
        BadInput("unreadable file", path="a\nb", reason="line 1\r\nline 2", wanted="text")
    ) == ("Cannot read 'a\\nb': line 1\\nline 2. It should be text")
    complaints = Complaints("a\nb")
    for line in (3, 2):
        complaints.add(line, None, "'x\ny'")
    with raises("bad file") as refusal:
        complaints.refuse()
    assert str(refusal.value) == (
        "a\\nb has 2 mistakes; nothing was written. Correct these places:\n"
        "  line 2: 'x\\ny'\n  line 3: 'x\\ny'"
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
        ("soybeans", [], "There are none"),
        ("soy-9", ["soy-1", "soy-2", "soy-3", "soy-4"],
         "Did you mean 'soy-4', 'soy-3' or 'soy-2'?"),
        ("soy", [f"purchases-of-soybeans-in-202{year}" for year in range(5, 9)],
         "Did you mean 'purchases-of-soybeans-in-2025', 'purchases-of-soybeans-in-2026' or"
         " 'purchases-of-soybeans-in-2027'?"),
    ],
)  # fmt: skip
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
