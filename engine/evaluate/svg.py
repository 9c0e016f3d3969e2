"""Plots as SVG text that a page of HTML holds: a frame with its two axes, and the places of values in it."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

INK = "#1d5fa8"

_WIDTH, _HEIGHT = 460.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 14.0, 26.0, 40.0
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """What one side of a plot shows.

    Args:
        low: value at its beginning.
        high: value at its end.
        ticks: values that are written beside it.
        written: how one of them is written.
        name: what it shows; empty writes nothing.
        by_logarithm: equal ratios lie equally far apart.
    """

    low: float
    high: float
    ticks: Sequence[float]
    written: Callable[[float], str]
    name: str = ""
    by_logarithm: bool = False

    def share(self, value: float) -> float:
        """How far along it a value lies, 0..1."""
        if self.by_logarithm:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def share_axis(lows: Sequence[float], highs: Sequence[float], step: float = 0.05) -> Axis:
    """An upright axis for shares, as long as is needed for what lies between these values."""
    low = math.floor(min(lows) / step + 1e-9) * step
    steps = max(1, math.ceil((max(highs) - low) / step - 1e-9))
    each = math.ceil(steps / _MOST_TICKS)
    return Axis(low, low + steps * step, [low + number * step for number in range(0, steps + 1, each)], "{:.2f}".format)


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot in the making.

    Args:
        title: above it, and what is read aloud.
        across: the axis below.
        upright: the axis on the left.
    """

    title: str
    across: Axis
    upright: Axis

    def x(self, value: float) -> float:
        """Of a value across."""
        return _LEFT + self.across.share(value) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        """Of an upright one."""
        return _HEIGHT - _BOTTOM - self.upright.share(value) * (_HEIGHT - _BOTTOM - _TOP)

    def line(self, points: Sequence[tuple[float, float]], style: str = "") -> str:
        """A line through some values."""
        way = "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in points)
        return f'<path d="M{way}" stroke="{INK}" fill="none"{style}/>'

    def dot(self, x: float, y: float) -> str:
        """A small one at a value."""
        return f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="3" fill="{INK}"/>'

    def drawn(self, marks: str) -> str:
        """The whole plot with what was drawn into it."""
        title = html.escape(self.title)
        return (
            f'<svg viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" role="img" '
            f'font-family="system-ui, sans-serif" font-size="11"><title>{title}</title>'
            f'<text x="{_LEFT:g}" y="15" font-weight="600">{title}</text>{self._axes()}{marks}</svg>'
        )

    def _axes(self) -> str:
        floor, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
        parts = [f'<path d="M{_LEFT:g} {_TOP:g}V{floor:g}H{right:g}" fill="none" stroke="#444"/>']
        parts += [
            f'<path d="M{_LEFT:g} {self.y(tick):.1f}H{right:g}" stroke="#ddd"/>'
            f'<text x="{_LEFT - 6:g}" y="{self.y(tick) + 4:.1f}" text-anchor="end">{self.upright.written(tick)}</text>'
            for tick in self.upright.ticks
        ]
        parts += [
            f'<path d="M{self.x(tick):.1f} {floor:g}v4" stroke="#444"/>'
            f'<text x="{self.x(tick):.1f}" y="{floor + 16:g}" text-anchor="middle">{self.across.written(tick)}</text>'
            for tick in self.across.ticks
        ]
        middle, foot = (_LEFT + right) / 2, _HEIGHT - 8.0
        parts.append(f'<text x="{middle:g}" y="{foot:g}" text-anchor="middle">{html.escape(self.across.name)}</text>')
        return "".join(parts)
