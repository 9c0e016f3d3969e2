"""What the network should answer for a crop: heat, where it counts, distances and their weight, on its grid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.learn.dataset import Finding, Floats
from engine.learn.recipe_parts import LossPart

BOX_HEAT = 0.05  # cells within a finding and this near to its centre learn its box
LEAST_EXTENT_PX = 2.0  # smaller findings are neither asked for nor forbidden


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """All arrays are float32 on the answer's grid.

    Args:
        heat: (classes, *grid), 1 at a finding's centre cell, falling like a Gaussian.
        care: (*grid), 0 where the heat is not judged (findings cut by the crop's border or too small), else 1.
        box: (2 * dims, *grid), distances in input pixels to the low faces, then the high faces.
        box_weight: (*grid), how much a cell's distances count; every finding has 1 in all.
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
        ignored: findings of which too little is visible, and crowds.
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
        glow = _glow(low, high, centres, stride, part)
        np.maximum(heat[finding.label], glow, out=heat[finding.label])
        distances = _distances(low, high, centres)
        # A cell outside cannot give the box, since distances are not negative; the nearest one has to.
        near = (glow >= BOX_HEAT) & (distances > 0).all(axis=0) | (glow == 1)
        weight[near] = glow[near] / glow[near].sum()
        box[:, near] = distances[:, near].clip(min=0)
    return Targets(heat, care, box, weight)


def _glow(low: Floats, high: Floats, centres: Sequence[Floats], stride: int, part: LossPart) -> Floats:
    """A Gaussian around the cell nearest to the box's centre, where it is 1; (*grid)."""
    glow = np.ones([len(line) for line in centres], np.float32)
    for axis, line in enumerate(centres):
        spread = max(part.spread * float(high[axis] - low[axis]), part.least_spread_cells * stride)
        middle = line[np.abs(line - (low[axis] + high[axis]) / 2).argmin()]
        glow *= _along(np.exp(-0.5 * ((line - middle) / spread) ** 2), axis, len(centres))
    return glow


def _distances(low: Floats, high: Floats, centres: Sequence[Floats]) -> Floats:
    """From every cell's centre to the low faces, then to the high faces; (2 * dims, *grid)."""
    grid, dims = [len(line) for line in centres], len(centres)
    to_low = [np.broadcast_to(_along(line - low[axis], axis, dims), grid) for axis, line in enumerate(centres)]
    to_high = [np.broadcast_to(_along(high[axis] - line, axis, dims), grid) for axis, line in enumerate(centres)]
    return np.stack(to_low + to_high)


def _along(line: Floats, axis: int, dims: int) -> Floats:
    return line.astype(np.float32).reshape([-1 if k == axis else 1 for k in range(dims)])


def _blank(finding: Finding, centres: Sequence[Floats], stride: int, care: Floats) -> None:
    """Take the cells that the finding's box touches out of the judgement."""
    low, high = finding.box()
    touched = [(line > low[axis] - stride) & (line < high[axis] + stride) for axis, line in enumerate(centres)]
    care[np.ix_(*touched)] = 0
