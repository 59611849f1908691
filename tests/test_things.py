"""The fields of things, and the tables that hold them."""

import pytest

from tracker.models.journal import metadata
from tracker.things import FIELDS, OWNED_BY, name_of
from tracker.vocabulary import Role, ThingKind

PARTS = {*Role, "in_return_for"}
"""The fields that have a table of their own."""
OF_THE_ENTRY = {"entry", "entry_kind", "thing"}


@pytest.mark.parametrize("what", ThingKind)
def test_the_table_of_a_thing_has_its_fields(what: ThingKind) -> None:
    columns = {column.name.removesuffix("_id") for column in metadata.tables[what].columns}

    held = {one for one in columns - OF_THE_ENTRY if not one.endswith("_precision")}
    assert held | {name_of(what)} == {*FIELDS[what], *OWNED_BY.get(what, ())} - PARTS


@pytest.mark.parametrize("what", ThingKind)
def test_a_field_that_is_needed_is_never_null(what: ThingKind) -> None:
    columns = metadata.tables[what].columns
    needed = {name for name, field in FIELDS[what].items() if field.needed}

    nullable = {one.name.removesuffix("_id") for one in columns if one.nullable}
    # The tables also take an address that was logged without a publisher and a title.
    assert needed & nullable == ({"publisher", "title"} if what is ThingKind.SOURCE else set())
