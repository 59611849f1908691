"""Files as they are read: keys of TOML are measured before a parser meets them."""

import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from tracker.files import MOST_PARTS, has_long_key

DOTS = ".a" * 11
PARTS = st.sampled_from(["a", "9", "-", '"b.c.d"', "'e.f'", '"\\".#"', "'#'", '""', "''"])
DOT = st.sampled_from([".", " . ", "\t.", ". "])


@st.composite
def keys(draw: st.DrawFn) -> str:
    """Return a dotted key, most often of about as many parts as it may have."""
    parts = draw(st.lists(PARTS, min_size=1, max_size=MOST_PARTS + 2))
    return "".join(part + draw(DOT) for part in parts[:-1]) + parts[-1]


TEXTS = [
    *(f'"{DOTS}"', f"'{DOTS}'", f'"\\"{DOTS}"', '"#"', "'\"'"),
    *(f'"""\n{DOTS}\n"""', f"'''\n{DOTS}'''", f'"""{DOTS}"""""', f"'''{DOTS}''''"),
    *(f'"""\\"""{DOTS}"""', f'"""""{DOTS}"""', '""""""', "''''''", '"""\\\\"""'),
]
PLAIN = ["1.5", "-2e-3", "2026-01-07T08:30:00.5Z", "true", *TEXTS]
VALUES = st.recursive(
    st.sampled_from(PLAIN),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(values)}]"),
        st.lists(st.tuples(keys(), inner), max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=4,
)
LINES = st.one_of(
    st.tuples(keys(), VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    keys().map(lambda key: f"[{key}]"),
    keys().map(lambda key: f"[[ {key} ]]"),
    st.sampled_from([f"# {DOTS}", "", "  ", f'#"""{DOTS}', "x.y", f"z = {DOTS}", 'q = "', "'''"]),
)
DOCUMENTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", f" # {DOTS}'\n"]))).map(
    lambda lines: "".join(map("".join, lines))
)


def longest_key(document: str) -> tuple[int, bool]:
    """Return the most parts of a key that tomllib reads, and whether it reads all of a document."""
    lengths = [0]
    parser: Any = tomllib._parser  # type: ignore[attr-defined]
    parse_key = parser.parse_key

    def measured(text: str, position: int) -> tuple[int, tuple[str, ...]]:
        end, key = parse_key(text, position)
        lengths.append(len(key))
        return end, key

    with patch.object(parser, "parse_key", measured):
        try:
            tomllib.loads(document)
        except tomllib.TOMLDecodeError:
            return max(lengths), False
    return max(lengths), True


@given(DOCUMENTS)
def test_a_key_is_long_where_tomllib_reads_a_long_one(document: str) -> None:
    """What tomllib refuses anyway may look as if it had a long key."""
    parts, is_valid = longest_key(document)

    if parts > MOST_PARTS:
        assert has_long_key(document)
    elif is_valid:
        assert not has_long_key(document)


@pytest.mark.parametrize(
    "text",
    [
        f"a{DOTS} = 1",
        f"[a{DOTS}]",
        f"[[concession]]\nterm = {{a{DOTS} = 1}}",
        f'note = """8 MMT\n"""\na{DOTS} = 1',
        f"note = '8 MMT # sold'\n'a' {DOTS} = 1",
    ],
)
def test_a_long_key_is_found_wherever_it_is(text: str) -> None:
    assert has_long_key(text)
    assert not has_long_key(text.replace(DOTS, DOTS[:14]))


def test_quotes_that_nothing_closes_are_passed_over_at_once() -> None:
    """Each was taken for the start of a text up to the end: 400 kB took many minutes."""
    started = perf_counter()

    assert not has_long_key("# ........\nx = " + '\\"' * 200_000)
    assert perf_counter() - started < 2


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_a_file_that_cannot_be_read_is_named(tracker: Run) -> None:
    for command in ("import /proc/self/mem", "source keep article /proc/self/mem"):
        ran = tracker(*command.split())

        assert ran.code == 5
        assert ran.err.startswith("tracker: Cannot read '/proc/self/mem': ")
