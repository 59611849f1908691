"""Recipes: a short TOML file that says which columns of somebody else's table are which of ours."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tracker.dates import parse_period
from tracker.errors import BadInput
from tracker.files import read_toml
from tracker.forms import NAME, STAGE, Field, Form, Unread, read
from tracker.interchange.lines import COLUMNS, Complaints, NumberedRow, column_named

DAYS = ("effective_on", "public_on", "due_on")
REQUIRED = ("effective_on", "value", "status", "due_on", "outcome")
"""The columns that a row must fill if the recipe maps them, or else it is left out."""


CONSTANT = Form(
    lambda value: str(value).lower() if isinstance(value, bool) else NAME.parse(value),
    {},
)
TABLES = {"columns": NAME, "constants": CONSTANT, "statuses": STAGE}
"""The tables of a recipe, with the forms of their values."""


class Recipe(NamedTuple):
    """What a recipe says."""

    columns: Mapping[str, str]
    """For each of our columns, the column of the table that fills it."""
    constants: Mapping[str, str]
    """For each of our columns, a text that is the same in every row."""
    statuses: Mapping[str, str]
    """The status that each of the table's words means."""
    days: str | None = None
    """The format of its days, for `strptime`; without one they are ISO."""

    def day(self, text: str) -> str:
        """Return a day as ISO, or only its month or year if the format has no more.

        Raise ValueError if it is not valid; ISO is understood with any format.
        """
        if self.days is None:
            return text
        try:
            day = datetime.strptime(text, self.days).date().isoformat()
        except ValueError:
            with suppress(BadInput):
                return str(parse_period(text))
            raise
        if re.search("%[djxDcU]", self.days):
            return day
        return day[: len("2026-01" if re.search("%[mbB]", self.days) else "2026")]

    def translated(
        self, rows: Iterable[NumberedRow], complaints: Complaints, left_out: Counter[str]
    ) -> Iterator[NumberedRow]:
        """Yield what the rows of a table say in our columns; count the rows left out, by reason."""
        mapped = {ours: column_named(theirs) for ours, theirs in self.columns.items()}
        for number, row in rows:
            update = {
                ours: row.get(theirs, "").strip() for ours, theirs in mapped.items()
            }
            empty = next((name for name in REQUIRED if update.get(name) == ""), None)
            if empty:
                left_out[f"without '{self.columns[empty]}'"] += 1
                continue
            if status := update.get("status"):
                update["status"] = self.statuses.get(status, status)
            try:
                for name in DAYS:
                    if update.get(name):
                        update[name] = self.day(update[name])
            except ValueError:
                reason = f"'{update[name]}' is not a valid day, or is not written as '{self.days}'"
                complaints.add(number, self.columns[name], reason)
                continue
            whole = {**update, **self.constants}
            yield number, {name: text for name, text in whole.items() if text}


def load(path: Path) -> Recipe:
    """Read a recipe."""
    tables = read_toml(path)
    if "stages" in tables:  # as version 0.3 called it
        tables["statuses"] = tables.pop("stages")
    if isinstance(tables.get("columns"), dict) and "stage" in tables["columns"]:
        tables["columns"]["status"] = tables["columns"].pop("stage")
    complaints = Complaints(path, "key")
    complaints.add_unknown(tables, (*TABLES, "days"))
    columns, constants, statuses = (_table(tables, name, complaints) for name in TABLES)
    days = tables.get("days")
    if days is not None and not (isinstance(days, str) and re.search("%[yYcxG]", days)):
        reason = f"'{days}' is not a format of strptime with a year, such as %d %b %Y"
        complaints.add("", "days", reason)
    complaints.refuse()
    return Recipe(columns, constants, statuses, days)


def _table(
    tables: Mapping[str, Any], name: str, complaints: Complaints
) -> dict[str, str]:
    """Return a table of a recipe without what cannot be read, of which it complains."""
    table = tables.get(name, {})
    if not isinstance(table, dict):
        complaints.add(f"table [{name}]", None, "write it as one table")
        return {}
    keys = table if name == "statuses" else COLUMNS
    fields = dict.fromkeys(keys, Field(TABLES[name], needed=False, default=None))
    try:
        return read(fields, table)
    except Unread as error:
        complaints.add_unread(f"[{name}]", error, fields)
        return {}
