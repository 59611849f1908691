"""The seeds that come with the program."""

from tracker.interchange.seeds import Seed, shipped
from tracker.tables import Column, Report, table


def seeds() -> Report:
    """Report the shipped seeds and how much each holds."""
    columns = [
        Column("Seed", lambda seed: seed.seed),
        Column("Agreement", lambda seed: seed.title),
        Column("Agreed", lambda seed: seed.agreed_on),
        Column("Concessions", lambda seed: str(seed.concessions), right=True),
        Column("Updates", lambda seed: str(seed.entries), right=True, key="entries"),
    ]
    rows = shipped()
    return Report({"report": "seeds", "rows": rows}, Seed, sections=[table(columns, rows)])
