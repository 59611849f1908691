import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event

import pytest

from tests.publish.conftest import Made
from tracker.publish import drawing, gallery
from tracker.publish.drawing import Drawing, Held, charted
from tracker.publish.gallery import Gallery

CHARTS = [
    charted(width, {"mark": "bar", "data": {"values": [{"side": "US", "count": count}]},
                    "encoding": {"x": {"field": "count"}, "y": {"field": "side"}}})
    for count in (1, 2, 3)
    for width in (1000, 350)
]  # fmt: skip


def drawings(
    charts: Sequence[str], held: Mapping[str, Held] | None = None, cores: int = 1
) -> Mapping[str, Drawing | None]:
    """Return the drawings of a gallery in which charts were begun."""
    with Gallery(held or {}, cores) as gallery:
        gallery.begin(charts)
        return gallery.drawings()


def held(charts: Sequence[str]) -> dict[str, Held]:
    """Return the drawings of charts as a page holds them, by key."""
    with Gallery({}) as gallery:
        gallery.begin(charts)
        return {gallery.keys[chart]: Held(*one) for chart, one in gallery.drawings().items() if one}


def test_a_chart_that_several_pages_show_is_drawn_once(made: Made) -> None:
    found = held([*CHARTS, *CHARTS])

    assert sorted(made) == sorted(CHARTS)
    assert len(found) == len(CHARTS)
    assert {len(key) for key in found} == {22}


def test_charts_are_drawn_while_others_are_still_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    done = Event()

    def noted(svg: str) -> drawing.Drawing:
        done.set()
        return drawing.read(svg)

    monkeypatch.setattr("tracker.publish.gallery.read", noted)

    with Gallery({}, cores=2) as gallery:
        gallery.begin(CHARTS[:1])
        assert done.wait(30)
        gallery.begin(CHARTS)

        assert gallery.drawings() == drawings(CHARTS)


def test_what_is_not_needed_any_more_is_not_drawn(made: Made) -> None:
    with Gallery({}, cores=2) as gallery:
        gallery.begin(CHARTS)

    assert made == []


def test_a_drawing_that_is_held_is_not_made_again(made: Made) -> None:
    first = held(CHARTS[:4])
    made.clear()

    again = drawings(CHARTS, first)

    assert sorted(made) == sorted(CHARTS[4:])
    assert again == drawings(CHARTS)


def test_a_drawing_that_holds_a_script_is_made_anew(made: Made) -> None:
    script = "<script>alert(1)</script>"
    forged = {key: one._replace(shapes=one.shapes + script) for key, one in held(CHARTS).items()}
    made.clear()

    again = drawings(CHARTS, forged)

    assert sorted(made) == sorted(CHARTS)
    assert again == drawings(CHARTS)


@pytest.mark.parametrize("changed", ["library", "program"])
def test_what_another_program_drew_is_not_taken(
    made: Made, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    first = held(CHARTS[:1])
    made.clear()
    if changed == "library":
        monkeypatch.setattr(drawing.converter(), "__version__", "99.0")
    else:
        monkeypatch.setattr(gallery, "SOURCE", "cleans in another way")

    drawings(CHARTS[:1], first)

    assert made == CHARTS[:1]


def test_a_library_that_draws_nothing_leaves_the_charts_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "_converted", lambda _: "")

    assert drawings(CHARTS) == dict.fromkeys(CHARTS)


# --- on several cores ---------------------------------------------------------------------------


def test_other_processes_draw_the_same(made: Made) -> None:
    alone = drawings(CHARTS)
    made.clear()

    assert drawings(CHARTS, cores=2) == alone
    assert made == []


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for processes that fail")
@pytest.mark.parametrize(
    "script",
    ["exit 1", "kill -9 $$", "echo '<'", None],
    ids=["fails", "is killed", "errs", "is not there"],
)
def test_charts_that_another_process_does_not_draw_are_drawn_in_this_one(
    made: Made,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    script: str | None,
) -> None:
    alone = drawings(CHARTS)
    made.clear()
    program = tmp_path / "python"
    if script:
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))

    assert drawings(CHARTS, cores=2) == alone
    assert sorted(made) == sorted(CHARTS)
