"""The two curves of an evaluation's page: sensitivity against false regions, and what scores are worth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.evaluate.calibration import Calibration
from engine.evaluate.figures import Figures
from engine.evaluate.overall import Overall
from engine.evaluate.svg import Axis, Frame, share_axis

_DASHED = ' stroke-dasharray="4 4"'
_FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def froc_plot(found: Figures | Overall, levels: Sequence[float], noun: str) -> str:
    """Sensitivity over the false regions that are allowed, which are drawn by their logarithm, with its intervals.

    Args:
        found: one point of the curve a level; the shipped threshold is drawn as crossing lines where it lies within.
        levels: most false regions an image.
        noun: what an image of the set is called.
    """
    values, shipped = [point.sensitivity for point in found.curve], found.at
    if not all(map(math.isfinite, values)):
        return ""
    lows = [one.low for one in found.curve_intervals]
    across = Axis(levels[0], levels[-1], levels, "{:g}".format, f"false regions for each {noun}", by_logarithm=True)
    frame = Frame(
        "Sensitivity against false regions (FROC)",
        across,
        share_axis([*values, *lows, shipped.sensitivity], [1.0], 0.1),
    )
    points = list(zip(levels, values, strict=True))
    marks = frame.line(points) + "".join(frame.dot(x, y) for x, y in points)
    for level, limits in zip(levels, found.curve_intervals, strict=True):
        marks += frame.line([(level, limits.low), (level, limits.high)])
    if levels[0] <= shipped.false_per_image <= levels[-1]:
        at = shipped.false_per_image
        marks += frame.line([(at, frame.upright.low), (at, frame.upright.high)], _DASHED)
        marks += frame.line([(levels[0], shipped.sensitivity), (levels[-1], shipped.sensitivity)], _DASHED)
    return frame.drawn(marks)


def calibration_plot(found: Calibration) -> str:
    """Share of the regions that are right over their score, with exact limits; on the dashed line both are equal."""
    if not found.bins:
        return ""
    across = Axis(0.0, 1.0, _FIFTHS, "{:.1f}".format, "score")
    frame = Frame("Share of regions that are right", across, Axis(0.0, 1.0, _FIFTHS, "{:.1f}".format))
    marks = frame.line([(0.0, 0.0), (1.0, 1.0)], _DASHED)
    for one in found.bins:
        marks += frame.line([(one.score, one.right.low), (one.score, one.right.high)])
        marks += frame.dot(one.score, one.right.value)
    return frame.drawn(marks)
