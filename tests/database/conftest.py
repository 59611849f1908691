"""Fixtures for tests of a server's roles."""

import re
from pathlib import Path

import psycopg
import pytest

from tracker.database import Target

PAGE = Path(__file__).parent.parent.parent / "docs" / "security.md"
(ROLES,) = re.findall(r"^```sql roles.sql\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.M)
"""The script on the page that makes the two roles."""


@pytest.fixture
def granted(target: Target) -> Target:
    """A book whose server knows a reader and a writer."""
    with psycopg.connect(target.address, autocommit=True) as owner:
        owner.execute(ROLES.encode())
        owner.execute(ROLES.encode())
        for role in ("reader", "writer"):
            owner.execute(f"DROP ROLE IF EXISTS {role}".encode())
            owner.execute(f"CREATE ROLE {role} LOGIN IN ROLE tracker_{role}".encode())
    return target


def as_role(target: Target, role: str) -> str:
    return target.address.replace("keeper@", f"{role}@")
