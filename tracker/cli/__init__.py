"""The command line: parses, opens the book late, calls one function, prints one report."""

import gc

# Before anything else is imported: a short run leaves few cycles, and to look for them after
# every 700 new objects takes a twentieth of its time.
gc.set_threshold(200_000)

from tracker.cli.running import main  # noqa: E402

__all__ = ["main"]
