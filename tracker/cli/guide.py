"""The command that explains words and rules, and repeats the help of other commands."""

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.options import argument
from tracker.errors import NoSuchTopic

commands = typer.Typer()


@commands.command()
def help(  # noqa: A001 - the command's name
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        argument(
            "[TOPIC|COMMAND]",
            "A topic, or a command such as 'add party'; by default, the list of topics.",
            completion.topics,
        ),
    ] = None,
) -> None:
    """The words and the rules of the book, topic by topic.

    Example: tracker help stages
    """
    root, texts, name = context.find_root(), topics(), " ".join(words or ())
    if not name:
        width = max(map(len, texts))
        listed = "\n".join(f"  {topic.ljust(width)}  {about}" for topic, about in abouts())
        print(f"Topics, each shown by 'tracker help TOPIC':\n\n{listed}")
    elif name in texts:
        print(texts[name], end="")
    elif text := _help_of(root, name.split()):
        print(text)
    else:
        commands: Any = root.command
        raise NoSuchTopic(name=name, known=[*texts, *commands.commands])


def _help_of(context: Any, words: list[str]) -> str | None:
    """Return the help of a command, which may be one of a group; None if there is none."""
    for word in words:
        group = context.command
        command = group.get_command(context, word) if hasattr(group, "commands") else None
        if command is None:
            return None
        context = typer.Context(command, context, word)
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
