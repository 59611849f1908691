"""The worst habits of the house's old English stay out of all that people read.

A table of traps that were met here, each with what to write instead. It reads pages, topics, help,
messages, docstrings and comments, and our own words in the seeds; not identifiers, and not what
sources say in quotes.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

TRAPS = {
    r"(?<![Tt]here )\b(?:is|are|was|were) no"
    r" (?!longer\b|more\b|doubt\b|less\b|one\b|such\b|better\b|worse\b|greater\b)[a-z]": (
        "is not a",
        "'partly' is no stage",
    ),
    r"\b(?:anew|hitherto|lest|nought|thence|thereof|therein|whence|withal)\b": (
        "again, so far, so that … not, 0, of it, in it, from which",
        "Look the slug up anew",
    ),
    r"\breckon(?:s|ed|ing)?\b": ("calculate", "where pandas is to reckon"),
    r"\bsave for\b": ("except", "all of it save for the last line"),
    r"\bfor all that\b": ("anyway", "and the line be known for all that"),
    r"\bbargains?\b": ("agreement", "an entry dated before its bargain"),
    r"\bas good as\b": ("the same as", "twice is as good as once"),
    r"\bthe very (?:same|words?|form|first use)\b": ("the same, the first", "in the very form"),
    r"\bnobody (?:foresaw|foresees)\b": ("unexpected", "Blame the book for what nobody foresaw"),
    r"\b[Ww]hat comes of\b": (
        "what … can raise, what follows from",
        "What comes of a value that no program of ours wrote",
    ),
    r"\bout of (?:the )?account\b": (
        "removes … from the reports, no longer counts",
        "takes an entry out of account",
    ),
    r"\b(?:is|are) told (?!to\b)": (
        "is reported, is described, is distinguished",
        "A full disk is told in one line",
    ),
    r"\btells? (?:of|from|by|where)\b": ("describes, distinguishes, shows", "tells of a reading"),
    r"\bstands? (?:in|under|beside|apart|alone|there|elsewhere)\b": (
        "is in, is under, is next to",
        "its sources stand beside it",
    ),
    r"\blies? (?:beside|in|under)\b": ("is beside, is in", "a book that lies in a repository"),
    r"\b(?:digits?|one|words?|name) behind\b|\bbehind (?:TAB|so many|the first one)\b": (
        "after",
        "at most 9 digits behind the point",
    ),
    r"\b(?:all|everything|every \w+|it|today) without[.;]|[;:] without,": (
        "by default",
        "A topic; without, the list of topics",
    ),
    r"\b(?:entry|file|line|module|row|week|word|one) a (?:line|file|module|report|row|step)\b": (
        "one per line",
        "its words, one a line",
    ),
    r", an? (?:file|line|module|paragraph|row) each\b": ("one line each", "in lists, a line each"),
    r"(?:^|[.;:] )Of (?:an?|text|what|the same)\b[^,.]{0,40},": (
        "For a file, …",
        "Of a file, a copy is kept",
    ),
    r"\bWhich (?:one|of them), (?:its|the)\b": (
        "is detected from",
        "Which one, its first character says",
    ),
    r"\bwhat is to come\b": ("what lies ahead", "what is to come is a deadline"),
    r"\btwice adds nothing\b": ("doing it again adds nothing", "twice adds nothing"),
    r"\bkeeps? (?:nobody|anybody|no one|everybody) from\b": (
        "blocks nobody",
        "a slow pipe keeps nobody from writing",
    ),
    r"\bthe (?:narrowest|widest) (?:is|one|thing|first)\b": (
        "the most specific",
        "the narrowest is meant",
    ),
    r"\bneeds? a look\b": ("needs attention", "what needs a look"),
    r"\bmend(?:s|ed|ing)?\b": ("correct", "When a seed is mended"),
    r"\b[Bb]y the (?:fact sheets?|memorandum|notices?|order|press|same reports)\b(?!,)": (
        "according to, under",
        "By the fact sheet the rate of 15% covers medicines",
    ),
    r", back to \d": ("retroactive to", "In force, back to 1 November"),
    r"\bso many (?:days|years|bytes|MiB|characters|titles|commands)\b": (
        "this many, that many, or the parameter's name",
        "due within so many days",
    ),
    r"\b(?:That|How) [^.;:“]* (?:was|were) not found\b": (
        "no page was found that says",
        "How the appeal ended was not found",
    ),
}
"""What to write instead of each pattern, and a sentence that it finds."""


def paths(*patterns: str) -> list[Path]:
    """Return the files under the root that match."""
    return [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def passages(path: Path) -> Iterator[str]:
    """Yield what people read in a file, each passage on one line."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        found = docstrings(text) if "tests" in path.parts else python(text)
    elif path.suffix == ".story":
        found = re.findall(r"(?:\A|^# )(.*)", text, re.MULTILINE)
    elif path.suffix == ".md":
        found = re.split(r"\n\n|\n(?=[-|#])", re.sub(r"`[^`\n]*`", "`…`", text))
    elif path.suffix == ".sql":
        found = ["\n".join(re.findall(r"-- ?(.*)", text))]
    elif path.suffix == ".toml":
        kept = [line for line in text.splitlines() if not line.startswith("quote")]
        found = [line.removeprefix("# ") for line in kept]
    else:
        found = re.split(r"\n\n", text)
    for one in found:
        yield " ".join(one.split())


def docstrings(text: str) -> Iterator[str]:
    """Yield the docstrings of a module and of all in it, and the strings under its fields."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


RUN = re.compile(r"^(?: *#.*\n)+|(?<=  )#.*", re.MULTILINE)
"""Lines of comments, or a comment after a statement."""


def python(text: str) -> Iterator[str]:
    """Yield the strings of a module, adjacent ones as one, and its runs of comments."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
    for run in RUN.findall(text):
        yield " ".join(line.partition("#")[2].lstrip("#: ") for line in run.splitlines())


READ = paths(
    "*.md", "docs/*.md", "docs/generate/*.py", "docs/examples/*.toml", "tracker/**/*.py",
    "tracker/**/*.sql", "tracker/**/*.txt", "migrations/**/*.py", "migrations/**/*.sql",
    "seeds/**/*.toml", "tests/**/*.py", "tests/**/*.story",
)  # fmt: skip


def test_there_is_something_of_every_kind_to_read() -> None:
    assert {path.suffix for path in READ} == {".md", ".py", ".sql", ".story", ".toml", ".txt"}


def test_each_trap_finds_its_sample() -> None:
    for trap, (_, sample) in TRAPS.items():
        assert re.search(trap, sample)


def test_nobody_falls_into_a_trap() -> None:
    traps = {re.compile(trap, re.MULTILINE): better for trap, (better, _) in TRAPS.items()}
    texts = {path: "\n".join(passages(path)) for path in READ if path != Path(__file__)}
    fallen = [
        f"{path.relative_to(ROOT)}: “{found[0]}” in “{line_at(text, found)[:90]}”: write {better!r}"
        for path, text in texts.items()
        for trap, better in traps.items()
        for found in trap.finditer(text)
    ]
    assert not fallen, "\n".join(fallen)


def line_at(text: str, found: re.Match[str]) -> str:
    """Return the line of a text in which something was found."""
    return text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
