"""Fits the pages to the site: where they lie, and what its Markdown reads differently."""

import os
import re
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).parent.parent.parent
PLACES = {
    "README.md": "index.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "CITATION.cff": "CITATION.cff",
}
"""Files of the top folder, and where they are in the site, whose top folder is `docs/`."""
SELDOM = {"architecture.md", "decisions.md", "performance.md", "CONTRIBUTING.md", "CHANGELOG.md"}
"""Pages for those who change the program: a search lists them after the others."""
LINK = re.compile(r"(?<=\]\()(?!\w+:|#)([^)#\s]+)")
NAMED = re.compile(r"^```(\w+) +(\S+)$", re.MULTILINE)
"""The first line of a block that names its file."""
ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
CODE = re.compile(r"`[^`\n]+`")


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Add the files of the top folder."""
    for name, place in PLACES.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(text: str, page: Any, **_: Any) -> str:
    """Return a page as the site needs it: it says what it says on GitHub."""
    place = page.file.src_uri
    if place in SELDOM:
        page.meta["search"] = {"boost": 0.2}
    origin = {there: here for here, there in PLACES.items()}.get(place, f"docs/{place}")
    text = LINK.sub(lambda link: moved(link[1], origin, place), text)
    text = NAMED.sub(r'```\1 title="\2"', text)
    return ROW.sub(lambda row: CODE.sub(bare, row[0]), text)


def moved(link: str, origin: str, place: str) -> str:
    """Return where a link between two files of the checkout leads in the site."""
    target = os.path.normpath(PurePosixPath(origin).parent / link)
    return os.path.relpath(
        PLACES.get(target, target.removeprefix("docs/")), PurePosixPath(place).parent
    )


def bare(code: re.Match[str]) -> str:
    r"""Return code in a table with `|` for `\|`, which GitHub needs and Python-Markdown prints."""
    return code[0].replace(r"\|", "|")
