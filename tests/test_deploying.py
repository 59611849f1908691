"""The recipes for a container and for a site that updates itself do what their page says."""

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.conftest import interpreter, surroundings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "docs" / "deploy"
STAGE_OF_PYTHON = re.compile(r"python:3\.\d+\.\d+-slim-\w+( AS \w+)?")
KNOWN = {"FROM", "ARG", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "ENTRYPOINT"}


# --- the workflow ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    read = yaml.safe_load((DEPLOY / "publish.yml").read_text("utf-8"))
    assert isinstance(read, dict)
    return read


def steps(workflow: dict[Any, Any], job: str) -> list[dict[str, Any]]:
    return list(workflow["jobs"][job]["steps"])


def commands(workflow: dict[Any, Any]) -> list[str]:
    return [step["run"] for step in steps(workflow, "build") if "run" in step]


def test_it_runs_after_a_push_and_every_week(workflow: dict[Any, Any]) -> None:
    when = workflow[True]  # to YAML 1.1 the key `on` is true

    assert when["push"] == {"branches": ["main"]}
    ((schedule,),) = [one.values() for one in when["schedule"]]
    minute, hour, *days = schedule.split()
    assert (int(minute) < 60, int(hour) < 24, days) == (True, True, ["*", "*", "1"])


def test_only_the_job_that_deploys_may_write_and_it_runs_no_command(
    workflow: dict[Any, Any],
) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["build"]
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["jobs"]["deploy"]["needs"] == "build"
    assert not [step for step in steps(workflow, "deploy") if "run" in step]


def test_a_deployment_that_has_begun_is_finished(workflow: dict[Any, Any]) -> None:
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_its_actions_are_official_ones_at_a_major_version(workflow: dict[Any, Any]) -> None:
    used = [
        step["uses"]
        for job in ("build", "deploy")
        for step in steps(workflow, job)
        if "uses" in step
    ]

    assert len(used) == 4
    assert not [one for one in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", one)]


def test_no_expression_of_the_workflow_reaches_a_shell(workflow: dict[Any, Any]) -> None:
    assert not [command for command in commands(workflow) if "${{" in command]


# --- the image ------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, each with its words."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, words) for name, _, words in (line.partition(" ") for line in lines if line)]


def stages() -> list[list[tuple[str, str]]]:
    """Return the instructions of each stage behind its FROM."""
    found: list[list[tuple[str, str]]] = []
    for name, words in instructions():
        if name == "FROM":
            assert STAGE_OF_PYTHON.fullmatch(words)
            found.append([])
        else:
            found[-1].append((name, words))
    return found


def test_the_dockerfile_has_known_instructions_and_one_base() -> None:
    assert {name for name, _ in instructions()} <= KNOWN
    assert len({words.split()[0] for name, words in instructions() if name == "FROM"}) == 1


def test_the_image_runs_as_an_ordinary_user_on_a_book_in_a_volume() -> None:
    last = dict(stages()[-1])

    assert last["ENTRYPOINT"] == '["tracker"]'
    assert int(last["USER"]) > 0
    assert last["VOLUME"] == last["WORKDIR"] == "/book"
    given = dict(word.split("=", 1) for word in shlex.split(last["ENV"]))
    assert given["TRACKER_DB"] == "/book/truce.db"
    assert (given["LANG"], given["TZ"]) == ("C.UTF-8", "UTC")


def copied() -> list[tuple[str, Path]]:
    """Return what the first stage copies from the checkout, and where below its folder."""
    found = []
    for name, words in stages()[0]:
        if name == "COPY":
            *sources, to = words.split()
            found += [(one, Path(to) / one if to == "./" else Path(to)) for one in sources]
    return found


def test_the_build_gets_what_the_dockerfile_copies_and_nothing_else() -> None:
    everything, *kept = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()

    assert everything == "*"
    assert {f"!{source}" for source, _ in copied()} == set(kept) - {"**/__pycache__"}


def pinned() -> dict[str, str]:
    """Return the version that the image has of each package."""
    lines = (DEPLOY / "constraints.txt").read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_each_dependency_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    needed = [*map(Requirement, chain(project["dependencies"], *extras))]

    assert [str(each) for each in needed if pinned()[each.name] not in each.specifier] == []


@pytest.mark.slow
def test_the_image_s_commands_install_the_program_and_the_workflow_s_make_a_site(
    workflow: dict[Any, Any], busan: Path, tmp_path: Path
) -> None:
    for source, to in copied():
        (tmp_path / "src" / to).parent.mkdir(parents=True, exist_ok=True)
        make = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        make(ROOT / source, tmp_path / "src" / to)
    ((install,),) = [[words for name, words in stages()[0] if name == "RUN"]]
    install = install.replace("/opt/tracker", str(tmp_path / "opt"))
    install = install.replace("python ", f"{interpreter('3.13')} ", 1)
    folder, programs = tmp_path / "repository", tmp_path / "opt" / "bin"
    folder.mkdir()
    given = {name: str(value) for name, value in workflow["env"].items()}
    given |= {"TRACKER_TODAY": "2026-03-22", "EXTRAS": "site"}
    given |= {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    first, *others = commands(workflow)
    assert first == 'pip install "$TRACKER"'  # the image has installed it
    export = f"tracker --db '{busan}' export \"$BOOK\""

    for place, command in [("src", install), *(("repository", one) for one in (export, *others))]:
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=tmp_path / place,
            env=surroundings() | given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    frozen = [programs / "pip", "freeze", "--exclude", "truce-tracker"]
    installed = subprocess.run(frozen, capture_output=True, text=True, check=True).stdout
    for line in installed.splitlines():
        name, version = line.split("==")
        assert pinned()[canonicalize_name(name)] == version
    assert [*(folder / "site").glob("chart-*.svg")]
    assert f'href="{given["SITE_URL"]}' in (folder / "site" / "feed.xml").read_text("utf-8")
