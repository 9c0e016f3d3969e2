"""The elements of a DICOM file by their keywords, whoever read them: pydicom, or the walk of plain headers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from engine.intake.dicom.plain_values import converted

PixelKeyword = Literal["PixelData", "FloatPixelData", "DoubleFloatPixelData"]

PIXELS: dict[int, PixelKeyword] = {
    0x7FE0_0008: "FloatPixelData", 0x7FE0_0009: "DoubleFloatPixelData", 0x7FE0_0010: "PixelData",
}  # fmt: skip


class Elements(Protocol):
    """What `geometry`, `meaning`, `pixel_form` and the exam facts need to know of a data set.

    Values are those of `pydicom.Dataset.get`: numbers, text, lists of either, and for sequences lists of Elements.
    """

    def get(self, keyword: str, default: Any = None, /) -> Any: ...

    def __contains__(self, keyword: str, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class PixelSpan:
    """Where the pixels lie in the file.

    Args:
        keyword: of the element that holds them.
        begin: place of the first byte of its value, of encapsulated pixels that of the offset table's item tag.
        end: place after its last byte, the sequence delimiter left out; None where the length is undefined and was not
            followed.
    """

    keyword: PixelKeyword
    begin: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Walked:
    """Chosen elements of the top level of a plain file, as pydicom would give them.

    Args:
        syntax: UID of the transfer syntax.
        sop_class: UID of what the file holds, as its meta information says (0002,0002); empty where it does not.
        pixels: where the pixels lie; None where the file ends without any.
        chosen: the keywords that were looked for; to ask for another is a mistake of the program, a KeyError.
        raw: tag, value representation and value of those that are there.
    """

    syntax: str
    sop_class: str
    pixels: PixelSpan | None
    chosen: frozenset[str]
    raw: Mapping[str, tuple[int, str, bytes]]

    def get(self, keyword: str, default: Any = None, /) -> Any:
        """The value as pydicom gives it; a list is not to be changed."""
        element = self.raw.get(keyword)
        if element is not None:
            return converted(*element)
        if keyword not in self.chosen:
            raise KeyError(keyword)
        return default

    def __contains__(self, keyword: str, /) -> bool:
        if keyword in PIXELS.values():
            return self.pixels is not None and self.pixels.keyword == keyword
        if keyword not in self.chosen:
            raise KeyError(keyword)
        return keyword in self.raw
