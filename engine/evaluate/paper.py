"""An evaluation on paper: the figures, subgroups and cautions of the HTML page, with the same pictures, as PDF."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime

from PIL import Image

from engine.domain.model_card import ModelCard
from engine.evaluate.gallery import SIDE_PX, Plate
from engine.evaluate.overall import Together
from engine.evaluate.report import (
    RESEARCH,
    LabelReport,
    curve_rows,
    figure_rows,
    interval_text,
    number_text,
    together_rows,
)
from engine.export.pdf import Page

_ROW_PT = 11.0
"""Height of a line of a table, as `Page.table` draws it at its own size."""

_HEAD_PT = 24.0
_SHEET_PT = 300.0
_ACROSS = 6
_GAP_PX = 6


def pdf_report(
    card: ModelCard,
    effort: str,
    source: str,
    labels: Sequence[LabelReport],
    at: datetime,
    together: Together | None = None,
) -> bytes:
    """The document; arguments as `engine.evaluate.report.html_report`."""
    foot = f"{card.name}, package {card.hash[:16]}, measured {at:%Y-%m-%d %H:%M} UTC"
    page = Page(f"{card.name} on {source}")
    page.heading(f"{card.name} on {source}")
    page.facts([("effort", effort), ("measured", f"{at:%Y-%m-%d %H:%M} UTC"), ("package", card.hash), ("", RESEARCH)])
    if together is not None:
        page.heading("All labels together", 12.0)
        paged_table(page, ("figure", "value"), together_rows(together), foot)
    for number, one in enumerate(labels):
        if number:
            page.turn(foot)
        _label(page, one, foot)
    return page.close(foot)


def _label(page: Page, one: LabelReport, foot: str) -> None:
    at = one.figures.at
    page.heading(f"{one.label}: {at.findings} findings in {at.images} images", 12.0)
    if one.cautions:
        page.facts([("not shown", caution) for caution in one.cautions])
    paged_table(page, ("figure", "value"), figure_rows(one), foot)
    for point in (*((one.point,) if one.point else ()), *one.kept):
        reached = f"threshold {point.at.threshold:.4f}, sensitivity {interval_text(point.sensitivity)}"
        page.facts([(point.requirement, f"{reached}, false regions an image {interval_text(point.false_per_image)}")])
    paged_table(page, ("false regions an image", "sensitivity"), curve_rows(one.figures), foot)
    parts = [
        (
            part.column,
            part.value,
            str(part.images),
            str(part.findings),
            interval_text(part.sensitivity) + ("" if part.enough else " (too few)"),
            number_text(part.false_per_image),
        )
        for part in one.parts
    ]
    paged_table(page, ("by", "part", "images", "findings", "sensitivity", "false an image"), parts, foot)
    bins = [
        (f"{some.low:.1f} to {some.high:.1f}", str(some.regions), f"{some.score:.3f}", interval_text(some.right))
        for some in one.calibration.bins
    ]
    paged_table(page, ("score", "regions", "mean score", "share that is right"), bins, foot)
    for sort, title in (("missed", "Missed findings"), ("false", "False alarms")):
        _plates(page, title, [plate for plate in one.plates if plate.sort == sort and plate.png], foot)


def paged_table(page: Page, head: Sequence[str], rows: Sequence[Sequence[str]], foot: str) -> None:
    """A table, on as many pages as it takes."""
    left = list(rows)
    while left:
        room = int((page.left_pt - _HEAD_PT) / _ROW_PT)
        if room < min(3, len(left)):
            page.turn(foot)
            continue
        page.table(head, left[:room])
        left = left[room:]


def _plates(page: Page, title: str, plates: Sequence[Plate], foot: str) -> None:
    """The pictures of one sort on one sheet, read row by row, with what they are below."""
    if not plates:
        return
    pictures = [Image.open(io.BytesIO(plate.png)).convert("RGB") for plate in plates]
    down = math.ceil(len(pictures) / _ACROSS)
    side = SIDE_PX + _GAP_PX
    sheet = Image.new("RGB", (min(len(pictures), _ACROSS) * side, down * side), "white")
    for number, picture in enumerate(pictures):
        picture.thumbnail((SIDE_PX, SIDE_PX))
        sheet.paste(picture, (number % _ACROSS * side, number // _ACROSS * side))
    if page.left_pt < _SHEET_PT:
        page.turn(foot)
    page.heading(title, 10.0)
    page.picture(sheet, _SHEET_PT - 120.0)
    paged_table(
        page,
        ("picture", "image", "score"),
        [(str(number), plate.image, f"{plate.score:.2f}") for number, plate in enumerate(plates, 1)],
        foot,
    )
