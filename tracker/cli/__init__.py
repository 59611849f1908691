"""The command line: runs it, and turns whatever ends it into a line and an exit code."""

import gc
import os
import sys

# Ctrl-C prints a traceback until `main` has begun, so neither this module nor its package imports
# `signal` or `typing`: each loads many modules.
from _signal import (  # type: ignore[import-not-found]
    SIG_DFL,
    SIG_IGN,
    SIGINT,
    default_int_handler,
    getsignal,
    signal,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

# Before all other imports: a run leaves few cycles, and to look for them after every 700 new
# objects would take a twentieth of its time. A report on 10,000 concessions makes millions.
gc.set_threshold(5_000_000)

__all__ = ["BUG", "INTERRUPTED", "main", "run"]

INTERRUPTED = 130
BUG = 70
"""The exit code of `EX_SOFTWARE` in sysexits.h."""


def main() -> "NoReturn":
    """Run the program on its own arguments and end the process.

    Until all of it is loaded, Ctrl-C just ends it.
    """
    on_interrupt = getsignal(SIGINT)
    if on_interrupt is default_int_handler:  # a shell makes background jobs ignore it
        signal(SIGINT, SIG_DFL)
    from tracker.cli import build  # noqa: F401 - loads the program

    _stand_in_for_closed_streams()
    try:
        signal(SIGINT, on_interrupt)
        for number in _endings():
            signal(number, _interrupt)
        code = run(sys.argv[1:])
        _flush()
    except KeyboardInterrupt as error:
        signal(SIGINT, SIG_IGN)  # one is enough
        code = _ended_by(error)
        _flush()
    # Everything is written and closed; tearing down the interpreter, module by module, would take a
    # tenth of a short run.
    os._exit(code)


def run(arguments: "Sequence[str]") -> int:
    """Run one command line and return its exit code; whatever happens, no traceback."""
    from tracker.cli.build import perform

    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = perform([*arguments])
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader has had enough, as `head` does
        _discard_output()
        return 0
    except (Exception, KeyboardInterrupt) as error:
        return _ended_by(error)


def _stand_in_for_closed_streams() -> None:
    """Reopen streams that the caller closed (`>&-`), or the next file would get their numbers.

    Nothing can be read from one, and writing to one fails as if it were closed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDONLY)
            setattr(sys, name, os.fdopen(handle, mode, encoding="utf-8"))


def _endings() -> "list[int]":
    """Return the signals by which a service manager, or a closing terminal, ends a command.

    Without those that the system does not have or that `nohup` ignores.
    """
    import signal as signals

    known = [getattr(signals, name, None) for name in ("SIGTERM", "SIGHUP")]
    return [number for number in known if number and getsignal(number) != SIG_IGN]


def _interrupt(*_: object) -> None:
    """End as Ctrl-C does, by an exception, so that unfinished files are removed."""
    for ending in _endings():
        signal(ending, SIG_IGN)  # a second one must not stop the cleanup
    raise KeyboardInterrupt


def _ended_by(error: BaseException) -> int:
    """Say what ended a command line, and return its exit code."""
    from typer import TyperException

    from tracker import settings
    from tracker.errors import TrackerError, Unavailable, in_one_line
    from tracker.files import reason_of

    match error:
        case TrackerError():
            return _complain(str(error), error.exit_code)
        case TyperException():
            from tracker.cli.help import in_our_words

            return _complain(in_our_words(error), error.exit_code)
        case KeyboardInterrupt():
            from tracker.database import Connection

            message = "Interrupted; nothing was recorded."
            if Connection.is_saving:
                message = (
                    "Interrupted while saving. "
                    "Look with 'tracker history' before you repeat it."
                )
            return _complain(message, INTERRUPTED)
        case _ if settings.shows_bugs():
            raise error
        case OSError(filename=None):  # standard output failed
            _discard_output()
            return _ended_by(Unavailable("output lost", reason=reason_of(error)))
        case OSError():
            reason = reason_of(error)
            return _ended_by(
                Unavailable("disk failed", path=error.filename, reason=reason)
            )
    bug = in_one_line(f"A bug: {type(error).__name__}: {error}")
    return _complain(f"{bug}. Please report it; TRACKER_DEBUG=1 shows where.", BUG)


def _complain(message: str, code: int) -> int:
    from contextlib import suppress

    from tracker.tables import visible

    with suppress(OSError):  # there is nowhere to say so
        print(f"tracker: {visible(message)}", file=sys.stderr)
    return code


def _flush() -> None:
    from contextlib import suppress

    with suppress(OSError):  # there is nowhere to say so
        sys.stdout.flush()
        sys.stderr.flush()


def _discard_output() -> None:
    """Discard buffered output, so that the interpreter does not complain at exit."""
    from contextlib import suppress

    with suppress(OSError):  # a stream without a file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
