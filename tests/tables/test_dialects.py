import re
from string import ascii_letters, digits

import pytest
from hypothesis import given
from tabulate import tabulate_formats

from tests.tables.specimen import HOSTILE, hostile_text
from tracker.tables.cells import visible
from tracker.tables.dialects import DIALECTS, entity, markdown, marked

MARKDOWN_TOKEN = re.compile(r"\\(?P<mark>[!-/:-@\[-`{-~])|(?P<line><br>)|(?P<entity>&amp;)")
ENTITY = re.compile(r"&#(\d+);")
LEFT_OUT = {"html", "unsafehtml", "latex_raw", "tsv"}
"""What escapes nothing, and what is written without tabulate."""


def read_markdown(text: str) -> str:
    """Return what CommonMark shows of escaped text."""

    def read(found: re.Match[str]) -> str:
        return found["mark"] or ("\n" if found["line"] else "&")

    return MARKDOWN_TOKEN.sub(read, text)


def test_every_format_of_tabulate_that_escapes_can_be_written() -> None:
    assert set(tabulate_formats) - set(DIALECTS) == LEFT_OUT
    assert {dialect.tablefmt for dialect in DIALECTS.values()} <= set(tabulate_formats)


# --- Markdown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("sold | shipped", r"sold \| shipped"),
        ("COFCO\nSinograin", "COFCO<br>Sinograin"),
        ("COFCO<br>Sinograin", r"COFCO\<br\>Sinograin"),
        ("AT&T", "AT&amp;T"),
        ("&amp;", "&amp;amp;"),
        ("<script>", r"\<script\>"),
        ("*bold* _soft_ ~~struck~~", r"\*bold\* \_soft\_ \~\~struck\~\~"),
        ("[USDA](javascript:alert)", r"\[USDA\](javascript:alert)"),
        ("C:\\books", r"C:\\books"),
        ("# 12 MMT", r"\# 12 MMT"),
        ("- soybeans", r"\- soybeans"),
        ("12. soybeans", r"12\. soybeans"),
        ("33–83 % of 12 MMT", "33–83 % of 12 MMT"),
        ("China → US", "China → US"),
        ("\x1b[31m", r"\\x1b\[31m"),
    ],
)
def test_markdown_shows_text_as_it_is(text: str, escaped: str) -> None:
    assert markdown(text) == escaped


@given(hostile_text)
def test_markdown_read_back_is_the_visible_text(text: str) -> None:
    assert read_markdown(markdown(text)) == visible(text)


@given(hostile_text)
def test_markdown_never_holds_a_bare_bar_or_tag(text: str) -> None:
    bare = re.sub(r"\\.|<br>|&amp;", "", markdown(text))
    assert not set("|<>&*_`[]~\n") & set(bare)


# --- other marks ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mediawiki", "moinmoin", "textile"])
def test_wikis_get_entities_that_read_back_as_the_text(name: str) -> None:
    line_break = "<<BR>>" if name == "moinmoin" else "<br>"
    for text in HOSTILE:
        escaped = DIALECTS[name].escape(text)
        bare = ENTITY.sub("", escaped.replace(line_break, ""))
        assert not set("|<>&") & set(bare)
        shown = ENTITY.sub(lambda found: chr(int(found[1])), escaped.replace(line_break, "\n"))
        assert shown == visible(text)


@pytest.mark.parametrize("name", ["asciidoc", "jira", "rst", "youtrack"])
def test_backslashes_keep_bars_out_of_tables(name: str) -> None:
    for text in HOSTILE:
        escaped = DIALECTS[name].escape(text)
        assert "|" not in re.sub(r"\\.", "", escaped)
        assert re.sub(r"\\(.)", r"\1", escaped) == visible(text).replace("\n", " ")


@pytest.mark.parametrize("name", DIALECTS)
def test_letters_and_digits_stay_as_they_are(name: str) -> None:
    assert DIALECTS[name].escape(ascii_letters + digits) == ascii_letters + digits


def test_org_mode_writes_a_bar_by_its_name() -> None:
    assert DIALECTS["orgtbl"].escape("sold | shipped") == r"sold \vert{} shipped"


@pytest.mark.parametrize("name", ["latex", "latex_booktabs", "latex_longtable"])
@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("33 % of 12 MMT", r"33 \% of 12 MMT"),
        ("AT&T #1 $5", r"AT\&T \#1 \$5"),
        ("a_b^c~d", r"a\_b\textasciicircum{}c\textasciitilde{}d"),
        ("{x} \\input", r"\{x\} \textbackslash{}input"),
        ("<b>", r"\ensuremath{<}b\ensuremath{>}"),
    ],
)
def test_latex_prose_is_escaped_by_us_and_cells_by_tabulate(
    name: str, text: str, escaped: str
) -> None:
    assert DIALECTS[name].escape(text) == escaped
    assert DIALECTS[name].cell(text) == text


def test_an_escape_is_made_of_its_marks_and_its_line_break() -> None:
    assert marked("|", "\\{}", " / ")("sold | shipped\nto COFCO") == "sold \\| shipped / to COFCO"
    assert marked("&<", entity, "<br>")("AT&T <b>") == "AT&#38;T &#60;b>"
