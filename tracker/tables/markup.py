"""Writes HTML in which every text is escaped; nothing but this module makes markup of text."""

import re
from collections.abc import Iterable, Mapping
from html import escape

from tracker.tables.cells import visible

WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>`\\]+", re.IGNORECASE)
VOID = frozenset({"br", "col", "hr", "img", "link", "meta"})

Attribute = str | int | bool | None


class Markup(str):
    """HTML as it stands; a plain string is text, and is escaped wherever it is set."""

    __slots__ = ()


EMPTY = Markup()


def text(content: str) -> Markup:
    """Return text as HTML that shows it: escaped, its control and bidi marks made visible."""
    return content if isinstance(content, Markup) else Markup(escape(visible(content)))


def join(parts: Iterable[str], between: str = "") -> Markup:
    """Return parts one after the other, `between` them as text."""
    return Markup(text(between).join(text(part) for part in parts))


def element(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """Return an element; `class_` stands for `class`, `_` in a name for `-`, None for none."""
    return tagged(name, {key.rstrip("_").replace("_", "-"): it for key, it in attributes.items()},
                  *children)  # fmt: skip


def tagged(name: str, attributes: Mapping[str, Attribute], *children: str) -> Markup:
    """Return an element whose attributes stand in a mapping."""
    opening = f"<{name}{''.join(_attribute(key, it) for key, it in attributes.items())}>"
    return Markup(opening if name in VOID else f"{opening}{join(children)}</{name}>")


def web_link(content: str, address: str | None) -> Markup:
    """Return text as a link, if the address is one of the web; else the text alone."""
    if address is None or not WEB_ADDRESS.fullmatch(address):
        return text(content)
    return element("a", content, href=address, rel="external noopener noreferrer")


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
