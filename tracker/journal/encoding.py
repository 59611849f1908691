"""Canonical JSON: nothing escaped but what must be, no idle space."""

from collections.abc import Callable
from json import JSONEncoder, encoder


def canonical_encoder(*, sort_keys: bool) -> Callable[[object], str]:
    """Return a function that writes canonical JSON.

    `JSONEncoder.encode` builds the C encoder anew for every object, which takes longer than to
    encode an entry: it is built once here, where Python has it.
    """
    public = JSONEncoder(ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:
        return public.encode
    escape = encoder.encode_basestring
    encode = make(None, public.default, escape, None, ":", ",", sort_keys, False, True)
    return lambda value: "".join(encode(value, 0))
