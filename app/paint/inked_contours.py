"""Contours as they are burned into overlays and the pictures of reports: thin lines inside the boxes. Needs no Qt."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from app.paint.palette import DARK, Rgb, rgb
from app.paint.plates import Rect
from app.state.contours import Contour, Line

SMALLEST_PX = 32.0
"""A box with a shorter side on the sheet has no contour: nobody can take it away to see what lies below, as in the
window."""

HALO_PX = 3
"""Width of the dark line below the thin one, which keeps it readable on any picture."""

DASH_PX, GAP_PX = 8.0, 5.0
"""Of unsure regions, as in the window."""

Place = Callable[[float, float], tuple[float, float]]
"""Where a point of the picture lies on the sheet."""


def has_room(box: Rect) -> bool:
    """Whether this box on the sheet is large enough for a contour."""
    return min(box[2] - box[0], box[3] - box[1]) >= SMALLEST_PX


def lines_on(contour: Contour | None, box: Rect, place: Place) -> tuple[Line, ...]:
    """The lines of a contour on the sheet; none where the box is too small.

    Args:
        contour: of the region; None where it has none.
        box: of the region, on the sheet.
        place: from what is seen to the sheet.
    """
    if contour is None or not has_room(box):
        return ()
    return tuple(tuple(place(x, y) for x, y in line) for line in contour.lines)


def draw_lines(sheet: Image.Image, drawn: Sequence[tuple[tuple[Line, ...], Rgb, bool]], frame: Rect) -> None:
    """Draws lines inside a frame of the sheet, all halos first.

    Args:
        sheet: RGB, drawn on.
        drawn: the lines of each region, their colour, and whether they are dashed.
        frame: nothing is drawn beyond it.
    """
    if not any(lines for lines, _, _ in drawn):
        return
    left, top, right, bottom = (int(side) for side in frame)
    part = sheet.crop((left, top, right, bottom))
    draw = ImageDraw.Draw(part)
    moved = [([_closed(line, left, top) for line in lines], colour, dashed) for lines, colour, dashed in drawn]
    for lines, _, _ in moved:
        for line in lines:
            draw.line(line, fill=rgb(DARK.halo), width=HALO_PX, joint="curve")
    for lines, colour, dashed in moved:
        for line in lines:
            for piece in _dashes(line) if dashed else (line,):
                draw.line(piece, fill=colour, width=1)
    sheet.paste(part, (left, top))


def _closed(line: Line, left: int, top: int) -> list[tuple[float, float]]:
    """The pixels that the corners lie in, the first one again at the end."""
    return [(float(math.floor(x - left)), float(math.floor(y - top))) for x, y in (*line, line[0])]


def _dashes(line: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Pieces of a line along its corners."""
    gone = 0.0
    for (x0, y0), (x1, y1) in pairwise(line):
        length = math.hypot(x1 - x0, y1 - y0)
        at = 0.0
        while at < length:
            phase = (gone + at) % (DASH_PX + GAP_PX)
            is_gap = phase >= DASH_PX
            end = min(at + (DASH_PX + GAP_PX if is_gap else DASH_PX) - phase, length)
            if not is_gap:
                yield [(x0 + (x1 - x0) * share / length, y0 + (y1 - y0) * share / length) for share in (at, end)]
            at = end if end > at else length
        gone += length
