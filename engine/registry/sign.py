"""Ed25519 signatures of packages: making a key pair, signing, and whose signature a package carries.

`SHA256SUMS.sig` is one line, `ed25519 PUBLIC-KEY SIGNATURE`, both hexadecimal; the signature is over the bytes of
`SHA256SUMS`. The public key is named so that "signed by somebody unknown" and "damaged" can be told apart.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from engine.errors import ModelError
from engine.places import RESOURCES, Home

_FILE_MAX_BYTES = 4096


class Trust(StrEnum):
    """Whose signature a package carries."""

    TRUSTED = "signed by a trusted key"
    UNKNOWN_KEY = "signed by a key that this installation does not trust"
    UNSIGNED = "not signed"
    BROKEN = "its signature does not match its contents"


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key whose packages may be used.

    Args:
        name: the file's name without its ending.
        public: the key, 32 bytes.
    """

    name: str
    public: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """What was found out about a package's signature.

    Args:
        trust: whose it is.
        signer: name of the trusted key, else the public key in hexadecimal; empty where unsigned or broken.
    """

    trust: Trust
    signer: str = ""


def make_key_pair(private: Path, public: Path) -> None:
    """Writes a new key pair; neither file may exist.

    Args:
        private: PKCS 8 PEM, mode 0600; keep it off the machines that use the packages.
        public: PEM; goes into `HOME/keys/trusted/` of those who are to trust it.

    Raises:
        ModelError: MD-KEYFILE where a file exists or cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write_new(private, secret, 0o600)
    _write_new(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)


def load_signing_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a PEM file.

    Raises:
        ModelError: MD-KEYFILE where the file is not readable or not such a key.
    """
    try:
        key = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _not_a_key(path, "private") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _not_a_key(path, "private")
    return key


def trusted_keys(home: Home) -> tuple[TrustedKey, ...]:
    """The keys this installation trusts: the bundled ones and those in `HOME/keys/trusted/`, as `*.pub`.

    Raises:
        ModelError: MD-KEYFILE where one of the files is not a public key.
    """
    folders = (RESOURCES / "keys", home.keys / "trusted")
    return tuple(load_trusted_key(path) for folder in folders for path in sorted(folder.glob("*.pub")))


def load_trusted_key(path: Path) -> TrustedKey:
    """The public key of a PEM file.

    Raises:
        ModelError: MD-KEYFILE where the file is not readable or not such a key.
    """
    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _not_a_key(path, "public") from error
    if not isinstance(key, Ed25519PublicKey):
        raise _not_a_key(path, "public")
    return TrustedKey(path.stem, key.public_bytes_raw())


def sign(sums: bytes, key: Ed25519PrivateKey) -> bytes:
    """The content of `SHA256SUMS.sig`; the same for the same sums and key."""
    return f"ed25519 {key.public_key().public_bytes_raw().hex()} {key.sign(sums).hex()}\n".encode("ascii")


def judge(sums: bytes, signature: bytes | None, trusted: tuple[TrustedKey, ...]) -> Signature:
    """Whose signature this is.

    Args:
        sums: the bytes of `SHA256SUMS`.
        signature: the bytes of `SHA256SUMS.sig`; None where the package has none.
        trusted: the keys that are trusted.
    """
    if signature is None:
        return Signature(Trust.UNSIGNED)
    try:
        method, public, signed = signature.decode("ascii").split()
        key = bytes.fromhex(public)
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(signed), sums)
    except (ValueError, InvalidSignature):
        return Signature(Trust.BROKEN)
    if method != "ed25519":
        return Signature(Trust.BROKEN)
    for candidate in trusted:
        if candidate.public == key:
            return Signature(Trust.TRUSTED, candidate.name)
    return Signature(Trust.UNKNOWN_KEY, public)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_FILE_MAX_BYTES)
    except OSError as error:
        raise ModelError(
            "MD-KEYFILE", f"The key file {path} cannot be read: {error.strerror}.", "Name a key file that is there."
        ) from error


def _write_new(path: Path, content: bytes, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise ModelError(
            "MD-KEYFILE",
            f"The key file {path} cannot be written: {error.strerror}.",
            "Name a file that is not there yet.",
        ) from error


def _not_a_key(path: Path, kind: str) -> ModelError:
    return ModelError(
        "MD-KEYFILE",
        f"{path} is not an Ed25519 {kind} key in PEM.",
        "Make one with: openssl genpkey -algorithm ed25519",
    )
