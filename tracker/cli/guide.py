"""The command that explains words and rules, and repeats the help of other commands."""

from typing import Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.parameters import argument
from tracker.errors import NoSuchTopic

commands = typer.Typer()


@commands.command()
def help(  # noqa: A001 - the command's name
    context: typer.Context,
    topic: Annotated[
        str | None,
        argument(
            "[TOPIC]", "A topic or a command; by default, the list of topics.", completion.topics
        ),
    ] = None,
) -> None:
    """The words and the rules of the book, topic by topic.

    Example: tracker help stages
    """
    from tracker.cli.topics import topics

    program: Any = context.find_root().command
    texts = topics()
    if topic is None:
        print(_listed())
    elif topic in texts:
        print(texts[topic], end="")
    elif command := program.get_command(context, topic):
        print(command.get_help(typer.Context(command, context.parent, topic)))
    else:
        raise NoSuchTopic(name=topic, known=[*texts, *program.commands])


def _listed() -> str:
    from tracker.cli.topics import abouts

    rows = abouts()
    width = max(len(name) for name, _ in rows)
    topics = "\n".join(f"  {name.ljust(width)}  {about}" for name, about in rows)
    return f"Topics, each shown by 'tracker help TOPIC':\n\n{topics}"
