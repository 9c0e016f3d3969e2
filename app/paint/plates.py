"""Finds room for the labels of regions: plates that stay inside, apart from each other, and off what was flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

Rect = tuple[float, float, float, float]
"""(x0, y0, x1, y1), half open, in the pixels of what is drawn on."""

CELL_PX = 64
"""Side of a cell of the grid in which rectangles are looked up."""

ROUNDS = 6
"""How many plate heights a plate may be moved away from its region."""


CROWD = 60
"""From so many plates on, one that would hide another region is left out instead."""


def place_plates(
    boxes: Sequence[Rect], sizes: Sequence[tuple[float, float]], bounds: Rect, taken: Sequence[Rect] = ()
) -> list[Rect | None]:
    """Places one plate a box.

    Args:
        boxes: regions in the order of their importance: the first choose first.
        sizes: (width, height) of each plate.
        bounds: where plates may lie.
        taken: where something else is written, which no plate covers.

    Returns:
        One rectangle a box; None where there is no room, or the box lies outside the bounds.
    """
    regions, plates = _Grid(), _Grid()
    for box in boxes:
        regions.put(box)
    for place in taken:
        plates.put(place)
    placed: list[Rect | None] = []
    for box, size in zip(boxes, sizes, strict=True):
        plate = _place(box, size, bounds, regions, plates)
        if plate is not None and len(placed) >= CROWD and regions.hit(plate):
            plate = None
        if plate is not None:
            plates.put(plate)
        placed.append(plate)
    return placed


def _place(box: Rect, size: tuple[float, float], bounds: Rect, regions: _Grid, plates: _Grid) -> Rect | None:
    if not _overlap(box, bounds) or size[0] > bounds[2] - bounds[0] or size[1] > bounds[3] - bounds[1]:
        return None
    second_best = None
    for wanted in _candidates(box, size):
        plate = _pushed_inside(wanted, bounds)
        if plates.hit(plate):
            continue
        if not regions.hit(plate):
            return plate
        second_best = second_best or plate
    return second_best


def _candidates(box: Rect, size: tuple[float, float]) -> Iterator[Rect]:
    width, height = size
    x0, y0, x1, y1 = box
    for away in range(ROUNDS):
        up, down = y0 - height * (away + 1), y1 + height * away
        for left in (x0, x1 - width):
            yield left, up, left + width, up + height
            yield left, down, left + width, down + height
        for top in (y0 + height * away, y0 - height * away):
            yield x1, top, x1 + width, top + height
            yield x0 - width, top, x0, top + height
    yield x0, y0, x0 + width, y0 + height


def _pushed_inside(rect: Rect, bounds: Rect) -> Rect:
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    x = min(max(rect[0], bounds[0]), bounds[2] - width)
    y = min(max(rect[1], bounds[1]), bounds[3] - height)
    return x, y, x + width, y + height


def _overlap(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


class _Grid:
    """Rectangles by the cells that they touch; a rectangle larger than `MANY` cells is kept apart."""

    MANY = 400

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Rect]] = defaultdict(list)
        self._large: list[Rect] = []

    def put(self, rect: Rect) -> None:
        columns, rows = _cell_ranges(rect)
        if len(columns) * len(rows) > self.MANY:
            self._large.append(rect)
            return
        for column in columns:
            for row in rows:
                self._cells[column, row].append(rect)

    def hit(self, rect: Rect) -> bool:
        """Whether any rectangle overlaps this one."""
        if any(_overlap(rect, other) for other in self._large):
            return True
        columns, rows = _cell_ranges(rect)
        return any(
            _overlap(rect, other) for column in columns for row in rows for other in self._cells.get((column, row), ())
        )


def _cell_ranges(rect: Rect) -> tuple[range, range]:
    return (
        range(int(rect[0] // CELL_PX), int(rect[2] // CELL_PX) + 1),
        range(int(rect[1] // CELL_PX), int(rect[3] // CELL_PX) + 1),
    )
