"""Prints the budgets' table: ours and the peers', as medians of whole processes, in Markdown."""

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import books, peers
from tests.bench.timing import Command, Pair, paired, repeated, timed
from tracker import __version__

TRACKER = (str(Path(sys.executable).with_name("tracker")),)
REPORTS = (("week",), ("status",), ("gains",), ("check",))
SEEDS = ("busan-truce", "us-eu", "us-japan", "us-korea")
Row = tuple[str, str, str, str]
"""What was measured, the medians, the ratio or the worst figure, and the budget."""


class Bench:
    """One run of all measurements, in a folder of its own."""

    def __init__(self, folder: Path, runs: int, entries: int) -> None:
        self.folder = folder
        self.runs = runs
        self.entries = entries
        self.peers = peers.install(folder / "peers")
        books.write_four_rows(folder / "four.db")
        self.query = (
            *(self.peers.command("sqlite-utils"), "query", "four.db"),
            *("select * from truce", "--table"),
        )
        for size in (1_000, 20_000, entries):
            books.write_csv(folder / f"{size}.csv", size)
        for name in ("small", "thousand", "twenty", "theirs"):
            self.tracker(name, "init", "busan-truce")
        self.tracker("thousand", "import", "1000.csv")
        self.tracker("twenty", "import", "20000.csv")

    def on(self, book: str, *words: str) -> Command:
        """Return our command on a book, on a day on which the agreements here are under way."""
        return (*TRACKER, "--db", f"{book}.db", "--today", books.TODAY, *words)

    def tracker(self, book: str, *words: str) -> Pair:
        """Run our program once on a book."""
        return repeated(self.on(book, *words), self.folder, 1)

    def against(
        self, ours: Command, theirs: Command, environment: dict[str, str] | None = None
    ) -> Pair:
        """Run ours and another command in turn."""
        return paired(ours, theirs, environment or {}, self.folder, self.runs)

    def rows(self) -> Iterator[Row]:
        """Yield every row of the table."""
        yield from self.daily()
        yield from self.import_of_rows()
        yield from self.at_size()
        yield from self.whole_books()
        yield from self.at_width()
        yield from self.publishing()

    def daily(self) -> Iterator[Row]:
        """Measure what people do all day."""
        settings = peers.write_jrnl_settings(self.folder, 1_000)
        jrnl = (self.peers.command("jrnl"), "--config-file", str(settings), "soybeans partial")
        log = self.against(self.logged("thousand"), jrnl)
        yield _ratio("`log` / `jrnl` writing an entry, 1,000 entries on both sides", log, "≤ 0.75")
        week = self.against(self.on("small", "week"), self.query)
        yield _ratio("`week` of the 2025–26 book / `sqlite-utils query --table`", week, "≤ 1.0")
        yield _ratio("`--help` / the same", self.against((*TRACKER, "--help"), self.query), "≤ 0.6")
        completion = {
            "_TRACKER_COMPLETE": "complete_bash",
            "COMP_WORDS": "tracker --db small.db show cn-s",
            "COMP_CWORD": "4",
        }
        completing = self.against(TRACKER, self.query, completion)
        yield _ratio("completion of a slug / the same", completing, "≤ 0.6")
        yield _peak("a daily command", max(log.peak, week.peak), "≤ 40 MiB")

    def logged(self, book: str, concession: str = "cn-soy-2026") -> Command:
        """Return the command that logs a verdict."""
        return self.on(book, "log", concession, "partial", "-m", "8 MMT sold")

    def import_of_rows(self) -> Iterator[Row]:
        """Measure an import of a file into a new book, and into a new database of the peer's."""
        pair = Pair([], [])
        file = f"{self.entries}.csv"
        insert = (self.peers.command("sqlite-utils"), "insert", "peer.db", "t", file, "--csv")
        for _ in range(min(self.runs, 3)):
            for name in ("large", "peer"):
                (self.folder / f"{name}.db").unlink(missing_ok=True)
            self.tracker("large", "init", "busan-truce")
            pair.ours.extend(self.tracker("large", "import", file).ours)
            pair.theirs.extend(repeated(insert, self.folder, 1).ours)
        what = f"`import` of {self.entries:,} rows of 13 columns"
        yield _ratio(f"{what} / `sqlite-utils insert --csv`", pair, "≤ 1.3")
        yield _peak("that `import`", pair.peak, "≤ 250 MiB")

    def at_size(self) -> Iterator[Row]:
        """Measure what grows with the entries."""
        size = f"{self.entries:,} entries"
        yield from self.reports("twenty", "20,000 entries", "≤ 0.6 s", "≤ 90 MiB")
        self.made_of("broad", 4, 250)
        books.write_verdicts(self.folder / "broad.csv", self.entries, books.slugs(4, 250))
        self.tracker("broad", "import", "broad.csv")
        where = f"{size} on 1,000 concessions"
        grown = self.against(self.logged("broad", "promise-1-7"), self.logged("thousand"))
        yield _ratio(f"`log` at {where} / at 1,000", grown, "≤ 1.3")
        grown = self.against(self.logged("large"), self.logged("thousand"))
        yield _ratio("the same, but on 4 concessions: a quarter of them is loaded", grown, "–")
        yield from self.reports("broad", where, "≤ 2.5 s", "≤ 200 MiB")

    def reports(self, book: str, size: str, budget: str, memory: str | None) -> Iterator[Row]:
        """Measure the four reports that people read most, in turn, so that noise hits all alike."""
        commands = [self.on(book, *report) for report in REPORTS]
        rounds = [
            [timed(command, {}, self.folder) for command in commands]
            for _ in range(min(self.runs, 7))
        ]
        pairs = [Pair([*runs], []) for runs in zip(*rounds, strict=True)]
        for (report,), pair in zip(REPORTS, pairs, strict=True):
            yield _seconds(f"`{report}` at {size}", pair, budget)
        if memory:
            yield _peak(f"these at {size}", max(pair.peak for pair in pairs), memory)

    def whole_books(self) -> Iterator[Row]:
        """Measure what reads a whole book: another one's import, and the checks."""
        size = f"{self.entries:,} entries"
        united = self.tracker("theirs", "import", "large.db")
        yield _seconds(f"`import` of a book of {size}", united, "≤ 20 s")
        yield _seconds(f"`db check` of {size}", self.tracker("large", "db", "check"), "≤ 15 s")
        told = subprocess.run(
            self.on("large", "status", "-f", "json"),
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        book = json.loads(told.stdout)["book"]
        compared = self.tracker(
            "large", "db", "check", "--against", f"{book['entries']}:{book['head']}"
        )
        yield _seconds("`db check --against` alone", compared, "≤ 4 s")

    def made_of(self, book: str, agreements: int, concessions: int) -> Pair:
        """Make a book of agreements with a number of concessions each."""
        files = books.write_agreements(self.folder / book, agreements, concessions)
        self.tracker(book, "init", "--empty")
        return self.tracker(book, "apply", *map(str, files))

    def at_width(self) -> Iterator[Row]:
        """Measure what grows with the concessions."""
        applied = self.made_of("wide", 40, 250)
        yield _seconds("`apply` of 40 files of 250 concessions", applied, "≤ 15 s")
        grown = self.against(self.logged("wide", "promise-3-7"), self.logged("small"))
        yield _ratio("`log` at 10,000 concessions / at 48", grown, "≤ 1.3")
        yield from self.reports("wide", "10,000 concessions", "≤ 1.5 s", None)

    def publishing(self) -> Iterator[Row]:
        """Measure the sites of the four seeds and of a large book, made whole each time."""
        four = (*TRACKER, "--db", "four-seeds.db", "--today", "2026-12-31")
        repeated((*four, "init", *SEEDS), self.folder, 1)
        made = repeated((*four, "publish", "site"), self.folder, 1)
        yield _seconds("`publish` of the four books", made, "≤ 20 s")
        self.made_of("published", 4, 250)
        books.write_years(self.folder / "years.csv", self.entries, books.slugs(4, 250))
        self.tracker("published", "import", "years.csv")
        made = self.tracker("published", "publish", "site-of-1000")
        what = f"`publish` of {self.entries:,} entries on 1,000 concessions in ten years"
        yield _seconds(what, made, "≤ 90 s")
        yield _peak("that `publish`", made.peak, "≤ 500 MiB")


def _seconds(what: str, ours: Pair, budget: str) -> Row:
    return what, f"{ours.seconds[0]:.3f} s", f"{ours.seconds[0]:.2f} s", budget


def _peak(what: str, peak: float, budget: str) -> Row:
    return f"peak memory of {what}", "", f"{peak:.0f} MiB", budget


def _ratio(what: str, pair: Pair, budget: str) -> Row:
    ours, theirs = pair.seconds
    return what, f"{ours:.3f} s / {theirs:.3f} s", f"{pair.ratio:.2f}", budget


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--entries", type=int, default=100_000)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), chosen.runs, chosen.entries)
        versions = ", ".join(f"{name} {version}" for name, version in bench.peers.versions.items())
        print(f"truce-tracker {__version__}, {versions}; Python {platform.python_version()},")
        print(
            f"SQLite {sqlite3.sqlite_version}, {platform.machine()}; {chosen.runs} pairs a row.\n"
        )
        print("| what | medians, ours / theirs | ratio or figure | budget |\n|---|---|---|---|")
        for row in bench.rows():
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
