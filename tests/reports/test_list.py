"""The one list of reports: complete, imported late, and of use to those who ask it."""

import inspect
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import walk_packages

import pytest

from tests.conftest import Run
from tests.questions import every_report
from tracker import reports
from tracker.book.reports import Reports
from tracker.reports import REPORTS, View

UNLISTED = {"rewording:rewording"}
"""A report that reads the kept files, which are not in the database."""


def test_every_function_that_makes_a_report_of_a_view_is_listed() -> None:
    """A new one: add it to `tracker/reports/__init__.py`."""
    made = set()
    for module in walk_packages(reports.__path__, f"{reports.__name__}."):
        for name, function in vars(import_module(module.name)).items():
            if name.startswith("_") or getattr(function, "__module__", "") != module.name:
                continue
            if inspect.isfunction(function) and takes_a_view(function):
                made.add(f"{module.name.removeprefix(f'{reports.__name__}.')}:{name}")

    assert made - {report.function for report in REPORTS} == UNLISTED


def takes_a_view(function: Callable[..., object]) -> bool:
    """Return whether a function makes a whole report of a view, and not of parts of a page."""
    signature = inspect.signature(function)
    returned = getattr(signature.return_annotation, "__name__", "")
    parameters = [*signature.parameters.values()]
    takes_view = bool(parameters) and parameters[0].annotation is View
    return takes_view and returned == "Report" and "found" not in signature.parameters


def test_every_command_that_reports_is_listed() -> None:
    commands = {name for name, method in vars(Reports).items() if not name.startswith("_")}

    assert commands == {report.command for report in REPORTS}


def test_the_list_imports_no_report() -> None:
    code = "import sys, tracker.reports; print(*sys.modules)"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout

    loaded = {name for name in printed.split() if name.startswith("tracker.reports.")}
    assert loaded == {"tracker.reports.view"}


def test_every_report_is_made_of_a_book(view: View) -> None:
    for report in REPORTS:
        report.rehearse(view)


@pytest.mark.parametrize("command", every_report())
def test_every_report_has_a_command_line(tracker: Run, command: str) -> None:
    ran = tracker(*command.split())

    assert (ran.code, ran.err) == (1 if command == "check" else 0, "")
