import re

import pytest
from hypothesis import given

from tests.tables.specimen import hostile_text
from tracker.tables import visible
from tracker.tables.markdown import escaped

MARKDOWN_TOKEN = re.compile(r"\\(?P<mark>[!-/:-@\[-`{-~])|(?P<line><br>)|(?P<entity>&amp;)")


def read_markdown(text: str) -> str:
    """Return what CommonMark shows of escaped text."""

    def read(found: re.Match[str]) -> str:
        return found["mark"] or ("\n" if found["line"] else "&")

    return MARKDOWN_TOKEN.sub(read, text)


@pytest.mark.parametrize(
    ("text", "shown"),
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
def test_markdown_shows_text_as_it_is(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(hostile_text)
def test_markdown_read_back_is_the_visible_text(text: str) -> None:
    assert read_markdown(escaped(text)) == visible(text)


@given(hostile_text)
def test_markdown_never_holds_a_bare_bar_or_tag(text: str) -> None:
    bare = re.sub(r"\\.|<br>|&amp;", "", escaped(text))
    assert not set("|<>&*_`[]~\n") & set(bare)
