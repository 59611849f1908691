"""Files of a site as they are read, without its style; reviewed like code."""

import re
from collections.abc import Mapping

import pytest
from syrupy.assertion import SnapshotAssertion

FILES = [
    *("index.html", "gains.html", "deadlines.html", "concession-farm-goods.html", "feed.xml"),
    *("method.html", "embed-week.html"),
]
VARIES = re.compile(
    r"<style.*?</style>|head [0-9a-f]{12}|#[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.]+Z"
    r"|urn:uuid:[0-9a-f-]+|tag:[^<\"]+|recorded on [^<]*|<(updated|published)>[^<]*",
    re.DOTALL,
)
"""The style, and what differs from book to book: heads, moments and names of entries."""


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_site_reads_as_reviewed(
    farm_site: Mapping[str, bytes], snapshot: SnapshotAssertion, name: str
) -> None:
    assert VARIES.sub("…", farm_site[name].decode()).replace("><", ">\n<") == snapshot
