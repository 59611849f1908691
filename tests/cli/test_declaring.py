"""Kinds and names of what is declared from the command line."""

import json

import pytest

from tests.conftest import Run
from tracker.vocabulary import ConcessionKind, DeadlineKind


@pytest.mark.parametrize("kinds", [ConcessionKind, DeadlineKind])
def test_the_help_of_add_lists_the_kinds(tracker: Run, kinds: type[ConcessionKind]) -> None:
    thing = kinds.__name__.removesuffix("Kind").lower()

    shown = " ".join(tracker("add", thing, "--help").out.split())

    assert f"--kind KIND {', '.join(kinds)}. --" in shown


@pytest.mark.parametrize("name", ["österreich", "O\u0308sterreich", "REPUBLIK\u00a0ÖSTERREICH"])
def test_a_party_is_known_by_its_names_in_any_case_and_encoding(tracker: Run, name: str) -> None:
    names = ("--name", "Republik Österreich", "--short", "Österreich")
    assert tracker("add", "party", "at", *names).code == 0

    assert "Österreich says kept" in tracker("log", "soybeans", "kept", "--says", name).out
    assert "giver at" in tracker("status", "--giver", name).out
    refused = tracker("add", "party", "oe", "--name", name, "--short", "Oe")
    assert (refused.code, "already names the party 'at'" in refused.err) == (2, True)


def test_what_declares_gives_its_receipt_as_data_too(tracker: Run) -> None:
    ran = tracker("add", "party", "eu", "--name", "European Union", "--short", "EU", "-f", "json")

    (entry,) = json.loads(ran.out)["recorded"]
    assert (entry["kind"], entry["subject"]) == ("declaration", "eu")
    assert entry["declares"] == {"what": "party", "name": "European Union", "short": "EU"}
