"""What changed since an entry, in a book that is made when the test runs."""

from pathlib import Path

from tests.conftest import Run, data


def test_an_entry_alone_means_the_day_on_which_it_was_recorded(tracker: Run, book: Path) -> None:
    on = data(tracker, "history", "--all", db=book)["rows"][0]["recorded_at"][:10]

    assert data(tracker, "--today", on, "diff", "#12", "#13", db=book) == data(
        tracker, "--today", on, "diff", f"{on}#12", f"{on}#13", db=book
    )
