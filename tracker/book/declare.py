"""The commands that declare things and correct declarations."""

from collections.abc import Sequence
from typing import Annotated, Any

from tracker.book.access import Access, Answer, command, several
from tracker.book.options import AnyKind, DryRun, FieldValue, NewSlug, OneOrMore, Values
from tracker.things import Agreement, Concession, Deadline, Party, Source
from tracker.vocabulary import ThingKind

Changed = Annotated[
    str,
    "SLUG  A party, source, agreement, concession or deadline.",
    Values("agreement concession deadline party source"),
]
ReasonOfChange = Annotated[
    str, "-m --reason TEXT  The reason, listed in the week's corrections."
]
ToApply = Annotated[OneOrMore, "SEED|FILE.toml...  What to apply."]
MaybeReason = Annotated[
    str | None, "-m --reason TEXT  Why declarations change; needed if any do."
]


class Declare(Access):
    """Declares what a book is about; fields have the names of the TOML file."""

    @command("receipt")
    def add_party(self, slug: NewSlug, **fields: Annotated[FieldValue, Party]) -> Answer:
        """Declare a party: a state, a bloc or a firm.

        Example: tracker add party eu --name "European Union" --short EU
        """
        return self._add(ThingKind.PARTY, slug, fields)

    @command("receipt")
    def add_source(
        self, slug: NewSlug, **fields: Annotated[FieldValue, Source]
    ) -> Answer:
        """Declare a source; its slug is its key.

        Example: tracker add source ustr-2026 --publisher USTR --title "Fact sheet" --official
        """
        return self._add(ThingKind.SOURCE, slug, fields)

    @command("receipt")
    def add_agreement(
        self, slug: NewSlug, **fields: Annotated[FieldValue, Agreement]
    ) -> Answer:
        """Declare an agreement.

        Example: tracker add agreement eu-us-2025 --title "Turnberry" --agreed 2025-07-27
        --source article
        """
        return self._add(ThingKind.AGREEMENT, slug, fields)

    @command("receipt")
    def add_concession(
        self, slug: NewSlug, **fields: Annotated[FieldValue, Concession]
    ) -> Answer:
        """Declare a concession of an agreement.

        Example: tracker add concession sorghum --agreement busan-2025 --title "Buy sorghum"
        --giver cn --receiver us --sector agriculture --kind purchase --instrument readout
        --test "Cargoes clear customs" --source article
        """
        return self._add(ThingKind.CONCESSION, slug, fields)

    @command("receipt")
    def add_deadline(
        self, slug: NewSlug, **fields: Annotated[FieldValue, Deadline]
    ) -> Answer:
        """Declare a deadline of a concession or of an agreement.

        Example: tracker add deadline soybeans-2027 --concession soybeans --kind delivery
        --label "25 MMT" --due 2027-12-31 --target 25 --unit MMT --source article
        """
        return self._add(ThingKind.DEADLINE, slug, fields)

    @command("receipt")
    def change(
        self,
        slug: Changed,
        reason: ReasonOfChange,
        kind: AnyKind = None,
        **fields: Annotated[FieldValue, Party, Source, Agreement, Concession, Deadline],
    ) -> Answer:
        """Correct a declaration; the other fields stay as they are.

        An empty value removes a field. Reports known by an earlier entry keep the old declaration;
        the week's corrections list what changed. A postponed day is not a correction: see 'move'.

        Example: tracker change soybeans --test "Customs count 12 MMT" -m "in the sheet's words"
        """
        from tracker.journal import verbs

        whole = {**fields, "kind": kind}
        given = self._fields(
            {name: value for name, value in whole.items() if value is not None}
        )
        return self.record(lambda writer: verbs.change(writer, slug, given, reason)[1])

    @command()
    def apply(
        self, files: ToApply, *, reason: MaybeReason = None, dry_run: DryRun = False
    ) -> Answer:
        """Add agreements from files, or bring them up to date.

        All files are one batch, which one 'undo' takes back. Applying is idempotent and removes
        nothing.

        Example: tracker apply us-eu --dry-run
        """
        from tracker.interchange import seeds
        from tracker.interchange.applying import apply, load
        from tracker.reports.incoming import applied_report

        loaded = load([*dict.fromkeys(map(seeds.find, several(files)))])
        with self.writing(dry_run=dry_run) as writer:
            applied = apply(writer, loaded, reason)
            return Answer(applied_report(writer, applied, dry_run))

    def _add(self, kind: ThingKind, slug: str, fields: Any) -> Answer:
        from tracker.journal import verbs

        given = self._fields(fields)
        return self.record(lambda writer: verbs.add(writer, kind, slug, given)[1])

    def _fields(self, fields: Any) -> dict[str, Any]:
        """Return the fields of a declaration in plain values; None stands for an empty one."""
        plain: dict[str, Any] = {}
        for name, value in fields.items():
            if isinstance(value, str):
                value = value.strip() or None
            elif isinstance(value, Sequence):
                value = [*filter(None, value)] or None
            if value is not None and name.endswith("_on"):
                value = str(
                    (self.due if name in ("due_on", "opens_on") else self.period)(value)
                )
            plain[name] = value
        return plain
