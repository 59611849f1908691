"""The keys of the JSON reports, from the rows that the reports are made of."""

from typing import Any, get_args, get_type_hints

from docs.generate import markdown
from docs.generate.hints import holds, keys, optional, present
from docs.generate.markdown import code, table
from docs.generate.meanings import meaning
from tracker.facts import Entry, Head
from tracker.reports.at_risk import AtRiskRow
from tracker.reports.check import CheckRow
from tracker.reports.citations import SourceRow
from tracker.reports.claims import ClaimsRow, OtherClaim
from tracker.reports.cliff import CliffRow
from tracker.reports.deadlines import DeadlineMove, DeadlineRow
from tracker.reports.diff import DiffRow
from tracker.reports.gains import GainedConcession, GainsRow
from tracker.reports.pace import PaceBand, PaceRow
from tracker.reports.show import ShowRow
from tracker.reports.sources import SourcesRow
from tracker.reports.status import Delivered, LatestClaim, NextDeadline, StatusRow
from tracker.reports.week import Period, Silent, WeekRow
from tracker.tables.data import SCHEMA

FRAME = ("schema", "report", "as_of", "known_by", "agreement", "rows")

REPORTS: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "status": (StatusRow, {}),
    "week": (
        WeekRow,
        {
            "period": Period,
            "gains": list[GainsRow],
            "changes": list[Entry],
            "late": list[Entry],
            "due": list[DeadlineRow],
            "overdue": list[DeadlineRow],
            "corrections": list[Entry],
            "silent": list[Silent],
            "sources": list[SourceRow],
        },
    ),
    "gains": (
        GainsRow,
        {"concessions": list[GainedConcession], "expired": list[DeadlineRow]},
    ),
    "show": (ShowRow, {}),
    "history": (Entry, {}),
    "deadlines": (DeadlineRow, {}),
    "pace": (PaceRow, {"bands": list[PaceBand]}),
    "claims": (ClaimsRow, {}),
    "cliff": (CliffRow, {}),
    "at-risk": (AtRiskRow, {}),
    "diff": (DiffRow, {"fell_due": list[DeadlineRow]}),
    "sources": (SourcesRow, {}),
    "check": (CheckRow, {}),
}
"""The row of each report, and what its document holds besides."""

PLACES: dict[Any, str] = {
    StatusRow: "status",
    GainsRow: "gains",
    Entry: "history",
    DeadlineRow: "deadlines",
    PaceRow: "pace",
    ClaimsRow: "claims",
}
"""Where the keys of a row are told that others hold, too."""

NESTED: dict[type[Any], str] = {
    LatestClaim: "`latest_claim`",
    OtherClaim: "`others` of claims",
    Delivered: "`delivered` of status",
    NextDeadline: "`next_deadline`",
    DeadlineMove: "`moves`",
    Period: "`period` of week",
    Silent: "`silent` of week",
    GainedConcession: "`concessions` of gains",
    PaceBand: "`bands` of pace",
    SourceRow: "`sources` of week and show",
    Head: "`book`",
}
"""What has keys of its own, and where it stands."""

RECEIPT = {"recorded": list[Entry], "before": StatusRow | None, "after": StatusRow | None}

INTRODUCTION = f"""`-f json` prints one document, on a terminal and in a pipe alike. It is a
contract: `schema` is {SCHEMA}, and rises when a key changes its meaning or goes; keys may be
added. Days are ISO text, quantities and percentages text, what is absent is `null`. In CSV,
keys of a nested object are joined: `latest_claim_party`. From Python, `answer.data` is this
document."""


def page() -> str:
    """Return the page."""
    frame = table(("key", "meaning"), [(code(key), meaning(key)) for key in (*FRAME, "book")])
    parts = [part for name in REPORTS for part in section(name)]
    parts += ["## Receipts", markdown.prose(RECEIPTS), rows_of(RECEIPT), "## Nested objects"]
    parts += [part for one, at in NESTED.items() for part in (f"### {at}", rows_of(keys(one)))]
    return markdown.page("JSON", markdown.prose(INTRODUCTION), frame, *parts)


RECEIPTS = """`log`, `measure`, `move`, `close`, `note`, `checked`, `amend`, `retract`,
`undo` and `import` print what they recorded, with `schema`; `import` adds `known`, how many
lines the book held already."""


def section(name: str) -> list[str]:
    """Return the parts that tell of one report's document."""
    row, more = REPORTS[name]
    own = {key: hint for key, hint in get_type_hints(row).items() if key != "status_"}
    parts = [f"## {name}", rows_of(own)]
    if own != get_type_hints(row):
        parts.insert(1, "The keys of [status](#status), and:")
    if more:
        parts += ["Besides `rows`:", rows_of(more)]
    return parts


def rows_of(fields: dict[str, Any]) -> str:
    """Return the table of keys."""
    rows = [
        (code(key), told(hint) + (", or null" if optional(hint) else ""), meaning(key))
        for key, hint in fields.items()
    ]
    return table(("key", "holds", "meaning"), rows)


def told(hint: Any) -> str:
    """Return what a key holds; rows that have a place of their own are named, not repeated."""
    kinds = [present(hint), *get_args(hint)]
    if (place := next((PLACES[kind] for kind in kinds if kind in PLACES), None)) is None:
        return holds(hint)
    link = f"[{place}](#{place})"
    return f"a row of {link}" if present(hint) in PLACES else f"rows of {link}"
