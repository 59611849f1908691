"""What the book, or the disk, does not hold."""

from collections.abc import Iterable

from tracker.errors.kinds import NotFound
from tracker.errors.wording import suggestion


class NoSuch(NotFound):
    """A slug, key or name that the book does not hold."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"No {what} '{name}' in this book", suggestion(name, list(known)))


class NoSuchSource(NotFound):
    """A source's key that the book does not hold."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(
            f"No source '{key}' in this book",
            f"Give a whole web address, or a key. {suggestion(key, list(known))}",
        )


class OtherKind(NotFound):
    """The slug of another kind of thing than is meant, with what it has of that kind."""

    def __init__(self, slug: str, kind: str, wanted: str, meant: Iterable[str]) -> None:
        found = list(meant)
        super().__init__(
            f"'{slug}' is {'an' if kind == 'agreement' else 'a'} {kind}, not a {wanted}",
            f"Its {wanted}: {', '.join(found[:10])}{', …' if len(found) > 10 else ''}"
            if found
            else f"It has no {wanted}; declare one in a file for 'tracker apply'",
        )


class OutOfView(NotFound):
    """A concession that the book holds, and a report at these clocks or of this agreement not."""

    def __init__(self, slug: str, agreement: str | None) -> None:
        if agreement:
            super().__init__(
                f"'{slug}' is a concession of another agreement, '{agreement}'",
                f"Name it with --agreement {agreement}, or leave --agreement out",
            )
        else:
            super().__init__(
                f"'{slug}' was not in the book at that moment",
                "Name a later one with --known-by, or leave it out",
            )


class NoSuchEntry(NotFound):
    """An entry number beyond the journal's end."""

    def __init__(self, entry: int, head: int) -> None:
        remedy = f"The last one is {head}" if head else "The journal is empty"
        super().__init__(f"No entry {entry} in this book", f"{remedy}; see 'tracker history'")


class NoSuchSeed(NotFound):
    """A seed that is neither shipped nor a file."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        seeds = list(known)
        remedy = (
            f"Check the path, or name a seed: {', '.join(seeds)}"
            if "/" in name or "." in name
            else suggestion(name, seeds)
        )
        super().__init__(f"No seed and no file '{name}'", remedy)


class NoSuchFile(NotFound):
    """An input file that is not there."""

    def __init__(self, path: object) -> None:
        super().__init__(f"No file '{path}'", "Check the path")


class NoSuchTopic(NotFound):
    """A topic of `tracker help` that there is not."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"No help on '{name}'", suggestion(name, list(known)))


class ExtraMissing(NotFound):
    """A command whose optional part is not installed."""

    def __init__(self, command: str, extra: str) -> None:
        super().__init__(
            f"'{command}' needs a part that is not installed",
            f"Install it with: pip install 'truce-tracker[{extra}]'",
        )
