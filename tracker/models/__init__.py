"""The tables, declared once, and the inputs that share their fields."""

from sqlmodel import SQLModel

from tracker.models import declared, journal

metadata = SQLModel.metadata
"""The schema that Alembic's revisions are checked against."""

__all__ = ["declared", "journal", "metadata"]
