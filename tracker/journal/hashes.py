"""The hash functions of keys and digests, without OpenSSL.

`hashlib` loads OpenSSL, which takes longer than a command needs to write its entry; Python's own
functions load at once.
"""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:
    try:
        from _blake2 import blake2b

        if sys.version_info >= (3, 12):
            from _sha2 import sha256
        else:
            from _sha256 import sha256
    except ImportError:  # not CPython, or built to use nothing but OpenSSL's functions
        from hashlib import blake2b, sha256

__all__ = ["blake2b", "sha256"]
