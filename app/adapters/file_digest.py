"""The SHA-256 of a file that is open."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

_CHUNK = 1 << 20


def digest_of(file: BinaryIO) -> str:
    """Of all of it, lower-case hex; goes back to its beginning."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
