"""What `db check` finds of a server's tables that somebody altered; a file's are in test_upkeep."""

import psycopg
import pytest

from tests.conftest import Run
from tests.database.conftest import as_role
from tracker.database import Connection, Target
from tracker.schema import GUARDS

pytestmark = pytest.mark.on("postgresql")

FLATTER = (
    "CREATE FUNCTION flatter() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
    " CREATE TRIGGER flattery BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION flatter()"
)
TOOTHLESS = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'"
)
CASCADING = (
    "ALTER TABLE entry DROP CONSTRAINT fk_entry_says_id, ADD CONSTRAINT fk_entry_says_id"
    " FOREIGN KEY (says_id) REFERENCES thing (id) ON DELETE CASCADE"
)
UNCHECKED = (
    "ALTER TABLE entry DROP CONSTRAINT fk_entry_says_id, ADD CONSTRAINT fk_entry_says_id"
    " FOREIGN KEY (says_id) REFERENCES thing (id) NOT VALID"
)
MISSING, FOREIGN = "is missing", "is not this program's"
ALTERED = "is not as this program makes it"
ALTERATIONS = {
    "ALTER TABLE thing DROP CONSTRAINT uq_thing_slug": f"constraint uq_thing_slug {MISSING}",
    "ALTER TABLE entry DROP CONSTRAINT fk_entry_says_id": f"constraint fk_entry_says_id {MISSING}",
    CASCADING: f"constraint fk_entry_says_id {ALTERED}",
    UNCHECKED: f"constraint fk_entry_says_id {MISSING}",
    "ALTER TABLE exchange DROP CONSTRAINT pk_exchange": f"constraint pk_exchange {MISSING}",
    "ALTER TABLE entry DROP CONSTRAINT ck_entry_stage": f"constraint ck_entry_stage {MISSING}",
    "ALTER TABLE party ADD CONSTRAINT ours CHECK (name <> 'EU')": f"constraint ours {FOREIGN}",
    "ALTER TABLE party ADD CONSTRAINT ours UNIQUE (name)": f"constraint ours {FOREIGN}",
    "ALTER TABLE entry ALTER COLUMN kind DROP NOT NULL": f"column entry.kind {ALTERED}",
    "ALTER TABLE source_text ALTER COLUMN words TYPE bigint": f"column source_text.words {ALTERED}",
    "ALTER TABLE party ALTER COLUMN short SET DEFAULT ''": f"column party.short {ALTERED}",
    "ALTER TABLE party ADD COLUMN colour text": f"column party.colour {FOREIGN}",
    "ALTER TABLE concession DROP COLUMN locator": f"column concession.locator {MISSING}",
    "DROP INDEX ix_entry_refers_to": f"index ix_entry_refers_to {MISSING}",
    "DROP INDEX ix_entry_refers_to; CREATE INDEX ix_entry_refers_to ON entry (nth)": (
        f"index ix_entry_refers_to {ALTERED}"
    ),
    "CREATE UNIQUE INDEX by_hand ON party (name)": f"index by_hand {FOREIGN}",
    "DROP INDEX alembic_version_no_other": f"index alembic_version_no_other {MISSING}",
    "DROP VIEW declared": f"view declared {MISSING}",
    FLATTER: f"trigger flattery {FOREIGN}",
    TOOTHLESS: f"function refuse_change {ALTERED}",
    "CREATE RULE quiet AS ON INSERT TO party DO INSTEAD NOTHING": f"rule quiet {FOREIGN}",
    "ALTER TABLE entry ENABLE ROW LEVEL SECURITY": f"row security of entry {FOREIGN}",
    "CREATE TABLE more () INHERITS (entry)": f"child table of entry {FOREIGN}",
}
"""What somebody does to the tables, and what is found."""
NO_GUARD = "guards: the trigger entry_is_sealed, which keeps the book append-only, is missing"


def run_as_owner(target: Target, statements: str) -> None:
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute(statements.encode())


@pytest.mark.slow
@pytest.mark.parametrize(("statements", "finding"), ALTERATIONS.items())
def test_what_was_altered_on_a_server_is_found(
    target: Target, tracker: Run, statements: str, finding: str
) -> None:
    run_as_owner(target, statements)

    ran = tracker("db", "check")

    assert (ran.code, ran.err) == (1, "")
    assert f"schema: the {finding}" in ran.out.splitlines()


@pytest.mark.parametrize(
    "statement",
    ["DROP TRIGGER entry_is_sealed ON entry", "ALTER TABLE entry DISABLE TRIGGER entry_is_sealed"],
)
def test_a_trigger_that_was_dropped_or_disabled_is_found(
    target: Target, tracker: Run, statement: str
) -> None:
    run_as_owner(target, statement)

    assert tracker("db", "check").out == f"{NO_GUARD}\n"


def test_foreign_keys_that_were_disabled_are_found(target: Target, tracker: Run) -> None:
    run_as_owner(target, "ALTER TABLE exchange DISABLE TRIGGER ALL")

    found = tracker("db", "check").out.splitlines()

    assert "schema: the constraint fk_exchange_entry_id is missing" in found
    assert NO_GUARD.replace("entry_is_sealed", "exchange_no_change") in found


@pytest.mark.slow
@pytest.mark.parametrize(
    "statements",
    [
        "ALTER TABLE entry DROP CONSTRAINT ck_entry_stage,"
        " ADD CONSTRAINT ck_entry_stage CHECK (stage <> 'kept')",
        "CREATE OR REPLACE VIEW retracted AS SELECT 0 AS entry_id, 0 AS from_id",
        "ALTER TABLE concession ALTER COLUMN locator TYPE varchar(400)",
        "DROP INDEX ix_entry_refers_to; CREATE INDEX ix_entry_refers_to ON entry (refers_to)",
    ],
    ids=["a check's condition", "a view's query", "a text's length", "an index's condition"],
)
def test_security_md_names_what_is_not_found_on_a_server(
    target: Target, tracker: Run, statements: str
) -> None:
    run_as_owner(target, statements)

    assert tracker("db", "check").code == 0


def test_what_others_add_beside_the_tables_is_left_alone(target: Target, tracker: Run) -> None:
    run_as_owner(target, "CREATE TABLE budget (id int PRIMARY KEY, shape point)")
    run_as_owner(target, "CREATE VIEW rich AS SELECT * FROM budget")
    run_as_owner(target, "CREATE INDEX by_hand ON party (name)")

    assert tracker("db", "check").code == 0


def test_whoever_may_only_read_can_check_the_tables(
    target: Target, granted: Target, tracker: Run
) -> None:
    run_as_owner(target, "ALTER TABLE thing DROP CONSTRAINT uq_thing_slug")

    checked = tracker("db", "check", db=as_role(granted, "reader"))

    assert checked.out == "schema: the constraint uq_thing_slug is missing\n"


def test_every_trigger_of_a_new_book_is_looked_for(connection: Connection) -> None:
    triggers = connection.text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")

    assert {name for (name,) in triggers} == GUARDS
