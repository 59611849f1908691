import json
from pathlib import Path

from tests.conftest import Run

TODAY = ("--today", "2026-11-26")


def test_what_was_only_checked_did_not_change(tracker: Run, busan: Path) -> None:
    tracker(*TODAY, "checked", "cn-semi-probes-end", db=busan)

    page = tracker(*TODAY, "diff", "2026-11-25", "2026-11-26", db=busan).out

    assert "\nChanged: nothing\n" in page
    assert "cn-semi-probes-end  checked" in page


def test_a_count_that_grew_is_shown_before_and_after(tracker: Run, busan: Path) -> None:
    soy = ("measure", "cn-soy-2026-delivery", "19", "--by", "USDA", "--basis", "sold")
    tracker(*TODAY, *soy, db=busan)
    tracker(*TODAY, "note", "cn-poultry", "Talks go on", db=busan)

    page = tracker(*TODAY, "diff", "2026-11-25", "2026-11-26", db=busan).out

    (grown,) = (line for line in page.splitlines() if line.startswith("cn-soy-2026  "))
    (noted,) = (line for line in page.splitlines() if line.startswith("cn-poultry  "))
    assert "53 % → 76 % of 25 MMT" in grown
    assert "→ US    announced  announced  –" in noted


def test_a_count_is_shown_against_the_target_of_its_day(tracker: Run, busan: Path) -> None:
    delivery = "cn-soy-2026-delivery"
    tracker(*TODAY, "move", delivery, "2026-12-31", "--target", "20", db=busan)

    page = tracker(*TODAY, "diff", "2026-11-25", "2026-11-26", "--width", "120", db=busan).out

    assert "53 % of 25 MMT → 67 % of 20 MMT" in page


def test_what_ended_without_a_word_changed_its_bucket(tracker: Run, busan: Path) -> None:
    words = (*TODAY, "diff", "2026-11-09", "2026-11-10")

    page = tracker(*words, db=busan).out
    rows = json.loads(tracker(*words, "-f", "json", db=busan).out)["rows"]

    assert "us-port-fees-suspend  US → China    holding  ▼ in doubt\n" in page
    assert [row["concession"] for row in rows] == [
        *("us-301-exclusions", "us-affiliates-rule", "us-port-fees-suspend")
    ]
    assert (rows[0]["from_state"], rows[0]["to_state"]) == ("holding", "in doubt")
    assert (rows[0]["from_stage"], rows[0]["change"]) == ("met", "same")
