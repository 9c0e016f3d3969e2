"""Bones around the lungs: ribs, breastbone, and what stands behind the spine."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom.canvas import Canvas
from engine.learn.phantom.thorax import CHEST_WALL, SPINE_RADIUS_MM, Thorax, chain

RIBS = 12
BONE_HU, MARROW_HU = 620.0, 190.0


def paint_bones(canvas: Canvas, thorax: Thorax, draw: Generator) -> None:
    """Hard shells first, then the marrow within."""
    outlines = [*_ribs(thorax, draw), _breastbone(thorax), *_spine_back(thorax)]
    shell_mm = draw.uniform(1.0, 1.8)
    tubes = [chain(thorax.placed(points), radius, radius) for points, radius in outlines]
    canvas.tubes(np.concatenate(tubes), BONE_HU)
    inner = np.concatenate(tubes)
    inner[:, 6:] -= shell_mm
    canvas.tubes(inner, MARROW_HU)


def _ribs(thorax: Thorax, draw: Generator) -> list[tuple[NDArray[np.float64], float]]:
    """Each rib runs round the cage between muscle and lung and sinks towards its front end."""
    habitus, ribs = thorax.habitus, []
    drop = draw.uniform(0.22, 0.34) * habitus.height_mm
    for index in range(RIBS):
        head_z = (0.02 + 0.088 * index) * habitus.height_mm + 12
        for side in (-1.0, 1.0):
            angle = np.linspace(0.16, 2.35, 26)  # from beside the spine round to the front
            sink = drop * (angle / np.pi) ** 1.2 * (1 - 0.045 * index)
            points = np.column_stack([head_z - sink, np.cos(angle), side * np.sin(angle)])
            ribs.append((_onto_cage(thorax, points, 6.5), float(draw.uniform(4.0, 5.2))))
    return ribs


def _onto_cage(thorax: Thorax, points: NDArray[np.float64], out_mm: float) -> NDArray[np.float64]:
    """Points whose y and x are directions, moved to where the chest wall is `muscle - out_mm` thick; person's frame."""
    habitus = thorax.habitus
    far = np.linspace(0.2, 1.4, 60)
    ring = np.stack([np.ones_like(far), far * habitus.half_depth_mm, far * habitus.half_width_mm], axis=1)
    placed = []
    for point in points:
        ray = point * ring
        depth = thorax.at(CHEST_WALL, thorax.placed(ray)) + habitus.muscle_mm - out_mm
        placed.append(ray[np.abs(depth).argmin()])
    return np.array(placed)


def _breastbone(thorax: Thorax) -> tuple[NDArray[np.float64], float]:
    height = thorax.habitus.height_mm
    points = np.column_stack([np.linspace(0.25, 0.80, 12) * height, np.full(12, -1.0), np.zeros(12)])
    return _onto_cage(thorax, points, 7.0), 6.0


def _spine_back(thorax: Thorax) -> list[tuple[NDArray[np.float64], float]]:
    """Processes behind each vertebra."""
    habitus, parts = thorax.habitus, []
    back = 0.66 * habitus.half_depth_mm + SPINE_RADIUS_MM
    for z in np.arange(-25, habitus.height_mm + 25, 25.0):
        parts.append((np.array([(z, back + 8, 0), (z - 14, back + 32, 0)], float), 3.6))
        for side in (-1.0, 1.0):
            parts.append((np.array([(z, back - 4, 13 * side), (z, back + 10, 6 * side)], float), 4.0))
            parts.append((np.array([(z, back + 4, 10 * side), (z + 3, back + 8, 34 * side)], float), 4.2))
    return parts
