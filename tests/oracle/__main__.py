"""The command line of the oracle: `python -m tests.oracle --help`."""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.oracle import FROZEN, answering
from tests.oracle.answering import Answers, Plan
from tests.oracle.comparing import Difference, compared, grouped, unnamed
from tests.oracle.frozen import Frozen
from tests.oracle.named import NAMED
from tests.oracle.plans import plans
from tests.server import started

HERE = Path(__file__).parents[2]
HISTORIES, ASKED, ALONE = range(1, 13), 36, ("article", "busan-truce")
"""What is frozen; the other seeds are in one book of all of them."""


class Program:
    """The program of a checkout, in a process of its own that answers plan after plan."""

    def __init__(self, checkout: Path, address: str = "") -> None:
        python = checkout / ".venv" / "bin" / "python"
        interpreter = str(python) if python.exists() else sys.executable
        command = [interpreter, answering.__file__, str(checkout), *([address] if address else [])]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=checkout
        )
        self._thread = ThreadPoolExecutor(1)

    def ask(self, plan: Plan) -> Future[Answers]:
        """Let the program answer a plan, after those that it was asked before."""
        return self._thread.submit(self._answers, plan)

    def _answers(self, plan: Plan) -> Answers:
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(json.dumps(plan._asdict()) + "\n")
        asked.flush()
        answers: Answers = json.loads(answered.readline())
        return answers

    def stop(self) -> None:
        """End the process."""
        self._thread.shutdown()
        self._process.kill()
        self._process.wait()


def freeze(checkout: Path) -> None:
    """Keep a checkout's answers to the fixed questions."""
    program = Program(checkout)
    asked = [*plans(HISTORIES, ASKED, ALONE)]
    answers = {plan.name: program.ask(plan).result() for plan in asked}
    program.stop()
    size = Frozen(asked, answers).write(FROZEN)
    many = sum(map(len, answers.values()))
    print(f"{len(asked)} books, {many:,} answers, {size:,} bytes in {FROZEN.relative_to(HERE)}")


def compare(reference: Path, numbers: range, asked: int, on_server: bool, most: int) -> int:
    """Print what differs from the answers of a reference; return how many do unnamed."""
    began = time.monotonic()
    differences: dict[str, list[Difference]] = {}
    counts = Counter[str]()
    with ExitStack() as stack:
        old = Program(reference)
        programs = {"SQLite": Program(HERE)}
        if on_server:
            server = started()
            stack.callback(server.stop)
            programs["PostgreSQL"] = Program(HERE, server.url("postgres"))
        for program in (old, *programs.values()):
            stack.callback(program.stop)
        for plan, before, now in _answered(old, programs, plans(numbers, asked)):
            counts["books"] += 1
            counts["questions"] += len(before)
            for database, future in now.items():
                after = future.result()
                counts[f"answers on {database}"] += len(after)
                found = differences.setdefault(database, [])
                found += compared(plan.name, before, after)
    print(", ".join(f"{name}: {many:,}" for name, many in counts.items()))
    print(f"seconds: {time.monotonic() - began:.0f}")
    left = 0
    for database, found in differences.items():
        others = [one for one in found if unnamed(one, NAMED)]
        left += len(others)
        print(f"\n{database}: differing: {len(found):,}, of them not named: {len(others):,}")
        print(*grouped(others, most), sep="\n")
    return left


def _answered(
    old: Program, programs: dict[str, Program], asked: Iterable[Plan]
) -> Iterator[tuple[Plan, Answers, dict[str, Future[Answers]]]]:
    """Yield each plan with its answers; the others are asked about the books that the old one made.

    While they answer, the old program makes the next book.
    """
    waiting: tuple[Plan, Answers, dict[str, Future[Answers]]] | None = None
    for plan in asked:
        before = old.ask(plan).result()
        same = plan.asked_again(before)
        now = {name: program.ask(same) for name, program in programs.items()}
        if waiting:
            yield waiting
        waiting = plan, before, now
    if waiting:
        yield waiting


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")
    freezing = commands.add_parser("freeze", help="keep the answers to the fixed questions")
    freezing.add_argument("checkout", type=Path, nargs="?", default=HERE)
    comparing = commands.add_parser("compare", help="ask another version and this one the same")
    comparing.add_argument("reference", type=Path, help="a checkout with its environment")
    comparing.add_argument("--histories", type=int, default=20)
    comparing.add_argument("--first", type=int, default=1, help="the number of the first history")
    comparing.add_argument("--questions", type=int, default=60, help="for each copy of a book")
    comparing.add_argument("--server", action="store_true", help="on PostgreSQL, too")
    comparing.add_argument("--shapes", type=int, default=12, help="how many to print per report")
    given = parser.parse_args()
    if given.command == "freeze":
        freeze(given.checkout.resolve())
        return 0
    numbers = range(given.first, given.first + given.histories)
    found = compare(given.reference.resolve(), numbers, given.questions, given.server, given.shapes)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
