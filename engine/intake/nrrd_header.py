"""The header of an NRRD file as its fields, and where it ends.

Source: "Definition of NRRD File Format", versions 1 to 5, of the Teem libraries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.intake.text import shortened
from engine.intake.voxels import no_header

HEADER_BYTES = 1 << 16
"""Most that a header may take."""

MAGIC = re.compile(rb"NRRD000[1-9][\r\n]")

_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")

_SAME = {"datafile": "data file", "lineskip": "line skip", "byteskip": "byte skip", "centers": "centerings"}
"""Fields with two names."""


@dataclass(frozen=True, slots=True)
class NrrdHeader:
    """The fields of a header with their words.

    Args:
        fields: by their names in lower case.
        end: where the voxels of an attached header begin.
        source: the file, for messages.
    """

    fields: dict[str, str]
    end: int
    source: str

    @property
    def data_file(self) -> str | None:
        """What the header says of where its voxels lie; None where they follow it."""
        return self.fields.get("data file")

    def text(self, name: str) -> str:
        """The words of a field; empty where it is missing."""
        return self.fields.get(name, "")

    def wholes(self, name: str) -> list[int]:
        """The whole numbers of a field.

        Raises:
            InputError: IN-VOL-HEADER.
        """
        try:
            return [int(word) for word in self.text(name).split()]
        except ValueError as error:
            raise self._odd(name) from error

    def reals(self, name: str) -> list[float]:
        """The real numbers of a field; NaN stands for an axis without one.

        Raises:
            InputError: IN-VOL-HEADER.
        """
        try:
            return [float(word) for word in self.text(name).split()]
        except ValueError as error:
            raise self._odd(name) from error

    def _odd(self, name: str) -> Exception:
        return no_header(self.source, f"has {name} '{shortened(self.text(name), 64)}'")


def header_of(data: bytes, source: str) -> NrrdHeader:
    """Splits `field: words` lines up to the empty line that ends the header; comments and keys of users are left out.

    Raises:
        InputError: IN-VOL-HEADER where there is no end, or a line that is no field.
    """
    if not MAGIC.match(data):
        raise no_header(source, "does not begin as an NRRD file does")
    empty_line = _EMPTY_LINE.search(data, 0, HEADER_BYTES)
    fields: dict[str, str] = {}
    for line in data[: empty_line.start() if empty_line else HEADER_BYTES].splitlines()[1:]:
        fields |= _field(line, source)
    if empty_line:
        return NrrdHeader(fields, empty_line.end(), source)
    # A header with its voxels elsewhere may end with the file.
    if "data file" not in fields or len(data) > HEADER_BYTES:
        raise no_header(source, "has no empty line, which ends the header of an NRRD file")
    return NrrdHeader(fields, len(data), source)


def _field(line: bytes, source: str) -> dict[str, str]:
    """The field of a line, by its name; nothing for a comment or a user's `key:=value`."""
    text = line.decode("utf-8", "replace").strip()
    name, colon, words = text.partition(":")
    if not text or text.startswith("#") or words.startswith("="):
        return {}
    if not colon:
        raise no_header(source, f"has the line '{shortened(text, 64)}', which is no field of an NRRD header")
    name = name.strip().lower()
    return {_SAME.get(name, name): words.strip()}
