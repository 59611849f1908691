"""The frozen answers: fixed plans, and what the reference answered, in one compressed file."""

import json
import lzma
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.oracle.answering import Answers, Plan


class Frozen(NamedTuple):
    """Plans, and the answers to each, by its name."""

    plans: Sequence[Plan]
    answers: Mapping[str, Answers]

    def write(self, path: Path) -> int:
        """Write a file, and return its size.

        The answers to one question about all books are beside each other, which halves it.
        """
        plans = [plan._asdict() for plan in self.plans]
        rows = [
            (plan.name, question, answer)
            for plan in self.plans
            for question, answer in self.answers[plan.name].items()
        ]
        text = json.dumps({"plans": plans, "answers": rows}, ensure_ascii=False)
        content = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
        path.write_bytes(content)
        return len(content)

    @classmethod
    def read(cls, path: Path) -> "Frozen":
        """Read what was written."""
        frozen = json.loads(lzma.decompress(path.read_bytes()))
        plans = [Plan.of(plan) for plan in frozen["plans"]]
        answers: dict[str, Answers] = {plan.name: {} for plan in plans}
        for name, question, answer in frozen["answers"]:
            answers[name][question] = answer
        return cls(plans, answers)
