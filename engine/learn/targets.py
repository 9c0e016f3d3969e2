"""What the network should answer for a crop: heat, where it counts, distances and their weight, on its grid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.learn.dataset import Finding, Floats
from engine.learn.recipe import LossPart

BOX_HEAT = 0.1  # cells this near to a finding's centre learn its box
LEAST_EXTENT_PX = 2.0  # smaller findings are neither asked for nor forbidden


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """All arrays are float32 on the answer's grid.

    Args:
        heat: (classes, *grid), 1 at a finding's centre cell, falling like a Gaussian.
        care: (*grid), 0 where the heat is not judged (findings cut by the crop's border or too small), else 1.
        box: (2 * dims, *grid), distances in input pixels to the low faces, then the high faces.
        box_weight: (*grid), how much a cell's distances count.
    """

    heat: Floats
    care: Floats
    box: Floats
    box_weight: Floats


def targets_for(
    findings: Sequence[Finding],
    ignored: Sequence[Finding],
    crop: tuple[int, ...],
    stride: int,
    classes: int,
    part: LossPart,
) -> Targets:
    """Lay the findings onto the grid of a crop; where two overlap, the smaller one has the box.

    Args:
        findings: in crop pixels, clipped to it.
        ignored: findings of which too little is visible.
    """
    dims = len(crop)
    grid = tuple(side // stride for side in crop)
    centres = [(np.arange(cells) + 0.5) * stride for cells in grid]
    heat = np.zeros((classes, *grid), np.float32)
    care = np.ones(grid, np.float32)
    box = np.ones((2 * dims, *grid), np.float32)
    weight = np.zeros(grid, np.float32)
    for finding in ignored:
        _blank(finding, centres, stride, care)
    for finding in sorted(findings, key=lambda found: -float(np.prod(np.ptp(found.box(), axis=0)))):
        low, high = finding.box()
        if (high - low).min() < LEAST_EXTENT_PX:
            _blank(finding, centres, stride, care)
            continue
        glow = np.ones(grid, np.float32)
        for axis in range(dims):
            spread = max(part.spread * (high[axis] - low[axis]), part.least_spread_cells * stride)
            middle = centres[axis][np.abs(centres[axis] - (low[axis] + high[axis]) / 2).argmin()]
            line = np.exp(-0.5 * ((centres[axis] - middle) / spread) ** 2)
            glow *= _along(line, axis, dims)
        np.maximum(heat[finding.label], glow, out=heat[finding.label])
        near = glow >= BOX_HEAT
        weight[near] = glow[near]
        for axis in range(dims):
            box[axis][near] = np.broadcast_to(_along(centres[axis] - low[axis], axis, dims), grid)[near]
            box[dims + axis][near] = np.broadcast_to(_along(high[axis] - centres[axis], axis, dims), grid)[near]
    return Targets(heat, care, box, weight)


def _along(line: Floats, axis: int, dims: int) -> Floats:
    return line.astype(np.float32).reshape([-1 if k == axis else 1 for k in range(dims)])


def _blank(finding: Finding, centres: Sequence[Floats], stride: int, care: Floats) -> None:
    """Take the cells that the finding's box touches out of the judgement."""
    low, high = finding.box()
    touched = [(line > low[axis] - stride) & (line < high[axis] + stride) for axis, line in enumerate(centres)]
    care[np.ix_(*touched)] = 0
