"""Vessels and airways: trees that grow from the hilum until every part of a lung is fed.

Source: Tawhai, Pullan and Hunter, "Generation of an anatomically based three-dimensional model of the conducting
airways", Annals of Biomedical Engineering 28 (2000): each branch runs towards the middle of the points that it feeds,
which are then divided between its two branches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom.canvas import Floats
from engine.learn.phantom.detours import led_round
from engine.learn.phantom.growth import grow
from engine.learn.phantom.profile import VesselRange, draw_within
from engine.learn.phantom.thorax import BLOOD, LUNG, Thorax, chain

LEAST_AIRWAY_MM = 1.5  # radius of the artery beside it; thinner walls leave no trace in a scan
THICK_VEIN_MM = 1.1  # radius from which a vein evades arteries and airways; they evade none
HILUM_MM = 20.0  # so near to its root a vein may touch them


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """What runs through both lungs; (n, 8) float32 pieces of tubes each: both ends (z, y, x) and both radii, mm."""

    vessels: Floats
    airway_walls: Floats
    airway_lumens: Floats


def draw_trees(thorax: Thorax, ranges: VesselRange, draw: Generator) -> Trees:
    """Arteries, veins and airways of both lungs, with the trachea."""
    habitus = thorax.habitus
    exponent, leaf_mm = draw_within(ranges.exponent, draw), draw_within(ranges.leaf_radius_mm, draw)
    reach, bend = draw_within(ranges.reach, draw), draw_within(ranges.bend, draw)
    vessels: list[Floats] = []
    walls: list[Floats] = []
    carina = np.array([0.62 * habitus.height_mm, 14.0, 0.0])
    for side in (-1.0, 1.0):
        bronchus = np.array([0.55 * habitus.height_mm, 10.0, 25.0 * side])
        for back, up in ((4.0, 4.0), (-9.0, -14.0)):  # the arteries lie behind and above the veins
            root = np.array([0.55 * habitus.height_mm + up, back, 20.0 * side])
            points = _fed(thorax, side, round(draw_within(ranges.leaves, draw)), draw)
            segments, feeds = grow(thorax.placed(root[None])[0], points, (reach, 0.30), draw)
            radii = (leaf_mm * feeds ** (1 / exponent) * np.exp(draw.normal(0, 0.06, len(feeds)))).astype(np.float64)
            tubes = _bent(segments, radii, bend, draw)
            if back > 0:
                walls.append(_beside(thorax, segments, radii, side))
            else:
                tubes = _evading(tubes, np.concatenate([vessels[-1], walls[-1]]), segments[0, :3])
            vessels.append(tubes)
        main = chain(thorax.placed(np.array([carina, bronchus, root])), 6.5, 5.0)
        walls.append(main)
    top = np.array([habitus.height_mm + 40, 2.0, 0.0])
    walls.append(chain(thorax.placed(np.array([top, carina])), 10.0, 9.5))
    wall = np.concatenate(walls)
    lumens = wall.copy()
    lumens[:, 6:] -= 0.25 + 0.13 * wall[:, 6:]
    return Trees(np.concatenate(vessels), wall, lumens)


def _fed(thorax: Thorax, side: float, number: int, draw: Generator) -> NDArray[np.float64]:
    """(number, 3) float64 points of one lung, at least 3 mm from its surface, mm in the scanner's frame."""
    low, high = thorax.lung_corners()
    middle = 0.0
    found = np.empty((0, 3))
    while len(found) < number:
        points = draw.uniform(low, high, (4 * number, 3))
        points = points[(points[:, 2] - middle) * side > 0]
        found = np.concatenate([found, points[thorax.at(LUNG, points) < -3.0]])
    return found[:number]


def _bent(segments: NDArray[np.float64], radii: NDArray[np.float64], bend: float, draw: Generator) -> Floats:
    """Each branch as two pieces that meet a little beside its middle."""
    start, end = segments[:, :3], segments[:, 3:]
    length = np.linalg.norm(end - start, axis=1, keepdims=True)
    middle = (start + end) / 2 + draw.normal(0, bend, start.shape) * length
    radius = radii[:, None]
    first = np.concatenate([start, middle, radius * 1.05, radius], axis=1)
    second = np.concatenate([middle, end, radius, radius * 0.95], axis=1)
    return _short(np.concatenate([first, second]).astype(np.float32))


def _evading(veins: Floats, others: Floats, root: NDArray[np.float64]) -> Floats:
    """The veins of one lung, led round its arteries and airways."""
    near = np.linalg.norm(veins[:, :3] - root, axis=1) < HILUM_MM
    thick = (veins[:, 6] >= THICK_VEIN_MM) & ~near
    fine = np.concatenate([veins[~thick & ~near], _short(veins[thick], 2.0)])
    return np.concatenate([veins[near], led_round(fine, others[others[:, 6] > 0.6], THICK_VEIN_MM)])


def _short(pieces: Floats, most_mm: float = 6.0) -> Floats:
    """The same tubes in pieces of a few mm, so that the box around each is small."""
    length = np.linalg.norm(pieces[:, 3:6] - pieces[:, :3], axis=1)
    parts = np.maximum(np.ceil(length / most_mm), 1).astype(int)
    index = np.repeat(np.arange(len(pieces)), parts)
    place = np.arange(len(index)) - np.repeat(np.cumsum(parts) - parts, parts)
    share0, share1 = place / parts[index], (place + 1) / parts[index]
    whole = pieces[index]
    step, taper = whole[:, 3:6] - whole[:, :3], whole[:, 7] - whole[:, 6]
    return np.concatenate(
        [
            whole[:, :3] + share0[:, None] * step,
            whole[:, :3] + share1[:, None] * step,
            (whole[:, 6] + share0 * taper)[:, None],
            (whole[:, 6] + share1 * taper)[:, None],
        ],
        axis=1,
    ).astype(np.float32)


def _beside(thorax: Thorax, segments: NDArray[np.float64], radii: NDArray[np.float64], side: float) -> Floats:
    """Airways beside the arteries that are thick enough, about as wide as these."""
    wide = radii >= LEAST_AIRWAY_MM
    radius = radii[wide][:, None]
    away = np.array([0.75, 0.15, 0.64 * side]) * (2.05 * radius)
    both = np.concatenate([segments[wide][:, :3] + away, segments[wide][:, 3:] + away, radius, radius], axis=1)
    pieces = _short(both.astype(np.float32))
    return pieces[thorax.at(BLOOD, pieces[:, :3].astype(np.float64)) > 2 + pieces[:, 6]]
