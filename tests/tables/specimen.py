"""Text as in hostile or merely foreign sources, and a report with it."""

from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from tracker.tables import Cell, Column, Report, Section, Tone

HOSTILE = [
    "COFCO: 10 cargoes\nSinograin: 4",
    "sold | shipped | arrived",
    "=cmd|' /C calc'!A0",
    "+1 ship", "-33 %", "@USDA", "\tindented", "\r=SUM(A1)",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J",
    "中国采购大豆 1200 万吨",
    "סויה ועפרות נדירות",
    "\u202e4202 enil\u202c \u200fright\u200e \u2066isolated\u2069 \ufeff",
    "<script>alert('soybeans')</script> & <b>rare earths</b>",
    "*bold* _soft_ `code` ~~struck~~ [link](javascript:alert(1)) \\",
    "# title", "1. first", "> quoted", "---", "% 12 & $4_{5}^6",
    "line\u2028separator\u2029and\x85next", "NUL\x00inside", "e\u0301tude",
]  # fmt: skip

unsafe_marks = "\n|\\=+-@\t\r\x1b\x00\x9b\u202e\u200f\u2066\ufeff<>&*_`~[]#%'\"{}"
hostile_text = st.sampled_from(HOSTILE) | st.text(
    st.sampled_from(unsafe_marks) | st.sampled_from("soya 中国大豆 סויה 12.5"), max_size=40
)


class Sale(NamedTuple):
    """One line of an export-sales report."""

    buyer: str
    tonnes: Decimal
    notes: tuple[str, ...] = ()


def sales_report(*texts: str, struck: bool = False) -> Report:
    """Return a report that shows each text in a wrapping and in a plain cell, and as prose."""
    rows = [Sale(text, Decimal("-132000.50"), (text,)) for text in texts]
    columns = [
        Column("Buyer", lambda row: row.buyer),
        Column("Tonnes", lambda _: "132,000.5", right=True),
        Column("Told", lambda row: Cell(row.buyer, Tone.BAD), whole=True),
    ]
    document = {"report": "sales", "rows": rows}
    shown = Section(columns, rows, texts[0], struck=lambda _: struck)
    return Report(document, Sale, (texts[0], "as of 2026-01-08"), [shown], (texts[0],))
