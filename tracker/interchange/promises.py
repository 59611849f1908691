"""Tables of promises: turns their rows, by a recipe, into documents that declare agreements."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.errors import UnreadableFile
from tracker.interchange.complaints import Complaint, Complaints
from tracker.interchange.documents import Document, document_of
from tracker.interchange.lines import Line
from tracker.interchange.recipes import Pattern, Promise, Recipe, filled
from tracker.interchange.rows import LONGEST_SLUG, Reason, Rows


def documents(
    recipe: Recipe, rows: Iterable[Line | Complaint], name: str
) -> tuple[list[Document], Counter[Reason]]:
    """Return a document for each agreement in a table, and the rows left out, counted by reason.

    The first of several rows with one promise declares it; each row can add what happened.
    """
    table = _Table(recipe)
    complaints = Complaints()
    for row in table.rows.taken(rows):
        for complaint in [row] if isinstance(row, Complaint) else table.take(row):
            complaints.add(complaint)
    complaints.refuse(name)
    if not table.found:
        reason = "the recipe takes none of its rows"
        raise UnreadableFile(path=name, reason=reason, wanted="a table of promises")
    return [document_of(one, name) for one in table.found.values()], table.rows.left_out


class _Table:
    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.rows = Rows(recipe)
        self.found: dict[str, dict[str, Any]] = {}
        """The declarations of each agreement, in the tables of a seed."""
        self._slugs: dict[tuple[str, ...], str] = {}
        self._taken: Counter[str] = Counter()

    def take(self, row: Line) -> Iterator[Complaint]:
        """Add what a row says; yield its mistakes."""
        agreement = self.rows.read(row, self.recipe.agreement)
        if isinstance(agreement, Complaint):
            yield agreement
        elif agreement is not None:
            for promise in self.recipe.promise:
                yield from self._promise(row, agreement, promise)

    def _promise(
        self, row: Line, agreement: dict[str, Any], promise: Promise
    ) -> Iterator[Complaint]:
        concession = self.rows.read(row, promise.concession)
        if concession is None:
            return
        if isinstance(concession, Complaint):
            yield concession
            return
        tables = self._tables(agreement)
        slug, is_new = self._slug(agreement, concession)
        if is_new:
            deadlines = [*self._read(row, promise.deadline, slug, "deadline")]
            yield from (one for one in deadlines if isinstance(one, Complaint))
            tables["concession"].append({"deadline": deadlines} | concession | {"slug": slug})
        for entry in self._read(row, promise.entry, slug, "entry"):
            if isinstance(entry, Complaint):
                yield entry
            elif "deadline" in entry:
                tables["entry"].append(entry)
            else:
                tables["entry"].append({"concession": slug, **entry})

    def _tables(self, agreement: dict[str, Any]) -> dict[str, Any]:
        slug = str(agreement.get("slug"))
        if slug not in self.found:
            self.found[slug] = {
                "agreement": agreement,
                "party": [*self.recipe.party],
                "source": [*self.recipe.source],
                "concession": [],
                "entry": [],
            }
        return self.found[slug]

    def _slug(self, agreement: dict[str, Any], concession: dict[str, Any]) -> tuple[str, bool]:
        """Return the slug of a promise, numbered if taken, and whether the promise is new."""
        said = (str(agreement.get("slug")), *(str(one) for one in concession.values()))
        if said in self._slugs:
            return self._slugs[said], False
        wanted = str(concession.get("slug", ""))
        self._taken[wanted] += 1
        number = self._taken[wanted]
        ending = f"-{number}" if number > 1 else ""
        slug = f"{wanted[: LONGEST_SLUG - len(ending)]}{ending}"
        self._slugs[said] = slug
        return slug, True

    def _read(
        self, row: Line, patterns: Iterable[Pattern], slug: str, part: str
    ) -> Iterator[dict[str, Any] | Complaint]:
        for pattern in patterns:
            found = self.rows.read(row, pattern, part)
            if isinstance(found, Complaint):
                yield found
            elif found is not None:
                yield filled(found, {"slug": slug})
