"""What a book answers: one value, for programs and for people."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracker.tables import Report


class Done(NamedTuple):
    """What a command without a report did, in lines for people."""

    lines: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    """What else to know, for standard error."""
    exit_code: int = 0
    """1 if the lines are findings."""

    def __str__(self) -> str:
        return "\n".join(self.lines)


class Answer:
    """An immutable answer: rows for programs, a table for people.

    As text it is the table of the command line; in a notebook it is HTML.
    """

    __slots__ = ("_report", "exit_code", "for_programs")

    def __init__(self, report: Report, exit_code: int = 0, *, for_programs: bool = False) -> None:
        self._report = report
        self.exit_code = exit_code
        """What the command line exits with: 1 if `check` found something."""
        self.for_programs = for_programs
        """Whether it holds nothing that people need to read."""

    @property
    def report(self) -> Report:
        """The report that the command line writes in any of its formats."""
        return self._report

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """The main table, with the keys of the JSON contract and native Python values.

        One key holds one type. Quantities and percentages are `Decimal`, days are `date`,
        moments are `datetime` in UTC; absent values are None. Days that may be known to the
        month or the year only (`due_on`, `original_due_on`, `ends_on`) are ISO text, as given.
        """
        from tracker.tables.data import plain_value

        return tuple(plain_value(row, native=True) for row in self.report.rows)

    @property
    def data(self) -> dict[str, Any]:
        """The whole document of the JSON contract, as `-f json` prints it."""
        from tracker.tables.data import document

        return document(self.report)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.report.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answer) and self.data == other.data

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        name = self.report.document.get("report", "receipt")
        return f"<Answer: {name}, rows: {len(self)}>"

    def __str__(self) -> str:
        """Return the table that the command line prints, without the last newline."""
        from tracker.tables import Surface, render

        return render(self.report, "text", Surface()).removesuffix("\n")

    def _repr_html_(self) -> str:
        """Return the HTML that a notebook shows."""
        from tracker.tables.html import fragment

        return fragment(self.report)
