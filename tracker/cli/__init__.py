"""The command line: parses, opens the book late, calls one function, prints one report."""

from tracker.cli.running import main

__all__ = ["main"]
