"""Prints the budgets' table: ours and the peers', as ratios of medians, in Markdown."""

import argparse
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import books, peers
from tests.bench.timing import Command, Pair, Run, paired, timed
from tracker import __version__

TRACKER = (str(Path(sys.executable).with_name("tracker")),)


class Bench:
    """One run of all measurements, in a folder of its own."""

    def __init__(self, folder: Path, runs: int, entries: int) -> None:
        self.folder = folder
        self.runs = runs
        self.entries = entries
        self.peers = peers.install(folder / "peers")
        self.query = (
            *(self.peers.command("sqlite-utils"), "query", "four.db"),
            *("select * from truce", "--table"),
        )
        books.write_four_rows(folder / "four.db")
        self.tracker("small.db", "init", "busan-truce")

    def tracker(self, book: str, *words: str) -> Run:
        """Run our program once on a book."""
        return timed((*TRACKER, "--db", book, *words), {}, self.folder)

    def against(self, ours: Command, theirs: Command, runs: int | None = None, **env: str) -> Pair:
        """Run ours and a peer in turn."""
        return paired(ours, theirs, env, self.folder, runs or self.runs)

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what was measured, our time, the ratio or figure, and the budget."""
        yield from self.daily()
        yield from self.at_size()
        yield from self.uniting()
        yield from self.publishing()
        yield from self.at_width()

    def daily(self) -> Iterator[tuple[str, str, str, str]]:
        """Measure what people do all day."""
        settings = peers.write_jrnl_settings(self.folder)
        jrnl = (self.peers.command("jrnl"), "--config-file", str(settings), "soybeans partial")
        small = (*TRACKER, "--db", "small.db")
        logged = (*small, "log", "cn-soy-2025", "partial", "-m", "8 MMT sold")
        log = self.against(logged, jrnl)
        yield _ratio("`log` / `jrnl` writing an entry", log, "≤ 0.75")
        week_of = (*small, "week")
        week = self.against(week_of, self.query)
        yield _ratio("`week` of the 2025–26 book / `sqlite-utils query`", week, "≤ 1.0")
        yield _ratio("`--help` / the same", self.against((*small, "--help"), self.query), "≤ 0.6")
        words = {"COMP_WORDS": "tracker --db small.db show cn-s", "COMP_CWORD": "4"}
        completing = self.against(TRACKER, self.query, _TRACKER_COMPLETE="complete_bash", **words)
        yield _ratio("completion of a slug / the same", completing, "≤ 0.6")
        reading = (sys.executable, "-c", peers.BARE_QUERY)
        yield _ratio("`week` / bare `sqlite3` reading 4 rows", self.against(week_of, reading), "–")
        if hledger := shutil.which("hledger"):
            (self.folder / "ledger").write_text(peers.LEDGER, "utf-8")
            balance = self.against(week_of, (hledger, "-f", "ledger", "balance"))
            yield _ratio("`week` / `hledger balance`", balance, "–")
        peak = max(log.peak, week.peak)
        yield "peak memory of a daily command", "", f"{peak:.0f} MiB", "≤ 40 MiB"

    def at_size(self) -> Iterator[tuple[str, str, str, str]]:
        """Measure what grows with the book."""
        books.write_csv(self.folder / "small.csv", 1000)
        books.write_csv(self.folder / "large.csv", self.entries)
        books.write_csv(self.folder / "narrow.csv", self.entries, books.NARROW)
        self.tracker("thousand.db", "init", "busan-truce")
        self.tracker("thousand.db", "import", "small.csv")
        size = f"{self.entries:,}"
        what = f"`import` of {size} rows of {{}} columns / `sqlite-utils insert --csv`"
        yield _ratio(what.format(5), self.imported("narrow"), "≤ 1.0")
        ours = self.imported("large")
        yield _ratio(what.format(13), ours, "≤ 0.7")
        bare = timed((sys.executable, "-c", peers.BARE_INSERT), {}, self.folder)
        bare_pair = Pair(ours.ours[-1:], [bare])
        yield _ratio(f"`import` of {size} rows / bare `sqlite3`, unchecked", bare_pair, "–")
        yield "memory of that `import`", "", f"{ours.peak:.0f} MiB", "≤ 150 MiB"
        verified = self.tracker("large.db", "db", "check")
        yield f"`db check` of {size} entries", "", f"{verified.seconds:.1f} s", "≤ 15 s"
        large, thousand = ((*TRACKER, "--db", book, "week") for book in ("large.db", "thousand.db"))
        weeks = self.against(large, thousand)
        yield _ratio(f"`week` at {size} entries / at 1,000", weeks, "≤ 1.5")

    def imported(self, file: str) -> Pair:
        """Read a file into a new book, and into a new database of the peer's, in turn."""
        pair = Pair([], [])
        for _ in range(min(self.runs, 3)):
            for name in (f"{file}.db", f"{file}-peer.db"):
                (self.folder / name).unlink(missing_ok=True)
            self.tracker(f"{file}.db", "init", "busan-truce")
            pair.ours.append(self.tracker(f"{file}.db", "import", f"{file}.csv"))
            insert = (self.peers.command("sqlite-utils"), "insert", f"{file}-peer.db", "t")
            pair.theirs.append(timed((*insert, f"{file}.csv", "--csv"), {}, self.folder))
        return pair

    def uniting(self) -> Iterator[tuple[str, str, str, str]]:
        """Measure an import of a colleague's book: 100,000 entries after a common beginning."""
        self.tracker("ours.db", "init", "busan-truce")
        shutil.copy(self.folder / "ours.db", self.folder / "theirs.db")
        books.write_csv(self.folder / "news.csv", 100_000)
        self.tracker("theirs.db", "import", "news.csv")
        merged = self.tracker("ours.db", "import", "theirs.db")
        yield _seconds("`import` of a book of 100,000 entries", merged, "≤ 20 s")
        yield "memory of that `import`", "", f"{merged.peak:.0f} MiB", "≤ 150 MiB"

    def at_width(self) -> Iterator[tuple[str, str, str, str]]:
        """Measure what grows with the concessions: 40 agreements of 250 each, and 4 of them."""
        files = [path.name for path in books.write_agreements(self.folder, 40, 250)]
        for book in ("wide.db", "narrower.db"):
            self.tracker(book, "init", "--empty")
        applied = self.tracker("wide.db", "apply", *files)
        yield "`apply` of 40 files of 250 concessions", "", f"{applied.seconds:.1f} s", "≤ 15 s"
        self.tracker("narrower.db", "apply", *files[:4])
        wide, narrower, small = (
            (*TRACKER, "--db", book, "--today", "2026-03-01")
            for book in ("wide.db", "narrower.db", "small.db")
        )
        logged = self.against(
            (*wide, "log", "promise-3-7", "partial", "-m", "8 MMT sold"),
            (*small, "log", "cn-soy-2025", "partial", "-m", "8 MMT sold"),
        )
        yield _ratio("`log` at 10,000 concessions / at 48", logged, "≤ 1.3")
        peak = 0.0
        for report in (("status",), ("week", "2026-W01"), ("gains",), ("check",)):
            pair = self.against((*wide, *report), (*narrower, *report), min(self.runs, 5))
            what = f"`{report[0]}` at 10,000 concessions / at 1,000"
            yield _ratio(what, pair, "≤ 12 and ≤ 1.5 s")
            peak = max(peak, pair.peak)
        yield "peak memory at 10,000 concessions", "", f"{peak:.0f} MiB", "≤ 90 MiB"

    def publishing(self) -> Iterator[tuple[str, str, str, str]]:
        """Measure a site of 1,000 concessions, which is made whole each time."""
        files = books.write_agreements(self.folder / "agreements", 4, 250)
        self.tracker("published.db", "init", "--empty")
        day = ("--today", books.PUBLISHED_ON)
        self.tracker("published.db", *day, "apply", *map(str, files))
        made = self.tracker("published.db", *day, "publish", "site")
        yield _seconds("`publish` of 1,000 concessions", made, "≤ 60 s")


def _seconds(what: str, run: Run, budget: str) -> tuple[str, str, str, str]:
    return what, "", f"{run.seconds:.1f} s", budget


def _ratio(what: str, pair: Pair, budget: str) -> tuple[str, str, str, str]:
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
