"""The files that are thrown in, each with the one answer that is right for it."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image

from engine.domain.outcome import Outcome, Status
from engine.domain.region import BoxPx

SIZE_PX = (420, 560)
"""About 400 tiles of the tests' model: long enough for a blow to meet a picture at work, short enough for many."""

_SPOT_PX = 4
_DAMAGED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file holds, and what must be answered.

    Args:
        content: the bytes.
        spots: top left corners (y, x) of the bright spots in it; None where it is damaged.
    """

    content: bytes
    spots: tuple[tuple[int, int], ...] | None

    def what_is_wrong(self, outcome: Outcome) -> str:
        """Why this is not the answer to the picture; empty if it is."""
        if self.spots is None:
            return "" if outcome.status is Status.REFUSED else f"{_said(outcome)} of a damaged file"
        if outcome.status is not Status.ANSWERED:
            return f"{_said(outcome)} of a sound file"
        boxes = [region.box_px for region in outcome.regions if region.box_px]
        missed = [spot for spot in self.spots if not any(_holds(box, spot) for box in boxes)]
        if missed or len(boxes) != len(self.spots):
            return f"{len(boxes)} regions of {len(self.spots)} spots, {len(missed)} not found"
        return ""


def picture(name: str) -> Picture:
    """The picture of that name, no two alike: a dark one with a few bright spots, or now and then a damaged one."""
    chance = random.Random(name)
    # On the model's cells, and far enough apart that no two share a box.
    cells = chance.sample([(y, x) for y in range(2, SIZE_PX[0] // 24) for x in range(2, SIZE_PX[1] // 24)], 8)
    spots = tuple((24 * y, 24 * x) for y, x in cells[: chance.randrange(0, 6)])
    pixels = np.random.default_rng(chance.getrandbits(32)).integers(0, 20, SIZE_PX, np.uint8)
    for y, x in spots:
        pixels[y : y + _SPOT_PX, x : x + _SPOT_PX] = 255
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    if chance.random() < _DAMAGED_SHARE:
        return Picture(stream.getvalue()[: chance.randrange(60, 2000)], None)
    return Picture(stream.getvalue(), spots)


def _holds(box: BoxPx, spot: tuple[int, int]) -> bool:
    x0, y0, x1, y1 = box
    y, x = spot[0] + _SPOT_PX / 2, spot[1] + _SPOT_PX / 2
    return y0 < y < y1 and x0 < x < x1


def _said(outcome: Outcome) -> str:
    return f"{outcome.status.value} {outcome.code} ({outcome.reason})".strip()
