"""Every statement of the program runs on the migrated schema of each database."""

import re
from datetime import date

import pytest

from tracker.database import Connection, statements
from tracker.dates import END_OF_TIME

VALUES = {
    "as_of": date(2026, 1, 8),
    "since": date(2025, 1, 1),
    "known_by": END_OF_TIME,
    "first": 1,
    "last": 12,
}
INSERTS = [name for name in statements.names() if name.startswith("insert_")]
READS = [name for name in statements.names() if name not in INSERTS]


def parameters(name: str) -> dict[str, object]:
    """Return a value for each parameter of a statement."""
    found = statements.PARAMETER.findall(statements.statement(name, "sqlite"))
    return {parameter: VALUES.get(parameter, "soybeans") for parameter in found}


@pytest.mark.parametrize("name", READS)
def test_a_statement_runs(connection: Connection, name: str) -> None:
    with connection.reading():
        rows = connection.rows(name, **parameters(name))
        streamed = list(connection.stream(name, **parameters(name)))

    assert rows == streamed


@pytest.mark.parametrize("name", INSERTS)
def test_an_insert_names_columns_that_there_are(connection: Connection, name: str) -> None:
    sql = statements.statement(name, "sqlite")

    connection.text("EXPLAIN " + re.sub(statements.PARAMETER, "NULL", sql))


def test_parameters_are_rewritten_and_percent_signs_kept(monkeypatch: pytest.MonkeyPatch,
                                                        tmp_path) -> None:  # noqa: ANN001  # fmt: skip
    (tmp_path / "growth.sql").write_text(
        "-- 100 % of :nothing\nSELECT :slug || '%', x::text FROM t WHERE day <= :as_of\n"
    )
    monkeypatch.setattr(statements, "FOLDER", tmp_path)

    assert statements.statement("growth", "postgresql") == (
        "SELECT %(slug)s || '%%', x::text FROM t WHERE day <= %(as_of)s"
    )
    assert statements.statement("growth", "sqlite").startswith("SELECT :slug || '%'")
