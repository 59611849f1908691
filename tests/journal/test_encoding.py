import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.journal.chain import WORDS
from tracker.journal.encoding import canonical_list, canonical_writer

VALUES = st.none() | st.booleans() | st.integers() | st.text()


@given(st.dictionaries(st.sampled_from(WORDS), VALUES))
def test_it_writes_what_the_digest_is_defined_over(words: dict[str, object]) -> None:
    held = {key: value for key, value in words.items() if value is not None}
    expected = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical_writer(WORDS)(words) == expected


@given(st.lists(st.none() | st.text()))
def test_a_list_is_written_as_json(values: list[str | None]) -> None:
    expected = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert canonical_list(values) == expected


@pytest.mark.parametrize("value", [1.5, ["a"], {"a": 1}, b"a"])
def test_what_no_entry_holds_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_writer(("note",))({"note": value})
