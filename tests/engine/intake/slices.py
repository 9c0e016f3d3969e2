"""Slices of series for the tests of this folder: headers alone, or real files written by pydicom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from engine.domain.scan import Scan
from engine.intake.dicom.geometry import Geometry
from engine.intake.dicom.slice_header import COUNTS, MARKS, SliceHeader
from engine.intake.entry import Entry
from tests.engine.intake.dicom.build import changed, image, stored

AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
OBLIQUE = (0.8, 0.6, 0.0, -0.36, 0.48, 0.8)
"""Row and column cosines; both are unit vectors at a right angle, the normal is (0.48, -0.64, 0.6)."""

ROWS, COLUMNS = 6, 8
SPACING_MM = (0.5, 0.8)
"""(y, x)."""


def normal_of(cosines: Sequence[float]) -> np.ndarray:
    return np.cross(cosines[:3], cosines[3:])


def at(depth_mm: float, cosines: Sequence[float] = AXIAL, *, row_mm: float = 0.0, column_mm: float = 0.0) -> np.ndarray:
    """A position: so far along the normal, and so far along the rows and columns of the image."""
    in_plane = row_mm * np.array(cosines[:3]) + column_mm * np.array(cosines[3:])
    return np.array([-20.0, 30.0, 5.0]) + depth_mm * normal_of(cosines) + in_plane


def header(
    position: Sequence[float],
    cosines: Sequence[float] = AXIAL,
    *,
    size: tuple[int, int] = (ROWS, COLUMNS),
    spacing_mm: tuple[float, float] = SPACING_MM,
    name: str = "",
    series_uid: str = "1.2.3",
    alike: tuple[str, ...] = ("CT",),
    number: int | None = None,
    counts: dict[str, int] | None = None,
    **marks: str,
) -> SliceHeader:
    """A header as `slice_header` would give it."""
    axes = np.column_stack([cosines[:3], cosines[3:], normal_of(cosines)]).ravel()
    return SliceHeader(
        entry=Entry(Path(name or f"{position[2]:.3f}.dcm")),
        series_uid=series_uid,
        alike=alike,
        rows=size[0],
        columns=size[1],
        dark_is_high=False,
        dtype=np.int16,
        slope=1.0,
        intercept=0.0,
        plane=Geometry((1.0, *spacing_mm), tuple(map(float, position)), tuple(map(float, axes))),
        marks=tuple(marks.get(mark, "") for mark in MARKS),
        number=number,
        counts=tuple((counts or {}).get(name) for name in COUNTS),
    )


def write_slice(
    path: Path, position: Sequence[float], pixels: np.ndarray, cosines: Sequence[float] = AXIAL, **elements: object
) -> Path:
    """A CT slice as a file; further elements by keyword, None takes one away."""
    dataset = image(pixels)
    uid = f"1.2.3.{crc32(path.name.encode())}"
    plain = {
        "Modality": "CT", "SeriesInstanceUID": "1.2.3", "FrameOfReferenceUID": "1.2.4", "SOPInstanceUID": uid,
        "PixelSpacing": list(SPACING_MM), "SliceThickness": 1.0, "RescaleSlope": 1, "RescaleIntercept": -1024,
        "ImagePositionPatient": [round(float(mm), 6) for mm in position], "ImageOrientationPatient": list(cosines),
    }  # fmt: skip
    wanted = plain | elements
    changed(dataset, **{name: value for name, value in wanted.items() if value is not None or name in dataset})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stored(dataset))
    return path


def write_series(
    folder: Path,
    positions: Sequence[np.ndarray],
    cosines: Sequence[float] = AXIAL,
    *,
    names: Sequence[str] | None = None,
    voxels: np.ndarray | None = None,
    **elements: object,
) -> list[Path]:
    """One file a position; voxels (slices, rows, columns) int16, or every slice noise of its own."""
    if voxels is None:
        voxels = noise(len(positions))
    names = names or [f"{number:03}.dcm" for number in range(len(positions))]
    return [
        write_slice(folder / name, position, pixels, cosines, **elements)
        for name, position, pixels in zip(names, positions, voxels, strict=True)
    ]


def noise(slices: int, size: tuple[int, int] = (ROWS, COLUMNS)) -> np.ndarray:
    """(slices, *size) int16, the same each time."""
    return np.random.default_rng(7).integers(-1000, 2000, (slices, *size)).astype(np.int16)


def position_mm(scan: Scan, number: int, row: float, column: float) -> np.ndarray:
    """Where the centre of a stored pixel lies, by the scan alone: `slices` leads from the frame to the grid."""
    where = scan.slices[number]
    place = np.array([column - where.shift_px[1], row - where.shift_px[0], where.z_vox - 0.5])
    spacing = np.array(scan.spacing_mm)[::-1]
    return np.array(scan.origin_mm) + np.array(scan.direction).reshape(3, 3) @ (place * spacing)
