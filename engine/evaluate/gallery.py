"""Pictures of what went wrong: findings that were missed, and regions that found nothing, each cut out with its box."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.errors import FoveaError
from engine.evaluate.match import ImageCase, match
from engine.intake.find import find_one
from engine.intake.read import read_study

MOST = 12
"""Pictures of each sort."""

MARGIN = 1.0
"""How much of the surround is shown, in sides of the box."""

SIDE_PX = 200
"""Longer side of a picture."""

_INK = {"missed": (255, 176, 0), "false": (100, 143, 255)}  # told apart by those who do not see red and green

Sort = Literal["missed", "false"]


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """One picture.

    Args:
        sort: a finding that was missed, or a region that found nothing.
        image: file name of the image.
        box: (2 * dims,) as in the case.
        score: of the region; of a miss the best score that lay on it, 0 where nothing did.
        png: the picture; empty where the image cannot be read.
    """

    sort: Sort
    image: str
    box: tuple[float, ...]
    score: float
    png: bytes


def gallery(
    cases: Sequence[ImageCase], card: ModelCard, folder: Path, *, hit_iou: float, most: int = MOST
) -> tuple[Plate, ...]:
    """The misses, those that were seen least first, and the false alarms, the surest first.

    Args:
        cases: one label's.
        card: the model, for its threshold and its window.
        folder: what file names are relative to.
        hit_iou: overlap from which a finding is found.
        most: pictures of each sort.
    """
    wrong = [one for case in cases for one in _wrong(case, card.threshold, hit_iou)]
    missed = sorted((one for one in wrong if one[0] == "missed"), key=lambda one: one[3])[:most]
    false = sorted((one for one in wrong if one[0] == "false"), key=lambda one: -one[3])[:most]
    dims = len(card.input.tile)
    return tuple(
        Plate(sort, name, box, score, _picture(folder / name, _frame(box, dims), card, _INK[sort]))
        for sort, name, box, score in (*missed, *false)
    )


def _wrong(case: ImageCase, threshold: float, hit_iou: float) -> Iterator[tuple[Sort, str, tuple[float, ...], float]]:
    matched = match(case, hit_iou)
    for box, score in zip(case.truth[~case.crowd], matched.found_at, strict=True):
        if score < threshold:
            yield "missed", case.name, tuple(map(float, box)), max(float(score), 0.0)
    order = np.argsort(-case.scores, kind="stable")
    for box, score, hit, counted in zip(case.boxes[order], matched.scores, matched.hit, matched.counted, strict=True):
        if score >= threshold and counted and not hit:
            yield "false", case.name, tuple(map(float, box)), float(score)


def _frame(box: tuple[float, ...], dims: int) -> tuple[int | None, tuple[float, float, float, float]]:
    """The slice to show, None in a picture, and x0, y0, x1, y1 in it."""
    if dims == 2:
        x0, y0, x1, y1 = box
        return None, (x0, y0, x1, y1)
    z0, y0, x0, z1, y1, x1 = box
    return int((z0 + z1) / 2), (x0, y0, x1, y1)


def _picture(
    path: Path, frame: tuple[int | None, tuple[float, float, float, float]], card: ModelCard, ink: tuple[int, int, int]
) -> bytes:
    plane, (x0, y0, x1, y1) = frame
    try:
        scan = read_study(find_one(path)).scan
    except FoveaError:  # it was not answered either, which the report says
        return b""
    shown = _shown(scan, plane, card)
    height, width = shown.shape[:2]
    around = MARGIN * max(x1 - x0, y1 - y0, 8.0)
    left, top = max(int(x0 - around), 0), max(int(y0 - around), 0)
    right, bottom = min(int(x1 + around) + 1, width), min(int(y1 + around) + 1, height)
    if left >= right or top >= bottom:
        return b""
    cut = Image.fromarray(shown[top:bottom, left:right]).convert("RGB")
    scale = SIDE_PX / max(cut.size)
    cut = cut.resize((max(1, round(cut.width * scale)), max(1, round(cut.height * scale))))
    corners = [(x0 - left) * scale, (y0 - top) * scale, (x1 - left) * scale, (y1 - top) * scale]
    ImageDraw.Draw(cut).rectangle(corners, outline=ink, width=2)
    content = io.BytesIO()
    cut.save(content, "PNG")
    return content.getvalue()


def _shown(scan: Scan, plane: int | None, card: ModelCard) -> NDArray[np.uint8]:
    """Eight bits for the eye: a slice through the model's window, else from the darkest to the brightest value."""
    if plane is None:
        pixels = scan.pixels.astype(np.float64)
    else:
        pixels = scan.pixels[min(plane, scan.shape[0] - 1)] * scan.slope + scan.intercept
    low, high = float(pixels.min()), float(pixels.max())
    if plane is not None and card.input.range == "values":
        low, high = card.input.low, card.input.high
    shares = np.clip((pixels - low) / max(high - low, 1e-12), 0.0, 1.0)
    return (255.0 * shares + 0.5).astype(np.uint8)
