"""A commitment: it shows later that a record was not changed, and says nothing about what the record holds."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from engine.audit.log import Json, canonical_json

SALT_BYTES = 16


def new_salt() -> bytes:
    """A fresh salt, kept beside the record: with it erased, nobody can test a guess against the commitment."""
    return secrets.token_bytes(SALT_BYTES)


def commit(salt: bytes, record: Mapping[str, Json]) -> str:
    """The commitment to a record under its salt, hexadecimal HMAC-SHA256 over its canonical JSON."""
    return hmac.new(salt, canonical_json(record).encode("ascii"), hashlib.sha256).hexdigest()
