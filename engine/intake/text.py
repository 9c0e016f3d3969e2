"""File names and foreign words as text that any record can hold and any terminal can show on one line."""

from __future__ import annotations

import unicodedata
from pathlib import Path

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that are no letters: control, format, surrogate, line and paragraph separator."""


def printable(path: Path) -> str:
    r"""The path as text that encodes as UTF-8; a name on disk is bytes in no promised encoding.

    Bytes that are not UTF-8 become `\xNN`, as do control characters, separators of lines and marks of text direction,
    so that no name can break a line of output or steer a terminal. All other names come out unchanged.
    """
    name = str(path)
    return name if name.isprintable() else "".join(_shown(character) for character in name)


def shortened(words: object, length: int = 160) -> str:
    """What a decoder said or a file states, as one printable line of at most `length` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(words)).split())
    return line if len(line) <= length else line[: length - 3] + "..."


def _shown(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte smuggled in by surrogateescape (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in _STEERING:
        return character.encode("unicode_escape", "backslashreplace").decode("ascii")
    return character
