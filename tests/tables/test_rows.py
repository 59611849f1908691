"""The keys of a row, and those that it takes from a flattened row inside it."""

from typing import NamedTuple

from tracker.tables.rows import Flattened, flattened, keyed


class Sale(NamedTuple):
    """What a shipment may rest on."""

    buyer: str
    tonnes: int


class Shipment(NamedTuple):
    """A row around a flattened one."""

    vessel: str
    sale: Flattened[Sale]
    resold: Sale | None


COFCO = Sale("COFCO", 132_000)


def test_a_flattened_row_gives_its_keys_in_place_of_the_field() -> None:
    found = keyed(Shipment("Star Lima", COFCO, None))

    assert list(found) == ["vessel", "buyer", "tonnes", "resold"]
    assert found["buyer"] == "COFCO"


def test_a_row_that_is_not_marked_stays_under_its_own_key() -> None:
    assert keyed(Shipment("Star Lima", COFCO, COFCO))["resold"] == COFCO
    assert (flattened(Sale), flattened(Shipment)) == (frozenset(), {"sale"})
