"""Nodules: drawn by kind, size and place, painted, and written down as truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom.blob import Blob, draw_blob, draw_turn, paint, sized
from engine.learn.phantom.canvas import Canvas, Floats
from engine.learn.phantom.thorax import LUNG, Thorax, chain
from engine.learn.phantom.trees import Trees

Kind = Literal["solid", "part-solid"]
Place = Literal["free", "pleura", "vessel"]
Extent = tuple[NDArray[np.float64], NDArray[np.float64], float]
"""The corners (z, y, x) in mm of a true box, and the true volume in mm3."""

PLACES: tuple[Place, ...] = ("free", "free", "free", "free", "pleura", "vessel")
PART_SOLID_SHARE = 0.42
APART_MM = 12.0
TRIES = 4000


@dataclass(frozen=True, slots=True, eq=False)
class Nodule:
    """One nodule as it truly is.

    Args:
        diameter_mm: of the ball with the volume of the whole shape.
        hu: of it, of its ground part where part-solid.
        core: the solid part within a part-solid one; None has none.
        soft_mm: width of its edge.
        spikes: (n, 8) float32, thin strands around it, not counted to its extent.
    """

    kind: Kind
    place: Place
    diameter_mm: float
    hu: float
    blob: Blob
    core: Blob | None
    core_hu: float
    soft_mm: float
    spikes: Floats


def draw_nodules(number: int, thorax: Thorax, trees: Trees, draw: Generator) -> tuple[Nodule, ...]:
    """So many nodules, none closer to another than 12 mm."""
    nodules: list[Nodule] = []
    for _ in range(number):
        diameter = draw_diameter(draw)
        place = PLACES[int(draw.choice(len(PLACES)))]
        for centre in _centres(place, diameter / 2, thorax, trees, draw):
            near = [
                float(np.linalg.norm(other.blob.centre_mm - centre)) - (other.diameter_mm + diameter) / 2
                for other in nodules
            ]
            if min(near, default=APART_MM) >= APART_MM:
                nodules.append(_nodule(centre, diameter, place, draw))
                break
    return tuple(nodules)


def draw_diameter(draw: Generator) -> float:
    """4..20 mm, half of them below 8."""
    low, high = (4.0, 8.0) if draw.random() < 0.5 else (8.0, 20.0)
    return float(np.exp(draw.uniform(np.log(low), np.log(high))))


def _centres(place: Place, radius: float, thorax: Thorax, trees: Trees, draw: Generator) -> NDArray[np.float64]:
    """(n, 3) float64, places where such a nodule may lie, in the order drawn."""
    if place == "vessel":
        thick = trees.vessels[(trees.vessels[:, 6] > 0.7) & (trees.vessels[:, 6] < 2.6)]
        pieces = thick[draw.integers(len(thick), size=TRIES // 10)].astype(np.float64)
        way = draw.normal(size=(len(pieces), 3))
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        points = pieces[:, :3] + way * (0.75 * radius + pieces[:, 6:7])
        return points[thorax.at(LUNG, points) < -(radius + 1.5)]
    low, high = thorax.lung_corners()
    points = draw.uniform(low, high, (TRIES, 3))
    depth = thorax.at(LUNG, points)
    if place == "free":
        points = points[depth < -(radius + 2.0)]
        clear = [_gap(trees.vessels, point) > radius + 0.3 for point in points[: TRIES // 40]]
        kept: NDArray[np.float64] = points[: TRIES // 40][clear]
        return kept
    shell = points[(depth < 0) & (depth > -15)]
    wished = radius * draw.uniform(0.35, 0.80, len(shell))
    for _ in range(3):  # onto the pleura, along the slope of a field that is no exact distance
        shell = shell - thorax.slope(LUNG, shell) * (thorax.at(LUNG, shell) + wished)[:, None]
    # Towards the chest wall or a fissure-free flank: the middle holds vessels as thick as a nodule.
    good = (np.abs(thorax.at(LUNG, shell) + wished) < 0.4) & (np.abs(shell[:, 2]) > 35)
    return shell[good]


def _gap(pieces: Floats, point: NDArray[np.float64]) -> float:
    """Distance from a point to the nearest vessel of 0.9 mm radius or more."""
    thick = pieces[pieces[:, 6] > 0.9]
    near = thick[np.abs(thick[:, :3] - point).max(axis=1) < 25].astype(np.float64)
    if len(near) == 0:
        return 25.0
    to = near[:, 3:6] - near[:, :3]
    along = ((point - near[:, :3]) * to).sum(axis=1) / np.maximum((to * to).sum(axis=1), 1e-9)
    nearest = near[:, :3] + np.clip(along, 0, 1)[:, None] * to
    return float((np.linalg.norm(point - nearest, axis=1) - near[:, 6]).min())


def _nodule(centre: NDArray[np.float64], diameter: float, place: Place, draw: Generator) -> Nodule:
    half = np.array([draw.uniform(0.9, 1.5), draw.uniform(0.8, 1.15), 1.0])
    blob = sized(draw_blob(centre, half, draw.uniform(0.1, 0.45), draw), diameter)
    none = np.empty((0, 8), np.float32)
    if draw.random() >= PART_SOLID_SHARE:
        hu = float(np.clip(draw.normal(25, 45), -100, 150))
        spikes = _spikes(blob, draw) if diameter > 8 and draw.random() < 0.4 else none
        return Nodule("solid", place, diameter, hu, blob, None, hu, draw.uniform(0.3, 0.9), spikes)
    ground = draw.uniform(-650, -200)
    core = None
    if draw.random() < 0.6:
        shift = draw.normal(0, 0.12 * diameter, 3)
        core = sized(draw_blob(centre + shift, half, 0.2, draw), diameter * draw.uniform(0.25, 0.55))
    return Nodule(
        "part-solid", place, diameter, ground, blob, core, draw.uniform(-80, 60), draw.uniform(0.6, 1.6), none
    )


def _spikes(blob: Blob, draw: Generator) -> Floats:
    """Strands that run from a nodule into the lung around it."""
    pieces = []
    for _ in range(int(draw.integers(4, 12))):
        way = draw_turn(draw)[0]
        start, length = blob.half_mm.mean() * 0.8, draw.uniform(2, 6)
        points = blob.centre_mm + np.outer([start, start + length], way)
        pieces.append(chain(points, draw.uniform(0.3, 0.6), 0.15))
    return np.concatenate(pieces)


def paint_nodule(canvas: Canvas, nodule: Nodule, thorax: Thorax) -> None:
    """Paints a nodule within the lung; where it reaches the pleura it ends there."""
    canvas.tubes(nodule.spikes, -100.0)
    paint(canvas.hu, canvas.grid, nodule.blob, thorax, (nodule.soft_mm, nodule.hu, False))
    if nodule.core is not None:
        paint(canvas.hu, canvas.grid, nodule.core, thorax, (nodule.soft_mm, nodule.core_hu, False))


def extent_mm(nodule: Nodule, thorax: Thorax) -> Extent:
    """What of a nodule lies within the lung."""
    reach, number = nodule.blob.reach_mm, 61
    side = np.linspace(-reach, reach, number)
    points = np.stack(np.meshgrid(side, side, side, indexing="ij"), axis=-1).reshape(-1, 3) + nodule.blob.centre_mm
    points = points[nodule.blob.distance(points) < 0]
    points = points[thorax.at(LUNG, points) < 0]
    pitch = side[1] - side[0]
    return points.min(axis=0) - pitch / 2, points.max(axis=0) + pitch / 2, float(len(points) * pitch**3)
