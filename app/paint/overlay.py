"""Burns regions into a picture: the overlay PNG that `fovea run --out` writes for each study. Needs no Qt."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from app.paint.palette import DARK, rgb
from app.paint.picture import Picture
from app.paint.plates import Rect, place_plates
from app.paint.tones import ToneCurve
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.domain.scan import Scan

LARGEST_PX = 4096
"""Longest side that is written; larger pictures are shrunk by averaging, the lines and labels are not."""

READABLE_PX = 1440
"""Smaller pictures are enlarged by a whole factor up to this, so that labels do not cover them."""

NARROWEST_PX = 560
"""The sheet is at least so wide: the caption must be readable under a picture of one pixel."""

REMINDER = "Marks for a person to review."


def overlay_png(scan: Scan, outcome: Outcome, *, title: str) -> bytes:
    """The overlay of one answered study as the bytes of a PNG file.

    Args:
        scan: the study's pixels; a single picture.
        outcome: what was said about it.
        title: the study's name.

    Raises:
        InputError: IN-KIND-SHOWN for studies that are no single picture.
    """
    stream = io.BytesIO()
    burn(scan, outcome.regions, title=title, caption=caption_of(outcome)).save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def caption_of(outcome: Outcome) -> str:
    """What the strip under the picture says: the reading, why, and which model on which run time said so."""
    count = len(outcome.regions)
    counted = f": {count} region{'' if count == 1 else 's'}" if count else ""
    parts = [f"{outcome.reading}{counted}"]
    if outcome.status is not Status.ANSWERED:
        parts.append(f"{outcome.code} {outcome.reason}".strip())
    if outcome.status is Status.INCOMPLETE:
        parts.append(f"{outcome.coverage:.0%} looked at")
    parts += [part for part in (outcome.model, outcome.backend) if part]
    parts.append(REMINDER)
    return "  ·  ".join(parts)


def burn(scan: Scan, regions: Sequence[Region], *, title: str, caption: str) -> Image.Image:
    """Draws the regions and a caption on the picture.

    Args:
        scan: the study's pixels; a single picture.
        regions: highest score first: the first get the best places for their labels.
        title: first line of the strip.
        caption: the lines below, broken where needed.

    Returns:
        RGB; a whole multiple of the picture's size, or smaller where the picture is huge, with a strip below.

    Raises:
        InputError: IN-KIND-SHOWN for studies that are no single picture.
    """
    picture, scale = _ground(scan)
    sheet_width = max(picture.width, NARROWEST_PX)
    font = ImageFont.load_default(min(max(sheet_width // 72, 13), 40))
    strip = _strip(title, caption, sheet_width, font)
    sheet = Image.new("RGB", (sheet_width, picture.height + strip.height), rgb(DARK.ground))
    left = (sheet_width - picture.width) // 2
    sheet.paste(picture, (left, 0))
    _draw_regions(sheet, regions, scale, (left, 0, left + picture.width, picture.height), font)
    sheet.paste(strip, (0, picture.height))
    return sheet


def _ground(scan: Scan) -> tuple[Image.Image, float]:
    picture = Picture.of(scan)
    longest = max(picture.size_px)
    scale = min(1.0, LARGEST_PX / longest) if longest > READABLE_PX else float(min(READABLE_PX // longest, 64))
    # The next finer level, then an exact reduction: averaging all the way.
    level = max(int(np.floor(np.log2(1.0 / scale))), 0)
    level = min(level, len(picture.levels) - 1)
    tones = ToneCurve.of(scan, picture.window).apply(picture.levels[level])
    image = Image.fromarray(tones).convert("RGB")
    width, height = (max(1, round(side * scale)) for side in picture.size_px)
    if (width, height) == image.size:
        return image, scale
    way = Image.Resampling.BOX if scale < 1.0 or scale >= 4.0 else Image.Resampling.BICUBIC
    return image.resize((width, height), way), scale


@dataclass(frozen=True, slots=True)
class _Mark:
    """A region as it is drawn: its box on the sheet, its words, its look."""

    box: Rect
    text: str
    colour: tuple[int, int, int]
    dashed: bool


def _draw_regions(sheet: Image.Image, regions: Sequence[Region], scale: float, frame: Rect, font: Any) -> None:
    draw = ImageDraw.Draw(sheet)
    marks = [mark for region in regions if (mark := _mark(region, scale, frame)) is not None]
    pad = max(3, int(font.size) // 4)
    sizes = [_plate_size(font, mark.text, pad) for mark in marks]
    plates = place_plates([mark.box for mark in marks], sizes, frame)
    line_px = max(2, int(font.size) // 10)
    for mark in reversed(marks):
        _outline(draw, mark, frame, line_px)
    for mark, plate in zip(marks, plates, strict=True):
        if plate is not None:
            _leader(draw, mark, plate)
    for mark, plate in zip(marks, plates, strict=True):
        if plate is not None:
            _plate(draw, mark, plate, font, pad)


def _mark(region: Region, scale: float, frame: Rect) -> _Mark | None:
    if region.box_px is None:
        return None
    x0, y0, x1, y1 = (side * scale for side in region.box_px)
    sure = region.band == "sure"
    return _Mark(
        box=(x0 + frame[0], y0 + frame[1], x1 + frame[0], y1 + frame[1]),
        text=f"{region.label} {region.score:.2f}",
        colour=rgb(DARK.sure if sure else DARK.unsure),
        dashed=not sure,
    )


def _plate_size(font: Any, text: str, pad: int) -> tuple[float, float]:
    return font.getlength(text) + 2 * pad + 4, int(font.size) + 2 * pad


def _outline(draw: ImageDraw.ImageDraw, mark: _Mark, frame: Rect, line_px: int) -> None:
    # Around the box, so that what was flagged stays visible; pushed inwards only at the edges of the picture.
    x0, y0 = (max(round(mark.box[axis]) - line_px, int(frame[axis])) for axis in (0, 1))
    x1, y1 = (min(round(mark.box[axis]) + line_px, int(frame[axis])) for axis in (2, 3))
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


def _dashes(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of about 8 px with gaps of about 5, whole at both ends so that corners show."""
    count = max(1, round((end - start + 5) / 13))
    step = (end - start + 5) / count
    for index in range(count):
        first = start + index * step
        yield round(first), max(round(first), min(end, round(first + step - 5)))


def _leader(draw: ImageDraw.ImageDraw, mark: _Mark, plate: Rect) -> None:
    x = min(max((plate[0] + plate[2]) / 2, mark.box[0]), mark.box[2])
    y = min(max((plate[1] + plate[3]) / 2, mark.box[1]), mark.box[3])
    inside = plate[0] - 4 <= x <= plate[2] + 4 and plate[1] - 4 <= y <= plate[3] + 4
    if not inside:
        middle = (min(max(x, plate[0]), plate[2]), min(max(y, plate[1]), plate[3]))
        draw.line((x, y, *middle), fill=rgb(DARK.halo), width=3)
        draw.line((x, y, *middle), fill=mark.colour, width=1)


def _plate(draw: ImageDraw.ImageDraw, mark: _Mark, plate: Rect, font: Any, pad: int) -> None:
    x0, y0, x1, y1 = (round(side) for side in plate)
    draw.rectangle((x0, y0, x1 - 1, y1 - 1), fill=rgb(DARK.halo))
    draw.rectangle((x0, y0, x0 + 3, y1 - 1), fill=mark.colour)
    draw.text((x0 + 4 + pad, (y0 + y1) / 2), mark.text, fill=rgb(DARK.text), font=font, anchor="lm")


def _strip(title: str, caption: str, width: int, font: Any) -> Image.Image:
    pad = max(6, int(font.size) // 2)
    titles = _broken(title, width - 2 * pad, font)
    lines = [*titles, *_broken(caption, width - 2 * pad, font)]
    line_px = int(font.size * 1.4)
    strip = Image.new("RGB", (width, line_px * len(lines) + 2 * pad), rgb(DARK.panel))
    draw = ImageDraw.Draw(strip)
    for index, line in enumerate(lines):
        colour = rgb(DARK.text if index < len(titles) else DARK.quiet)
        draw.text((pad, pad + index * line_px + line_px / 2), line, fill=colour, font=font, anchor="lm")
    return strip


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
