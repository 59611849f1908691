"""Runs a command line: the one place where errors become a line and an exit code."""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

import typer
from typer._click.exceptions import (  # typer keeps its own copy of click
    ClickException,
    NoArgsIsHelpError,
)

from tracker.cli.build import program
from tracker.cli.mistakes import in_our_words
from tracker.errors import TrackerError, Unavailable, in_one_line
from tracker.files import reason_of
from tracker.tables import visible

INTERRUPTED = 130
LOOK = "'tracker history' shows what is recorded."
ENDING = ("SIGTERM", "SIGHUP")
"""The signals that ask a command to end: from a service manager, or as a terminal closes."""


class Stopped(BaseException):
    """Raised by a signal to end, so that unfinished files are removed."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run_and_end(on_interrupt: Any) -> NoReturn:
    """Run the program on its own arguments and end the process; handle Ctrl-C from here on."""
    _stand_in_for_closed_streams()
    try:
        signal.signal(signal.SIGINT, on_interrupt)
        for number in _heard():
            signal.signal(number, _stop)
        code = run(sys.argv[1:])
        _flush()
    except (KeyboardInterrupt, Stopped) as error:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one is enough
        code = _ended_by(error)
        _flush()
    # Everything is written and closed; tearing down the interpreter, module by module, would take a
    # tenth of a short run.
    os._exit(code)


def _stand_in_for_closed_streams() -> None:
    """Reopen streams that the caller closed (`>&-`), or the next file would get their numbers.

    Nothing can be read from one, and writing to one fails as if it were closed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDONLY)
            setattr(sys, name, os.fdopen(handle, mode, encoding="utf-8"))


def _flush() -> None:
    with suppress(OSError):  # there is nowhere to say so
        sys.stdout.flush()
        sys.stderr.flush()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; whatever happens, no traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _invoke(list(arguments))
    except (BrokenPipeError, SystemExit) as error:
        # typer turns it into an exit with 1 if a command's own print raised it.
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            return error.code if isinstance(error.code, int) else 0
        _discard_output()  # the reader has had enough, as `head` does
        return 0
    except (Exception, KeyboardInterrupt, Stopped) as error:
        return _ended_by(error)


def _heard() -> list[int]:
    """Return the signals to handle: those that the system has and `nohup` does not ignore."""
    known = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    return [number for number in known if signal.getsignal(number) != signal.SIG_IGN]


def _stop(number: int, _: object) -> None:
    for one in _heard():
        signal.signal(one, signal.SIG_IGN)  # a second one must not stop the cleanup
    raise Stopped(number)


def _invoke(arguments: list[str]) -> int:
    code = program().main(arguments, prog_name="tracker", standalone_mode=False)
    sys.stdout.flush()
    if code == INTERRUPTED:  # typer turns an interrupt into an exit code
        raise typer.Abort
    return code if isinstance(code, int) else 0


def _ended_by(error: BaseException) -> int:
    """Say what ended a command line, and return its exit code."""
    match error:
        case TrackerError():
            return _complain(str(error), error.exit_code)
        case NoArgsIsHelpError():
            print(error.format_message(), file=sys.stderr)
            return error.exit_code
        case ClickException():
            return _complain(in_our_words(error), error.exit_code)
        case typer.Abort() | KeyboardInterrupt():
            return _complain(f"Interrupted. {LOOK}", INTERRUPTED)
        case Stopped():
            name = signal.Signals(error.number).name
            return _complain(f"Stopped by {name}. {LOOK}", 128 + error.number)
    if os.environ.get("TRACKER_DEBUG"):
        raise error
    if isinstance(error, OSError):
        return _ended_by(_refusal(error))
    what = in_one_line(f"A bug: {type(error).__name__}: {error}")
    return _complain(f"{what}. Please report it; TRACKER_DEBUG=1 shows where.", 1)


def _refusal(error: OSError) -> TrackerError:
    """Return the refusal for a system error; without a file, standard output failed."""
    if error.filename is not None:
        return Unavailable("disk failed", path=error.filename, reason=reason_of(error))
    _discard_output()
    return Unavailable("output lost", reason=reason_of(error))


def _discard_output() -> None:
    """Discard buffered output, so that the interpreter does not complain at exit."""
    with suppress(OSError):  # a stream without a file
        output = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), output)


def _complain(message: str, code: int) -> int:
    with suppress(OSError):  # there is nowhere to say so
        print(f"tracker: {visible(message)}", file=sys.stderr)
    return code
