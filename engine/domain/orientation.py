"""What lies at the edges of an image of a patient: letters out of direction cosines, never out of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.scan import Scan

LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))
"""Towards rising and falling x, y and z of LPS (PS3.3 C.7.6.1.1.1): left, right, posterior, anterior, head, feet."""

SECOND_LETTER = 0.26
"""From this share of a direction (15 degrees) on, an oblique edge gets the second letter too."""

_OPPOSITE = str.maketrans("LRPAHF", "RLAPFH")


@dataclass(frozen=True, slots=True)
class Edges:
    """The letters at the four edges of an image as it is stored, e.g. `R`, or `AR` for oblique ones."""

    left: str
    top: str
    right: str
    bottom: str


def letters_of(way: Sequence[float]) -> str:
    """The letters of the side that a direction leads to, the one it leads to most first: `L`, or `AR`.

    Args:
        way: (x, y, z) LPS, a unit vector.
    """
    named = sorted(range(3), key=lambda axis: -abs(way[axis]))[:2]
    return "".join(
        LETTERS[axis][int(way[axis] < 0.0)]
        for place, axis in enumerate(named)
        if place == 0 or abs(way[axis]) >= SECOND_LETTER
    )


def edges_of(scan: Scan) -> Edges | None:
    """The letters at the edges of a picture or of a volume's slices, as stored; None where the file does not say.

    A projection has no plane in the patient; what its file states of its rows and columns (0020,0020) counts then.
    """
    if scan.kind == "photograph":
        return None
    if scan.oriented:
        row, column = (scan.direction[0::3], scan.direction[1::3])
        return _edges(letters_of(row), letters_of(column))
    if scan.exam is None or scan.exam.row_and_column is None:
        return None
    return _edges(*scan.exam.row_and_column)


def _edges(row: str, column: str) -> Edges:
    """From the letters that rows run towards and those that columns run towards."""
    return Edges(left=row.translate(_OPPOSITE), top=column.translate(_OPPOSITE), right=row, bottom=column)
