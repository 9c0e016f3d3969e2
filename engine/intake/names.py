"""File names as text that any record can hold: a name on disk is bytes in no promised encoding."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def printable(path: Path) -> str:
    r"""The path as text that encodes as UTF-8 and shows on one line.

    Bytes that are not UTF-8 become `\xNN`, as do control characters, so that no name can break a line of output or
    steer a terminal. All other names come out unchanged.
    """
    return "".join(_shown(character) for character in str(path))


def _shown(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte smuggled in by surrogateescape (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in ("Cc", "Cs"):
        return character.encode("unicode_escape", "backslashreplace").decode("ascii")
    return character
