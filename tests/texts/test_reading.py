"""Words from HTML, plain text and PDF; files that are not text are refused."""

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from itertools import count
from time import process_time

import pytest

from tests.refusals import raises
from tests.texts.making import locked, pdf
from tracker import texts
from tracker.errors import BadInput
from tracker.texts import Words, changes, read_text
from tracker.vocabulary import Media

PROMISE = "China will resume purchases of U.S. sorghum and hardwood logs."
ITEMS = "".join(f"<li>{good} will be bought" for good in ("Soybeans", "Sorghum", "Pork", "Beef"))
PAGE = """<!doctype html>
<html lang=en>
<head><title>Fact Sheet – The White House</title><script>var nonce = "{nonce}";</script>
<style>p {{ color: red }}</style>
<body class="has-sidebar">
<!-- built {day} -->
<header><a href="/">The White House</a><ul class="menu"><li>News<li>{menu}</ul></header>
<nav>Home &gt; {menu}</nav>
<main>
<article><header><h1>Fact Sheet</h1></header>
<p>{first}</p>
<p>A <b>hard</b>wood&nbsp;sale &amp; a&shy;greement, <a href="/{nonce}">as stated</a>.
<ol>{items}</ol>
<table><tr><th>Good<th>Duty<tr><td>Pork<br>and beef<td>25 %</table>
<ul><li><a href="/annex-{nonce}">Annex I</a></ul>
<div>Done in Busan.</div>
</article>
</main>
<aside>Related: {menu}</aside>
<footer>Page built on {day} in {nonce} ms</footer>
<noscript>Turn on scripts, {nonce}</noscript>
</body></html>"""


def page(
    first: str = PROMISE, day: str = "1 November 2025", menu: str = "Gallery", items: str = ITEMS
) -> bytes:
    return PAGE.format(first=first, day=day, menu=menu, nonce=day[::-1], items=items).encode()


def unmarked(content: bytes) -> bytes:
    """Return a page that does not say which part is its main one."""
    return re.sub(rb"<(/?)main", rb"<\1div", content).replace(
        b"</div>\n<aside", b"<article></article></div>\n<aside"
    )


def read(content: bytes | str, name: str = "sheet.html") -> Words:
    return read_text(content.encode() if isinstance(content, str) else content, name, "keep")[0]


Dress = Callable[[bytes], bytes]
DRESSES = pytest.mark.parametrize("dress", [bytes, unmarked], ids=["main part", "none"])


@DRESSES
def test_the_passages_of_a_page_are_its_text_and_the_site_around_is_not(dress: Dress) -> None:
    """Nothing is too short, or too much of a link, to be a passage."""
    first, text = read_text(dress(page()), "sheet.html", "source keep")
    later, new = read_text(
        dress(page(day="5 November 2025", menu="Newsroom")), "sheet.html", "source keep"
    )

    wanted = (
        f"Fact Sheet {PROMISE} A hardwood sale & agreement, as stated."
        " Soybeans will be bought Sorghum will be bought Pork will be bought Beef will be bought"
        " Good Duty Pork and beef 25 % Annex I Done in Busan"
    )
    assert first.plain == later.plain == Words(wanted).plain
    assert text.file_sha256 != new.file_sha256
    assert text.words_sha256 == new.words_sha256
    assert text[3:] == (Media.HTML, f"lxml {version('lxml')}")


@DRESSES
def test_three_versions_of_a_page_differ_by_what_was_edited(dress: Dress) -> None:
    """A new item of a list does not renumber the others, and a cell's lines stay together."""
    saturday = page(f"{PROMISE} Controls were imposed in April 2025 and October 2022.")
    monday = saturday.replace(b"hardwood logs", b"hardwood and softwood logs")
    wednesday = monday.replace(b"in April 2025 and October 2022", b"since 2023")
    listed = wednesday.replace(b"<li>Sorghum", b"<li>Logs will be bought<li>Sorghum")

    def edits(before: bytes, after: bytes) -> list[tuple[str, str]]:
        found = changes(read(dress(before)), read(dress(after)))
        return [(change.removed, change.added) for change in found]

    assert edits(saturday, monday) == [("", "and softwood")]
    assert edits(monday, wednesday) == [("in April 2025 and October 2022", "since 2023")]
    assert edits(wednesday, listed) == [("", "Logs will be bought")]
    assert edits(listed, listed.replace(b"<br>and beef", b"")) == [("and beef", "")]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Buy <b>12</b> MMT<p>Sell chips", "buy 12 mmt sell chips"),
        ("<head><title>News</title><p>Buy soybeans", "buy soybeans"),
        ("<nav>Home<main>Buy soybeans</main>", "buy soybeans"),
        ("<form><input><p>Buy soybeans</form>", "buy soybeans"),
        ("<article>One</article><article>Two</article><p>Three", "one two three"),
        ("<p>Site</p><article>One</article>", "one"),
        ("<p>Site</p><main>Two</main>", "two"),
        ("<table><tr><td>China<td>25<tr><td>US<td>10</table>", "china 25 us 10"),
        ("<div hidden>Old</div><div aria-hidden=true>x</div>Buy", "buy"),
        ("<p role=search>Site</p>Buy", "buy"),
        ("Sub<sub>2</sub><br>script</b></i>s", "sub2 scripts"),
        ("<script>if (a < b) { '</p>' + '<!--' }</script>Buy<!-- 12 --> MMT", "buy mmt"),
        ("<SCRIPT src=a>x</Script >Buy <scripture>12</scripture> <style>p", "buy 12"),
        ("a < b <b title='x > y'>Buy</b>", "a b buy"),
        ("<?php echo 1 ?>12 <!-- closed --> MMT", "12 mmt"),
    ],
)
def test_untidy_pages_are_read_as_browsers_show_them(html: str, words: str) -> None:
    assert read(f"<html>{html}").plain == words.split()


def test_a_text_is_read_as_it_is() -> None:
    sheet = b"# Fact Sheet\n- [Buy](http://a.example) <b>12</b>"
    words, text = read_text(sheet, "sheet.md", "source keep")

    wanted = ["fact", "sheet", "buy", "http", "a", "example", "b", "12", "b"]
    assert (words.plain, text.reader) == (wanted, "text 2")


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffTrêve à Busan".encode(),
        "Trêve à Busan".encode("windows-1252"),
        b"\x81 " + "Trêve à Busan".encode("windows-1252"),
        '<?xml version="1.0" encoding="UTF-8"?><html>Trêve à Busan</html>'.encode(),
        '<meta charset="iso-8859-1"><body>Trêve à Busan'.encode("iso-8859-1"),
        '<body><meta charset="unicode_escape">Trêve à Busan'.encode(),
    ],
)
def test_a_file_is_read_in_its_character_set(content: bytes) -> None:
    name = "sheet.html" if b"<" in content else "-"

    assert read(content, name).plain[-3:] == ["trêve", "à", "busan"]


@pytest.mark.parametrize(
    ("names", "word"),
    [
        ("utf-8 utf8", "trêve"),
        ("gb2312 gbk gb18030 big5 shift_jis euc-jp", "中"),
        ("euc-kr", "휴전"),
        ("windows-1251 koi8-r koi8-u iso-8859-5", "мир"),
    ],
)
def test_a_page_is_read_in_the_character_set_that_it_names(names: str, word: str) -> None:
    page = "<html><meta charset='{}'><main>{}"

    assert {name: read(page.format(name, word).encode(name)).plain for name in names.split()} == {
        name: [word] for name in names.split()
    }


@pytest.mark.parametrize(
    ("names", "content", "media"),
    [
        ("a.html a.txt a", pdf("Buy"), Media.PDF),
        ("- a.aspx a.txt", b"<!-- built today -->\n<!DOCTYPE html>Buy", Media.HTML),
        ("- a.aspx", b"<BODY>Buy", Media.HTML),
        ("- a.aspx a.html", b"Buy <body>", Media.TEXT),
    ],
)
def test_a_file_is_what_it_begins_like_whatever_its_name(
    names: str, content: bytes, media: Media
) -> None:
    found = {name: read_text(content, name, "source keep")[1].media for name in names.split()}

    assert found == dict.fromkeys(names.split(), media)


@pytest.mark.parametrize("dressed", [bytes, lambda content: locked(content, "")])
def test_a_pdf_is_read_page_by_page(dressed: Dress) -> None:
    content = dressed(pdf(PROMISE, "Signed in Busan"))
    words, text = read_text(content, "sheet.pdf", "source keep")

    assert words.plain == Words(f"{PROMISE} Signed in Busan").plain
    assert text.media is Media.PDF
    assert text.reader.startswith("pypdf ")


@pytest.mark.parametrize(
    ("module", "content"), [("pypdf", pdf(PROMISE)), ("lxml.html", page())], ids=["pdf", "html"]
)
def test_without_the_extra_a_page_and_a_pdf_are_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, module: str, content: bytes
) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with raises("extra missing", match=r"'source keep' needs .* 'truce-tracker\[texts\]'"):
        read_text(content, "-", "source keep")


@pytest.mark.parametrize(
    "begun", ["<", "<div>", "<!--", "<a b='", "</p>", "<![CDATA[", "<?", "<!", "<p>", "<b>", "&"]
)
def test_a_page_of_nothing_but_beginnings_is_read_or_refused_in_time(begun: str) -> None:
    """A quadratic search would take minutes here."""
    content = f"<html>{begun * (200_000 // len(begun))} Buy".encode()
    before = process_time()

    with suppress(BadInput):
        read(content)
    assert process_time() - before < 5


def test_a_file_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LIMIT", 10)

    assert read_text(b"Buy 12 MMT", "-", "keep")[0].plain == ["buy", "12", "mmt"]
    with raises("unreadable file", match="it is larger than"):
        read_text(b"Buy 12 MMT now", "-", "keep")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no words can be read from it"),
        (b"<body><script>go()</script></body>", "no words can be read from it"),
        (b"<body><!-- Buy -->", "no words can be read from it"),
        (b"<html>" + b"<div>" * 3_000 + b"Buy", "its tags are nested too deeply"),
        (b"PK\x03\x04\x00\x00", "it is not text"),
        ("Trêve à Busan".encode("utf-16"), "it is not text"),
        (b"%PDF-1.7\nnonsense", "it is a PDF that is damaged, or locked"),
        (pdf(""), "no words can be read from it"),
        (locked(pdf(PROMISE), "secret"), "it is a PDF that is damaged, or locked"),
        (bytes(texts.LIMIT + 1), "it is larger than 16 MiB"),
    ],
    ids=count(),  # no run locks a file into the same bytes as another
)
def test_what_holds_no_text_is_refused(content: bytes, reason: str) -> None:
    with raises("unreadable file") as refused:
        read_text(content, "file", "source keep")

    wanted = "a page in HTML, a text, Markdown, or a PDF that contains text"
    assert str(refused.value) == f"Cannot read 'file': {reason}. It should be {wanted}"
