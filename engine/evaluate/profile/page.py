"""A profile as a table, as JSON, and as one HTML page with its plots that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from engine.evaluate.interval import Interval
from engine.evaluate.profile.plot import Point, figure_plot
from engine.evaluate.profile.result import Accuracy, Profile, Row
from engine.evaluate.report import RESEARCH, html_page, html_table, html_text, interval_text
from engine.export.finite import finite

HEAD = ("no.", "run time", "effort", "answers", "median ms", "95 % ms", "memory MiB", "GPU MiB")
FIGURES = ("label", "AP50", "AP50:95", "sensitivity", "false", "AP50 change")

_MIB = 1 << 20


def table_of(profile: Profile) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Column names and rows; a row for each way to answer, and for each label where accuracy was measured."""
    if not profile.source:
        return HEAD, [cost_of(number, row) for number, row in enumerate(profile.rows, 1)]
    rows = []
    for number, row in enumerate(profile.rows, 1):
        cost = cost_of(number, row)
        rows += [cost + _figures(one) for one in row.accuracy] or [cost + ("-",) * len(FIGURES)]
    return HEAD + FIGURES, rows


def lines_of(profile: Profile) -> Iterator[dict[str, Any]]:
    """One JSON object a way to answer, then one a way that was left out."""
    told = {"model": profile.model, "source": profile.source or None, "complete": profile.complete}
    for row in profile.rows:
        yield finite(told | asdict(row))
    for one in profile.left_out:
        yield told | {"left_out": one.name, "why_not": one.reason}


def json_of(profile: Profile) -> dict[str, Any]:
    """All of it as one JSON object, but for the timings."""
    held = {name: value for name, value in asdict(profile).items() if name != "timings"}
    told: dict[str, Any] = finite(held | {"at": profile.at.isoformat()})
    return told


def sentences(profile: Profile) -> tuple[str, ...]:
    """What a reader of the table must know."""
    repeats = max((row.speed.answers for row in profile.rows if row.speed), default=0)
    said = [
        f"Each way answered {len(profile.timed)} images, {repeats} answers in turns, with {profile.threads} CPU "
        "threads; reading is part of the time, from files that lie in the system's cache.",
        "Memory is the most that the process held, its program and the pixels included.",
    ]
    if not profile.source:
        said.append("Accuracy was not measured: that needs annotated images, --truth and --images.")
    elif profile.reference:
        said.append(
            f"Changes are against '{profile.reference}' on the same images of {profile.source}, 95 % by group in "
            "brackets."
        )
    if not profile.complete:
        said.append("It was stopped before its end: what is missing was not measured.")
    said += [
        f"{row.name}: the CPU had to stand in ({', '.join(row.stood_in)}), so its figures are not those of the GPU."
        for row in profile.rows
        if row.stood_in
    ]
    said += [
        f"{row.name}: {row.unanswered} images of the set were not answered in full, and count as missed."
        for row in profile.rows
        if row.unanswered
    ]
    return tuple(said)


def html_profile(profile: Profile) -> str:
    """The page's text."""
    title = f"{profile.model}: speed against accuracy"
    head, rows = table_of(profile)
    left_out = [(one.name, one.reason) for one in profile.left_out]
    doubted = [(row.name, row.why_not) for row in profile.rows if row.why_not]
    body = (
        f"<h1>{html_text(title)}</h1><p>Measured {profile.at:%Y-%m-%d %H:%M} UTC. Package {profile.model_hash}. "
        f"{RESEARCH if profile.source else ''}</p>"
        + "".join(f"<p>{html_text(sentence)}</p>" for sentence in sentences(profile))
        + plots(profile)
        + html_table(head, rows)
        + ("<h2>Measured, and not used for answers here</h2>" + html_table(("way", "why"), doubted) if doubted else "")
        + ("<h2>Not measured</h2>" + html_table(("way", "why"), left_out) if left_out else "")
    )
    return html_page(title, body)


def plots(profile: Profile) -> str:
    """Two plots a label, side by side where there is room; nothing without figures."""
    labels = dict.fromkeys(one.label for row in profile.rows for one in row.accuracy)
    drawn = ""
    for label in labels:
        drawn += figure_plot(f"{label}: AP at IoU 0.5", _points(profile, label, "ap_strict"))
        drawn += figure_plot(f"{label}: sensitivity", _points(profile, label, "sensitivity"))
    return drawn


def _points(profile: Profile, label: str, figure: str) -> list[Point]:
    return [
        Point(number, row.answers, row.speed.p50_s, row.speed.p95_s, getattr(one, figure))
        for number, row in enumerate(profile.rows, 1)
        for one in row.accuracy
        if one.label == label and row.speed
    ]


def cost_of(number: int, row: Row) -> tuple[str, ...]:
    """The cells of a row that `HEAD` names."""
    times = (_ms(row.speed.p50_s), _ms(row.speed.p95_s)) if row.speed else ("-", "-")
    memory = ("-" if held is None else f"{held / _MIB:,.0f}" for held in (row.memory_bytes, row.gpu_bytes))
    return (str(number), row.backend, row.effort, "yes" if row.answers else "no", *times, *memory)


def _figures(one: Accuracy) -> tuple[str, ...]:
    values = (one.ap_strict, one.ap_overlaps, one.sensitivity, one.false_per_image)
    return (one.label, *(_value(value) for value in values), _change(one.ap_change))


def _value(interval: Interval) -> str:
    return interval_text(interval).partition(" ")[0]


def _change(interval: Interval | None) -> str:
    if interval is None:
        return "-"
    return f"{interval.value:+.3f} ({interval.low:+.3f} to {interval.high:+.3f})"


def _ms(time_s: float) -> str:
    return f"{time_s * 1000.0:.1f}" if time_s < 1.0 else f"{time_s * 1000.0:,.0f}"
