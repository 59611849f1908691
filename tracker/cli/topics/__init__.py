"""The topics of `tracker help`, one text file each; the first line says what it is about."""

from pathlib import Path

FOLDER = Path(__file__).parent


def topics() -> dict[str, str]:
    """Return every topic's text by its name."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    return texts | {"stages": texts["stages"].replace("{stages}", _stages())}


def abouts() -> list[tuple[str, str]]:
    """Return every topic's name with what it is about."""
    return [(name, text.partition("\n")[0]) for name, text in topics().items()]


def _stages() -> str:
    """Return the table of the stages without its header."""
    from tracker.rules.scale import SCALE, counts_as

    return "\n".join(
        f"    {stage:11}  {grade.meaning:43}  {counts_as(stage)}" for stage, grade in SCALE.items()
    )
