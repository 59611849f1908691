"""How `tracker --help` lists the commands: by what they are for."""

from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter


class Panels(TyperGroup):
    """A program whose commands stand in panels; typer itself draws them only with rich."""

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the commands, panel by panel, all in one pair of columns."""
        width = max(map(len, self.commands))
        panels: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.commands[name]
            about = command.get_short_help_str(formatter.width - 6 - width)
            rows = panels.setdefault(getattr(command, "rich_help_panel", None) or "Commands", [])
            rows.append((name.ljust(width), about))
        for title, rows in panels.items():
            with formatter.section(title):
                formatter.write_dl(rows)
