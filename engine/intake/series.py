"""Which stored images belong together: the slices of one volume, apart from what only shares its series number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.domain.scan import Direction
from engine.errors import InputError
from engine.intake.dicom.slice_header import MARKS, SliceHeader, slice_header
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.steps import is_even
from engine.intake.stored import unreadable

Slices = tuple[SliceHeader, ...]

_SAME_PLACE_MM = 0.01
"""Positions closer than this along the normal are one place; files write them with two digits or more."""

_EDGE_MM = 0.05
"""How far an edge of the image may turn or grow within a volume: two edges move a corner by twice that at most."""

_LEAST_STACK = 3
"""Fewer slices do not show whether their steps are even."""

_PIXEL_SHARE = 0.1
"""No tolerance is more than this share of a pixel: scans of small parts have pixels of a few micrometres."""


def studies_of(slices: Iterable[SliceHeader]) -> list[Slices]:
    """Sorts slices into what gets one answer each.

    Slices of one series are taken apart where orientation, size, spacing, modality, photometric interpretation, frame
    of reference, echo or kind of image (localizers) differ. Then where one of `MARKS` tells apart all images that lie
    at one position (two phases, two acquisitions), or those of interleaved stacks that are even each by itself and not
    together. What then lies all at one position cannot be a volume: each such image stands alone.

    Returns:
        Each ordered by position along the normal, never by name or instance number, images at one position by entry.
    """
    alike: dict[tuple[str, ...], _Parallel] = {}
    for header in slices:
        alike.setdefault((header.series_uid, *header.alike), _Parallel()).add(header)
    return [
        study
        for parallel in alike.values()
        for group in parallel.groups
        for one in _told_apart(tuple(group))
        for study in _stacked(one)
    ]


def listed(files: Sequence[Entry], source: str, limits: Limits) -> Slices:
    """The headers of the files of one series, whose order may have been lost.

    Raises:
        InputError: IN-SER-MIXED where they are not the slices of one volume.
    """
    headers = []
    for entry in files:
        try:
            headers.append(slice_header(entry, limits))
        except OSError as error:
            raise unreadable(entry.shown, error) from error
    studies = studies_of(header for header in headers if header is not None)
    if None not in headers and len(studies) == 1:
        return studies[0]
    raise InputError(
        "IN-SER-MIXED",
        f"{source} is taken for one series, but its {len(files):,} files make {len(studies):,} volumes or images, and "
        f"{headers.count(None):,} of them are no slices at all.",
        "Open the files or their folder again.",
    )


def depths_mm(slices: Sequence[SliceHeader]) -> NDArray[np.float64]:
    """(slices,) place of each along the normal of the first (PS3.3 C.7.6.2.1.1)."""
    positions = np.array([header.plane.origin_mm for header in slices], np.float64)
    return positions @ axes(slices[0].plane.direction)[:, 2]


def places(slices: Sequence[SliceHeader]) -> list[Slices]:
    """Ordered slices, those at one place together."""
    if not slices:
        return []
    depths = depths_mm(slices)
    apart = np.flatnonzero(np.diff(depths) > _tolerance_mm(slices[0], _SAME_PLACE_MM)) + 1
    starts = [0, *apart.tolist(), len(slices)]
    return [tuple(slices[begin:end]) for begin, end in pairwise(starts)]


def axes(direction: Direction) -> NDArray[np.float64]:
    """(3, 3), its columns the axes x, y, z."""
    return np.array(direction, np.float64).reshape(3, 3)


class _Parallel:
    """Slices in groups whose images have the same edges in mm, wherever they lie."""

    def __init__(self) -> None:
        self.groups: list[list[SliceHeader]] = []
        self._edges_mm = np.empty((0, 3, 2))
        self._known: dict[tuple[object, ...], int] = {}

    def add(self, header: SliceHeader) -> None:
        """Adds it to the first group that it fits, or begins one. Most slices repeat the words of the one before."""
        words = (header.rows, header.columns, header.plane.spacing_mm, header.plane.direction)
        if words not in self._known:
            self._known[words] = self._group_of(header)
        self.groups[self._known[words]].append(header)

    def _group_of(self, header: SliceHeader) -> int:
        edges_mm = _edges_mm(header)
        apart_mm = np.linalg.norm(self._edges_mm - edges_mm, axis=1).max(axis=1)
        fitting = np.flatnonzero(apart_mm <= _tolerance_mm(header, _EDGE_MM))
        if fitting.size:
            return int(fitting[0])
        self.groups.append([])
        self._edges_mm = np.concatenate([self._edges_mm, edges_mm[None]])
        return len(self.groups) - 1


def _tolerance_mm(header: SliceHeader, most_mm: float) -> float:
    _, y_mm, x_mm = header.plane.spacing_mm or (0.0, 0.0, 0.0)
    return min(most_mm, _PIXEL_SHARE * min(y_mm, x_mm))


def _edges_mm(header: SliceHeader) -> NDArray[np.float64]:
    """(3, 2): the vectors along the first row and the first column."""
    _, y_mm, x_mm = header.plane.spacing_mm or (0.0, 0.0, 0.0)
    return axes(header.plane.direction)[:, :2] * (x_mm * header.columns, y_mm * header.rows)


def _told_apart(slices: Slices) -> list[Slices]:
    """Takes apart what lies in one place or interleaved, by the first mark that explains it.

    A mark explains images at one position if it parts the series into so many volumes that each has as many fewer
    images at a position; one that differs from slice to slice, as an acquisition number may, does not.
    """
    crowd = _crowd(slices)
    if len(slices) == 1 or (crowd == 1 and is_even(depths_mm(_ordered(slices)))):
        return [slices]
    for mark in range(len(MARKS)):
        parts: dict[str, list[SliceHeader]] = {}
        for header in slices:
            parts.setdefault(header.marks[mark], []).append(header)
        explained = _uncrowds(parts.values(), crowd) if crowd > 1 else _interleave(parts.values())
        if explained:
            return [apart for part in parts.values() for apart in _told_apart(tuple(part))]
    return [slices]


def _uncrowds(parts: Collection[Sequence[SliceHeader]], crowd: int) -> bool:
    return 1 < len(parts) <= crowd and max(map(_crowd, parts)) * len(parts) <= crowd


def _interleave(parts: Collection[Sequence[SliceHeader]]) -> bool:
    """Whether these are stacks that reach into one another, each even by itself.

    Stacks that follow one another are one volume, however their steps differ: a scanner may number every turn of its
    tube as an acquisition, and what is missing between two of them has to show.
    """
    if len(parts) < 2 or any(len(part) < _LEAST_STACK for part in parts):
        return False
    normal = axes(next(iter(parts))[0].plane.direction)[:, 2]
    stacks = [np.sort([np.array(header.plane.origin_mm) @ normal for header in part]) for part in parts]
    stacks.sort(key=lambda depths: float(depths[0]))
    reach_into = any(before[-1] > after[0] for before, after in pairwise(stacks))
    return reach_into and all(map(is_even, stacks))


def _crowd(slices: Sequence[SliceHeader]) -> int:
    """The most images that lie at one position; copies of one image count once only in `volume`, by their pixels."""
    return max(len(place) for place in places(_ordered(slices)))


def _stacked(slices: Slices) -> list[Slices]:
    ordered = _ordered(slices)
    if len(places(ordered)) == 1:
        return [(header,) for header in slices]
    return [ordered]


def _ordered(slices: Sequence[SliceHeader]) -> Slices:
    depths = depths_mm(slices)
    by_entry = sorted(range(len(slices)), key=lambda index: slices[index].entry)
    return tuple(slices[index] for index in sorted(by_entry, key=lambda index: depths[index]))
