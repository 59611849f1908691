"""Words from HTML, plain text, Markdown and PDF; files that are not text are refused."""

import re
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import process_time

import pytest

from tests.texts.making import locked, pdf
from tracker.errors import ExtraMissing, UnreadableFile
from tracker.texts import pages, reading
from tracker.texts.markup import safe
from tracker.texts.reading import page_of
from tracker.texts.words import Words, changes
from tracker.vocabulary import Media

PROMISE = "China will resume purchases of U.S. sorghum and hardwood logs."
PAGE = """<!doctype html>
<html lang=en>
<head><title>Fact Sheet – The White House</title><script>var nonce = "{nonce}";</script>
<style>p {{ color: red }}</style>
<body class="has-sidebar">
<!-- built {day} -->
<header><a href="/">The White House</a><ul class="menu"><li>News<li>{menu}</ul></header>
<nav>Home &gt; {menu}</nav>
<main>
<article><h1>Fact Sheet</h1>
<p>{first}</p>
<p>A <b>hard</b>wood&nbsp;sale &amp; a&shy;greement, <a href="/{nonce}">as stated</a>.
<p class="updated">Last updated {day}</p>
<p class="sr-only">Skip {nonce}</p>
<div class="share">Share on {menu}</div>
</article>
</main>
<aside>Related: {menu}</aside>
<footer>Page built on {day} in {nonce} ms</footer>
<noscript>Turn on scripts, {nonce}</noscript>
</body></html>"""


def page(first: str = PROMISE, day: str = "1 November 2025", menu: str = "Gallery") -> bytes:
    return PAGE.format(first=first, day=day, menu=menu, nonce=day[::-1]).encode()


def unmarked(content: bytes) -> bytes:
    """Return a page that does not say which part is its main one."""
    return re.sub(rb"<(/?)(?:main|article)", rb"<\1div", content)


Dress = Callable[[bytes], bytes]


@pytest.fixture(params=["main part", "no main part", "trafilatura"])
def dress(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Dress:
    """A page with and without a marked main part, and without one where trafilatura is there."""
    if request.param == "no main part":
        monkeypatch.setattr(reading, "find_spec", lambda _: None)
    return (lambda content: content) if request.param == "main part" else unmarked


def test_what_reads_a_page_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    with_main = page_of(page(), "-", "source keep")
    without = page_of(unmarked(page()), "-", "source keep")
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    own = page_of(unmarked(page()), "-", "source keep")

    readers = [one.fingerprint.reader for one in (with_main, without, own)]
    assert readers == ["html 1", f"trafilatura {version('trafilatura')}", "html 1"]


def test_the_site_around_a_page_is_not_its_text(dress: Dress) -> None:
    first = page_of(dress(page()), "sheet.html", "source keep")
    later = dress(page(day="5 November 2025", menu="Newsroom"))
    later = page_of(later, "sheet.html", "source keep")

    assert first.fingerprint.media is Media.HTML
    assert first.fingerprint.file_sha256 != later.fingerprint.file_sha256
    assert not changes(first.words, later.words)
    assert first.fingerprint.words_sha256 == later.fingerprint.words_sha256


def test_a_changed_word_of_a_page_is_a_change(dress: Dress) -> None:
    words = PROMISE.replace("hardwood", "hardwood and softwood")

    (change,) = changes(
        page_of(dress(page()), "-", "source keep").words,
        page_of(dress(page(words)), "-", "source keep").words,
    )

    assert (change.removed, change.added) == ("", "and softwood")


def test_where_no_part_is_the_main_one_all_passages_are_read_but_no_comments() -> None:
    """A page may be read again and again, and what looks like a teaser may be the news."""
    says = "{} will resume purchases of United States sorghum and hardwood logs within the year."
    countries = ("China", "Japan", "India", "Korea", "Peru", "Chile", "Kenya")
    passages = "".join(f"<p>{says.format(one)} {says.format('It')}</p>" for one in countries)
    html = (
        f"<html><body><div class='content'><h1>Fact sheet</h1>{passages}"
        f"<div class='teaser'><p>{says.format('Cuba')} {says.format('It')}</p></div></div>"
        f"<div id='comments'><div class='comment'><p>{says.format('Nobody')}</p></div></div>"
    )

    first, *others = (page_of(html.encode(), "-", "keep") for _ in range(5))

    assert first.fingerprint.reader == f"trafilatura {version('trafilatura')}"
    assert {"kenya", "cuba", "nobody"}.intersection(first.words.plain) == {"kenya", "cuba"}
    assert {one.words.sha256 for one in others} == {first.words.sha256}


def test_the_own_reader_takes_the_main_part_and_joins_what_tags_do_not_part() -> None:
    assert Words(pages.marked_text_of(page().decode())).plain == (
        Words(f"Fact Sheet {PROMISE} A hardwood sale & agreement, as stated.").plain
    )


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
        ("<nav>All there is</nav>", "all there is"),
        ("<table><tr><td>China<td>25<tr><td>US<td>10</table>", "china 25 us 10"),
        ("<div hidden>Old</div><div aria-hidden=true>x</div>Buy", "buy"),
        ("Sub<sub>2</sub><br>script</b></i>s", "sub2 scripts"),
        ("<script>if (a < b) { '</p>' + '<!--' }</script>Buy<!-- 12 --> MMT", "buy mmt"),
        ("<SCRIPT src=a>x</Script >Buy <scripture>12</scripture> <style>p", "buy 12"),
        ("a < b <and c<d <b title='x > y'>Buy</b>", "a b and c d buy"),
        ("<![CDATA[Buy]]> <?php echo 1 ?>12 <!-- open", "buy 12 open"),
        ("<a b='" * 200, " ".join(["a", "b"] * 200)),
    ],
)
def test_untidy_pages_are_read_as_browsers_show_them(
    html: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "find_spec", lambda _: None)

    assert page_of(f"<html>{html}".encode(), "-", "keep").words.plain == words.split()


def test_what_opens_a_tag_too_often_is_text() -> None:
    """Of so many, the first hundred are looked at one by one."""

    def read(begun: str, times: int) -> list[str]:
        return Words(pages.whole_text_of(safe(f"{begun * times}<nav>Site</nav>Buy"))).plain

    assert read("<a ", 100) == [*["a"] * 100, "buy"]
    assert read("<a ", 101) == [*["a"] * 101, "nav", "site", "nav", "buy"]
    assert read("< ", 101) == read("</ ", 101) == ["buy"]


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("a<!-- b --> c", "a c"),
        ("<!---->a<!--b", "ab"),
        ("a<script>1</script>b<SCRIPT>2", "ab"),
        ("a<style >1</style>b<style/>2</style >c", "abc"),
        ("<script>1</style>2</script>a<style>1</style", "a"),
        ("a<script", "a&lt;script"),
        ("<scripting>a", "<scripting>a"),
        ("<![CDATA[a]]><![cdata[b]]>", "a]]>b]]>"),
        ("<?x y?><!x y>a", "a"),
        ("<a title=\"a>b\">c</a><A b='c>d'>e</A >", "<a title=\"a>b\">c</a><A b='c>d'>e</A >"),
        ("a<b\n>c<1>d", "a<b\n>c&lt;1>d"),
    ],
)
def test_only_whole_tags_and_text_are_left(html: str, left: str) -> None:
    assert safe(html) == left


@pytest.mark.parametrize(
    ("html", "names", "words"),
    [
        (
            "Buy<{0} hidden> soybeans",
            "area base br col embed hr img input link meta source track wbr",
            "buy soybeans",
        ),
        (
            "Soy<{0}>be</{0}>ans",
            "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span"
            " strong sub sup time u var wbr",
            "soybeans",
        ),
        (
            "<{0}>Site</{0}>Buy",
            "script style noscript template svg canvas iframe object audio video title"
            " nav aside footer button select textarea dialog header",
            "buy",
        ),
        (
            "<p role={0}>Site</p>Buy",
            "navigation banner contentinfo search complementary menu",
            "buy",
        ),
        (
            "<p class={0}>Site</p>Buy",
            "nav navbar navigation menu breadcrumb breadcrumbs footer sidebar masthead site-header"
            " site-footer pagination share share-links sharing social-links social-share"
            " related-posts newsletter cookie-banner cookie-notice skip-link sr-only"
            " screen-reader-text visually-hidden updated last-updated last-modified date-modified"
            " build-date",
            "buy",
        ),
    ],
)
def test_each_element_role_and_class_is_read_as_what_it_is(
    html: str, names: str, words: str
) -> None:
    """A kept text is compared with later ones, so all versions have to leave out the same."""
    read = {name: Words(pages.whole_text_of(html.format(name))).plain for name in names.split()}

    assert read == {name: words.split() for name in names.split()}


MARKDOWN = """---
modified: {day}
title: Fact Sheet
---
<!-- fetched {day} -->
# Fact Sheet

-   China will [resume purchases](https://example.org/{day}) of *U.S. sorghum* and hardwood
    logs\\.[^1]
-   See <https://example.org/{day}>, ![a map](map-{day}.png), and a &lt; b &amp; c

[^1]: A note
[1]: https://example.org/{day}
"""


def test_what_markdown_says_of_itself_and_where_its_links_lead_are_no_words() -> None:
    first, later = (
        page_of(MARKDOWN.replace("{day}", day).encode(), "sheet.md", "source keep")
        for day in ("2025-11-01", "2025-11-05")
    )

    assert first.words.plain == later.words.plain
    assert first.words.shown(0, 8) == "Fact Sheet China will [resume purchases] of *U"
    assert first.words.plain[-3:] == ["1", "a", "note"]
    assert first.fingerprint.reader == "text 1"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffTrêve à Busan".encode(),
        "Trêve à Busan".encode("utf-16"),
        "\ufeffTrêve à Busan".encode("utf-16-be"),
        "Trêve à Busan".encode("windows-1252"),
        b"\x81 " + "Trêve à Busan".encode("windows-1252"),
        '<meta charset="iso-8859-1"><body>Trêve à Busan'.encode("iso-8859-1"),
        '<meta charset="unicode_escape"><body>Trêve à Busan'.encode(),
    ],
)
def test_a_file_is_read_in_its_character_set(content: bytes) -> None:
    assert page_of(content, "-", "source keep").words.plain[-3:] == ["trêve", "à", "busan"]


@pytest.mark.parametrize(
    ("names", "word"),
    [
        ("utf-8 utf8", "trêve"),
        ("gb2312 gbk gb18030 big5 shift_jis euc-jp", "中"),
        ("euc-kr", "휴전"),
        ("windows-1251 koi8-r koi8-u iso-8859-5", "мир"),
        ("windows-1258 iso-8859-16 us-ascii", "truce"),
    ],
)
def test_a_page_is_read_in_the_character_set_that_it_names(names: str, word: str) -> None:
    page = "<html><meta charset='{}'><main>{}"
    read = {name: page.format(name, word).encode(name) for name in names.split()}

    assert {name: page_of(one, "-", "keep").words.plain for name, one in read.items()} == {
        name: [word] for name in read
    }


@pytest.mark.parametrize(
    ("names", "content", "media"),
    [
        ("a.html A.HTM a.xhtml", b"Buy", Media.HTML),
        ("a.txt a.md a.markdown", b"<html>Buy", Media.TEXT),
        ("a.html a.txt a", pdf("Buy"), Media.PDF),
        ("- a.aspx", b"<!-- built today -->\n<!DOCTYPE html>Buy", Media.HTML),
        ("- a.aspx", b"<BODY>Buy", Media.HTML),
        ("- a.aspx", b"Buy <body>", Media.TEXT),
        ("-", b"<html".rjust(2_048) + b">Buy", Media.HTML),
        ("-", b"<html".rjust(2_049) + b">Buy", Media.TEXT),
    ],
)
def test_a_file_is_what_its_name_says_else_what_it_begins_like(
    names: str, content: bytes, media: Media
) -> None:
    found = {name: page_of(content, name, "source keep").media for name in names.split()}

    assert found == dict.fromkeys(names.split(), media)


@pytest.mark.parametrize(("place", "word"), [(4_096, "мир"), (4_097, "íéò")])
def test_a_character_set_is_named_within_the_first_bytes(place: int, word: str) -> None:
    head = b"<html>" + b"<meta charset=koi8-r".rjust(place - 6)

    assert page_of(head + b">" + "мир".encode("koi8-r"), "-", "keep").words.plain == [word]


def test_the_mark_of_a_pdf_is_within_the_first_bytes() -> None:
    with pytest.raises(UnreadableFile, match="it is a PDF that cannot be read"):
        page_of(b"%PDF-".rjust(1_024) + b" Buy", "a.html", "keep")
    assert page_of(b"%PDF-".rjust(1_025) + b" Buy", "-", "keep").words.plain == ["%", "pdf", "buy"]


@pytest.mark.parametrize("dressed", [bytes, lambda content: locked(content, "")])
def test_a_pdf_is_read_page_by_page(dressed: Dress) -> None:
    content = dressed(pdf(PROMISE, "Signed in Busan"))
    kept = page_of(content, "sheet.pdf", "source keep")

    assert kept.words.plain == Words(f"{PROMISE} Signed in Busan").plain
    assert kept.fingerprint.media is Media.PDF
    assert kept.fingerprint.reader.startswith("pypdf ")


def test_without_the_extra_a_pdf_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)

    with pytest.raises(ExtraMissing, match=r"'source keep' needs .* 'truce-tracker\[texts\]'"):
        page_of(pdf(PROMISE), "sheet.pdf", "source keep")


@pytest.mark.parametrize(
    "begun",
    ["<", "<div>", "<!--", "<a b='", "</p>", "<![CDATA[", "<?", "<!", "](", "<a ", "&", "1,"],
)
@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_a_file_of_nothing_but_beginnings_is_read_in_time(name: str, begun: str) -> None:
    """A quadratic search would take minutes here."""
    content = f"{begun * (30_000 // len(begun))} Buy".encode()
    before = process_time()

    assert page_of(content, name, "source keep").words.plain[-1:] == ["buy"]
    assert process_time() - before < 5


def test_a_file_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMIT", 10)

    assert page_of(b"Buy 12 MMT", "-", "keep").words.plain == ["buy", "12", "mmt"]
    with pytest.raises(UnreadableFile, match="it is larger than"):
        page_of(b"Buy 12 MMT!", "-", "keep")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no words can be read from it"),
        (b"<body><script>go()</script></body>", "no words can be read from it"),
        (b"PK\x03\x04\x00\x00", "it is not text"),
        (b"%PDF-1.7\nnonsense", "it is a PDF that cannot be read"),
        (pdf(""), "no words can be read from it"),
        (locked(pdf(PROMISE), "secret"), "it is locked with a password"),
        (b"buy " * 1_000_001, "it has more than 1,000,000 words"),
        (bytes(reading.LIMIT + 1), "it is larger than 16 MiB"),
    ],
)
def test_what_holds_no_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        page_of(content, "file", "source keep")

    wanted = "a page in HTML, a text, Markdown, or a PDF that contains text"
    assert str(refused.value) == f"Cannot read 'file': {reason}. It should be {wanted}"
