"""The key of the moment: after each seal its successor takes its place, and there is no way back.

Whoever takes over the machine finds the key of now, which makes no MAC of an entry before the last seal. The first key,
kept apart from the machine, makes all of them again: every later key follows from it.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.audit.key import KEY_BYTES, holding, load_secret, make_secret, replace_secret
from engine.errors import StoreError

_FORMAT = "fovea-audit-key-1"


@dataclass(frozen=True, slots=True)
class ChainKey:
    """A key of the log, and its place in the line of keys.

    Args:
        number: 0 for the first key; otherwise that of the seal since which it is used.
        secret: 32 bytes.
        origin: MAC of the log's first entry, which tells one log from another; empty before there is one.
        sealed: how many entries the seal covers: a log with fewer was cut off.
    """

    number: int
    secret: bytes = field(repr=False)
    origin: str = ""
    sealed: int = 0


def advanced(secret: bytes, steps: int) -> bytes:
    """The key that many steps on.

    Source:
        HKDF with SHA-256, RFC 5869
    """
    for _ in range(steps):
        secret = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"fovea audit log, next key").derive(secret)
    return secret


def load_chain_key(path: Path) -> ChainKey:
    """The key of the moment.

    Raises:
        StoreError: ST-KEY-MISSING where the file is gone, ST-KEY where it is not a key or others may read it,
            ST-KEYRING where it says that the system keyring keeps the key, which cannot be used.
        OSError: the file cannot be read.
    """
    content = load_secret(path)
    name = _name_in_keyring(content)
    return chain_key_of(_keyring().fetch(name) if name else content, path)


def save_chain_key(path: Path, key: ChainKey) -> None:
    """Makes the file, or replaces an older key in it; a later one stays.

    Raises:
        StoreError: ST-KEY where what is there is no key.
        OSError: the folder cannot be written.
    """
    content = content_of(key)
    make_secret(path, content)
    with holding(path.with_suffix(".lock")):
        kept = load_chain_key(path)
        # Two processes may have sealed one after the other, and come here in the other order.
        if kept.number > key.number or kept == key:
            return
        if name := _name_in_keyring(load_secret(path)):
            _keyring().keep(name, content)
        else:
            replace_secret(path, content)


def move_to_keyring(path: Path) -> None:
    """Puts the key of the moment into the system keyring; the file then says no more than that it is there.

    Raises:
        StoreError: ST-KEYRING where there is no keyring, or it is locked; the file keeps the key then.
        OSError: the folder cannot be written.
    """
    with holding(path.with_suffix(".lock")):
        content = load_secret(path)
        if _name_in_keyring(content):
            return
        name = uuid.uuid4().hex
        keyring = _keyring()
        keyring.keep(name, content)
        keyring.fetch(name)
        replace_secret(path, json.dumps({"format": _FORMAT, "keyring": name}).encode("ascii") + b"\n")


def content_of(key: ChainKey) -> bytes:
    """What the file of a key holds."""
    facts = {
        "format": _FORMAT,
        "number": key.number,
        "key": key.secret.hex(),
        "origin": key.origin,
        "sealed": key.sealed,
    }
    return json.dumps(facts).encode("ascii") + b"\n"


def chain_key_of(content: bytes, path: Path) -> ChainKey:
    """The key that a file's content is.

    Raises:
        StoreError: ST-KEY where it is none.
    """
    try:
        facts = json.loads(content)
        secret = bytes.fromhex(facts["key"])
        if facts["format"] != _FORMAT or len(secret) != KEY_BYTES:
            raise ValueError(facts["format"])
        return ChainKey(int(facts["number"]), secret, str(facts["origin"]), int(facts["sealed"]))
    except (ValueError, KeyError, TypeError):
        raise StoreError(
            "ST-KEY",
            f"The audit key {path} is not a key of this program.",
            "Put the key back, or restore a copy with `fovea restore --first-key`.",
        ) from None


def _name_in_keyring(content: bytes) -> str:
    """Under which name the system keyring keeps the key; empty where the file keeps it itself."""
    try:
        facts = json.loads(content)
        return str(facts.get("keyring", "")) if isinstance(facts, dict) else ""
    except ValueError:
        return ""


def _keyring() -> ModuleType:
    # Late, for start-up time: few homes keep their key there, and it brings D-Bus along.
    return import_module("engine.audit.keyring")
