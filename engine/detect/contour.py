"""The contour of a region: the surface that its measures are of, where a plane of the study cuts it.

It is worked out from the pixels and the box, so it is the same whenever it is drawn, and no part of the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # who draws needs no compiler for it
    from engine.detect.measure import Extent

TOLERANCE_PX = 0.1
"""Corners are left out where the line moves by less."""

Floats = NDArray[np.float64]
Ring = NDArray[np.float64]
"""(n, 2) points of a closed line, each once; pixel i covers [i, i+1)."""


def rings_across(extent: Extent, axis: int, first: int, end: int) -> tuple[Ring, ...]:
    """The outer contour and those of its holes, in the slices from `first` up to `end` seen along an axis.

    Args:
        extent: of the region.
        axis: 0 slices, 1 rows, 2 columns.
        first: of the study's slices across it.
        end: the slice after the last one.

    Returns:
        Points along the later of the other two axes, then along the earlier one: (x, y) of a picture.
    """
    size, start = extent.rise.shape[axis], extent.first[axis]
    seen = slice(max(first - start, 0), max(min(end - start, size), 0))
    if seen.start >= seen.stop:
        return ()
    # What is above and no part of the region never touches it: it is taken away before slices are laid together.
    own = np.where(extent.mask | (extent.rise <= 0.0), extent.rise, -extent.rise)
    field = np.moveaxis(own, axis, 0)[seen].max(axis=0).astype(np.float64)
    ys, xs = (_places(extent.first[other], extent.rise.shape[other]) for other in range(3) if other != axis)
    return _rings(np.pad(field, 1), ys, xs)


def _places(first: int, count: int) -> Floats:
    """Centres of pixels, between the outer faces of the first and the last one."""
    return np.concatenate([[first], first + np.arange(count) + 0.5, [first + count]]).astype(np.float64)


def _rings(field: Floats, ys: Floats, xs: Floats) -> tuple[Ring, ...]:
    """Marching squares: lines where the field, linear between two nodes, is 0.

    Args:
        field: (rows, columns), 0 all around it: what is above at an edge is closed off there.
        ys: place of each row.
        xs: place of each column.
    """
    following = _steps(field > 0.0)
    rings: list[Ring] = []
    while following:
        at = min(following)
        corners: list[tuple[float, float]] = []
        while at in following:
            corners.append(_crossing(field, ys, xs, at))
            at = following.pop(at)
        if (ring := _simplified(np.array(corners))) is not None:
            rings.append(ring)
    return tuple(rings)


Edge = tuple[int, int, int]
"""Between two nodes: row and column of the first, and 0 for the one to its right, 1 for the one below."""


def _steps(above: NDArray[np.bool_]) -> dict[Edge, Edge]:
    """From which edge of the grid the line goes to which, what is above lying to its right.

    Nodes that only touch at a corner belong together, as in `component`.
    """
    following: dict[Edge, Edge] = {}
    cells = above[:-1, :-1] * 1 + above[:-1, 1:] * 2 + above[1:, 1:] * 4 + above[1:, :-1] * 8
    for row, column in np.argwhere((cells > 0) & (cells < 15)).tolist():
        edges: tuple[Edge, ...] = ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))
        for one, other in _TURNS[int(cells[row, column])]:
            following[edges[one]] = edges[other]
    return following


_TOP, _RIGHT, _BOTTOM, _LEFT = range(4)
_TURNS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((_LEFT, _TOP),),
    2: ((_TOP, _RIGHT),),
    3: ((_LEFT, _RIGHT),),
    4: ((_RIGHT, _BOTTOM),),
    5: ((_LEFT, _BOTTOM), (_RIGHT, _TOP)),
    6: ((_TOP, _BOTTOM),),
    7: ((_LEFT, _BOTTOM),),
    8: ((_BOTTOM, _LEFT),),
    9: ((_BOTTOM, _TOP),),
    10: ((_TOP, _LEFT), (_BOTTOM, _RIGHT)),
    11: ((_BOTTOM, _RIGHT),),
    12: ((_RIGHT, _LEFT),),
    13: ((_RIGHT, _TOP),),
    14: ((_TOP, _LEFT),),
}
"""By which corners of a cell are above (1 top left, 2 top right, 4 bottom right, 8 bottom left): from edge to edge."""


def _crossing(field: Floats, ys: Floats, xs: Floats, edge: Edge) -> tuple[float, float]:
    row, column, down = edge
    here, there = field[row, column], field[row + down, column + 1 - down]
    share = here / (here - there)
    x, y = xs[column], ys[row]
    if down:
        return float(x), float(y + (ys[row + 1] - y) * share)
    return float(x + (xs[column + 1] - x) * share), float(y)


def _simplified(ring: Ring) -> Ring | None:
    """Without the corners that move the line by less than the tolerance; None where nothing of an area is left.

    Source: Douglas and Peucker, Cartographica 10 (1973), from two corners that stay: the first, and the one that is
    farthest from it.
    """
    far = int(np.argmax(((ring - ring[0]) ** 2).sum(axis=1)))
    closed = np.concatenate([ring, ring[:1]])
    kept = {0, far}
    waiting = [(0, far), (far, len(ring))]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        away = _away(closed[start + 1 : end], closed[start], closed[end])
        worst = int(np.argmax(away))
        if away[worst] > TOLERANCE_PX:
            middle = start + 1 + worst
            kept.add(middle)
            waiting += [(start, middle), (middle, end)]
    return ring[sorted(kept)] if len(kept) > 2 else None


def _away(points: Floats, start: Floats, end: Floats) -> Floats:
    """How far points lie from a line between two others."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0.0, 1.0) if length else np.zeros(len(points))
    away: Floats = np.sqrt(((points - start - share[:, None] * along) ** 2).sum(axis=1))
    return away
