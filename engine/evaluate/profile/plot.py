"""Speed against accuracy as a picture: one numbered point a way to answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluate.interval import Interval
from engine.evaluate.svg import INK, Axis, Frame, share_axis

_RADIUS = 9.0
_ROUND = (1.0, 2.0, 5.0)
_ROOM = 1.15
"""By so much the axis of time goes beyond the points."""


@dataclass(frozen=True, slots=True)
class Point:
    """One way to answer.

    Args:
        number: its row in the table.
        answers: whether studies are answered this way here; drawn filled.
        time_s: median of an answer.
        late_s: 95 % take no longer.
        figure: with its interval.
    """

    number: int
    answers: bool
    time_s: float
    late_s: float
    figure: Interval

    @property
    def limits(self) -> tuple[float, float]:
        """The ends of the interval; the figure itself where there is none."""
        known = math.isfinite(self.figure.low) and math.isfinite(self.figure.high)
        return (self.figure.low, self.figure.high) if known else (self.figure.value, self.figure.value)


def figure_plot(title: str, points: Sequence[Point]) -> str:
    """A figure over the time of an answer, which is drawn by its logarithm; whiskers to the 95 % quantile and along
    the interval. Higher and further left is better.
    """
    drawn = [point for point in points if math.isfinite(point.figure.value)]
    if not drawn:
        return ""
    lows, highs = zip(*(point.limits for point in drawn), strict=True)
    frame = Frame(title, _times(drawn), share_axis(lows, highs))
    whiskers = (_whiskers(frame, point) for point in drawn)
    return frame.drawn("".join((*whiskers, *(_mark(frame, point) for point in drawn))))


def _times(points: Sequence[Point]) -> Axis:
    """With 1, 2 and 5 of each power of ten beside it, or its ends where none of them lies there."""
    first_s = min(point.time_s for point in points) / _ROOM
    last_s = max(point.late_s for point in points) * _ROOM
    powers = range(math.floor(math.log10(first_s)), math.ceil(math.log10(last_s)) + 1)
    round_s = [tick * 10.0**power for power in powers for tick in _ROUND]
    ticks = [time_s for time_s in round_s if first_s <= time_s <= last_s] or [first_s, last_s]
    return Axis(first_s, last_s, ticks, _time, "time of an answer", by_logarithm=True)


def _whiskers(frame: Frame, point: Point) -> str:
    low, high = point.limits
    late = frame.line([(point.time_s, point.figure.value), (point.late_s, point.figure.value)])
    return late + frame.line([(point.time_s, low), (point.time_s, high)])


def _mark(frame: Frame, point: Point) -> str:
    x, y = frame.x(point.time_s), frame.y(point.figure.value)
    fill, ink = (INK, "#fff") if point.answers else ("#fff", INK)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS:g}" fill="{fill}" stroke="{INK}"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" fill="{ink}">{point.number}</text>'
    )


def _time(time_s: float) -> str:
    return f"{time_s * 1000.0:.3g} ms" if time_s < 1.0 else f"{time_s:.3g} s"
