"""What is burned into overlays: boxes and contours with their labels, and strips of text. Needs no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from app.paint.inked_contours import draw_lines
from app.paint.palette import DARK, Rgb, rgb
from app.paint.plates import Rect, place_plates
from app.state.contours import Line
from engine.domain.region import Region


@dataclass(frozen=True, slots=True)
class Mark:
    """A region as it is drawn: its box on the sheet, its words, its look.

    Args:
        box: on the sheet.
        text: on its label; one without words has none.
        colour: of the lines.
        dashed: an unsure region.
        bracketed: what a second opinion has flagged: its corners alone.
        lines: of its contour, on the sheet; none where it has none.
    """

    box: Rect
    text: str
    colour: Rgb
    dashed: bool
    bracketed: bool = False
    lines: tuple[Line, ...] = ()

    @classmethod
    def of(cls, region: Region, box: Rect, text: str, lines: tuple[Line, ...] = ()) -> Mark:
        """The look that a region's band gives it."""
        sure = region.band == "sure"
        return cls(box, text, rgb(DARK.sure if sure else DARK.unsure), dashed=not sure, lines=lines)

    @classmethod
    def of_second(cls, box: Rect, text: str) -> Mark:
        """The look of what a second opinion has flagged."""
        return cls(box, text, rgb(DARK.second), dashed=False, bracketed=True)


def scored(words: str, score: float) -> str:
    """The words with the score behind them; a place that a person drew has none (not a number)."""
    return words if math.isnan(score) else f"{words} {score:.2f}"


def draw_marks(sheet: Image.Image, marks: Sequence[Mark], frame: Rect, font: Any) -> None:
    """Draws contours, boxes and labels inside a frame of the sheet.

    Args:
        sheet: RGB, drawn on.
        marks: the most important first: they get the best places for their labels.
        frame: the part of the sheet that they may cover.
        font: of the labels.
    """
    draw_lines(sheet, [(mark.lines, mark.colour, mark.dashed) for mark in reversed(marks)], frame)
    draw = ImageDraw.Draw(sheet)
    pad = max(3, int(font.size) // 4)
    sizes = [_plate_size(font, mark.text, pad) for mark in marks]
    placed = place_plates([mark.box for mark in marks], sizes, frame)
    plates = [plate if mark.text else None for mark, plate in zip(marks, placed, strict=True)]
    line_px = max(2, int(font.size) // 10)
    for mark in reversed(marks):
        _outline(draw, mark, frame, line_px)
    for mark, plate in zip(marks, plates, strict=True):
        if plate is not None:
            _leader(draw, mark, plate)
    for mark, plate in zip(marks, plates, strict=True):
        if plate is not None:
            _plate(draw, mark, plate, font, pad)


def _plate_size(font: Any, text: str, pad: int) -> tuple[float, float]:
    return font.getlength(text) + 2 * pad + 4, int(font.size) + 2 * pad


def _outline(draw: ImageDraw.ImageDraw, mark: Mark, frame: Rect, line_px: int) -> None:
    # Around the box, so that what was flagged stays visible; pushed inwards only at the edges of the picture.
    x0, y0 = (max(round(mark.box[axis]) - line_px, int(frame[axis])) for axis in (0, 1))
    x1, y1 = (min(round(mark.box[axis]) + line_px, int(frame[axis])) for axis in (2, 3))
    if mark.bracketed:
        _brackets(draw, mark.colour, (x0 - line_px - 2, y0 - line_px - 2, x1 + line_px + 1, y1 + line_px + 1), line_px)
        return
    draw.rectangle((x0 - 1, y0 - 1, x1, y1), outline=rgb(DARK.halo), width=line_px + 1)
    if not mark.dashed:
        draw.rectangle((x0, y0, x1 - 1, y1 - 1), outline=mark.colour, width=line_px)
        return
    for start, end in _dashes(x0, x1 - 1):
        draw.rectangle((start, y0, end, y0 + line_px - 1), fill=mark.colour)
        draw.rectangle((start, y1 - line_px, end, y1 - 1), fill=mark.colour)
    for start, end in _dashes(y0, y1 - 1):
        draw.rectangle((x0, start, x0 + line_px - 1, end), fill=mark.colour)
        draw.rectangle((x1 - line_px, start, x1 - 1, end), fill=mark.colour)


def _brackets(draw: ImageDraw.ImageDraw, colour: Rgb, box: tuple[int, int, int, int], line_px: int) -> None:
    """The corners of a box, a little outside it, so that the other answer's whole lines stay visible."""
    x0, y0, x1, y1 = box
    across, down = ((end - start) // 4 + line_px for start, end in ((x0, x1), (y0, y1)))
    corners = [
        ((x, y, x + way_x * across, y), (x, y, x, y + way_y * down))
        for x, way_x in ((x0, 1), (x1, -1))
        for y, way_y in ((y0, 1), (y1, -1))
    ]
    for width, ink in ((line_px + 2, rgb(DARK.halo)), (line_px, colour)):
        for line in (line for corner in corners for line in corner):
            draw.line(line, fill=ink, width=width)


def _dashes(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of about 8 px with gaps of about 5, whole at both ends so that corners show."""
    count = max(1, round((end - start + 5) / 13))
    step = (end - start + 5) / count
    for index in range(count):
        first = start + index * step
        yield round(first), max(round(first), min(end, round(first + step - 5)))


def _leader(draw: ImageDraw.ImageDraw, mark: Mark, plate: Rect) -> None:
    x = min(max((plate[0] + plate[2]) / 2, mark.box[0]), mark.box[2])
    y = min(max((plate[1] + plate[3]) / 2, mark.box[1]), mark.box[3])
    inside = plate[0] - 4 <= x <= plate[2] + 4 and plate[1] - 4 <= y <= plate[3] + 4
    if not inside:
        middle = (min(max(x, plate[0]), plate[2]), min(max(y, plate[1]), plate[3]))
        draw.line((x, y, *middle), fill=rgb(DARK.halo), width=3)
        draw.line((x, y, *middle), fill=mark.colour, width=1)


def _plate(draw: ImageDraw.ImageDraw, mark: Mark, plate: Rect, font: Any, pad: int) -> None:
    x0, y0, x1, y1 = (round(side) for side in plate)
    draw.rectangle((x0, y0, x1 - 1, y1 - 1), fill=rgb(DARK.halo))
    draw.rectangle((x0, y0, x0 + 3, y1 - 1), fill=mark.colour)
    draw.text((x0 + 4 + pad, (y0 + y1) / 2), mark.text, fill=rgb(DARK.text), font=font, anchor="lm")


def strip(title: str, caption: str, width: int, font: Any) -> Image.Image:
    """Lines of text on a ground of their own, the title brighter than the caption; as high as they need."""
    pad = max(6, int(font.size) // 2)
    titles = _broken(title, width - 2 * pad, font) if title else []
    lines = [*titles, *_broken(caption, width - 2 * pad, font)]
    line_px = int(font.size * 1.4)
    made = Image.new("RGB", (width, line_px * len(lines) + 2 * pad), rgb(DARK.panel))
    draw = ImageDraw.Draw(made)
    for index, line in enumerate(lines):
        colour = rgb(DARK.text if index < len(titles) else DARK.quiet)
        draw.text((pad, pad + index * line_px + line_px / 2), line, fill=colour, font=font, anchor="lm")
    return made


def _broken(text: str, width: float, font: Any) -> list[str]:
    """Lines no wider than `width`; a word that is wider by itself is cut."""
    lines = [""]
    for word in text.split():
        rest = word
        joined = f"{lines[-1]} {rest}".strip()
        if font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        while font.getlength(rest) > width and len(rest) > 1:
            fits = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or font.getlength(rest[:n]) <= width)
            lines[-1], rest = rest[:fits], rest[fits:]
            lines.append("")
        lines[-1] = rest
    return lines
