"""One simulated scan, from its seed to its voxels: the way through this package."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from engine.learn.phantom.canvas import Canvas
from engine.learn.phantom.chest_wall import paint_bones
from engine.learn.phantom.mimics import paint_mimics
from engine.learn.phantom.nodules import paint_nodule
from engine.learn.phantom.plan import LUNGS, PAINT_MARGIN_PX, Field, Plan, plan_case
from engine.learn.phantom.profile import Split
from engine.learn.phantom.scanner import scan
from engine.learn.phantom.thorax import CHEST_WALL


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One simulated scan.

    Args:
        voxels: (D, H, W) int16 on the plan's grid, HU, head last.
    """

    plan: Plan
    voxels: NDArray[np.int16]


def draw_case(split: Split, seed: int, index: int, field: Field = LUNGS, nodules: int | None = None) -> Case:
    """One case of a set; the same arguments, those of `plan_case`, give the same voxels."""
    return render(plan_case(split, seed, index, field, nodules))


def render(plan: Plan) -> Case:
    """Paints the person and sends them through the scanner."""
    canvas = _painted(plan)
    voxels = scan(canvas.hu, plan.stack, plan.acquisition, plan.thorax, default_rng(plan.photons))
    height, width = plan.grid.shape[1:]
    kept = voxels[:, PAINT_MARGIN_PX : PAINT_MARGIN_PX + height, PAINT_MARGIN_PX : PAINT_MARGIN_PX + width]
    return Case(plan, np.ascontiguousarray(kept))


def _painted(plan: Plan) -> Canvas:
    """The person on a canvas; what is painted later lies over what was painted before."""
    canvas, draw = Canvas(plan.stack.fine), default_rng(plan.clutter)
    thorax, trees = plan.thorax, plan.trees
    blood = thorax.habitus.blood_hu
    looks = np.array([-105, 48, blood, 175, draw.uniform(9, 18), draw.uniform(0.5, 0.9)], np.float32)
    tile = draw.standard_normal((64, 64, 64), np.float32)
    canvas.organs(thorax.fields[:CHEST_WALL], thorax.grid, tile, looks)
    paint_bones(canvas, thorax, draw)
    canvas.tubes(trees.vessels, blood)
    canvas.tubes(trees.airway_walls, 20.0)
    canvas.tubes(trees.airway_lumens, -985.0)
    paint_mimics(canvas, thorax, trees, draw)
    for nodule in plan.lesions:
        paint_nodule(canvas, nodule, thorax)
    return canvas
