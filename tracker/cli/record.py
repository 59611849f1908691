"""The commands that record: each appends to the journal and says what it did."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion, options
from tracker.cli.answers import recording
from tracker.cli.options import HAPPENED, argument, chosen, option, text, toggle, word
from tracker.cli.writing import words_of

if TYPE_CHECKING:
    from tracker.book import Answer, Book

commands = typer.Typer()

NoteText = Annotated[
    str | None,
    argument("[TEXT]", "What to note; - reads standard input; without TEXT, your editor opens."),
]


@recording(commands, chosen(HAPPENED, "note on says source public once"))
def log(
    book: "Book", concessions: options.Logged, stage: options.StageWord, **happened: Any
) -> "Answer":
    """Log how far one or more concessions have come.

    It is your own verdict or, with --says, what a party claims. The stage comes last.

    Example: tracker log soybeans partial -m "8 MMT sold" --on 2026-01-08 --source usda
    """
    return book.log(concessions, stage, **happened)


@recording(
    commands,
    chosen(HAPPENED, "on source note public once"),
    unit=word("[UNIT]", "The unit; by default, the target's."),
    by=text("--by", "WHO", "Who counted; by default, the source's publisher, else you."),
    basis=options.BasisWord,
    flow=toggle("--flow", "What that day added, not the total so far."),
)
def measure(
    book: "Book", deadline: options.Deadline, value: options.Value, **counted: Any
) -> "Answer":
    """Measure what was delivered towards a target.

    Who counted, the basis and the unit make up a series. The value is the total so far or,
    with --flow, what that day added.

    Example: tracker measure soybeans-2025 8.5 MMT --by "USDA" --basis sold --on 2026-01-08
    """
    return book.measure(deadline, value, **counted)


@recording(commands, chosen(HAPPENED, "says source on note public once"))
def move(
    book: "Book",
    deadline: options.MaybeDeadline = None,
    date: Annotated[
        str | None, argument("DATE", "The new day: 2026-02-28, 2026-02 or 2026.")
    ] = None,
    ending: Annotated[
        str | None,
        option(
            "--ending", "DAY", "In place of DEADLINE: every open expiry that now ends on this day."
        ),
    ] = None,
    target: options.Target = None,
    **happened: Any,
) -> "Answer":
    """Move a deadline to a new day; its first day is kept.

    To restate only the target, give the current day.

    Example: tracker move soybeans-2025 2026-02-28 --says us --source briefing
    """
    if ending is None:
        if deadline is None or date is None:
            raise typer.BadParameter("give a DEADLINE and its new DATE")
        return book.move(deadline, date, target=target, **happened)
    if deadline is None or date is not None or target is not None:
        raise typer.BadParameter("give only the new DATE with --ending DAY")
    return book.move_ending(ending, deadline, **happened)


@recording(commands, chosen(HAPPENED, "on source note public once"))
def close(
    book: "Book", deadline: options.Deadline, outcome: options.OutcomeWord, **happened: Any
) -> "Answer":
    """Close a deadline: met, missed or cancelled.

    Example: tracker close tiktok-closing met --on 2026-01-22
    """
    return book.close(deadline, outcome, **happened)


@recording(commands, chosen(HAPPENED, "says on source public once"))
def note(book: "Book", slug: options.Slug, text: NoteText = None, **happened: Any) -> "Answer":
    """Add a note to an agreement, a concession or a deadline.

    It is in your own words or, with --says, a party's statement.

    Example: tracker note tiktok "Beijing's approval still pending" --on yesterday
    """
    with words_of(slug, text) as words:
        return book.note(slug, words, **happened)


@recording(commands, chosen(HAPPENED, "once"))
def checked(
    book: "Book",
    slugs: Annotated[
        list[str] | None,
        argument("[SLUG]...", "What you looked at; by default, everything.", completion.slugs),
    ] = None,
    **once: bool,
) -> "Answer":
    """Record that you looked today and found nothing new.

    Example: tracker checked soybeans rare-earths
    """
    return book.checked(*(slugs or ()), **once)


@recording(commands, chosen(HAPPENED, "note"))
def cite(
    book: "Book",
    entry: options.EntryNumber,
    sources: Annotated[
        list[str], argument("KEY|URL...", "Sources that state the same.", completion.sources)
    ],
    **note: Any,
) -> "Answer":
    """Add sources to an entry.

    Example: tracker cite 14 usda https://www.reuters.com/…
    """
    return book.cite(entry, *sources, **note)


@recording(commands, options.CORRECTIONS)
def amend(book: "Book", entry: options.EntryNumber, **corrections: Any) -> "Answer":
    """Correct an entry: retract it and record it again.

    An empty --says, --source or --note removes that part.

    Example: tracker amend 14 --on 2026-01-08
    """
    return book.amend(entry, **corrections)


@recording(commands)
def retract(
    book: "Book",
    what: Annotated[
        str, argument("ENTRY|SLUG", "An entry's number, or a thing's slug.", completion.things)
    ],
    reason: Annotated[str, option("-m --reason", "TEXT", "Why it no longer counts.")],
    everything: Annotated[
        bool,
        typer.Option(
            "--everything",
            help="With a slug: also what is declared under it, and all entries about any of these.",
        ),
    ] = False,
) -> "Answer":
    """Retract an entry or a thing, so that it no longer counts.

    It stays in the journal, and reports known by an earlier moment still count it. The slug of a
    thing that was retracted can be used again.

    Example: tracker retract 14 --reason "misread the table"
    """
    return book.retract(what, reason, everything=everything)


@recording(commands)
def undo(book: "Book") -> "Answer":
    """Take back the entries of your last command.

    Repeat it for the command before that. What a command retracted counts again, and what it
    declared is no longer declared. An undo cannot be undone: record the entries again.

    Example: tracker undo
    """
    return book.undo()
