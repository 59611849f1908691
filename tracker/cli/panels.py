"""Groups the commands in `tracker --help` by purpose."""

from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

from tracker.cli.commands import PANELS, Commands, summary

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter


class Panels(TyperGroup):
    """A program that lists its commands in panels; typer itself does so only with rich."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Commands()  # type: ignore[assignment]  # nothing adds to it

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002 - typer's
        """Return the names of the commands without building any."""
        return list(self.commands)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the commands, panel by panel, all in one pair of columns."""
        column = max(map(len, self.commands))
        width = formatter.width - 6 - column
        for title, modules in PANELS.items():
            names = " ".join(modules.values()).split()
            rows = [(name.ljust(column), summary(name, width)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows)
