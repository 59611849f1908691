"""The command line: parses, opens the book late, calls one function, prints one report."""

import gc

# Ctrl-C prints a traceback until `main` has begun, so neither this module nor its package imports
# `signal` or `typing`: each loads many modules.
from _signal import (  # type: ignore[import-not-found]
    SIG_DFL,
    SIGINT,
    default_int_handler,
    getsignal,
    signal,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

# Before all other imports: a run leaves few cycles, and to look for them after every 700 new
# objects would take a twentieth of its time. A report on 10,000 concessions makes 400,000.
gc.set_threshold(1_000_000)

__all__ = ["main"]


def main() -> "NoReturn":
    """Run the program; until all of it is loaded, Ctrl-C just ends it."""
    heard = getsignal(SIGINT)
    if heard is default_int_handler:  # a shell makes background jobs ignore it
        signal(SIGINT, SIG_DFL)
    from tracker.cli.running import run_and_end

    run_and_end(heard)
