"""The options that choose which concessions a report lists."""

from typing import Annotated

import typer

from tracker.cli import completion

Givers = Annotated[
    list[str] | None,
    typer.Option(
        "--giver",
        metavar="PARTY",
        help="What this party gives only; repeat a filter for several.",
        autocompletion=completion.parties,
    ),
]
Receivers = Annotated[
    list[str] | None,
    typer.Option(
        "--receiver",
        metavar="PARTY",
        help="What this party gets only.",
        autocompletion=completion.parties,
    ),
]
Sectors = Annotated[
    list[str] | None,
    typer.Option(
        "--sector",
        metavar="SECTOR",
        help="This sector only.",
        autocompletion=completion.sectors,
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="This kind only.", autocompletion=completion.kinds),
]
Stages = Annotated[
    list[str] | None,
    typer.Option(
        "--stage", metavar="STAGE", help="At this stage only.", autocompletion=completion.stages
    ),
]
Buckets = Annotated[
    list[str] | None,
    typer.Option(
        "--bucket",
        metavar="BUCKET",
        help="In this bucket only.",
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
