from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.refusals import raises
from tracker.quantities import (
    DECIMALS,
    WHOLE_DIGITS,
    Derived,
    Percent,
    in_words,
    parse_quantity,
    percent,
    plain,
    rounded,
)

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
        *("", "NaN", "inf", "-Infinity", "1e6", "1_000", "8,5", ".5", "5.", "1,00"),
        *("--1", "0x10", "１２", "١٢", "1\n2", "½"),
    ],
)
def test_what_is_no_plain_decimal_is_refused(text: str) -> None:
    with raises("bad quantity", match=r"is not a plain decimal number\. Write a plain decimal"):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["1000000000000000000", "0.0000000001", "-" + "9" * 4301])
def test_more_digits_than_a_database_keeps_exactly_are_refused(text: str) -> None:
    with raises("bad quantity", match="' has more than 18 digits before the point or 9 after it"):
        parse_quantity(text)


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


@given(quantities)
def test_what_people_read_is_the_quantity_itself(value: Decimal) -> None:
    assert Decimal(in_words(value).replace(",", "")) == value


def test_data_hold_no_exponent() -> None:
    assert plain(Decimal("1E+3")) == "1000"
    assert plain(Decimal("1E-7")) == "0.0000001"


# --- what follows from quantities -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "of", "whole", "one_decimal"),
    [
        ("288.8", "502.4", "57", "57.5"),  # PIIE's final account of Phase One: 57.48 %
        ("10.585", "12", "88", "88.2"),
        ("52.298", "83.05", "63", "63.0"),
        ("57.5", "100", "58", "57.5"),
        ("0.25", "100", "1", "0.3"),
        ("0", "12", "0", "0.0"),
        ("0.02", "100", "1", "0.1"),
        ("0.000000001", "999999999999999999", "1", "0.1"),
        ("99.4", "100", "99", "99.4"),
        ("99.5", "100", "99", "99.5"),
        ("99.94", "100", "99", "99.9"),
        ("99.96", "100", "99", "99.9"),
        ("999999999999999998.999999999", "999999999999999999", "99", "99.9"),
        ("12", "12", "100", "100.0"),
        ("100.04", "100", "100", "100.0"),
        ("100.5", "100", "101", "100.5"),
        ("12.27", "12", "102", "102.3"),
        ("2105", "300", "702", "701.7"),
        ("-0.02", "100", "-1", "-0.1"),
        ("-0.5", "100", "-1", "-0.5"),
        ("-57.48", "100", "-57", "-57.5"),
        ("-99.96", "100", "-100", "-100.0"),
        ("5", "-10", "-50", "-50.0"),
    ],
)
def test_a_percentage_is_rounded_once_never_to_full_below_it_nor_to_nothing_above_it(
    part: str, of: str, whole: str, one_decimal: str
) -> None:
    found = percent(Decimal(part), Decimal(of))
    assert (str(found.whole), str(found.rounded)) == (whole, one_decimal)
    assert str(rounded(found)) == one_decimal


def test_a_share_is_kept_exactly_until_it_is_rounded() -> None:
    assert abs(percent(Decimal(1), Decimal(3)) * 3 - 100) < Decimal("1E-20")
    assert percent(Decimal(10) ** 18, Decimal("0.000000001")) == Decimal(10) ** 29


def test_text_prints_whole_percentages() -> None:
    assert [Percent(value).words for value in ("88.2", "1234.5")] == ["88", "1,235"]


@pytest.mark.parametrize(
    ("value", "three_decimals"),
    [
        ("27.8333", "27.833"),
        ("0.0005", "0.001"),
        ("1.0005", "1.001"),
        ("1.00049", "1.000"),
        ("0.0001", "0.001"),
        ("-0.0001", "-0.001"),
        ("0", "0.000"),
        ("-0.0", "0.000"),
        ("-2.5", "-2.500"),
        ("12345678901234567890.1235", "12345678901234567890.124"),
    ],
)
def test_a_derived_quantity_is_written_with_three_decimals(value: str, three_decimals: str) -> None:
    found = Derived(Decimal(value))
    assert isinstance(found, Derived)
    assert (str(found.rounded), str(rounded(found))) == (three_decimals, three_decimals)


@pytest.mark.parametrize("value", ["0.0001", "12", "10.585", "57.4840"])
def test_what_was_recorded_stays_exact(value: str) -> None:
    assert str(rounded(Decimal(value))) == value


@given(st.decimals(-500, 500, places=6))
def test_a_rounded_percentage_lies_within_a_step_and_on_the_right_side_of_0_and_100(
    value: Decimal,
) -> None:
    found = Percent(value)
    for figure, step in ((found.whole, Decimal(1)), (found.rounded, Decimal("0.1"))):
        assert abs(figure - value) <= step
        assert (figure == 0) is (value == 0)
        assert (figure >= 100) is (value >= 100)
        assert (figure > 0) is (value > 0)


@given(st.decimals(-500, 500, places=6), st.decimals(-500, 500, places=6))
def test_rounding_keeps_the_order_of_percentages(one: Decimal, other: Decimal) -> None:
    less, more = sorted((Percent(one), Percent(other)))
    assert less.whole <= more.whole
    assert less.rounded <= more.rounded
