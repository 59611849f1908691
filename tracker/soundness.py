"""Checks whether a book is whole (its database, schema and chain) and can be recovered."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker import schema
from tracker.database import Connection, Target, connect, creating, open_book
from tracker.database import soundness as database
from tracker.dates import iso_moment, week_of
from tracker.errors import BookDamaged, Unavailable
from tracker.facts import Clocks
from tracker.journal.chain import FIRST, LAST
from tracker.journal.verification import verify
from tracker.journal.versions import more_between
from tracker.queries import Reader
from tracker.reports import View
from tracker.reports.bulletin import bulletin
from tracker.tables import Surface, render

DECLARED = ("parties", "sources", "agreements", "concessions", "deadlines", "exchanges")
"""The parts of the book that are read from declarations."""


UNREADABLE = (BookDamaged, ValueError, ArithmeticError, TypeError, LookupError)
"""What a value can raise that this program did not write."""


def findings(target: Target, now: datetime, cores: int = 1) -> list[str]:
    """Return every finding, one line each; what cannot be read is a finding, too."""
    try:
        connection = connect(target)
    except BookDamaged as error:
        return [f"integrity: {error.what}"]
    with closing(connection):
        found = list(database.findings(connection))
        if any(line.startswith("schema: ") for line in found):
            return found
        altered = [*_altered(connection)]
        found += altered or _unreadable_values(connection)
        found += _broken_digests(connection, cores)
        return [*found, *([] if found else _future_moments(connection, now))]


Schema = dict[tuple[str, str], str]
"""The SQL of each table, index, trigger and view, by kind and name."""


OURS_ALONE = ("trigger", "policy", "rule")
"""Objects that change how a book behaves, and so are reported unless the program made them."""


def _altered(connection: Connection) -> Iterator[str]:
    """Yield what differs in a book's schema from the program's; most additions are allowed."""
    dialect = connection.target.dialect
    try:
        held = _schema(connection) if dialect == "sqlite" else _schema_on_server(connection)
    except (BookDamaged, UnicodeDecodeError) as error:
        yield f"schema: it cannot be read: {getattr(error, 'what', error)}"
        return
    made = _fresh_schema() if dialect == "sqlite" else _made_on_server(connection)
    for (kind, name), text in made.items():
        if (kind, name) not in held:
            if name not in database.GUARDS[dialect]:  # they are already reported
                yield f"schema: the {kind} {name} is missing"
        elif held[kind, name] != text or (kind == "view" and not _same_view(connection, name)):
            yield f"schema: the {kind} {name} is not as this program makes it"
    for kind, name in held.keys() - made.keys():
        if kind in OURS_ALONE:
            yield f"schema: the {kind} {name} is not this program's"


@cache
def _fresh_schema() -> Schema:
    with TemporaryDirectory() as folder, creating(Target("sqlite", f"{folder}/new.db")) as fresh:
        schema.upgrade(fresh)
        return _schema(fresh)


def _schema(connection: Connection) -> Schema:
    rows = connection.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        (kind.lower(), name.lower()): _in_order(sql) if kind == "table" else sql
        for kind, name, sql in rows
    }


def _in_order(sql: str) -> str:
    """Return a table's SQL with sorted constraints, as revisions make them in any order."""
    lines = [line.strip().rstrip(",") for line in sql.splitlines()]
    return "\n".join(sorted(lines, key=lambda line: line if line[:11] == "CONSTRAINT " else ""))


FUNCTION = re.compile(
    r"CREATE (?:OR REPLACE )?FUNCTION (\w+)\(.*? LANGUAGE (\w+)(.*?) AS \$\$(.*?)\$\$", re.DOTALL
)
TRIGGER = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+) [^;]*")
NAMED = re.compile(r"(?:CREATE (?:UNIQUE )?(INDEX)|(CONSTRAINT)(?! TRIGGER)) (\w+) ")
ON_SERVER = """
    SELECT 'function', p.proname, concat_ws(' ',
        l.lanname, CASE WHEN p.prosecdef THEN 'SECURITY DEFINER' END,
        array_to_string(p.proconfig, ' '), p.prosrc)
    FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
    WHERE p.pronamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'trigger', t.tgname, pg_get_triggerdef(t.oid, true)
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
        AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY ({tables})
    UNION ALL
    SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'r' THEN 'table' ELSE 'relation' END, c.relname,
        CASE WHEN c.relkind = 'v' THEN '' ELSE c.relpersistence::text END
    FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind <> 'i'
    UNION ALL
    SELECT 'index', c.relname, CASE WHEN i.indisvalid THEN '' ELSE 'invalid' END
    FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
    WHERE c.relnamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'constraint', k.conname, CASE WHEN k.convalidated THEN '' ELSE 'not validated' END
    FROM pg_constraint AS k WHERE k.connamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'policy', c.relname, '' FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY ({tables})
        AND (c.relrowsecurity OR EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid))
    UNION ALL
    SELECT 'rule', r.rulename || ' on ' || c.relname, ''
    FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
    WHERE r.rulename <> '_RETURN' AND c.relnamespace = current_schema()::regnamespace
        AND c.relname = ANY ({tables})
"""
"""A server's schema of a book: of indexes and constraints the names, as it rewrites their SQL."""


def _schema_on_server(connection: Connection) -> Schema:
    tables = ", ".join(f"'{name}'" for name in database.TABLES)
    rows = connection.text(ON_SERVER.format(tables=f"ARRAY[{tables}]"))
    return {(kind, name): " ".join(text.split()) for kind, name, text in rows}


def _made_on_server(connection: Connection) -> Schema:
    """Return what `ON_SERVER` finds in a new book."""
    ((path,),) = connection.text("SELECT 'search_path=' || quote_ident(current_schema())")
    script = schema.script()
    made = {("table", name): "p" for name in database.TABLES}
    made |= {(kind, name): "" for kind, name in _fresh_schema() if kind == "view"}
    for name, language, settings, body in FUNCTION.findall(script):
        settings = settings.replace("SET search_path FROM CURRENT", f"{path}, pg_temp")
        settings = settings.replace("SET enable_seqscan = off", "enable_seqscan=off")
        made["function", name] = " ".join(f"{language} {settings} {body}".split())
    for index, constraint, name in NAMED.findall(script):
        made[(index or constraint).lower(), name] = ""
    for found in TRIGGER.finditer(script):
        made["trigger", found[1]] = " ".join(found[0].split())
    return made


def _same_view(connection: Connection, name: str) -> bool:
    """Return whether a server plans a view in the same way as the program's own SQL for it."""
    if connection.target.dialect == "sqlite":  # its text is the same
        return True
    words = _fresh_schema()["view", name].partition(" AS ")[2]
    plan = "EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM"
    try:
        return connection.text(f"{plan} {name}") == connection.text(f"{plan} ({words}) AS {name}")
    except BookDamaged:  # the server cannot plan one of them
        return False


def _unreadable_values(connection: Connection) -> Iterator[str]:
    """Yield declarations with values that this program did not write; digests show the rest.

    One such value makes everything that rests on it unreadable, and is reported once.
    """
    reader = Reader(connection, Clocks(date.max))
    told = set()
    for what in (*DECLARED, "declarations"):
        try:
            if what in DECLARED:
                getattr(reader, what)
            else:
                more_between(connection, FIRST, LAST)
        except UNREADABLE as error:
            reason = str(getattr(error, "what", error))
            if reason not in told:
                yield f"values: the {what} cannot be read: {reason}"
            told.add(reason)


def _future_moments(connection: Connection, now: datetime) -> Iterator[str]:
    """Yield a finding if the last batch is dated in the future: its writer's clock was wrong."""
    for number, _, recorded_at, _ in connection.rows("tail"):
        if recorded_at > now:
            moment = iso_moment(recorded_at)[:16]
            yield f"moments: batch {number} was recorded at {moment} UTC, which is in the future"


def _broken_digests(connection: Connection, cores: int) -> Iterator[str]:
    try:
        walked = verify(connection, cores)
    except (BookDamaged, ValueError, sqlite3.DatabaseError) as error:
        yield f"digests: the journal cannot be read: {getattr(error, 'what', error)}"
        return
    if walked.broken is not None:
        yield f"digests: the chain breaks at entry {walked.broken}: {walked.reason}"


def shortfalls(target: Target, today: date) -> Iterator[str]:
    """Yield what cannot be done with a sound book, one line each.

    The export and the copy are put in a temporary folder; they need twice the book's space.
    """
    with closing(open_book(target)) as connection:
        if target.dialect == "sqlite" and connection.text("PRAGMA journal_mode") == [("wal",)]:
            yield (
                "journal: the file is in WAL mode, so a copy of it may miss entries;"
                " 'PRAGMA journal_mode = DELETE' ends that"
            )
        with TemporaryDirectory() as folder:
            yield from _rehearsed(connection, today, Path(folder))


def _rehearsed(connection: Connection, today: date, folder: Path) -> Iterator[str]:
    """Export a book, restore it, and render a week of both, as bytes that must be the same."""
    from tracker.interchange.exporting import export
    from tracker.interchange.restoring import make_again

    dump, copy = folder / "book.jsonl", Target("sqlite", str(folder / "copy.db"))
    failure = "it cannot be exported"
    try:
        with dump.open("w", encoding="utf-8", newline="") as lines:
            lines.writelines(export(connection))
        failure = "its export cannot be restored"
        with dump.open("rb") as lines:
            entries = make_again(copy, lines, "the export")
        failure = "its week cannot be shown"
        with closing(open_book(copy)) as restored:
            weeks = {_week(one, Clocks(today, entries)) for one in (connection, restored)}
    except Exception as error:
        damaged = isinstance(error, BookDamaged)
        if isinstance(error, (OSError, Unavailable)) and not damaged:  # of the disk or the server
            raise
        yield f"rehearsal: {failure}: {getattr(error, 'what', None) or repr(error)}"
        return
    if len(weeks) > 1:
        yield "rehearsal: the book restored from its export shows a different week"


def _week(connection: Connection, clocks: Clocks) -> str:
    with connection.reading():
        page = bulletin(View(connection, clocks), week_of(clocks.as_of))
    return render(page, "text", Surface())
