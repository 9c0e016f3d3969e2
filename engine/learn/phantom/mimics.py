"""What is no nodule and looks a little like one: scars, plates, plaques, plugs, haze and emphysema."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom.blob import Blob, draw_lobes, draw_turn, facing, paint
from engine.learn.phantom.canvas import Canvas
from engine.learn.phantom.thorax import LUNG, TONE, Thorax, chain
from engine.learn.phantom.trees import Trees


def add_haze(thorax: Thorax, draw: Generator) -> None:
    """Changes the tone of the lungs: patches of denser lung with wide edges, and emphysema in some people."""
    patches = [(draw.uniform(14, 30), draw.uniform(40, 120)) for _ in range(int(draw.poisson(2.0)))]
    if draw.random() < 0.3:
        patches += [(draw.uniform(4, 9), -60.0) for _ in range(int(draw.integers(10, 60)))]
    for half_mm, gain_hu in patches:
        half = half_mm * draw.uniform(0.7, 1.3, 3)
        blob = Blob(_inside(thorax, 3.0, draw), half, draw_turn(draw), draw_lobes(0.4, draw))
        paint(thorax.fields[TONE], thorax.grid, blob, thorax, (half_mm, gain_hu, True))


def paint_mimics(canvas: Canvas, thorax: Thorax, trees: Trees, draw: Generator) -> None:
    """Scars, plaques, plates and plugs; every one is far longer or wider than thick."""
    for _ in range(int(draw.poisson(3.0))):
        _scar(canvas, thorax, draw)
    for _ in range(int(draw.poisson(2.5))):
        _flat(canvas, thorax, draw, at_pleura=True)
    for _ in range(int(draw.poisson(1.2))):
        _flat(canvas, thorax, draw, at_pleura=False)
    for _ in range(int(draw.poisson(2.5))):
        _plug(canvas, trees, draw)


def _inside(thorax: Thorax, depth_mm: float, draw: Generator) -> NDArray[np.float64]:
    """(3,) a point at least so deep in a lung."""
    low, high = thorax.lung_corners()
    points = draw.uniform(low, high, (400, 3))
    deep = np.flatnonzero(thorax.at(LUNG, points) < -depth_mm)
    point: NDArray[np.float64] = points[deep[0]] if len(deep) else points[thorax.at(LUNG, points).argmin()]
    return point


def _on_pleura(thorax: Thorax, draw: Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A point on the pleura and the direction out of the lung there, (3,) each."""
    point = _inside(thorax, 5.0, draw)[None]
    for _ in range(12):
        point = point - thorax.slope(LUNG, point) * thorax.at(LUNG, point)[:, None]
    return point[0], thorax.slope(LUNG, point)[0]


def _scar(canvas: Canvas, thorax: Thorax, draw: Generator) -> None:
    """Strands that run inwards from the pleura, one to three side by side."""
    start, out = _on_pleura(thorax, draw)
    for _ in range(int(draw.integers(1, 4))):
        way = -out + draw.normal(0, 0.45, 3)
        length = draw.uniform(12, 38)
        points = start + np.outer(np.linspace(-0.05, 1, 5), way / np.linalg.norm(way) * length)
        points[1:] += draw.normal(0, 0.05 * length, (4, 3))
        canvas.tubes(chain(points, draw.uniform(0.6, 1.5), draw.uniform(0.2, 0.5)), draw.uniform(-350, 0))


def _flat(canvas: Canvas, thorax: Thorax, draw: Generator, *, at_pleura: bool) -> None:
    """A plaque on the pleura, or a plate of collapsed lung."""
    if at_pleura:
        centre, out = _on_pleura(thorax, draw)
        thick, wide, hu = draw.uniform(0.8, 1.8), draw.uniform(7, 16), draw.uniform(20, 90)
    else:
        centre, out = _inside(thorax, 8.0, draw), draw_turn(draw)[0]
        thick, wide, hu = draw.uniform(0.6, 1.3), draw.uniform(9, 22), draw.uniform(-250, 20)
    half = np.array([thick, wide, wide * draw.uniform(0.6, 1.0)])
    blob = Blob(centre, half, facing(out, draw), draw_lobes(0.25, draw))
    paint(canvas.hu, canvas.grid, blob, thorax, (0.6, hu, False))


def _plug(canvas: Canvas, trees: Trees, draw: Generator) -> None:
    """An airway filled with mucus: a branch that is thick for the place where it lies."""
    thin = trees.vessels[(trees.vessels[:, 6] > 0.7) & (trees.vessels[:, 6] < 1.3)]
    piece = thin[draw.integers(len(thin))].astype(np.float64)
    way = piece[3:6] - piece[:3]
    way /= max(float(np.linalg.norm(way)), 1e-9)
    length, radius = draw.uniform(11, 20), draw.uniform(1.4, 2.6)
    points = piece[:3] + np.outer(np.linspace(0, length, 4), way)
    points[1:] += draw.normal(0, 0.05 * length, (3, 3))
    canvas.tubes(chain(points, radius, 0.7 * radius), draw.uniform(-20, 60))
    fork = points[2] + np.outer([0.0, 0.4 * length], way + draw.normal(0, 0.5, 3))
    canvas.tubes(chain(fork, 0.85 * radius, 0.5 * radius), draw.uniform(-20, 60))
