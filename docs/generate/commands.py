"""The commands, from the program itself."""

from typing import Any

from docs.generate import markdown
from docs.generate.markdown import code, table
from tracker.cli.application import program


def page_of(name: str, command: Any) -> list[str]:
    """Return the parts that describe one command, or each in a group."""
    if hasattr(command, "commands"):
        inner = [page_of(f"{name} {one}", it) for one, it in command.commands.items()]
        return [part for parts in inner for part in parts]
    return [f"## {name}", help_of(command), usage(name, command), parameters(command)]


def usage(name: str, command: Any) -> str:
    """Return a command's usage."""
    words = [name, *(one.metavar for one in command.params if one.param_type_name == "argument")]
    options = any(one.param_type_name == "option" for one in command.params)
    return f"    tracker {' '.join(words)}{' [OPTIONS]' if options else ''}"


def parameters(command: Any) -> str:
    """Return the table of a command's arguments and options."""
    rows = [(_name(one), one.help or "", _default(one)) for one in command.params]
    return table(("argument or option", "meaning", "default"), rows) if rows else ""


def help_of(command: Any) -> str:
    """Return what a command does, with its example."""
    about, example = parts_of_help(command.help)
    return about + (f"\n\nExample: {code(example)}" if example else "")


def parts_of_help(text: str) -> tuple[str, str]:
    """Return what a command does, and its example if it has one."""
    about, _, example = text.partition("Example: ")
    return about.strip(), example.strip()


def name_of(parameter: Any) -> str:
    """Return how an argument or an option is written."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {parameter.metavar}"


def _name(parameter: Any) -> str:
    option = parameter.param_type_name == "option"
    return code(name_of(parameter)) + (" (needed)" if option and parameter.required else "")


def _default(parameter: Any) -> str:
    value = parameter.default
    if value is None or value is False or parameter.required:
        return ""
    return code(str(value))


def shared(root: Any) -> str:
    """Return the options of the program itself."""
    rows = [
        (_name(one), one.help.replace("  ", " "))
        for one in root.params
        if one.help and not one.name.endswith("completion")
    ]
    return table(("option", "meaning"), rows)


def page() -> str:
    """Return the page."""
    root: Any = program()
    parts = [part for name, command in root.commands.items() for part in page_of(name, command)]
    before = "Options of the program itself come before the command: `tracker --db truce.db week`."
    return markdown.page("Commands", before, shared(root), *parts)
