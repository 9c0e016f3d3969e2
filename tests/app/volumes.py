"""A drawn chest for the tests of the window and of overlays: sides that can be told apart, and known places in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.domain.region import Measure, Region
from engine.domain.scan import Provenance, Scan
from tests.engine.intake.slices import write_series

FIELD_MM = (300.0, 340.0, 340.0)
"""(z, y, x); x to the left, y to the back, z to the head, with the origin in the middle."""

NODULES = (
    ((10.0, -20.0, 60.0), 10.0, 0.93),
    ((-40.0, 30.0, -85.0), 6.0, 0.78),
    ((40.0, -45.0, -60.0), 5.0, 0.31),
)
"""(z, y, x) in mm, diameter in mm, score. The first two are sure."""


def chest(shape: tuple[int, int, int] = (40, 96, 96), **facts: object) -> Scan:
    """Soft tissue with two lungs, a heart to the left, a spine at the back, vessels and the nodules."""
    voxels = np.full(shape, -1000.0, np.float32)
    z, y, x = _places_mm(shape)
    voxels[_ellipsoid(z, y, x, (0, 0, 0), (1e6, 110, 160))] = 40
    for side in (-1, 1):
        voxels[_ellipsoid(z, y, x, (-10, 0, side * 70), (120, 80, 52))] = -850
    voxels[_ellipsoid(z, y, x, (-30, -30, 30), (50, 38, 45))] = 45
    voxels[_ellipsoid(z, y, x, (0, 80, 0), (1e6, 18, 18))] = 420
    rng = np.random.default_rng(5)
    for _ in range(40):
        place = rng.normal((-10, 0, 70 * rng.choice((-1, 1))), (45, 35, 20))
        vessel = _ellipsoid(z, y, x, place, rng.permutation([3.0, 3.0, 30.0]))
        voxels[vessel & (voxels < -500)] = 0
    for place, diameter_mm, _ in NODULES:
        voxels[_ellipsoid(z, y, x, place, (diameter_mm / 2,) * 3)] = 30
    voxels += rng.normal(0, 20, shape)
    spacing = tuple(field / size for field, size in zip(FIELD_MM, shape, strict=True))
    origin = tuple(float(-field / 2 + step / 2) for field, step in zip(FIELD_MM, spacing, strict=True))[::-1]
    return Scan(
        voxels.astype(np.int16),
        "volume",
        "CT",
        "MONOCHROME2",
        Provenance(("1.dcm",), "test"),
        **{"spacing_mm": spacing, "origin_mm": origin} | facts,
    )


def nodules(shape: tuple[int, int, int] = (40, 96, 96)) -> tuple[Region, ...]:
    """What a model would say of `chest`, highest score first."""
    return tuple(_region(shape, *nodule) for nodule in NODULES)


def write_chest(folder: Path, shape: tuple[int, int, int] = (40, 96, 96)) -> Path:
    """The chest as a DICOM series, a file a slice."""
    scan = chest(shape)
    (x, y, z), spacing = scan.origin_mm, scan.spacing_mm
    positions = [np.array((x, y, z + index * spacing[0])) for index in range(shape[0])]
    write_series(
        folder,
        positions,
        voxels=scan.pixels + np.int16(1024),
        PixelSpacing=[round(step, 6) for step in spacing[1:]],
        SliceThickness=round(spacing[0], 6),
    )
    return folder


def _region(shape: tuple[int, int, int], place: tuple[float, ...], diameter_mm: float, score: float) -> Region:
    spacing = np.array(FIELD_MM) / shape
    center, half = np.array(place) / spacing + np.array(shape) / 2, diameter_mm / 2 / spacing
    box = tuple(map(float, (*(center - half), *(center + half))))
    measures = (Measure("longest diameter", diameter_mm, "mm"), Measure("mean", 29.6, "[hnsf'U]"))
    where = tuple(map(float, place[::-1]))
    return Region("nodule", score, "sure" if score > 0.5 else "unsure", box_vox=box, center_mm=where, measures=measures)


def _places_mm(shape: tuple[int, int, int]) -> list[np.ndarray]:
    """z, y and x of every voxel's centre, as axes that broadcast."""
    return np.meshgrid(
        *((np.arange(size) + 0.5) / size * field - field / 2 for size, field in zip(shape, FIELD_MM, strict=True)),
        indexing="ij",
        sparse=True,
    )


def _ellipsoid(z: np.ndarray, y: np.ndarray, x: np.ndarray, center: object, radii: object) -> np.ndarray:
    share = [((axis - at) / radius) ** 2 for axis, at, radius in zip((z, y, x), center, radii, strict=True)]
    return sum(share) < 1
