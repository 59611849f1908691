"""The book of a command line: the default one is made on first use, and it has help."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from tracker import settings
from tracker.book import Book
from tracker.book.options import Option, command
from tracker.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from tracker.database import Connection

UNFORESEEN = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError)
"""What a value that this program did not write can raise; otherwise a bug."""


class Session(Book):
    """The book of one command line."""

    panel = "Help"

    @contextmanager
    def opened(self) -> "Iterator[Connection]":
        """Open the book; the default one is made on first use."""
        named = settings.database_or(self._db) is not None
        if not named and not self.target.path.exists() and (made := self.make_default()):
            print(f"tracker: {made}", file=sys.stderr)
        try:
            with super().opened() as connection:
                yield connection
        except (*UNFORESEEN, sqlite3.Error) as error:
            self._require_sound(error)
            raise

    def _require_sound(self, error: Exception) -> None:
        """Raise `BookDamaged` if the book has damage that explains an unexpected error."""
        from tracker.soundness import findings

        for finding in findings(self.target, settings.now()):
            raise Unavailable("book damaged", book=self.target, reason=finding) from error

    @command()
    def help(
        self,
        *words: Annotated[
            str,
            Option(
                "[TOPIC|COMMAND]",
                "A topic, or a command such as 'add party'; by default, the list of topics.",
            ),
        ],
    ) -> str:
        """The words and the rules of the book, topic by topic.

        Example: tracker help stages
        """
        from tracker.cli.build import program

        texts, name = topics(), " ".join(words)
        if not name:
            width = max(map(len, texts))
            listed = "\n".join(f"  {topic.ljust(width)}  {about}" for topic, about in abouts())
            return f"Topics, each shown by 'tracker help TOPIC':\n\n{listed}"
        if text := texts.get(name) or _help_of(program(), name.split()):
            return text
        raise NotFound("no such topic", name=name, known=[*texts, *program().commands])


def _help_of(command: Any, words: list[str]) -> str | None:
    """Return the help of a command, which may be one of a group; None if there is none."""
    context = command.context_class(command, info_name="tracker", **command.context_settings)
    for word in words:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            return None
        context = command.context_class(command, context, word)
    return str(context.get_help())


FOLDER = Path(__file__).parent / "topics"
"""The topics, one text file each; the first line says what it is about."""


def topics() -> dict[str, str]:
    """Return every topic's text by its name."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    return texts | {"stages": texts["stages"].replace("{stages}", _stages())}


def abouts() -> list[tuple[str, str]]:
    """Return every topic's name with what it is about."""
    return [(name, text.partition("\n")[0]) for name, text in topics().items()]


def _stages() -> str:
    """Return the table of the stages without its header."""
    from tracker.vocabulary import STAGES

    return "\n".join(
        f"    {stage:11}  {grade.meaning:43}  {grade.state}" for stage, grade in STAGES.items()
    )
