"""The first tables: things, entries, batches, versions, and what keeps them append-only."""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade():
    create_thing()
    create_entry()
    create_entry_source()
    create_batch()
    create_party_and_source()
    create_source_text()
    create_agreement()
    create_concession()
    create_deadline()
    for name, text in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {text}")
    for statement in guards(op.get_context().dialect.name):
        op.execute(statement)


def downgrade():
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
    for table in reversed(KEYS):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP INDEX alembic_version_no_other")
        op.execute(f"DROP FUNCTION {', '.join(FUNCTIONS)} CASCADE")
    else:
        for guard in ONE_REVISION:
            op.execute(f"DROP TRIGGER {guard.split()[0]}")


def need(name, kind=sa.String):
    return sa.Column(name, kind, nullable=False)


def may(name, kind=sa.String):
    return sa.Column(name, kind, nullable=True)


def number(name="id"):
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def primary(table, *columns):
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def unique(table, *columns):
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{columns[0]}"))


def links(table, **others_by_column):
    return [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, other in others_by_column.items()
    ]


def index(table, name, *columns, where=None):
    only = {f"{dialect}_where": where and sa.text(where) for dialect in ("sqlite", "postgresql")}
    op.create_index(op.f(f"ix_{table}_{name}"), table, list(columns), **only)


WORD = sa.String(32)
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
QUANTITY = sa.String().with_variant(sa.Numeric(), "postgresql")


def named_check(table, name, text):
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def day_checks(table, *columns):
    # SQLite has no type for days; PostgreSQL's type also holds infinity and days before Christ.
    texts = {"sqlite": "{0} IS date({0}) AND length({0}) = 10 AND {0} >= '0001-01-01'",
             "postgresql": "{0} BETWEEN '0001-01-01' AND '9999-12-31'"}  # fmt: skip
    return [
        named_check(table, f"{column}_is_day", text.format(column)).ddl_if(dialect=dialect)
        for column in columns
        for dialect, text in texts.items()
    ]


def moment_checks(table, column):
    clock = f"[0-2][0-9]:[0-5][0-9]:[0-5][0-9].{'[0-9]' * 6}"
    texts = {"sqlite": f"{column} GLOB '????-??-??T{clock}Z'"
                       f" AND substr({column}, 1, 10) IS date(substr({column}, 1, 10))"
                       f" AND substr({column}, 12, 2) < '24' AND {column} >= '0001-01-01'",
             "postgresql": f"{column} BETWEEN '0001-01-01'"
                           " AND '9999-12-31 23:59:59.999999+00'"}  # fmt: skip
    return [
        named_check(table, f"{column}_is_moment", text).ddl_if(dialect=dialect)
        for dialect, text in texts.items()
    ]


def quantity_checks(table, *columns):
    # At most 18 digits before the decimal point and 9 after it, which every report can print. They
    # are counted on SQLite, where a number would be rounded.
    texts = {"sqlite": "{0} GLOB '*[0-9]' AND {0} NOT GLOB '*[^0-9.-]*'"
                       " AND {0} NOT GLOB '?*-*' AND {0} NOT GLOB '*.*.*'"
                       " AND ltrim({0}, '-') GLOB '[0-9]*'"
                       " AND instr({0} || '.', '.') <= 19 + ({0} GLOB '-*')"
                       " AND length({0}) - instr({0} || '.', '.') <= 9",
             "postgresql": "abs({0}) < 1e18 AND scale({0}) <= 9"}  # fmt: skip
    return [
        named_check(table, f"{column}_is_finite", text.format(column)).ddl_if(dialect=dialect)
        for column in columns
        for dialect, text in texts.items()
    ]


def either(column, words):
    # Not IN (…): SQLite rebuilds a table of a longer list for every row that it checks.
    return " OR ".join(f"{column} = '{word}'" for word in words.split())


def word_checks(table, **words_by_column):
    return [
        named_check(table, column, either(column, words))
        for column, words in words_by_column.items()
    ]


NAMESPACES = "party source subject"
COMMANDS = "log measure move close note checked amend retract undo add change apply import keep"
PRECISIONS = "year month day"
INSTRUMENTS = "proposal statement readout joint-text law"
DEADLINE_KINDS = "delivery expiry review meeting"
ENTRY_KINDS = "declaration stage reading deadline note check text retraction"
OUTCOMES = "met missed cancelled"
BASES = "contracted sold shipped arrived paid issued level other"
BOUNDS = "at-least at-most"
CONCESSION_KINDS = (
    "purchase tariff export-control licensing investment access institution meeting other"
)
STAGES = "negotiating announced started partial met stalled missed broken reversed lapsed moot"
ROLES = "giver receiver"
MEDIA = "html text pdf"

KEYS = {
    "thing": "id slug,namespace",
    "entry": "id key,nth",
    "entry_source": "entry_id,place entry_id,source_id",
    "batch": "id first_entry",
    "party": "entry_id",
    "source": "entry_id",
    "source_text": "entry_id",
    "agreement": "entry_id",
    "concession": "entry_id",
    "concession_party": "entry_id,role,party_id entry_id,role,place",
    "exchange": "entry_id,in_return_for_id",
    "deadline": "entry_id",
}
"""Every table, in the order in which they refer to each other, with its unique keys."""


def create_thing():
    op.create_table(
        "thing",
        number(),
        need("namespace", WORD),
        need("slug"),
        *word_checks("thing", namespace=NAMESPACES),
        named_check("thing", "slug_is_named", "slug <> ''"),
        primary("thing", "id"),
        unique("thing", "slug", "namespace"),
    )


def create_entry():
    op.create_table(
        "entry",
        *entry_columns(),
        *quantity_checks("entry", "value", "base"),
        *day_checks("entry", "effective_on", "due_on", "public_on"),
        *word_checks("entry", kind=ENTRY_KINDS, stage=STAGES, basis=BASES, outcome=OUTCOMES),
        *word_checks("entry", due_on_precision=PRECISIONS, effective_on_precision="year month"),
        *(named_check("entry", name, text) for name, text in ENTRY_RULES.items()),
        *(
            named_check("entry", flag, f"{flag} = 0 OR {flag} = 1").ddl_if(dialect="sqlite")
            for flag in ("flow", "headline")
        ),
        *links("entry", subject_id="thing", concession_id="thing", says_id="thing"),
        *links("entry", refers_to="entry"),
        primary("entry", "id"),
        unique("entry", "key", "nth"),
        unique("entry", "id", "kind", "subject_id"),
    )
    index("entry", "subject_id", "subject_id")
    index("entry", "concession_id", "concession_id")
    index("entry", "refers_to", "refers_to", where="refers_to IS NOT NULL")


def entry_columns():
    return [
        number(),
        number("batch"),
        need("kind", WORD),
        need("subject_id", sa.Integer),
        may("concession_id", sa.Integer),
        need("effective_on", sa.Date),
        may("effective_on_precision", WORD),
        may("public_on", sa.Date),
        may("says_id", sa.Integer),
        may("note"),
        may("headline", sa.Boolean),
        may("stage", WORD),
        may("value", QUANTITY),
        may("base", QUANTITY),
        *(may(name) for name in ("unit", "counted_by")),
        may("basis", WORD),
        may("flow", sa.Boolean),
        may("due_on", sa.Date),
        may("due_on_precision", WORD),
        may("outcome", WORD),
        may("refers_to", sa.Integer),
        need("key", sa.LargeBinary),
        number("nth"),
        may("origin", sa.Integer),
        need("digest", sa.LargeBinary),
    ]


ENTRY_RULES = {
    "basis_of_kind": "(basis IS NOT NULL) = (kind = 'reading')",
    "counted_by_of_kind": "(counted_by IS NOT NULL) = (kind = 'reading')",
    "flow_of_kind": "(flow IS NOT NULL) = (kind = 'reading')",
    "refers_to_of_kind": "(refers_to IS NOT NULL) = (kind = 'retraction')",
    "headline_of_kind": "headline IS NULL OR kind = 'note'",
    "stage_of_kind": "(stage IS NOT NULL) = (kind = 'stage')",
    "due_on_of_kind": "due_on IS NULL OR kind = 'deadline'",
    "outcome_of_kind": "outcome IS NULL OR kind = 'deadline'",
    "says_id_of_kind": f"says_id IS NULL OR {either('kind', 'stage deadline note')}",
    "value_of_kind": f"value IS NULL OR {either('kind', 'reading deadline')}",
    "move_or_outcome": "kind <> 'deadline' OR (due_on IS NULL) <> (outcome IS NULL)",
    "note_has_text": "note <> '' AND (kind <> 'note' OR note IS NOT NULL)",
    "reading_has_value": "kind <> 'reading' OR value IS NOT NULL",
    "stage_of_concession": "kind <> 'stage' OR concession_id = subject_id",
    "due_on_has_precision": "(due_on IS NULL) = (due_on_precision IS NULL)",
    "value_has_unit": "(value IS NULL) = (unit IS NULL)",
    "numbers": "id BETWEEN 1 AND 2147483646 AND batch BETWEEN 1 AND id AND nth BETWEEN 1 AND id",
    "digest_length": "length(digest) = 32",
    "key_length": "length(key) = 16",
    "outcome_is_ours": "outcome IS NULL OR says_id IS NULL",
    "base_of_target": "base IS NULL OR (kind = 'deadline' AND value IS NOT NULL)",
    "outcome_has_no_target": "outcome IS NULL OR value IS NULL",
    "refers_to_earlier": "refers_to < id",
    "text_is_of_source": "kind <> 'text' OR (concession_id IS NULL AND public_on IS NULL"
    " AND effective_on_precision IS NULL)",
}


def create_entry_source():
    op.create_table(
        "entry_source",
        number("entry_id"),
        number("place"),
        need("source_id", sa.Integer),
        named_check("entry_source", "place", "place BETWEEN 1 AND 1000"),
        *links("entry_source", entry_id="entry", source_id="thing"),
        primary("entry_source", "entry_id", "place"),
        unique("entry_source", "entry_id", "source_id"),
        # Otherwise SQLite numbers the rows, and a row can be replaced by that number.
        sqlite_with_rowid=False,
    )


def create_batch():
    op.create_table(
        "batch",
        number(),
        need("command", WORD),
        need("author"),
        need("recorded_at", MOMENT),
        number("utc_offset"),
        number("first_entry"),
        may("origin"),
        may("origin_at", MOMENT),
        may("merged_by"),
        need("seal", sa.LargeBinary),
        *moment_checks("batch", "recorded_at"),
        *moment_checks("batch", "origin_at"),
        *word_checks("batch", command=COMMANDS),
        named_check("batch", "author_is_named", "author <> ''"),
        named_check("batch", "numbers", "id BETWEEN 1 AND first_entry"),
        named_check("batch", "utc_offset_of_a_day", "utc_offset BETWEEN -1440 AND 1440"),
        named_check("batch", "seal_length", "length(seal) = 32"),
        named_check("batch", "origin_has_moment", "(origin IS NULL) = (origin_at IS NULL)"),
        named_check("batch", "origin_was_merged", "origin IS NULL OR merged_by IS NOT NULL"),
        named_check("batch", "merger_is_named", "merged_by <> ''"),
        *links("batch", first_entry="entry"),
        primary("batch", "id"),
        unique("batch", "first_entry"),
    )
    index("batch", "recorded_at", "recorded_at")


def create_version(table, *columns, kind="declaration", **others_by_column):
    op.create_table(
        table,
        number("entry_id"),
        need("entry_kind", WORD),
        need("thing_id", sa.Integer),
        *columns,
        named_check(table, "entry_kind", f"entry_kind = '{kind}'"),
        sa.ForeignKeyConstraint(
            ["entry_id", "entry_kind", "thing_id"],
            ["entry.id", "entry.kind", "entry.subject_id"],
            name=op.f(f"fk_{table}_entry_id"),
        ),
        *links(table, **others_by_column),
        primary(table, "entry_id"),
    )
    index(table, "thing_id", "thing_id", "entry_id")


def create_party_and_source():
    create_version(
        "party",
        *(need(name) for name in ("name", "short")),
        may("part_of_id", sa.Integer),
        part_of_id="thing",
    )
    create_version(
        "source",
        *(may(name) for name in ("title", "publisher", "url")),
        may("published_on", sa.Date),
        need("official", sa.Boolean),
        may("archived_url"),
        *day_checks("source", "published_on"),
        named_check("source", "official", "official = 0 OR official = 1").ddl_if(dialect="sqlite"),
    )


def create_source_text():
    create_version(
        "source_text",
        *(need(name, sa.LargeBinary) for name in ("file_sha256", "words_sha256")),
        need("words", sa.Integer),
        need("media", WORD),
        need("reader"),
        *word_checks("source_text", media=MEDIA),
        named_check(
            "source_text", "hash_length", "length(file_sha256) = 32 AND length(words_sha256) = 32"
        ),
        named_check("source_text", "words", "words BETWEEN 1 AND 2147483646"),
        named_check("source_text", "reader_is_named", "length(reader) BETWEEN 1 AND 100"),
        kind="text",
    )


def create_agreement():
    create_version(
        "agreement",
        need("title"),
        need("agreed_on", sa.Date),
        need("agreed_on_precision", WORD),
        need("source_id", sa.Integer),
        may("place"),
        *day_checks("agreement", "agreed_on"),
        *word_checks("agreement", agreed_on_precision=PRECISIONS),
        source_id="thing",
    )


def create_concession():
    create_version(
        "concession",
        need("agreement_id", sa.Integer),
        *(need(name) for name in ("title", "sector")),
        need("source_id", sa.Integer),
        *(need(name, WORD) for name in ("kind", "instrument")),
        need("test"),
        *(may(name) for name in ("locator", "quote")),
        may("hold", sa.Boolean),
        may("term", WORD),
        may("promised_on", sa.Date),
        may("promised_on_precision", WORD),
        *day_checks("concession", "promised_on"),
        *word_checks("concession", kind=CONCESSION_KINDS, instrument=INSTRUMENTS),
        *word_checks("concession", promised_on_precision=PRECISIONS, term="open"),
        named_check(
            "concession",
            "promised_on_has_precision",
            "(promised_on IS NULL) = (promised_on_precision IS NULL)",
        ),
        named_check("concession", "hold", "hold = 0 OR hold = 1").ddl_if(dialect="sqlite"),
        agreement_id="thing",
        source_id="thing",
    )
    index("concession", "agreement_id", "agreement_id")
    create_part("concession_party", "party_id", need("role", WORD), number("place"))
    create_part("exchange", "in_return_for_id")
    index("exchange", "in_return_for_id", "in_return_for_id")


def create_part(table, other, *columns):
    """Create the table of what belongs to a version of a concession."""
    keys = [key.split(",") for key in KEYS[table].split()]
    op.create_table(
        table,
        number("entry_id"),
        *columns,
        need(other, sa.Integer),
        *(word_checks(table, role=ROLES) if columns else []),
        *([named_check(table, "place", "place BETWEEN 1 AND 1000")] if columns else []),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["concession.entry_id"], name=op.f(f"fk_{table}_entry_id")
        ),
        *links(table, **{other: "thing"}),
        primary(table, *keys[0]),
        *(unique(table, *key) for key in keys[1:]),
        # Otherwise SQLite numbers the rows, and a row can be replaced by that number.
        sqlite_with_rowid=False,
    )


def create_deadline():
    create_version(
        "deadline",
        *(may(name, sa.Integer) for name in ("agreement_id", "concession_id")),
        need("kind", WORD),
        need("label"),
        need("source_id", sa.Integer),
        may("opens_on", sa.Date),
        may("due_on", sa.Date),
        may("due_on_precision", WORD),
        may("awaits"),
        may("target", QUANTITY),
        may("unit"),
        may("bound", WORD),
        may("base", QUANTITY),
        *day_checks("deadline", "opens_on", "due_on"),
        *quantity_checks("deadline", "target", "base"),
        *word_checks("deadline", kind=DEADLINE_KINDS, due_on_precision=PRECISIONS, bound=BOUNDS),
        *(named_check("deadline", name, text) for name, text in DEADLINE_RULES.items()),
        agreement_id="thing",
        concession_id="thing",
        source_id="thing",
    )
    index("deadline", "agreement_id", "agreement_id")
    index("deadline", "concession_id", "concession_id")


DEADLINE_RULES = {
    "one_parent": "(agreement_id IS NULL) <> (concession_id IS NULL)",
    "target_of_delivery": "target IS NULL OR kind = 'delivery'",
    "target_has_unit": "(target IS NULL) = (unit IS NULL)",
    "opens_before_due": "opens_on <= due_on",
    "bound_of_target": "target IS NOT NULL OR (bound IS NULL AND base IS NULL)",
    "awaits_of_delivery": "awaits IS NULL OR kind = 'delivery'",
    "day_is_known_or_awaited":
        "due_on IS NOT NULL OR awaits IS NOT NULL OR COALESCE(bound, '') = 'at-most'",
    "awaits_in_place":
        "awaits IS NULL OR (opens_on IS NULL AND COALESCE(bound, '') = 'at-most')"
        " OR (due_on IS NULL AND COALESCE(bound, '') <> 'at-most')",
    "due_on_has_precision": "(due_on IS NULL) = (due_on_precision IS NULL)",
}  # fmt: skip

# --- views ------------------------------------------------------------------------------------

VIEWS = {
    # The entries that are retracted, and by which. A retraction counts unless one that counts
    # retracts it; there are at most three in a row, as an undo is not undone.
    "retracted": """
        SELECT r.refers_to AS entry_id, r.id AS from_id
        FROM entry AS r
        WHERE r.refers_to IS NOT NULL AND r.kind = 'retraction' AND NOT EXISTS (
            SELECT 1 FROM entry AS u
            WHERE u.refers_to = r.id AND u.kind = 'retraction' AND NOT EXISTS (
                SELECT 1 FROM entry AS x WHERE x.refers_to = u.id AND x.kind = 'retraction'))
    """,
    # The journal with names instead of numbers. The versions in force when an entry was written
    # show what it is about.
    "journal": """
        SELECT
            e.id AS entry, e.kind, t.slug AS subject, a.slug AS agreement, c.slug AS concession,
            CASE WHEN d.entry_id IS NOT NULL
                AND (e.concession_id IS NULL OR e.concession_id <> e.subject_id) THEN t.slug END
                AS deadline,
            e.effective_on, e.effective_on_precision, e.public_on, b.recorded_at, b.author,
            p.slug AS says, e.stage, e.value, e.base, e.unit, e.counted_by, e.basis, e.flow,
            e.due_on, e.due_on_precision, e.outcome, s.slug AS source, e.note, e.headline,
            e.refers_to, e.batch, b.command, e.origin,
            (SELECT MIN(r.from_id) FROM retracted AS r WHERE r.entry_id = e.id) AS retracted_by,
            e.subject_id, e.concession_id
        FROM entry AS e
        JOIN batch AS b ON b.id = e.batch
        JOIN thing AS t ON t.id = e.subject_id
        LEFT JOIN thing AS c ON c.id = e.concession_id
        LEFT JOIN thing AS p ON p.id = e.says_id
        LEFT JOIN entry_source AS f ON f.entry_id = e.id AND f.place = 1
        LEFT JOIN thing AS s ON s.id = f.source_id
        LEFT JOIN deadline AS d ON d.entry_id = (
            SELECT MAX(w.entry_id) FROM deadline AS w
            WHERE w.thing_id = e.subject_id AND w.entry_id <= e.id)
        LEFT JOIN concession AS g ON g.entry_id = (
            SELECT MAX(w.entry_id) FROM concession AS w
            WHERE w.thing_id = e.concession_id AND w.entry_id <= e.id)
        LEFT JOIN thing AS a ON a.id = COALESCE(g.agreement_id, d.agreement_id,
            (SELECT MAX(w.thing_id) FROM agreement AS w WHERE w.thing_id = e.subject_id))
    """,
    # The readings that count, whatever their day.
    "reading": """
        SELECT entry, deadline, concession, agreement, effective_on, value, unit, counted_by,
            basis, flow, source, note, recorded_at, author
        FROM journal
        WHERE kind = 'reading' AND retracted_by IS NULL
    """,
    # Every version of every declaration, and whether it is in force.
    "declared": """
        SELECT
            v.entry_id AS entry, v.what, t.slug, v.title, x.effective_on AS declared_on,
            b.author, x.note AS reason,
            (SELECT MIN(r.from_id) FROM retracted AS r
                WHERE r.entry_id = v.entry_id) AS retracted_by,
            NOT EXISTS (SELECT 1 FROM retracted AS r
                WHERE r.entry_id = v.entry_id
            ) AND NOT EXISTS (
                SELECT 1 FROM entry AS n
                WHERE n.kind = 'declaration' AND n.subject_id = v.thing_id AND n.id > v.entry_id
                    AND NOT EXISTS (SELECT 1 FROM retracted AS q WHERE q.entry_id = n.id)
            ) AS in_force
        FROM (
            SELECT 'party' AS what, entry_id, thing_id, name AS title FROM party
            UNION ALL SELECT 'source', entry_id, thing_id, title FROM source
            UNION ALL SELECT 'agreement', entry_id, thing_id, title FROM agreement
            UNION ALL SELECT 'concession', entry_id, thing_id, title FROM concession
            UNION ALL SELECT 'deadline', entry_id, thing_id, label FROM deadline
        ) AS v
        JOIN thing AS t ON t.id = v.thing_id
        JOIN entry AS x ON x.id = v.entry_id
        JOIN batch AS b ON b.id = x.batch
    """,
}

# --- what keeps the book append-only ----------------------------------------------------------
# SQLite's REPLACE deletes without firing DELETE triggers, so an insert over a key is refused
# too. On PostgreSQL a function raises; a RULE would hide the refusal.

REFUSAL = "the book is append-only: log a new entry, or retract"
RAISED = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
ONE_REVISION = (
    "alembic_version_no_delete BEFORE delete ON alembic_version",
    "alembic_version_no_other BEFORE INSERT ON alembic_version"
    " WHEN EXISTS (SELECT 1 FROM alembic_version)",
)


def guards(dialect):
    if dialect == "sqlite":
        return [
            *(guard for table, keys in KEYS.items() for guard in guards_of(table, keys)),
            # An upgrade writes another revision, but there is always one.
            *(f"CREATE TRIGGER {guard} {RAISED}" for guard in ONE_REVISION),
        ]
    return [
        # The functions look at the book's own schema, whatever their caller's session looks at.
        "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)",
        *FUNCTIONS.values(),
        "REVOKE ALL ON FUNCTION take_turn() FROM PUBLIC",
        *(guard for table in KEYS for guard in guards_on_server(table)),
        *ON_SERVER,
    ]


SQL = Path(__file__).with_name("0001_guards.sql").read_text("utf-8")
FUNCTIONS = {
    found[1]: found[0]
    for found in re.finditer(r"CREATE FUNCTION (\w+)[^$]*\$\$.*?\$\$", SQL, re.DOTALL)
}
ON_SERVER = [
    # An upgrade writes another revision, but there is always one.
    "CREATE UNIQUE INDEX alembic_version_no_other ON alembic_version ((true))",
    "CREATE TRIGGER alembic_version_no_change BEFORE DELETE ON alembic_version"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER alembic_version_no_truncate BEFORE TRUNCATE ON alembic_version"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    *(
        f"CREATE TRIGGER {table}_number BEFORE INSERT ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION number_row()"
        for table in ("thing", "entry", "batch")
    ),
    "CREATE CONSTRAINT TRIGGER entry_is_sealed AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION require_seal()",
    "CREATE TRIGGER batch_moment AFTER INSERT ON batch"
    " FOR EACH ROW EXECUTE FUNCTION require_moment()",
]
"""What guards single tables on PostgreSQL."""


def guards_on_server(table):
    """Yield the triggers that every table has on PostgreSQL."""
    for trigger, each, function in (
        (f"{table}_no_change BEFORE DELETE OR UPDATE", "ROW", "refuse_change"),
        (f"{table}_no_truncate BEFORE TRUNCATE", "STATEMENT", "refuse_change"),
        (f"{table}_in_turn BEFORE INSERT", "STATEMENT", "wait_for_turn"),
    ):
        yield f"CREATE TRIGGER {trigger} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"


def guards_of(table, keys):
    """Return the triggers of one table on SQLite."""
    for change in ("update", "delete"):
        yield f"CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table} {RAISED}"
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        for same in (
            " AND ".join(f"{column} = NEW.{column}" for column in key.split(","))
            for key in keys.split()
        )
    )
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {RAISED}"
