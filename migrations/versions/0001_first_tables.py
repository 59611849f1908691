"""The first tables: the catalog, the journal, and what keeps the journal append-only."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade():
    create_party_and_source()
    create_agreement()
    create_concession()
    create_deadline()
    create_exchange()
    create_entry()
    create_retracted()
    for statement in GUARDS[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade():
    op.execute("DROP VIEW retracted")
    for table in ("entry", "exchange", "deadline", "concession", "agreement", "source", "party"):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change")


def need(name, kind=sa.String):
    return sa.Column(name, kind, nullable=False)


def may(name, kind=sa.String):
    return sa.Column(name, kind, nullable=True)


def keys(table, primary, unique):
    return [
        sa.PrimaryKeyConstraint(primary, name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(unique, name=op.f(f"uq_{table}_{unique}")),
    ]


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


def day_check(table, column):
    text = f"{column} IS date({column})"
    return named_check(table, f"{column}_is_day", text).ddl_if(dialect="sqlite")


def decimal_check(table, column):
    text = (
        f"{column} GLOB '*[0-9]*' AND {column} NOT GLOB '*[^0-9.-]*'"
        f" AND {column} NOT GLOB '?*-*' AND {column} NOT GLOB '*.*.*'"
    )
    return named_check(table, f"{column}_is_decimal", text).ddl_if(dialect="sqlite")


def either(column, words):
    # Not IN (…): SQLite builds a table of a longer list anew for every row that it checks.
    return " OR ".join(f"{column} = '{word}'" for word in words.split())


def word_checks(table, **words_by_column):
    return [
        named_check(table, column, either(column, words))
        for column, words in words_by_column.items()
    ]


PRECISIONS = "year month day"
INSTRUMENTS = "proposal statement readout joint-text law"
DEADLINE_KINDS = "delivery expiry review meeting"
ENTRY_KINDS = "stage reading deadline note check retraction"
OUTCOMES = "met missed cancelled"
BASES = "contracted sold shipped arrived paid issued other"
CONCESSION_KINDS = (
    "purchase tariff export-control licensing investment access institution meeting other"
)
STAGES = "negotiating announced started partial met stalled missed reversed lapsed moot"


def create_party_and_source():
    op.create_table(
        "party",
        need("id", sa.Integer),
        *(need(name) for name in ("slug", "name", "short")),
        *keys("party", "id", "slug"),
    )
    op.create_table(
        "source",
        need("id", sa.Integer),
        need("key"),
        *(may(name) for name in ("url", "publisher", "title")),
        may("published_on", sa.Date),
        need("official", sa.Boolean),
        may("archived_url"),
        day_check("source", "published_on"),
        *keys("source", "id", "key"),
    )


def create_agreement():
    op.create_table(
        "agreement",
        need("id", sa.Integer),
        *(need(name) for name in ("slug", "title")),
        may("place"),
        need("agreed_on", sa.Date),
        need("agreed_on_precision", WORD),
        need("source_id", sa.Integer),
        day_check("agreement", "agreed_on"),
        *word_checks("agreement", agreed_on_precision=PRECISIONS),
        *links("agreement", source_id="source"),
        *keys("agreement", "id", "slug"),
    )


def create_concession():
    op.create_table(
        "concession",
        need("id", sa.Integer),
        need("slug"),
        need("agreement_id", sa.Integer),
        need("title"),
        *(need(name, sa.Integer) for name in ("giver_id", "receiver_id")),
        need("sector"),
        need("kind", WORD),
        need("instrument", WORD),
        need("test"),
        need("source_id", sa.Integer),
        may("locator"),
        need("recorded_at", MOMENT),
        *word_checks("concession", kind=CONCESSION_KINDS, instrument=INSTRUMENTS),
        named_check("concession", "two_parties", "giver_id <> receiver_id"),
        *links(
            "concession",
            agreement_id="agreement",
            giver_id="party",
            receiver_id="party",
            source_id="source",
        ),
        *keys("concession", "id", "slug"),
    )
    index("concession", "agreement_id", "agreement_id")


def create_deadline():
    op.create_table(
        "deadline",
        need("id", sa.Integer),
        need("slug"),
        need("agreement_id", sa.Integer),
        may("concession_id", sa.Integer),
        need("kind", WORD),
        need("label"),
        may("opens_on", sa.Date),
        need("due_on", sa.Date),
        need("due_on_precision", WORD),
        may("target", QUANTITY),
        may("unit"),
        need("source_id", sa.Integer),
        need("recorded_at", MOMENT),
        day_check("deadline", "opens_on"),
        day_check("deadline", "due_on"),
        decimal_check("deadline", "target"),
        *word_checks("deadline", kind=DEADLINE_KINDS, due_on_precision=PRECISIONS),
        named_check("deadline", "target_of_delivery", "target IS NULL OR kind = 'delivery'"),
        named_check("deadline", "target_has_unit", "(target IS NULL) = (unit IS NULL)"),
        named_check("deadline", "opens_before_due", "opens_on <= due_on"),
        *links(
            "deadline", agreement_id="agreement", concession_id="concession", source_id="source"
        ),
        *keys("deadline", "id", "slug"),
    )
    index("deadline", "agreement_id", "agreement_id")
    index("deadline", "concession_id", "concession_id")


def create_exchange():
    op.create_table(
        "exchange",
        *(need(name, sa.Integer) for name in ("concession_id", "in_return_for_id")),
        named_check("exchange", "two_concessions", "concession_id <> in_return_for_id"),
        *links("exchange", concession_id="concession", in_return_for_id="concession"),
        sa.PrimaryKeyConstraint("concession_id", "in_return_for_id", name=op.f("pk_exchange")),
    )
    index("exchange", "in_return_for_id", "in_return_for_id")


def create_entry():
    op.create_table(
        "entry",
        *entry_columns(),
        *entry_checks(),
        *links(
            "entry",
            agreement_id="agreement",
            concession_id="concession",
            deadline_id="deadline",
            retracts="entry",
            says_id="party",
            source_id="source",
        ),
        *keys("entry", "id", "import_key"),
    )
    index("entry", "stage", "concession_id", "kind", "says_id", "effective_on", "id")
    index("entry", "concession", "concession_id", "effective_on", "id")
    series = ("deadline_id", "kind", "basis", "counted_by", "effective_on", "id")
    index("entry", "deadline", *series, where="deadline_id IS NOT NULL")
    index("entry", "effective_on", "effective_on", "id")
    index("entry", "recorded_at", "recorded_at", "id")
    index("entry", "retracts", "retracts", where="retracts IS NOT NULL")


def entry_columns():
    return [
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        need("kind", WORD),
        need("agreement_id", sa.Integer),
        *(may(name, sa.Integer) for name in ("concession_id", "deadline_id")),
        need("effective_on", sa.Date),
        need("recorded_at", MOMENT),
        need("author"),
        *(may(name, sa.Integer) for name in ("says_id", "source_id")),
        may("note"),
        may("stage", WORD),
        may("value", QUANTITY),
        *(may(name) for name in ("unit", "counted_by")),
        may("basis", WORD),
        may("flow", sa.Boolean),
        may("due_on", sa.Date),
        may("due_on_precision", WORD),
        may("outcome", WORD),
        may("retracts", sa.Integer),
        need("batch", sa.Integer),
        may("import_key", sa.LargeBinary),
        need("digest", sa.LargeBinary),
    ]


def entry_checks():
    return [
        decimal_check("entry", "value"),
        day_check("entry", "due_on"),
        day_check("entry", "effective_on"),
        *word_checks("entry", kind=ENTRY_KINDS, stage=STAGES, basis=BASES, outcome=OUTCOMES),
        *word_checks("entry", due_on_precision=PRECISIONS),
        *(named_check("entry", name, text) for name, text in ENTRY_RULES.items()),
    ]


ENTRY_RULES = {
    "basis_of_kind": "(basis IS NOT NULL) = (kind = 'reading')",
    "counted_by_of_kind": "(counted_by IS NOT NULL) = (kind = 'reading')",
    "flow_of_kind": "(flow IS NOT NULL) = (kind = 'reading')",
    "retracts_of_kind": "(retracts IS NOT NULL) = (kind = 'retraction')",
    "stage_of_kind": "(stage IS NOT NULL) = (kind = 'stage')",
    "due_on_of_kind": "due_on IS NULL OR kind = 'deadline'",
    "outcome_of_kind": "outcome IS NULL OR kind = 'deadline'",
    "says_id_of_kind": f"says_id IS NULL OR {either('kind', 'stage deadline note')}",
    "value_of_kind": f"value IS NULL OR {either('kind', 'reading deadline')}",
    "author_is_named": "author <> ''",
    "move_or_outcome": "kind <> 'deadline' OR (due_on IS NULL) <> (outcome IS NULL)",
    "note_has_text": "kind <> 'note' OR (note IS NOT NULL AND note <> '')",
    "reading_has_value": "kind <> 'reading' OR value IS NOT NULL",
    "stage_of_what": "kind <> 'stage' OR concession_id IS NOT NULL",
    "stage_of_concession": "kind <> 'stage' OR deadline_id IS NULL",
    "of_deadline": "kind NOT IN ('reading', 'deadline') OR deadline_id IS NOT NULL",
    "due_on_has_precision": "(due_on IS NULL) = (due_on_precision IS NULL)",
    "value_has_unit": "(value IS NULL) = (unit IS NULL)",
    "numbers": "id >= 1 AND batch >= 1 AND batch <= id",
    "digest_length": "length(digest) = 32",
    "import_key_length": "length(import_key) = 16",
    "outcome_is_ours": "outcome IS NULL OR says_id IS NULL",
    "outcome_has_no_target": "outcome IS NULL OR value IS NULL",
    "retracts_earlier": "retracts < id",
}


def create_retracted():
    """From which moment, and until which, an entry counted as retracted.

    A retraction may itself be taken back, by `undo`: from then on its entry counts again.
    """
    op.execute(
        """
        CREATE VIEW retracted AS
        SELECT r.retracts AS entry_id, r.id AS retraction_id, r.recorded_at AS from_at,
            (SELECT MIN(u.recorded_at) FROM entry AS u WHERE u.retracts = r.id) AS until_at
        FROM entry AS r
        WHERE r.retracts IS NOT NULL
        """
    )


# --- what keeps the journal append-only -------------------------------------------------------
# SQLite's REPLACE deletes without firing DELETE triggers, so an insert over a key is refused
# too. On PostgreSQL the functions raise; a RULE would hide the refusal.

REFUSAL = "the journal is append-only: log a new entry, or retract"

GUARDS = {
    "sqlite": [
        *(
            f"CREATE TRIGGER entry_no_{change} BEFORE {change} ON entry"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for change in ("update", "delete")
        ),
        f"""
        CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry
        WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id)
            OR (
                NEW.import_key IS NOT NULL
                AND EXISTS (SELECT 1 FROM entry WHERE import_key = NEW.import_key)
            )
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """,
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE ON entry"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ],
}
