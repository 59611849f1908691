"""The options that choose which concessions a report lists."""

from typing import Annotated

import typer

from tracker.cli import completion

Givers = Annotated[
    list[str] | None,
    typer.Option(
        "--giver",
        metavar="PARTY",
        help="Only what this party gives; filters can be repeated.",
        autocompletion=completion.parties,
    ),
]
Receivers = Annotated[
    list[str] | None,
    typer.Option(
        "--receiver",
        metavar="PARTY",
        help="Only what this party gets.",
        autocompletion=completion.parties,
    ),
]
Sectors = Annotated[
    list[str] | None,
    typer.Option(
        "--sector",
        metavar="SECTOR",
        help="Only this sector.",
        autocompletion=completion.sectors,
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only this kind.", autocompletion=completion.kinds),
]
Stages = Annotated[
    list[str] | None,
    typer.Option(
        "--stage", metavar="STAGE", help="Only at this stage.", autocompletion=completion.stages
    ),
]
Buckets = Annotated[
    list[str] | None,
    typer.Option(
        "--bucket",
        metavar="BUCKET",
        help="Only in this bucket.",
        autocompletion=completion.buckets,
    ),
]

FILTERS = {
    "giver": Givers,
    "receiver": Receivers,
    "sector": Sectors,
    "kind": Kinds,
    "stage": Stages,
    "bucket": Buckets,
}
"""The filters by their names."""
