"""The hash functions, also of a Python that was built without its own."""

import hashlib
import importlib
import sys

import pytest

from tracker.journal import hashes


@pytest.mark.parametrize("gone", [(), ("_blake2",), ("_sha256", "_sha2"), ("_blake2", "_sha2")])
def test_keys_and_digests_are_the_same_whichever_functions_python_was_built_with(
    monkeypatch: pytest.MonkeyPatch, gone: tuple[str, ...]
) -> None:
    with monkeypatch.context() as patched:
        for name in gone:
            patched.setitem(sys.modules, name, None)
        found = importlib.reload(hashes)
        digests = found.sha256(b"soybeans").digest(), found.blake2b(b"soybeans").digest()
    importlib.reload(hashes)

    assert digests == (hashlib.sha256(b"soybeans").digest(), hashlib.blake2b(b"soybeans").digest())
