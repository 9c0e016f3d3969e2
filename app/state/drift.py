"""Weekly means of what is watched, made ready to be drawn: points in a unit square, with the words at its edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.state.words import later

SHARES = frozenset({"answered", "unlike the training", "flagged", "confirmed regions", "scanner", "software", "kernel"})
"""What is watched as a share of the studies; of words that of the commonest one."""

LEAST_SPREAD = 1e-9

WATCHED = {
    "unlike the training": later("unlike the training"),
    "answered": later("answered"),
    "flagged": later("flagged"),
    "regions": later("regions"),
    "best score": later("best score"),
    "seconds": later("seconds"),
    "confirmed regions": later("confirmed regions"),
    "dark": later("dark"),
    "middle": later("middle"),
    "bright": later("bright"),
    "spread": later("spread"),
    "warmth": later("warmth"),
    "noise": later("noise"),
    "edge": later("edge"),
    "sharpness": later("sharpness"),
    "blocks": later("blocks"),
    "distance": later("distance from the training"),
    "pixel_mm": later("pixel size, mm"),
    "slice_mm": later("slice distance, mm"),
    "tube_kv": later("tube voltage, kV"),
    "exposure_mas": later("exposure, mAs"),
    "ctdi_mgy": later("dose (CTDI), mGy"),
    "scanner": later("scanner: the commonest"),
    "software": later("software: the commonest"),
    "kernel": later("kernel: the commonest"),
}
"""What is watched, as the engine names it; another name stands as it is."""


@dataclass(frozen=True, slots=True)
class WeekPlot:
    """One number of one source by week.

    Args:
        points: from the left; x and y from 0 to 1, y upwards.
        low: the value at the bottom, as it is written; empty where all weeks are alike.
        high: the value at the top; empty likewise.
        first: the first week, `2026-W05`.
        last: the last one; the same as the first where there is one alone.
        newest: the value of the last week, as it is written.
        changed_x: where a change was noticed, from 0 to 1; None where none was.
    """

    points: tuple[tuple[float, float], ...]
    low: str
    high: str
    first: str
    last: str
    newest: str
    changed_x: float | None = None


def week_plot(name: str, weeks: Mapping[str, float], since: datetime | None) -> WeekPlot | None:
    """The plot of a number; None where there is none yet.

    Args:
        name: what is watched: shares go from 0 to 100 %, other numbers from the least to the most that there was.
        weeks: means by ISO week, oldest first.
        since: when the study was recorded at which a change was noticed, UTC.
    """
    if not weeks:
        return None
    mondays = [_monday(week) for week in weeks]
    first, days = mondays[0], max((mondays[-1] - mondays[0]).days, 1)
    values = list(weeks.values())
    low, high = (0.0, 1.0) if name in SHARES else (min(values), max(values))
    is_flat = high - low < LEAST_SPREAD

    def x_of(day: date) -> float:
        return 0.5 if len(values) == 1 else min(max((day - first).days / days, 0.0), 1.0)

    def y_of(value: float) -> float:
        return 0.5 if is_flat else min(max((value - low) / (high - low), 0.0), 1.0)

    return WeekPlot(
        points=tuple((x_of(monday), y_of(value)) for monday, value in zip(mondays, values, strict=True)),
        low="" if is_flat else _written(name, low),
        high="" if is_flat else _written(name, high),
        first=next(iter(weeks)),
        last=list(weeks)[-1],
        newest=_written(name, values[-1]),
        changed_x=None if since is None else x_of(_week_of(since)),
    )


def _monday(week: str) -> date:
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _week_of(moment: datetime) -> date:
    year, week, _ = moment.isocalendar()
    return date.fromisocalendar(year, week, 1)


def _written(name: str, value: float) -> str:
    return f"{value:.0%}" if name in SHARES else f"{value:.3g}"
