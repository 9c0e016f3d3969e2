"""How one tree grows: the points that a branch feeds are divided between its two branches, down to single points."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from kernels.compiled import kernel

Doubles = NDArray[np.float64]

LARGEST_TURN = 0.45  # cosine of the sharpest angle between a branch and the one it comes from


def grow(
    root_mm: Doubles, points_mm: Doubles, shape: tuple[float, float], draw: Generator
) -> tuple[Doubles, NDArray[np.int64]]:
    """Grows a tree.

    Args:
        root_mm: (3,) float64, where it begins.
        points_mm: (n, 3) float64, what is to be fed.
        shape: share of the way to the middle of its points that a branch runs, and how unequally they are divided.
        draw: the source of chance.

    Returns:
        (m, 6) float64 branches, start and end, and (m,) int64 how many points each feeds.
    """
    number = len(points_mm)
    segments, feeds = np.empty((2 * number, 6)), np.empty(2 * number, np.int64)
    chances = draw.normal(0, 1, (2 * number, 4))
    count = grow_branches(root_mm, points_mm.copy(), np.array(shape), chances, segments, feeds)
    return segments[:count], feeds[:count]


@kernel
def grow_branches(
    root: Doubles, points: Doubles, shape: Doubles, chances: Doubles, segments: Doubles, feeds: NDArray[np.int64]
) -> int:
    """Fills `segments` and `feeds` and returns how many there are; `points` are put into another order."""
    starts = np.empty((len(segments) + 1, 3))
    ways = np.zeros((len(segments) + 1, 3))
    spans = np.empty((len(segments) + 1, 2), np.int64)
    starts[0], spans[0, 0], spans[0, 1] = root, 0, len(points)
    waiting, count = 1, 0
    while waiting > 0 and count < len(segments):
        waiting -= 1
        start, way = starts[waiting].copy(), ways[waiting].copy()
        low, high = spans[waiting, 0], spans[waiting, 1]
        middle = middle_of(points, low, high)
        share = 0.92 if high - low == 1 else shape[0]
        end = start + share * turned(middle - start, way)
        segments[count, :3], segments[count, 3:], feeds[count] = start, end, high - low
        ahead = end - start
        normal = across(points, low, high, middle, ahead, chances[count])
        count += 1
        if high - low < 2:
            continue
        offset = shape[1] * chances[count - 1, 3] * spread(points, low, high, middle, normal)
        cut = divide(points, low, high, normal, dot(normal, middle) + offset)
        for first, last in ((low, cut), (cut, high)):
            if last > first:
                starts[waiting], ways[waiting] = end, ahead
                spans[waiting, 0], spans[waiting, 1] = first, last
                waiting += 1
    return count


@kernel
def dot(first: Doubles, second: Doubles) -> float:
    """Of two vectors of three; NumPy's own would ask Numba for SciPy."""
    return float(first[0] * second[0] + first[1] * second[1] + first[2] * second[2])


@kernel
def middle_of(points: Doubles, low: int, high: int) -> Doubles:
    """(3,) the mean of some points."""
    total = np.zeros(3)
    for index in range(low, high):
        total += points[index]
    return total / (high - low)


@kernel
def turned(wish: Doubles, way: Doubles) -> Doubles:
    """The wished step, bent back where it would leave the way it comes from too sharply; as long as before."""
    length, before = math.sqrt(dot(wish, wish)), math.sqrt(dot(way, way))
    if before == 0 or length == 0:
        return wish
    ahead = way / before
    along = dot(wish, ahead) / length
    if along >= LARGEST_TURN:
        return wish
    aside = wish / length - along * ahead
    size = max(math.sqrt(dot(aside, aside)), 1e-9)
    return length * (LARGEST_TURN * ahead + math.sqrt(1 - LARGEST_TURN**2) * aside / size)


@kernel
def across(points: Doubles, low: int, high: int, middle: Doubles, ahead: Doubles, chance: Doubles) -> Doubles:
    """(3,) unit vector across the branch along which its points spread most, found by three power steps."""
    unit = ahead / max(math.sqrt(dot(ahead, ahead)), 1e-9)
    normal = chance[:3].copy()
    for _ in range(3):
        total = np.zeros(3)
        for index in range(low, high):
            away = points[index] - middle
            total += dot(away, normal) * away
        normal = total + 1e-6 * chance[:3]
        normal -= dot(normal, unit) * unit
        normal /= max(math.sqrt(dot(normal, normal)), 1e-12)
    return normal


@kernel
def spread(points: Doubles, low: int, high: int, middle: Doubles, normal: Doubles) -> float:
    """Standard deviation of some points along a direction."""
    total = 0.0
    for index in range(low, high):
        total += dot(points[index] - middle, normal) ** 2
    return math.sqrt(total / (high - low))


@kernel
def divide(points: Doubles, low: int, high: int, normal: Doubles, level: float) -> int:
    """Puts the points on the lower side of a plane first and returns where the others begin; neither side is empty."""
    cut = low
    for index in range(low, high):
        if dot(points[index], normal) < level:
            kept = points[cut].copy()
            points[cut] = points[index]
            points[index] = kept
            cut += 1
    return min(max(cut, low + 1), high - 1)
