"""Fixtures for tests of a server's roles."""

import psycopg
import pytest

from tests.conftest import Run
from tracker.database import Target


@pytest.fixture
def granted(target: Target, tracker: Run) -> Target:
    """A book whose server knows a reader and a writer."""
    sql = tracker("db", "grants").out
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute(sql.encode())
        owner.execute(sql.encode())
        for role in ("reader", "writer"):
            owner.execute(f"DROP ROLE IF EXISTS {role}".encode())
            owner.execute(f"CREATE ROLE {role} LOGIN IN ROLE tracker_{role}".encode())
    return target


def as_role(target: Target, role: str) -> str:
    return target.address.replace("keeper@", f"{role}@")
