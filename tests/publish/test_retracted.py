"""Corrections on the pages of a site: both the wrong entry and the right one can be read."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from tests.conftest import Run
from tests.hostile import Seen
from tests.publish.conftest import site_of

LATER = date(2022, 1, 5)

pytestmark = [pytest.mark.on("sqlite"), pytest.mark.usefixtures("undrawn")]


@pytest.fixture
def corrected(tracker: Run, farm_goods: Path, tmp_path: Path) -> Mapping[str, bytes]:
    """A site whose reading of November was corrected in January, and with a mistake undone."""
    book = Path(copy(farm_goods, tmp_path / "book.db"))
    wrong = ("amend", "8", "--value", "20", "--reason", "Misread")
    for command in (wrong, ("note", "farm-goods", "A typing mistake"), ("undo",)):
        ran = tracker("--today", LATER, *command, db=book)
        assert ran.code == 0, ran.err
    return site_of(book, LATER)


def test_a_concession_s_history_shows_what_was_retracted_and_by_what(
    corrected: Mapping[str, bytes],
) -> None:
    page = Seen(corrected["concession-farm-goods.html"].decode())

    struck = [one.text for one in page.named("s")]
    assert "21 bn USD shipped, USDA" in [one.replace("\xa0", " ") for one in struck]
    assert "Misread" in page.text
    assert "A typing mistake" in struck
