"""Passwords and PINs: what is accepted, and the argon2 hash that is kept of one."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import UsageError

PASSWORD_LEAST = 8
PIN_LEAST = 6
_LONGEST = 1024

HASHER = PasswordHasher()
"""Argon2id at the second recommended option of RFC 9106, section 4: 64 MiB, three passes."""
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""A hash that no password has: checked for names that nobody has, so that both refusals take the same time."""


def require_acceptable(secret: str) -> None:
    """Looks at a new password or PIN before it is kept.

    Raises:
        UsageError: US-PASSWORD where it is too short, or longer than anybody types.
    """
    least, noun = (PIN_LEAST, "PIN") if secret.isdigit() else (PASSWORD_LEAST, "password")
    if not least <= len(secret) <= _LONGEST:
        raise UsageError(
            "US-PASSWORD",
            f"The {noun} has {len(secret)} characters; it needs {least} to {_LONGEST}.",
            "Choose a longer one; a PIN is digits alone.",
        )


def hashed(secret: str) -> str:
    """The hash of a new password or PIN, with its salt and its cost.

    Raises:
        UsageError: US-PASSWORD, see `require_acceptable`.
    """
    require_acceptable(secret)
    return HASHER.hash(secret)


def matches(kept: str, secret: str) -> bool:
    """Whether a hash is that of this password or PIN."""
    try:
        return HASHER.verify(kept, secret[:_LONGEST])
    except (VerificationError, InvalidHashError):
        return False
