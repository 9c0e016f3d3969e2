"""Burns regions into a picture: the overlay PNG that `fovea run --out` writes for each study. Needs no Qt."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFont

from app.paint.ink import Mark, draw_marks, strip
from app.paint.inked_contours import has_room, lines_on
from app.paint.palette import DARK, rgb
from app.paint.picture import Picture
from app.paint.plates import Rect
from app.paint.second import NO_SECOND, Second
from app.paint.tones import ToneCurve
from app.paint.volume_sheet import burn_volume
from app.state.contours import contours_of
from app.state.opinion import summary
from engine.domain.outcome import Outcome, Status
from engine.domain.region import BoxPx, Region
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
        scan: the study's pixels.
        outcome: what was said about it.
        title: the study's name.
    """
    draw = burn if len(scan.shape) == 2 else burn_volume
    stream = io.BytesIO()
    second = Second.of(outcome)
    sheet = draw(scan, outcome.regions, title=title, caption=caption_of(outcome), second=second)
    sheet.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def caption_of(outcome: Outcome) -> str:
    """What the strip under the picture says: the reading, why, and which model on which run time said so."""
    count = len(outcome.regions)
    counted = f": {count} region{'' if count == 1 else 's'}" if count else ""
    parts = [f"{outcome.reading}{counted}"]
    if outcome.status is not Status.ANSWERED:
        parts.append(f"{outcome.code} {outcome.reason}".strip())
    if outcome.status is Status.INCOMPLETE and outcome.coverage < 1.0:
        parts.append(f"{outcome.coverage:.0%} looked at")
    parts += [part for part in (outcome.model, outcome.backend) if part]
    if outcome.opinion is not None:
        parts.append(f"in brackets: {summary(outcome.opinion)}")
    parts.append(REMINDER)
    return "  ·  ".join(parts)


def burn(scan: Scan, regions: Sequence[Region], *, title: str, caption: str, second: Second = NO_SECOND) -> Image.Image:
    """Draws the regions and a caption on the picture.

    Args:
        scan: the study's pixels; a single picture.
        regions: highest score first: the first get the best places for their labels.
        title: first line of the strip.
        caption: the lines below, broken where needed.
        second: what a second opinion says of them, and has flagged itself.

    Returns:
        RGB; a whole multiple of the picture's size, or smaller where the picture is huge, with a strip below.
    """
    picture, scale = _ground(scan)
    sheet_width = max(picture.width, NARROWEST_PX)
    font = ImageFont.load_default(min(max(sheet_width // 72, 13), 40))
    below = strip(title, caption, sheet_width, font)
    sheet = Image.new("RGB", (sheet_width, picture.height + below.height), rgb(DARK.ground))
    left = (sheet_width - picture.width) // 2
    sheet.paste(picture, (left, 0))
    marks = _marks(scan, regions, second, scale, left)
    marks += [
        Mark.of_second(_moved(mark.region.box_px, scale, left), second.own_words(mark))
        for mark in second.marks
        if mark.region.box_px is not None
    ]
    draw_marks(sheet, marks, (left, 0, left + picture.width, picture.height), font)
    sheet.paste(below, (0, picture.height))
    return sheet


def _marks(scan: Scan, regions: Sequence[Region], second: Second, scale: float, left: int) -> list[Mark]:
    """The regions with their contours, of those that are drawn large enough for one."""
    placed = [
        (region, _moved(region.box_px, scale, left), second.words(index, region))
        for index, region in enumerate(regions)
        if region.box_px is not None
    ]
    contours = contours_of([region for region, box, _ in placed if has_room(box)], scan, _goes_on)
    outlined = contours.seen_on(None, [region for region, _, _ in placed])
    return [
        Mark.of(region, box, words, lines_on(contour, box, lambda x, y: (x * scale + left, y * scale)))
        for (region, box, words), contour in zip(placed, outlined, strict=True)
    ]


def _goes_on() -> None:
    """Nobody stops an overlay that is being drawn."""


def _moved(box: BoxPx, scale: float, left: int) -> Rect:
    x0, y0, x1, y1 = (side * scale for side in box)
    return x0 + left, y0, x1 + left, y1


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
