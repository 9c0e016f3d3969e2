"""An evaluation as one HTML page that needs nothing beside it: figures, subgroups, calibration, and what went wrong."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.domain.model_card import ModelCard
from engine.evaluate.calibration import Calibration
from engine.evaluate.curves import calibration_plot, froc_plot
from engine.evaluate.figures import Figures
from engine.evaluate.froc import FALSE_REGIONS, OperatingPoint
from engine.evaluate.gallery import Plate
from engine.evaluate.interval import Interval
from engine.evaluate.operating import ChosenPoint
from engine.evaluate.overall import Together
from engine.evaluate.subgroups import Part

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; margin: .6rem 0 1.4rem; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .8rem .25rem 0; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.caution { border-left: 4px solid #b36b00; padding: .3rem .8rem; background: #fff6e5; }
figure { display: inline-block; margin: 0 .8rem .8rem 0; max-width: 210px; vertical-align: top; }
figcaption { font-size: 12px; overflow-wrap: anywhere; }
svg { display: block; margin: .6rem 0; max-width: 100%; }
@media print { body { margin: 0; } figure, svg, table { break-inside: avoid; } }
"""


RESEARCH = "Intervals are 95 %, drawn by group. Figures of research software: no diagnosis is made of them."


@dataclass(frozen=True, slots=True)
class LabelReport:
    """Everything about one label.

    Args:
        label: the class.
        figures: at the shipped threshold.
        ap_overlaps: AP at 0.5:0.95.
        precision: share of the regions that are right.
        calibration: of the scores.
        parts: subgroups, the worst first.
        cautions: what the figures do not show.
        with_unsure: the same with what lies between the model's two thresholds.
        plates: what went wrong.
        point: chosen for a requirement; None where none was stated.
        kept: what the thresholds that were chosen before give on this set.
    """

    label: str
    figures: Figures
    ap_overlaps: Interval
    precision: Interval
    calibration: Calibration
    parts: tuple[Part, ...]
    cautions: tuple[str, ...]
    with_unsure: OperatingPoint
    plates: tuple[Plate, ...] = ()
    point: ChosenPoint | None = None
    kept: tuple[ChosenPoint, ...] = ()


def html_report(
    card: ModelCard,
    effort: str,
    source: str,
    labels: Sequence[LabelReport],
    at: datetime,
    together: Together | None = None,
) -> str:
    """The page's text.

    Args:
        card: the model.
        effort: its work variant.
        source: what names the set.
        labels: one for each of the model's.
        at: when it was measured, UTC.
        together: all labels, where there are several.
    """
    title = f"{card.name} on {source}"
    head = (
        f"<h1>{html_text(title)}</h1><p>Effort {html_text(effort)}, measured {at:%Y-%m-%d %H:%M} UTC. "
        f"Package {card.hash}. {RESEARCH}</p>"
    )
    body = head + _together(together) + "".join(map(_label, labels))
    return html_page(title, body)


def html_page(title: str, body: str) -> str:
    """A whole page in the style of the reports; the body is HTML."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html_text(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _together(together: Together | None) -> str:
    if together is None:
        return ""
    at = together.figures.at
    return (
        f"<h2>All labels together</h2><p>{at.images} images with {at.findings} findings.</p>"
        f"{froc_plot(together.figures, FALSE_REGIONS, 'image')}"
        f"{html_table(('figure', 'value'), together_rows(together))}"
    )


def together_rows(together: Together) -> list[tuple[str, str]]:
    """Names and values of the figures of all labels, each with its interval."""
    one, at = together.figures, together.figures.at
    return [
        ("mAP at IoU 0.5", interval_text(one.mean_ap_strict)),
        ("mAP at IoU 0.5:0.95", interval_text(together.ap_overlaps)),
        (f"mAP at IoU {one.hit_iou:g}", interval_text(one.mean_ap)),
        (f"sensitivity at {at.threshold:.3f}", f"{interval_text(one.sensitivity)}, {at.found} of {at.findings}"),
        ("false regions an image", f"{interval_text(one.false_per_image)}, {at.false_regions}"),
        ("precision", interval_text(one.precision)),
        ("F score", interval_text(one.f_score)),
        ("images without findings marked", f"{interval_text(one.clean_marked)}, {at.clean_marked} of {at.clean}"),
    ]


def curve_rows(found: Figures) -> list[tuple[str, str]]:
    """False regions an image and sensitivity of each point of the FROC, with its interval."""
    both = zip(found.curve, found.curve_intervals, strict=True)
    return [(number_text(point.false_per_image), interval_text(sensitivity)) for point, sensitivity in both]


def _label(one: LabelReport) -> str:
    at = one.figures.at
    said = "".join(f'<p class="caution">{html_text(caution)}</p>' for caution in one.cautions)
    return (
        f"<h2>{html_text(one.label)}</h2><p>{at.images} images with {at.findings} findings.</p>{said}"
        f"{html_table(('figure', 'value'), figure_rows(one))}{_point(one.point)}{_kept(one.kept)}"
        f"<h3>Sensitivity at false regions an image</h3>"
        f"{froc_plot(one.figures, FALSE_REGIONS, 'image')}"
        f"{html_table(('false regions', 'sensitivity'), curve_rows(one.figures))}"
        f"<h3>Subgroups, the worst first</h3>{_parts(one.parts)}"
        f"<h3>Calibration</h3>{calibration_plot(one.calibration)}{_calibration(one.calibration)}{_plates(one.plates)}"
    )


def figure_rows(one: LabelReport) -> list[tuple[str, str]]:
    """Names and values of a label's figures, each with its interval."""
    at = one.figures.at
    return [
        ("AP at IoU 0.5", interval_text(one.figures.ap_strict)),
        ("AP at IoU 0.5:0.95", interval_text(one.ap_overlaps)),
        (f"AP at IoU {one.figures.hit_iou:g}", interval_text(one.figures.ap)),
        (
            f"sensitivity at {at.threshold:.3f}",
            f"{interval_text(one.figures.sensitivity)}, {at.found} of {at.findings}",
        ),
        ("false regions an image", f"{interval_text(one.figures.false_per_image)}, {at.false_regions}"),
        ("precision", interval_text(one.precision)),
        (
            "images without findings marked",
            f"{interval_text(one.figures.clean_marked)}, {at.clean_marked} of {at.clean}",
        ),
        (f"with the unsure regions, from {one.with_unsure.threshold:.3f}", _with_unsure(one.with_unsure)),
        ("calibration error", number_text(one.calibration.error)),
    ]


def _with_unsure(at: OperatingPoint) -> str:
    return f"sensitivity {number_text(at.sensitivity)}, false regions an image {number_text(at.false_per_image)}"


def _point(point: ChosenPoint | None) -> str:
    if point is None:
        return ""
    return (
        f"<p>For {html_text(point.requirement)}: threshold {point.at.threshold:.4f}, sensitivity "
        f"{interval_text(point.sensitivity)}, false regions an image {interval_text(point.false_per_image)}. Chosen on "
        "this set: another will show less.</p>"
    )


def _kept(points: Iterable[ChosenPoint]) -> str:
    rows = [
        (
            point.requirement,
            f"{point.at.threshold:.4f}",
            interval_text(point.sensitivity),
            interval_text(point.false_per_image),
        )
        for point in points
    ]
    return html_table(("chosen before for", "threshold", "sensitivity", "false an image"), rows) if rows else ""


def _parts(parts: Iterable[Part]) -> str:
    rows = [
        (
            part.column,
            part.value,
            str(part.images),
            str(part.findings),
            interval_text(part.sensitivity) + ("" if part.enough else " (too few findings)"),
            number_text(part.false_per_image),
        )
        for part in parts
    ]
    return html_table(("by", "part", "images", "findings", "sensitivity", "false an image"), rows)


def _calibration(found: Calibration) -> str:
    rows = [
        (f"{one.low:.1f} to {one.high:.1f}", str(one.regions), f"{one.score:.3f}", interval_text(one.right))
        for one in found.bins
    ]
    return html_table(("score", "regions", "mean score", "share that is right"), rows)


def _plates(plates: Sequence[Plate]) -> str:
    page = ""
    for sort, title in (("missed", "Missed"), ("false", "False alarms")):
        some = [plate for plate in plates if plate.sort == sort]
        page += f"<h3>{title}, {len(some)} shown</h3>" + "".join(map(_plate, some))
    return page if plates else ""


def _plate(plate: Plate) -> str:
    source = f"data:image/png;base64,{base64.b64encode(plate.png).decode('ascii')}"
    what = "missed finding" if plate.sort == "missed" else "false alarm"
    picture = f'<img alt="{what}" src="{source}">' if plate.png else "<p>not readable</p>"
    return f"<figure>{picture}<figcaption>{html_text(plate.image)}, score {plate.score:.2f}</figcaption></figure>"


def html_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of plain texts."""
    titles = "".join(f"<th>{html_text(title)}</th>" for title in head)
    lines = "".join("<tr>" + "".join(f"<td>{html_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{titles}</tr>{lines}</table>"


def interval_text(interval: Interval) -> str:
    """A value with its interval; a dash where there is none."""
    if math.isnan(interval.value):
        return "-"
    return f"{interval.value:.3f} ({number_text(interval.low)} to {number_text(interval.high)})"


def number_text(value: float) -> str:
    """A figure as the reports write it."""
    return "-" if math.isnan(value) else f"{value:.3f}"


def html_text(text: str) -> str:
    """Plain text within HTML."""
    return html.escape(text)
