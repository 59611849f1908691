"""Keep a book of this version, for later ones to open: `python -m tests.pledge.keep FOLDER`.

It goes on with the book of 0.3.0, upgraded, and uses what 0.4.0 added. A release copies what the
folder then holds beside the other versions' files, and never writes them again.
"""

import gzip
import json
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.pledge.test_pledge import book_of
from tracker import __version__

ON_BOTH_BOOKS = """
add source forecast --title "Harvest forecast" --publisher "Ministry of Trade" --unread
change wheat-2026 --counted-by customs --basis arrived -m "The pact names customs."
change labels --hold -m "Labels are accepted for as long as the pact lasts."
add concession seed --agreement grain-pact --title "Sell seed to Peru" --giver canada \
    --receiver peru --sector agriculture --source readout --kind other --in-return-for wheat
""".strip()
ON_ANAS = """
measure wheat-2026 1.9 Mt --on 2026-06-30 --by customs --basis arrived --source forecast
move duty-limit 2027-01-31 --says canada --on 2026-07-01
move duty-limit 2027-01-31 --says peru --on 2026-07-02
log labels kept --on 2026-07-01 --inferred
log seed promised --on 2026-07-02 --says canada --source forecast \
    -m "We sell once the wheat is bought."
amend 15 --on 2026-02-11 -m "It was loaded a day later."
retract 37 -m "The half was counted twice."
""".strip()
ON_BOS = """
amend 37 --note "Almost half of it is there." -m "Counted again."
log seed stalled --on 2026-07-03
note grain-pact "Seed waits for wheat." --headline --on 2026-07-03
""".strip()
REPORTS = """
week 2026-W09
week 2026-W27
week 2026-07
status
gains --since 2026-03-01
gains --by evidence
history --all
deadlines
pace
claims
check
sources
diff 2026-02-20
show wheat
show wheat-2026
show readout
show #24
show #40
""".strip()
TODAY = "2026-07-04"


def ran(book: Path, *arguments: str, author: str = "ana") -> str:
    """Run the program on a book, and return what it prints."""
    command = [sys.executable, "-m", "tracker", "--db", str(book), "--today", TODAY, *arguments]
    surrounding = os.environ | {"TRACKER_AUTHOR": author}
    done = subprocess.run(command, env=surrounding, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):  # 1: findings
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


def told(book: Path, session: str, author: str = "ana") -> None:
    """Type a session into a book."""
    for line in session.splitlines():
        ran(book, *shlex.split(line), author=author)


def keep(folder: Path) -> None:
    """Make the book, and write it with its export, its history, its pages and its site."""
    work = folder / "work"
    work.mkdir(parents=True)
    book, bos = book_of("0.3.0", work), work / "bo.db"
    ran(book, "db", "upgrade")
    told(book, ON_BOTH_BOOKS)
    ran(book, "db", "backup", str(bos))
    told(book, ON_ANAS)
    told(bos, ON_BOS, author="bo")
    ran(book, "import", str(bos))

    name = folder / __version__
    ran(book, "export", f"{name}.jsonl")
    Path(f"{name}.csv").write_text(ran(book, "history", "--all", "-f", "csv"), "utf-8")
    Path(f"{name}.db.gz").write_bytes(gzip.compress(book.read_bytes(), mtime=0))
    shutil.copytree(f"{book}.d", f"{name}.d")
    with Path(f"{name}.reports.jsonl").open("w", encoding="utf-8") as kept:
        for line in REPORTS.splitlines():
            command = line.split()
            document = json.loads(ran(book, *command, "-f", "json"))
            page = ran(book, *command, "-f", "markdown")
            kept.write(json.dumps({"command": command, "document": document, "page": page}) + "\n")
    ran(book, "publish", str(work / "site"), "--as-of", TODAY)
    with tarfile.open(f"{name}.site.tar.gz", "w:gz") as site:
        site.add(work / "site", arcname=".")
    shutil.rmtree(work)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
