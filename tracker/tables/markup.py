"""Writes HTML in which every text is escaped; only this module turns text into markup."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from html import escape

from tracker.tables.cells import WEB_ADDRESS, visible

VOID = frozenset({"img", "link", "meta", "source"})
"""The elements without an end tag, among those that are written."""

Attribute = str | int | bool | None


class Markup(str):
    """Finished HTML; a plain string is text, and is escaped wherever it is used."""

    __slots__ = ()


EMPTY = Markup()


def text(content: str) -> Markup:
    """Return text as HTML: escaped, with its control and bidi marks made visible."""
    return content if isinstance(content, Markup) else Markup(_escaped(content))


def join(parts: Iterable[str], between: str = "") -> Markup:
    """Return parts joined by the text `between`."""
    return Markup(text(between).join(_texts(parts)))


def element(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """Return an element; `class_` stands for `class`, `_` in a name for `-`, None for none."""
    parts = [_start(name, attributes)]
    if name not in VOID:
        parts += [*_texts(children), f"</{name}>"]
    return Markup("".join(parts))


def web_link(content: str, address: str | None) -> Markup:
    """Return text as a link if the address is a web address, else the text alone."""
    if address is None or not WEB_ADDRESS.fullmatch(address):
        return text(content)
    return element("a", content, href=address, rel="external noopener noreferrer")


def _start(name: str, attributes: Mapping[str, Attribute]) -> str:
    given = [
        f' {_named(key)}="{_escaped(it if isinstance(it, str) else str(it))}"'
        if it is not True
        else f" {_named(key)}"
        for key, it in attributes.items()
        if it is not None and it is not False
    ]
    return f"<{name}{''.join(given)}>"


def _texts(parts: Iterable[str]) -> list[str]:
    return [part if isinstance(part, Markup) else _escaped(part) for part in parts]


@cache
def _named(keyword: str) -> str:
    return keyword.rstrip("_").replace("_", "-")


@lru_cache(8_192)
def _escaped(content: str) -> str:
    """Return text escaped; cached, as texts recur from cell to cell."""
    return escape(visible(content))
