"""What counts as a word, what a quotation matches, and which words changed."""

from string import ascii_letters, ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.texts import Words, changes, quotes

SHEET = """China will purchase at least 12 million metric tons (MMT) of U.S. soybeans during the
last two months of 2025, and will resume purchases of U.S. sorghum and hardwood logs. The general
license means the de facto removal of controls China imposed in April 2025 and October 2022."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China’s “12 MMT” — by 31 December", ["china's", "12", "mmt", "by", "31", "december"]),
        ("a 10.5 % duty on $25,000", ["a", "10.5", "%", "duty", "on", "$", "25,000"]),
        ("**Hard-wood**, HARD–WOOD; hard\u2011wood", ["hard", "wood"] * 3),
        ("-5 % (−5 %), 2025–2028", ["-5", "%", "-5", "%", "2025", "2028"]),
        ("agree\u00ad\nment, agree\u00adment", ["agreement", "agreement"]),
        ("\u202ereversed\u202c \ufeffmark", ["reversed", "mark"]),
        ("中方将暂停", ["中", "方", "将", "暂", "停"]),
        ("한국은 투자한다", ["한국은", "투자한다"]),
        ("ﬁnal ½", ["final", "1", "2"]),
        ("· – — | ***", []),
        ("$1%2‰3°4§5\u20a06\u20bf7£8¥9¢", [*"$1%2‰3°4§5\u20a06\u20bf7£8¥9¢"]),
        ("1.5 1,5 1:5 1/5 1. ,5 a.b a,b", ["1.5", "1,5", "1:5", "1/5", "1", "5", *"abab"]),
        ("x-5 5-5 -5 - 5 'a' a'b 1'5", ["x", "5", "5", "5", "-5", "5", "a", "a'b", "1", "5"]),
        (" ".join(f"{one}n" for one in ascii_letters), [f"{one}n" for one in ascii_lowercase * 2]),
        ("a_b __ snake_case", ["a", "b", "snake", "case"]),
    ],
)
def test_words_are_letters_and_digits_whatever_their_dress(text: str, words: list[str]) -> None:
    assert Words(text).plain == words


def test_each_character_of_a_script_without_spaces_is_a_word() -> None:
    apart = "\u3041\u30ff\u3400\u4dbf\u4e00\u9fff\U00020000\U0003134f"
    joined = "\u0300\u036f\u0483\u0487\u0591\u05bd\u064b\u065f\u0901\u0963\u0966\u0d82"

    assert Words(f"a{apart}b").plain == ["a", *Words(" ".join(apart)).plain, "b"]
    assert {mark: len(Words(f"क{mark}ख")) for mark in joined} == dict.fromkeys(joined, 1)
    assert Words("a\u3105b \ua000b").plain == ["a\u3105b", "\ua000b"]


@pytest.mark.parametrize(
    ("marks", "text", "plain"),
    [
        ("‘’‚‛′ʼ`", "China{}s XUAR", "China's XUAR"),
        ("“”„‟«»", "{}XUAR", '"XUAR'),
        ("‐‑‒–−", "{}5 %, EX{}IM", "-5 %, EX-IM"),
        ("—―", "XUAR{}not", "XUAR not"),
        ("\u00ad\u061c\u180e\u200b\u200f\u202a\u202e\u2060\u206f\ufeff\ufe0f", "EX{}IM", "EXIM"),
    ],
)
def test_each_typographic_mark_is_read_as_the_plain_one(marks: str, text: str, plain: str) -> None:
    read = {mark: Words(text.replace("{}", mark)) for mark in marks}

    assert {mark: one.text for mark, one in read.items()} == dict.fromkeys(marks, plain)
    assert {tuple(one.plain) for one in read.values()} == {tuple(Words(plain).plain)}


@pytest.mark.parametrize(
    "text",
    [
        SHEET.upper(),
        SHEET.replace("\n", "\r\n\r\n   "),
        SHEET.replace(". ", " ").replace(",", " –").replace("(MMT)", "**MMT**;"),
        "\u200b".join(SHEET.replace("(MMT)", "“MMT”").split(" ")).replace("\u200b", "\u00a0"),
    ],
)
def test_case_punctuation_and_layout_do_not_change_the_hash(text: str) -> None:
    assert Words(text).sha256 == Words(SHEET).sha256
    assert not changes(Words(SHEET), Words(text))


def test_the_hash_is_that_of_the_words_one_a_line() -> None:
    r"""As `printf 'buy\n12\nmmt\n' | sha256sum` prints it."""
    assert Words("Buy 12 MMT!").sha256 == (
        "fa840fbfab9da3703e8e12adbe6eadd930d5ec87c11b06c78bf95474da679dae"
    )


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("Hardwood  LOGS", True),
        ("hardwood and softwood logs", False),
        ("at least 12 million metric tons … of U.S. soybeans", True),
        ("of U.S. soybeans ... at least 12 million", False),
        ("China will [...] resume purchases", True),
        ("[The US says that] China will purchase", True),
        ("ardwood log", False),
        ("“the de facto removal of controls”", True),
        ("…", True),
        ("12 million … 12 million", False),
    ],
)
def test_a_quotation_is_found_by_its_words_across_what_it_leaves_out(
    quotation: str, found: bool
) -> None:
    assert quotes(Words(SHEET).lines, quotation) is found


def test_exactly_the_changed_words_are_told_with_those_around_them() -> None:
    later = SHEET.replace("hardwood logs", "hardwood and softwood\nlogs").replace(
        "in April 2025 and October 2022", "since 2023"
    )

    logs, controls = changes(Words(SHEET), Words(later))

    assert (logs.removed, logs.added) == ("", "and softwood")
    assert (logs.leading, logs.following) == (
        "of U.S. sorghum and hardwood",
        "logs. The general license means the",
    )
    assert (controls.removed, controls.added) == ("in April 2025 and October 2022", "since 2023")
    assert controls.word == len(Words(SHEET.partition("in April")[0])) + 1


WORD = st.sampled_from(["the", "us", "will", "buy", "sell", "12", "25", "mmt", "logs", "and"])
SENTENCES = st.lists(st.lists(WORD, min_size=1).map(" ".join), max_size=8).map(". ".join)


@given(SENTENCES, SENTENCES)
def test_what_is_told_turns_the_older_text_into_the_newer_one(before: str, after: str) -> None:
    """The spans between changes are the same words in both."""
    old, new = Words(before), Words(after)
    rebuilt, place = [], 0
    for change in changes(old, new):
        rebuilt += old.plain[place : change.word - 1]
        rebuilt += Words(change.added).plain
        place = change.word - 1 + len(Words(change.removed))
    rebuilt += old.plain[place:]

    assert rebuilt == new.plain


def test_a_long_text_that_was_rewritten_is_one_change_and_takes_no_time() -> None:
    old = Words(" ".join(f"a{number}" for number in range(30_000)))
    new = Words(" ".join(f"b{number}" for number in range(30_000)))

    (change,) = changes(old, new)

    assert change.word == 1
    assert change.removed.startswith("a0 a1")


def test_of_long_texts_the_lines_that_differ_are_compared_word_by_word() -> None:
    lines = [f"Article {number} of the deal says {number * 7} in all" for number in range(5_000)]
    old = Words("\n".join(lines))
    lines[4_000] = lines[4_000].replace("28000", "28001")
    lines.insert(100, "A new article")

    added, changed = changes(old, Words("\n".join(lines)))

    assert (added.removed, added.added) == ("", "A new article")
    assert (changed.removed, changed.added) == ("28000", "28001")
    assert changed.word == 4_000 * 9 + 7


def test_of_a_long_passage_that_was_rewritten_the_beginning_is_shown() -> None:
    old, new = (Words(f"{word} " * 40_000) for word in ("buy", "sell"))

    (change,) = changes(old, new)

    assert change.removed == f"{' '.join(['buy'] * 2_000)} … (40,000 words)"
    assert change.added.endswith("sell … (40,000 words)")


def test_one_changed_word_of_a_very_long_passage_is_told_alone() -> None:
    rest = " ".join(f"a{number}" for number in range(3_000))

    for text in (f"{{}} {rest}", f"{rest} {{}}"):
        (change,) = changes(Words(text.format("x")), Words(text.format("y")))
        assert (change.removed, change.added) == ("x", "y")


def test_an_omission_has_its_limits() -> None:
    lines = Words("China will buy soybeans").lines
    left_out = ("…", "...", ". . .", "....", "[a b]", "[]", f"[{'a' * 1_000}]")
    assert all(quotes(lines, f"china {one} soybeans") for one in left_out)
    assert not any(quotes(lines, f"china {one} soybeans") for one in ("..", "to", "[a"))
