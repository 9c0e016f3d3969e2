"""Measures in words: rounded for people, with the unit as it is read."""

from __future__ import annotations

from app.state.words import later
from engine.domain.region import Measure

NAMES = {
    "longest diameter": later("Longest diameter"),
    "volume": later("Volume"),
    "mean": later("Mean"),
    "standard deviation": later("Standard deviation"),
}
"""Of the measures, as a person reads them; translated where shown."""

UNITS = {"mm2": "mm²", "mm3": "mm³", "[hnsf'U]": "HU", "1": ""}
"""UCUM codes that people write otherwise."""

WHOLE_FROM = 100.0
"""Larger values are shown without decimals."""


def measured(measure: Measure) -> str:
    """The value with its unit: `8.4 mm`, `1,240 mm³`, `-34 HU`."""
    decimals = 0 if abs(measure.value) >= WHOLE_FROM or measure.unit == "[hnsf'U]" else 1
    value = f"{measure.value:,.{decimals}f}"
    return f"{'0' if value == '-0' else value} {UNITS.get(measure.unit, measure.unit)}".strip()


def size_of(measures: tuple[Measure, ...]) -> Measure | None:
    """The measure that says how large a region is: its first length."""
    return next((measure for measure in measures if measure.unit == "mm"), None)
