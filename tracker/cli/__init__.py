"""The command line: parses, opens the book late, calls one function, prints one report."""

import gc

# A Ctrl-C prints a traceback until `main` has begun: so neither `signal` nor `typing` is loaded
# here or in the package above, as each loads many modules first.
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

# Before anything else is imported: a short run leaves few cycles, and to look for them after
# every 700 new objects takes a twentieth of its time.
gc.set_threshold(200_000)

__all__ = ["main"]


def main() -> "NoReturn":
    """Run the program; until all of it is loaded, Ctrl-C just ends it."""
    heard = getsignal(SIGINT)
    if heard is default_int_handler:  # a shell lets what runs in the background ignore it
        signal(SIGINT, SIG_DFL)
    from tracker.cli.running import run_and_end

    run_and_end(heard)
