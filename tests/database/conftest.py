"""Fixtures for tests of a server's roles."""

from pathlib import Path

import psycopg
import pytest

from tracker.database import Target

ROLES = (Path(__file__).parent.parent.parent / "docs" / "roles.sql").read_text("utf-8")
"""The script that makes the roles of a book."""


@pytest.fixture
def granted(target: Target) -> Target:
    """A book whose server knows a reader and a writer."""
    return with_roles(target)


def with_roles(target: Target, suffix: str = "") -> Target:
    """Give a book a reader and a writer."""
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute(ROLES.encode())
        owner.execute(ROLES.encode())
        for role in ("reader", "writer"):
            group = f"{owner.info.dbname}_{role}"
            owner.execute(f"DROP ROLE IF EXISTS {role}{suffix}".encode())
            owner.execute(f"CREATE ROLE {role}{suffix} LOGIN IN ROLE {group}".encode())
    return target


def as_role(target: Target, role: str) -> str:
    return target.address.replace("keeper@", f"{role}@")
