"""The picture of a site in the README, taken by Chromium: `uv run python -m docs.generate.site`.

Unlike the other pages of the reference it depends on the fonts of the machine, so that it is made
by hand when the page has changed.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURE = Path(__file__).parent.parent / "pictures" / "site.png"
SIZE = "1280,960"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def take(picture: Path) -> None:
    """Publish the week in which two concessions became void, and take its picture."""
    chromium = os.environ.get("CHROMIUM", "chromium")
    with TemporaryDirectory() as folder:
        book, site = Path(folder, "truce.db"), Path(folder, "site")
        tracker = [sys.executable, "-m", "tracker", "--db", str(book)]
        subprocess.run([*tracker, "init", "busan-truce"], check=True, capture_output=True)
        publish = [*tracker, "publish", str(site), "--as-of", "2026-02-22"]
        subprocess.run(publish, check=True, capture_output=True)
        page = (site / "index.html").as_uri()
        shot = [f"--screenshot={picture}", f"--window-size={SIZE}", page]
        subprocess.run([chromium, *FLAGS, *shot], check=True, capture_output=True)


if __name__ == "__main__":
    take(PICTURE)
