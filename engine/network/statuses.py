"""Statuses of DICOM messages: those that Fovea gives, and words for those that peers give."""

from __future__ import annotations

from pydicom.dataset import Dataset
from pynetdicom.status import code_to_category

SUCCESS = 0x0000
OUT_OF_RESOURCES = 0xA700
NOT_OF_CLASS = 0xA900
NOT_UNDERSTOOD = 0xC000
"""Of storage (PS3.4 B.2.3): done; no space; the data set is not what its request says; it cannot be read."""

_COMMENT_CHARACTERS = 64


def status(code: int, comment: str = "") -> Dataset:
    """A status with what may stand beside it (PS3.7 C)."""
    made = Dataset()
    made.Status = code
    if comment:
        made.ErrorComment = comment[:_COMMENT_CHARACTERS]
    return made


def is_done(code: int) -> bool:
    """Whether the peer has done what it was asked, with or without a warning."""
    return code_to_category(code) in ("Success", "Warning")


def in_words(answer: Dataset) -> str:
    """A peer's status as a person reads it: its number, its kind and the peer's own comment."""
    code = int(answer.Status)
    comment = " ".join(str(answer.get("ErrorComment") or "").split())
    said = f", '{comment}'" if comment.isprintable() and comment else ""
    return f"status 0x{code:04X} ({code_to_category(code).lower()}{said})"
