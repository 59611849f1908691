from tests.conftest import Run


def test_the_week_of_the_article_is_on_the_screen(tracker: Run) -> None:
    ran = tracker("week", "2026-W01")
    assert ran.code == 0, ran.err
    assert "US regains soybean sales and rare earths" in ran.out
