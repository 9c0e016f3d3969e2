"""What one simulated scan will show and where: drawn from the seed, with the truth known before a voxel is painted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng

from engine.domain.region import BoxVox
from engine.learn.phantom.canvas import Grid
from engine.learn.phantom.habitus import draw_habitus
from engine.learn.phantom.mimics import add_haze
from engine.learn.phantom.nodules import Extent, Nodule, draw_nodules, extent_mm
from engine.learn.phantom.profile import PROFILES, Profile, Split
from engine.learn.phantom.scanner import Acquisition, Stack, draw_acquisition, stack_of
from engine.learn.phantom.thorax import Thorax, build_thorax
from engine.learn.phantom.trees import Trees, draw_trees
from engine.learn.phantom.visibility import contrast_to_noise

LEAST_CNR = 8.0
"""A nodule that stands out less at the matched filter is left out: no reader could be held to it."""

LUNG_MARGIN_MM = 8.0
PAINT_MARGIN_PX = 12  # the kernel's blur wraps around; this much is painted beyond the field and cut off


@dataclass(frozen=True, slots=True)
class Field:
    """What of the person is kept.

    Args:
        matrix: pixels along x and y of a square field; None keeps the box that holds the lungs, with a margin.
        pixel_mm: None takes that of the acquisition.
        height_mm: None keeps the height of the lungs, with a margin.
    """

    matrix: int | None = None
    pixel_mm: float | None = None
    height_mm: float | None = None


LUNGS = Field()


@dataclass(frozen=True, slots=True)
class TrueNodule:
    """What is written down of a nodule.

    Args:
        box_vox: (z0, y0, x0, z1, y1, x1), half open, of its part within the lung.
        diameter_mm: of the ball with the volume of the whole shape.
        volume_mm3: of its part within the lung.
        cnr: contrast to noise at the matched filter.
    """

    box_vox: BoxVox
    kind: str
    attached: str
    diameter_mm: float
    volume_mm3: float
    hu: float
    cnr: float


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One scan before it is painted.

    Args:
        grid: places of the voxels, (z, y, x) mm, LPS, head last.
        stack: the same with the margin that is painted too.
        lesions: what is painted; `truth` is what is written down of them.
        clutter: source of chance for what else is painted; likewise `photons` for the noise.
    """

    name: str
    thorax: Thorax
    trees: Trees
    acquisition: Acquisition
    grid: Grid
    stack: Stack
    lesions: tuple[Nodule, ...]
    truth: tuple[TrueNodule, ...]
    clutter: SeedSequence
    photons: SeedSequence


def plan_case(split: Split, seed: int, index: int, field: Field = LUNGS, nodules: int | None = None) -> Plan:
    """Draws one case of a set.

    Args:
        seed: of the whole set.
        index: of the case within it; cases do not depend on each other.
        nodules: how many; None draws the number.
    """
    profile = PROFILES[split]
    # A stream for each part, so that a change of one leaves the others as they are.
    streams = SeedSequence([seed, profile.code, index]).spawn(6)
    person, wood, lesion, machine = (default_rng(stream) for stream in streams[:4])
    thorax = build_thorax(draw_habitus(profile.vessels, person), person)
    add_haze(thorax, person)
    trees = draw_trees(thorax, profile.vessels, wood)
    acquisition = draw_acquisition(profile.scanners, machine)
    if field.pixel_mm is not None:
        acquisition = replace(acquisition, pixel_mm=field.pixel_mm)
    grid, stack = _grids(thorax, acquisition, field)
    drawn = _number(profile, lesion)
    shown = [
        (nodule, extent, cnr)
        for nodule in draw_nodules(drawn if nodules is None else nodules, thorax, trees, lesion)
        if grid.holds(*(extent := extent_mm(nodule, thorax))[:2])
        and (cnr := contrast_to_noise(nodule, thorax, acquisition)) >= LEAST_CNR
    ]
    truth = tuple(_truth(nodule, extent, cnr, grid) for nodule, extent, cnr in shown)
    lesions = tuple(nodule for nodule, _, _ in shown)
    name = f"{split}-{index:04d}"
    return Plan(name, thorax, trees, acquisition, grid, stack, lesions, truth, streams[4], streams[5])


def _number(profile: Profile, draw: Generator) -> int:
    number = int(draw.integers(*profile.nodules, endpoint=True))
    return 0 if draw.random() < profile.nodule_free else number


def _grids(thorax: Thorax, acquisition: Acquisition, field: Field) -> tuple[Grid, Stack]:
    """Places the field: around the lungs, or where asked around their middle."""
    low, high = thorax.lung_corners()
    middle, size = (low + high) / 2, high - low + 2 * LUNG_MARGIN_MM
    pixel, spacing = acquisition.pixel_mm, acquisition.slices.spacing_mm
    height_mm = field.height_mm or size[0]
    sides = (field.matrix, field.matrix) if field.matrix else (math.ceil(size[1] / pixel), math.ceil(size[2] / pixel))
    shape = (max(round(height_mm / spacing), 1), *sides)
    step = (spacing, pixel, pixel)
    origin = middle - (np.array(shape) - 1) / 2 * step
    z, y, x = (float(value) for value in origin)
    wide = (shape[0], _fast(shape[1] + 2 * PAINT_MARGIN_PX), _fast(shape[2] + 2 * PAINT_MARGIN_PX))
    beyond = Grid((z, y - PAINT_MARGIN_PX * pixel, x - PAINT_MARGIN_PX * pixel), step, wide)
    return Grid((z, y, x), step, shape), stack_of(beyond, acquisition.slices.thickness_mm)


def _fast(size: int) -> int:
    """The next size that a Fourier transform divides well."""
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1


def _truth(nodule: Nodule, extent: Extent, cnr: float, grid: Grid) -> TrueNodule:
    low = (extent[0] - grid.origin_mm) / grid.step_mm + 0.5
    high = (extent[1] - grid.origin_mm) / grid.step_mm + 0.5
    z0, y0, x0, z1, y1, x1 = (round(float(value), 2) for value in (*low, *high))
    return TrueNodule(
        (z0, y0, x0, z1, y1, x1), nodule.kind, nodule.place, nodule.diameter_mm, extent[2], nodule.hu, cnr
    )
