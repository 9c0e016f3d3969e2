"""A plan as a file, sealed with a secret of its home: plans are code, and only those made here are ever loaded.

16 bytes   magic
32 bytes   HMAC-SHA256 of all that follows
 4 bytes   length of the label
           label: JSON, what the plan was made from
           plan
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.audit.key import KEY_BYTES, make_key
from engine.detect.tensorrt.plan_key import PlanKey

_MAGIC = b"fovea plan v1\n\0\0"
_MAC = slice(16, 48)
_LENGTH = slice(48, 52)
_LABEL_FROM = 52
_LABEL_MAX_BYTES = 64 * 1024
PLAN_MAX_BYTES = 4 * 1024**3


class PlanRejected(Exception):  # noqa: N818  # stays in this package: the plan is set aside and made again
    """A plan that is not used; its text is the reason."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a plan was made from.

    Args:
        key: its identity.
        graph: SHA-256 of the graph that it was made from.
        made_at: UTC, ISO 8601.
        seconds: that making it took.
    """

    key: PlanKey
    graph: str
    made_at: str
    seconds: float


def seal(label: Label, plan: bytes, secret: bytes) -> bytes:
    """The content of a plan's file."""
    told = json.dumps(asdict(label), sort_keys=True).encode()
    body = len(told).to_bytes(4, "big") + told + plan
    return _MAGIC + _mac(body, secret) + body


def unseal(content: bytes, secret: bytes) -> tuple[Label, bytes]:
    """The label and the plan of a file.

    Raises:
        PlanRejected: it is none, was cut off or changed, or was made elsewhere.
    """
    label = read_label(content)
    if not hmac.compare_digest(content[_MAC], _mac(memoryview(content)[_LENGTH.start :], secret)):
        raise PlanRejected("was changed, cut off or made elsewhere: its seal is not this home's")
    return label, content[_label_end(content) :]


def read_label(content: bytes) -> Label:
    """What a file says of itself, from its first bytes and without believing it.

    Raises:
        PlanRejected: it is no plan's file.
    """
    if content[: len(_MAGIC)] != _MAGIC or len(content) < _LABEL_FROM or _label_end(content) > len(content):
        raise PlanRejected("is no plan of this program, or was cut off")
    try:
        told = json.loads(content[_LABEL_FROM : _label_end(content)])
        return Label(_key(told["key"]), str(told["graph"]), str(told["made_at"]), float(told["seconds"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise PlanRejected(f"has a damaged label: {type(error).__name__}") from error


def read_start(path: Path) -> bytes:
    """As much of a file as its label can be long.

    Raises:
        OSError: it cannot be read, or is a link.
    """
    return read_plain(path, _LABEL_FROM + _LABEL_MAX_BYTES)


def read_plain(path: Path, limit_bytes: int) -> bytes:
    """The bytes of a plain file up to a limit; links are not followed.

    Raises:
        OSError: it cannot be read, or is none.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is not a plain file")
        return file.read(limit_bytes)


def secret_of(path: Path) -> bytes:
    """The secret that a home's plans are sealed with, made where there is none.

    One that others could read, or that is damaged, is replaced: plans sealed with it are made again, which takes
    seconds, while a forged one would be run.

    Raises:
        OSError: the folder cannot be written.
    """
    make_key(path)
    if (secret := _sound_secret(path)) is None:
        path.unlink()
        make_key(path)
        secret = _sound_secret(path)
    if secret is None:
        raise OSError(f"{path} cannot be kept from others")
    return secret


def _sound_secret(path: Path) -> bytes | None:
    mode = stat.S_IMODE(path.lstat().st_mode)
    if path.is_symlink() or mode & 0o077:
        return None
    secret = read_plain(path, KEY_BYTES + 1)
    return secret if len(secret) == KEY_BYTES else None


def _label_end(content: bytes) -> int:
    return _LABEL_FROM + min(int.from_bytes(content[_LENGTH], "big"), _LABEL_MAX_BYTES)


def _key(told: dict[str, Any]) -> PlanKey:
    return PlanKey(**(told | {"capabilities": tuple(told["capabilities"])}))


def _mac(body: bytes | memoryview, secret: bytes) -> bytes:
    return hmac.new(secret, body, hashlib.sha256).digest()
