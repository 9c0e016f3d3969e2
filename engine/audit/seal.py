"""A seal: a signature over how long the log was and how it ended. Kept elsewhere, it shows a log rewritten since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from engine.audit.key import load_key, make_key
from engine.audit.log import Json
from engine.errors import UsageError

_FORMAT = "fovea-audit-seal-1"


@dataclass(frozen=True, slots=True)
class Seal:
    """A signed statement about a log. Entries after `count` carry MACs of the key with this number.

    Args:
        number: rises from 1; also the number of the key that follows.
        follows: number of the seal before; 0 for the first. Numbers skip only where an older copy was restored.
        origin: MAC of the log's first entry.
        count: how many entries there were.
        head: digest of the last of them, its MAC included.
        at: when, as `utc_text` writes it.
        public_key: of the signer, hexadecimal.
        signature: Ed25519, hexadecimal.
    """

    number: int
    follows: int
    origin: str
    count: int
    head: str
    at: str
    public_key: str = ""
    signature: str = ""

    @property
    def holds(self) -> bool:
        """Whether the signature is that of the public key over this statement."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), _form(self))
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True


class Sealer:
    """Whoever signs seals: a key pair whose private half lies in one file of the home.

    Raises:
        StoreError: ST-KEY or ST-KEY-MISSING.
        OSError: the file cannot be read or made.
    """

    def __init__(self, path: Path, *, new: bool) -> None:
        if new:
            make_key(path)
        self._key = Ed25519PrivateKey.from_private_bytes(load_key(path))
        self.public_key = self._key.public_key().public_bytes_raw().hex()

    def sign(self, statement: Seal) -> Seal:
        """The statement with our public key and signature."""
        unsigned = replace(statement, public_key=self.public_key)
        return replace(unsigned, signature=self._key.sign(_form(unsigned)).hex())


def seal_line(seal: Seal) -> dict[str, Json]:
    """The seal as the JSON object that exports carry and `fovea audit verify --seal` reads."""
    return {"format": _FORMAT, **asdict(seal)}


def read_seals(path: Path) -> tuple[Seal, ...]:
    """The seals of a file: one JSON object a line, others among them passed over.

    Raises:
        UsageError: US-SEAL where the file cannot be read or holds no seal.
    """
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        found = tuple(_seal_of(line) for line in lines if isinstance(line, dict) and line.get("format") == _FORMAT)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_seal(path, str(error)) from error
    if not found:
        raise _no_seal(path, "no line of it is one")
    return found


def newest(seals: Iterable[Seal]) -> Seal | None:
    """The one with the highest number; None of none."""
    return max(seals, key=lambda seal: seal.number, default=None)


def _seal_of(line: dict[str, Json]) -> Seal:
    facts = {field.name: line[field.name] for field in fields(Seal)}
    numbers, texts = {"number", "follows", "count"}, {"origin", "head", "at", "public_key", "signature"}
    if any(type(facts[name]) is not int for name in numbers) or any(type(facts[name]) is not str for name in texts):
        raise ValueError(line)
    return Seal(**facts)  # type: ignore[arg-type]  # checked above, by name


def _no_seal(path: Path, why: str) -> UsageError:
    return UsageError(
        "US-SEAL", f"{path} holds no seal of an audit log: {why[:200]}.", "Name a seal file that came with an export."
    )


def _form(seal: Seal) -> bytes:
    statement = (seal.number, seal.follows, seal.origin, seal.count, seal.head, seal.at, seal.public_key)
    return json.dumps([_FORMAT, *statement], separators=(",", ":")).encode("ascii")
