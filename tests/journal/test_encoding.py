import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.journal.encoding import canonical_encoder

VALUES = st.none() | st.booleans() | st.integers() | st.text()


@given(st.dictionaries(st.text(), VALUES))
def test_the_prebuilt_encoder_writes_what_the_digest_is_defined_over(
    words: dict[str, object],
) -> None:
    expected = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical_encoder(sort_keys=True)(words) == expected
