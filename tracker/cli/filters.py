"""The options that choose which concessions a report lists."""

from tracker.cli import completion
from tracker.cli.parameters import texts

FILTERS = {
    "giver": texts(
        "--giver",
        "PARTY",
        "Only what this party gives; filters can be repeated.",
        completion.parties,
    ),
    "receiver": texts("--receiver", "PARTY", "Only what this party gets.", completion.parties),
    "sector": texts("--sector", "SECTOR", "Only this sector.", completion.sectors),
    "kind": texts("--kind", "KIND", "Only this kind.", completion.kinds),
    "stage": texts("--stage", "STAGE", "Only at this stage.", completion.stages),
    "bucket": texts("--bucket", "BUCKET", "Only in this bucket.", completion.buckets),
}
"""The filters by their names."""
