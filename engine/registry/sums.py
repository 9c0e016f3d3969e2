"""`SHA256SUMS`: one line a file, as `sha256sum` writes it, so that a package can be checked without this program."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from engine.errors import ModelError

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
"""The two files that the sums do not cover."""

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def format_sums(sums: Mapping[str, str]) -> bytes:
    """The content of `SHA256SUMS`: by name, so that equal packages have equal sums."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode("ascii")


def parse_sums(content: bytes) -> dict[str, str]:
    """Hash by name.

    Raises:
        ModelError: MD-SUMS where a line is not one, or a file is named twice.
    """
    sums: dict[str, str] = {}
    for number, line in enumerate(content.decode("ascii", errors="replace").splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if not found or found[2] in sums:
            raise ModelError(
                "MD-SUMS",
                f"Line {number} of {SUMS} is not a hash and a new name.",
                "Get the package again from its maker, or pack it again.",
            )
        sums[found[2]] = found[1]
    return sums
