"""A command line for every report, made of the one list of them."""

from tracker.reports import REPORTS

ARTICLE = {
    "week": "2026-W01",
    "day": "2025-12-01",
    "concession": "soybeans",
    "deadline": "truce-year",
    "source": "article",
    "entry": "13",
}
"""What a report of the article's book can be about."""
BUSAN = ARTICLE | {
    "concession": "cn-soy-2025",
    "deadline": "cn-soy-2025-delivery",
    "source": "wh-fact-sheet",
}
"""What a report of the book of public facts can be about."""
WHOLE = ARTICLE | dict.fromkeys(("concession", "deadline", "source", "entry"), "")
"""What a report of any book can be about; those about one thing are left out."""


def every_report(examples: dict[str, str] = ARTICLE) -> list[str]:
    """Return a command line for each report, about these examples; some also without any."""
    lines = ["week"]
    for report in REPORTS:
        example = examples.get(report.about, "")
        if example or not report.about:
            lines.append(" ".join([report.command, *example.split(), *report.flags.split()]))
    return lines
