"""Times whole processes, two commands in turn, by the operating system's own accounts."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

Command = Sequence[str]


class Run(NamedTuple):
    """One finished process: wall seconds and peak memory in MiB."""

    seconds: float
    peak: float


class Pair(NamedTuple):
    """Two commands run in turn, or one alone."""

    ours: list[Run]
    theirs: list[Run]

    @property
    def ratio(self) -> float:
        """The median of our time over theirs, pair by pair."""
        return median(
            ours.seconds / theirs.seconds
            for ours, theirs in zip(self.ours, self.theirs, strict=True)
        )

    @property
    def seconds(self) -> tuple[float, float]:
        """The median time of each."""
        return _median(self.ours), _median(self.theirs)

    @property
    def peak(self) -> float:
        """The median of our peak memory, in MiB."""
        return median(run.peak for run in self.ours)


def timed(command: Command, environment: dict[str, str], folder: Path) -> Run:
    """Run one command to its end, discarding its output.

    Both sides may keep their compiled modules, as installed programs do.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024)


def paired(
    ours: Command, theirs: Command, environment: dict[str, str], folder: Path, runs: int
) -> Pair:
    """Run two commands in turn, after one run of each that does not count."""
    timed(ours, environment, folder)
    timed(theirs, environment, folder)
    pair = Pair([], [])
    for _ in range(runs):
        pair.ours.append(timed(ours, environment, folder))
        pair.theirs.append(timed(theirs, environment, folder))
    return pair


def repeated(command: Command, folder: Path, runs: int) -> Pair:
    """Run one command some times."""
    return Pair([timed(command, {}, folder) for _ in range(runs)], [])


def _median(runs: Sequence[Run]) -> float:
    return median(run.seconds for run in runs) if runs else 0.0
