"""Runs a command line: the one place where errors become a line and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer
from typer._click.exceptions import (  # typer keeps its own copy of click
    ClickException,
    NoArgsIsHelpError,
)

from tracker.cli.application import app
from tracker.errors import TrackerError
from tracker.tables.cells import visible

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the program on its own arguments."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; whatever happens, no traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _invoke(list(arguments))
    except TrackerError as error:
        return _complain(str(error), error.exit_code)
    except NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return error.exit_code
    except ClickException as error:
        return _complain(_in_our_words(error), error.exit_code)
    except typer.Abort:
        return _complain("Interrupted. 'tracker history' shows what is recorded.", INTERRUPTED)
    except (BrokenPipeError, SystemExit) as error:
        # typer makes an exit with 1 of it where a command's own print met it.
        if not isinstance(error.__context__ or error, BrokenPipeError):
            raise
        # The reader has had enough, as `head` does; the interpreter must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("TRACKER_DEBUG"):
            raise
        what = f"A bug: {type(error).__name__}: {error}"
        return _complain(f"{what}. Please report it; TRACKER_DEBUG=1 shows where.", 1)


def _invoke(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    code = command.main(arguments, prog_name="tracker", standalone_mode=False)
    sys.stdout.flush()
    if code == INTERRUPTED:  # typer makes an exit code of the interrupt
        raise typer.Abort
    return code if isinstance(code, int) else 0


def _in_our_words(error: ClickException) -> str:
    """Return a usage error as one line that ends with what to do."""
    what = error.format_message().strip().rstrip(".")
    what = " ".join(line.strip() for line in what.splitlines())
    context = getattr(error, "ctx", None)
    remedy = f"See '{context.command_path} --help'." if context else "See 'tracker --help'."
    return f"{what}{'' if what.endswith('?') else '.'} {remedy}"


def _complain(message: str, code: int) -> int:
    print(f"tracker: {visible(message)}", file=sys.stderr)
    return code
