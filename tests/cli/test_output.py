import os
from pathlib import Path
from threading import Thread

from tests.conftest import Run


def test_a_pipe_named_as_output_is_written_into_and_stays_a_pipe(
    tracker: Run, tmp_path: Path
) -> None:
    pipe = tmp_path / "table"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()

    ran = tracker("status", "-o", pipe)
    reader.join(timeout=2)

    assert (ran.code, ran.out) == (0, "")
    assert pipe.is_fifo()
    assert read == [tracker("status").out]
