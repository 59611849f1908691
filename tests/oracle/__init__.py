"""Ask another version of the program and this one the same, and count what differs.

    python -m tests.oracle compare FOLDER             another checkout, which has its environment
    python -m tests.oracle compare FOLDER --server    on PostgreSQL, too
    python -m tests.oracle freeze [FOLDER]            keep the answers of a checkout, or of this one

**Books** follow from numbers (`plans.py`): the shipped seeds, random histories of command lines
(`tests/histories.py`), and such histories in two or three copies that went on apart, were imported
into each other in a drawn order, went on, and were imported once more. Each program types the same
lines; what it prints at each is an answer. Both are then asked about the same bytes: where an
export of a copy differs, the other version's export is restored.

**Questions** are every report (`tests/questions.py`), and reports with drawn arguments, clocks and
filters, as JSON and as text of 80 and of 100 columns, some also in other formats. The day of every
command, its author and the moment that it records are set, so that an answer never changes by
itself. A program answers in one process (`answering.py`), some hundred times a second.

**Differences** are grouped by report and by shape (`comparing.py`), so that what one rule changed
in a hundred answers is one line.

**The frozen answers** are those of 0.3.0 (b091792c) to fixed questions, with the command lines of
their books, in one file of about 550 kB; it may have 600. Two tests of endurance ask today's
program the same, of files and of a server; they fail with every difference that nobody wanted. A
wanted one is admitted

- by its line in `named.py`: the reason, the reports, the shape, the books, how many answers it
  changes; or,
- where so much has changed that the list says little, by freezing again: run `compare` against the
  last version, account for every group in the commit, run `freeze`, and empty `named.py`.
"""

from pathlib import Path

FROZEN = Path(__file__).with_name("answers.json.xz")
