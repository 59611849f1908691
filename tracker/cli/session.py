"""The book of a command line: the default one is made on first use, and it has help."""

import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping
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

    panel = "Book"

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
                "A topic, a word such as 'moot', or a command; by default, the list of topics.",
            ),
        ],
    ) -> str:
        """The words and the rules of the book, topic by topic.

        Example: tracker help stages
        """
        from tracker.cli.build import program

        texts, name = topics(), " ".join(words).lower()
        if not name:
            width = max(map(len, texts))
            listed = "\n".join(f"  {topic.ljust(width)}  {about}" for topic, about in abouts())
            return f"Topics, each shown by 'tracker help TOPIC':\n\n{listed}"
        if text := texts.get(name) or _help_of(program(), name.split()) or meaning(name, texts):
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
    return texts | {"stages": texts["stages"].format(stages=_stages(), states=_states())}


def abouts() -> list[tuple[str, str]]:
    """Return every topic's name with what it is about."""
    return [(name, text.partition("\n")[0]) for name, text in topics().items()]


DEFINED = re.compile(r"^ {4}(\w\S*(?: \S+)*)(?: {2,}|\n {8,})(\S.*(?:\n {8,}\S.*)*)", re.MULTILINE)
"""A word, or several, and what a topic says of it: on its line, and on those indented below it."""


def meaning(word: str, texts: Mapping[str, str]) -> str | None:
    """Return what the topics say of a word; None if they do not have it."""
    found = [
        (topic, words, re.sub(r" {2,}", " → ", re.sub(r"\n +", " ", said)))
        for topic, text in texts.items()
        for words, said in DEFINED.findall(text)
    ]
    whole = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    own = [one for one in found if word == one[1]]
    own = own or [one for one in found if word in one[1].split(", ")]
    own = own or [one for one in found if one[0] == "words" and whole.search(one[2])]
    lines = [f"{words}: {said} (tracker help {topic})" for topic, words, said in own]
    return "\n".join(lines) or None


def _states() -> str:
    """Return the table of the states without its header."""
    from tracker.vocabulary import STATES

    return "\n".join(f"    {state:11}  {meaning}" for state, meaning in STATES.items())


def _stages() -> str:
    """Return the table of the stages without its header."""
    from tracker.vocabulary import STAGES

    return "\n".join(
        f"    {stage:11}  {grade.meaning:43}  {grade.state}" for stage, grade in STAGES.items()
    )
