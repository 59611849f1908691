from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import BadQuantity
from tracker.quantities import DECIMALS, WHOLE_DIGITS, in_words, parse_quantity, plain

many = settings(max_examples=100)
quantities = st.decimals(
    min_value=-(10**WHOLE_DIGITS) + 1, max_value=10**WHOLE_DIGITS - 1, places=4
) | st.decimals(min_value=-99999, max_value=99999, places=DECIMALS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        (" 8.5 ", "8.5"),
        ("1.10", "1.10"),
        ("0", "0"),
        ("-0.25", "-0.25"),
        ("+4", "4"),
        ("007", "7"),
        ("999999999999999999.999999999", "999999999999999999.999999999"),
        ("000000000000000000000001", "1"),
    ],
)
def test_a_plain_decimal_is_taken_digit_by_digit(text: str, value: str) -> None:
    assert str(parse_quantity(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "NaN", "inf", "-Infinity", "1e6", "1,000", "1_000", "12 MMT", "8,5", ".5", "5."),
        *("--1", "0x10", "１２", "١٢", "1\n2", "½"),
    ],
)
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(BadQuantity, match=r"is not a plain decimal number\. Write a plain decimal"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["1000000000000000000", "0.0000000001", "-" + "9" * 4301])
def test_more_digits_than_a_database_keeps_exactly_are_refused(text: str) -> None:
    with pytest.raises(BadQuantity, match="has more than 18 digits before the point or 9 after"):
        parse_quantity(text)


@many
@given(quantities)
def test_a_quantity_is_read_back_exactly_with_its_decimals(value: Decimal) -> None:
    again = parse_quantity(plain(value))
    assert again == value
    assert again.as_tuple().exponent == value.as_tuple().exponent


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("12", "12"),
        ("8.50", "8.5"),
        ("4.000", "4"),
        ("100", "100"),
        ("25000000", "25,000,000"),
        ("1234567.8900", "1,234,567.89"),
        ("-2500.10", "-2,500.1"),
        ("0.00", "0"),
        ("1E+3", "1,000"),
    ],
)
def test_people_read_thousands_in_groups_and_no_idle_zeros(value: str, shown: str) -> None:
    assert in_words(Decimal(value)) == shown


@many
@given(quantities)
def test_what_people_read_is_the_quantity_itself(value: Decimal) -> None:
    assert Decimal(in_words(value).replace(",", "")) == value


def test_data_hold_no_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("1E-7")) == "0.0000001"
