"""The options that choose which concessions a report lists."""

from typing import Annotated, Any

from tracker.cli import completion
from tracker.cli.parameters import option


def _filter(*described: Any) -> Any:
    return Annotated[list[str] | None, option(*described)]


FILTERS = {
    "giver": _filter(
        "--giver",
        "PARTY",
        "Only what this party gives; filters can be repeated.",
        completion.parties,
    ),
    "receiver": _filter("--receiver", "PARTY", "Only what this party gets.", completion.parties),
    "sector": _filter("--sector", "SECTOR", "Only this sector.", completion.sectors),
    "kind": _filter("--kind", "KIND", "Only this kind.", completion.kinds),
    "stage": _filter("--stage", "STAGE", "Only at this stage.", completion.stages),
    "bucket": _filter("--bucket", "BUCKET", "Only in this bucket.", completion.buckets),
}
"""The filters by their names."""
