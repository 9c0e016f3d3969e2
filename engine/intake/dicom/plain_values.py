"""Raw values of elements to what pydicom makes of them, for values that are written as PS3.5 6.2 wants them.

pydicom itself converts each distinct value once. The slices of a series repeat nearly all of theirs, so that its
checks, tens of microseconds a value, are paid for once and not three hundred times.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pydicom.charset import python_encoding
from pydicom.dataelem import RawDataElement, convert_raw_data_element
from pydicom.tag import BaseTag

_NUMBER_BYTES = {"US": 2, "SS": 2, "UL": 4, "SL": 4, "FL": 4, "FD": 8}

_MOST_BYTES = 1024
"""Longer values are left to pydicom: thousands are remembered here, and none may take much memory."""

_DECIMAL = rb"(?=[^\\]{1,16}(?:\\| ?\Z)) *[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? *"
_WHOLE = rb" *[+-]?\d{1,9} *"
_CODE = rb"[A-Z0-9_ ]{0,16}"
_UID = rb"(?=[0-9.]{1,64}(?:\\|\0|\Z))(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*"
_DATE = rb"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_TIME = rb"(?:[01]\d|2[0-3])(?:[0-5]\d(?:[0-5]\d(?:\.\d{1,6})?)?)?"
_LONG_TEXT = rb"[ -\[\]-~]{0,64}"
_SHORT_TEXT = rb"[ -\[\]-~]{0,16}"


def _several(one: bytes, padding: bytes = b"") -> re.Pattern[bytes]:
    return re.compile(one + rb"(?:\\" + one + rb")*" + padding)


_PLAIN = {
    "DS": _several(_DECIMAL),
    "IS": _several(_WHOLE),
    "CS": _several(_CODE),
    "UI": _several(_UID, rb"\0?"),
    "DA": _several(_DATE),
    "TM": _several(_TIME, rb" ?"),
    "LO": _several(_LONG_TEXT),
    "SH": _several(_SHORT_TEXT),
}
"""By value representation: what is certainly valid. It is ASCII alone, which every character set reads the same."""


def is_plain(vr: str, raw: bytes) -> bool:
    """Whether pydicom converts the value without a warning, and without knowing the file's character set."""
    return len(raw) <= _MOST_BYTES and _is_plain(vr, raw)


@lru_cache(maxsize=4096)
def _is_plain(vr: str, raw: bytes) -> bool:
    if not raw:
        return vr in _NUMBER_BYTES or vr in _PLAIN
    if width := _NUMBER_BYTES.get(vr):
        return len(raw) % width == 0
    pattern = _PLAIN.get(vr)
    return pattern is not None and pattern.fullmatch(raw) is not None


def is_known_character_set(raw: bytes) -> bool:
    """Whether pydicom takes Specific Character Set (0008,0005) as it stands (PS3.3 C.12.1.1.2)."""
    names = raw.decode("latin-1").rstrip(" \0").split("\\")
    if len(names) == 1:
        return names[0].strip() in python_encoding
    return all(name in python_encoding and name.startswith("ISO 2022 IR ") for name in names if name)


@lru_cache(maxsize=4096)
def converted(tag: int, vr: str, raw: bytes) -> Any:
    """The value as `pydicom.Dataset.get` gives it; one object for all that ask, so a list is not to be changed."""
    element = RawDataElement(BaseTag(tag), vr, len(raw), raw or None, 0, is_implicit_VR=False, is_little_endian=True)
    return convert_raw_data_element(element).value
