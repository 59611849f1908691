"""The project's rules on sizes and names, checked by a test so that nobody has to."""

import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("tracker", "migrations")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
RECORDED = 145_000
"""The tokens of `tracker/` when somebody last recorded them."""
SLACK = 2
"""How many tokens in a hundred may be added before somebody records a new figure."""
COUNTED = {tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING}
VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "core", "manager", "managers"}


def test_there_are_modules_to_look_at() -> None:
    assert {"tracker/dates.py", "migrations/env.py"} <= set(MODULES)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [module for module in MODULES if VAGUE & set(Path(module).with_suffix("").parts)]


def test_a_type_has_a_name_of_its_own() -> None:
    """Only the models repeat the names of what they store, since users import them."""
    places = defaultdict[str, list[str]](list)
    for module, text in MODULES.items():
        if module not in ("tracker/models.py", "migrations/env.py"):
            for name in types(text):
                places[name].append(module)

    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def types(text: str) -> Iterator[str]:
    """Yield the classes of a module, and its aliases of types."""
    for part in ast.parse(text).body:
        match part:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name[0].isupper() and not name.isupper():
                    yield name


def test_the_program_is_no_heavier_than_recorded() -> None:
    tokens = sum(weight(text) for name, text in MODULES.items() if name.startswith("tracker/"))

    assert tokens <= limit(RECORDED), too_heavy(tokens, RECORDED)


def test_a_program_that_is_too_heavy_is_told_the_limit_the_excess_and_the_remedy() -> None:
    assert limit(100_000) == 102_000
    assert too_heavy(102_500, 100_000) == (
        "tracker/ has 102,500 tokens, 500 over its limit of 102,000 (the 100,000 recorded in "
        "tests/test_house.py and 2 % of slack). Take something out; or record 102,500 there in "
        "the same commit, and say in its body what the program gained. Breaking lines "
        "differently changes nothing."
    )


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param('"""A book."""\n\n# why\n', 0, id="a docstring, a blank line, a comment"),
        pytest.param("import ast\nfrom os import (\n    path,\n)\n", 0, id="imports"),
        pytest.param("book = 1\n", 3, id="a name, an operator, a number"),
        pytest.param("book = 1  # the first\n", 3, id="a comment after code"),
        pytest.param('log("met")\n', 4, id="a name, brackets, a string"),
        pytest.param("def log():\n    return 1\n", 7, id="words of the language are names"),
        pytest.param('def log():\n    """Log a\n    stage."""\n', 5, id="a docstring of two lines"),
        pytest.param('PAST = 1\n"""Days."""\n', 3, id="a sentence about a value"),
        pytest.param('text = """Log\n\n# a\nstage"""\n', 3, id="a string of four lines"),
        pytest.param('text = f"{day} of {week + 1:>{width}}"\n', 3, id="an f-string"),
        pytest.param("text = f\"{name} {f'{day}'}\" + end\n", 5, id="an f-string in another"),
    ],
)
def test_names_operators_numbers_and_strings_of_code_weigh(text: str, tokens: int) -> None:
    assert weight(text) == tokens


@pytest.mark.parametrize(
    ("dense", "clear"),
    [
        ("log(book, day)\n", "log(\n    book,\n    day\n)\n"),
        ("if late: stop()\n", "if late:\n\n    # why\n    stop()\n"),
        ("given = (first\n    + second)\n", "given = (\n    first\n    + second\n)\n"),
    ],
)
def test_breaking_lines_changes_no_weight(dense: str, clear: str) -> None:
    assert weight(dense) == weight(clear)


def limit(recorded: int) -> int:
    """Return the tokens that are allowed where so many were recorded."""
    return recorded * (100 + SLACK) // 100


def too_heavy(tokens: int, recorded: int) -> str:
    """Say what the limit is, by how much it is exceeded, and what to do."""
    most = limit(recorded)
    return (
        f"tracker/ has {tokens:,} tokens, {tokens - most:,} over its limit of {most:,} "
        f"(the {recorded:,} recorded in tests/test_house.py and {SLACK} % of slack). "
        f"Take something out; or record {tokens:,} there in the same commit, and say in its body "
        "what the program gained. Breaking lines differently changes nothing."
    )


def weight(text: str) -> int:
    """Count the names, operators, numbers and strings of a module on its lines of code.

    An f-string is one string, also where Python 3.12 and later take it apart.
    """
    light = lines_without_code(text)
    strings = 0  # f-strings that are open, one within another
    tokens = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        is_outermost = strings == 0
        if kind in ("FSTRING_START", "TSTRING_START"):
            strings += 1
        elif kind in ("FSTRING_END", "TSTRING_END"):
            strings -= 1
            continue
        elif token.type not in COUNTED:
            continue
        if is_outermost and token.start[0] not in light:
            tokens += 1
    return tokens


def lines_without_code(text: str) -> set[int]:
    """Return the lines of imports and docstrings: what they hold has no weight."""
    light: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Import, ast.ImportFrom)) or is_sentence(node):
            light.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return light


def is_sentence(node: ast.AST) -> TypeGuard[ast.Expr]:
    """Return whether this is a string that nothing uses: a docstring."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
