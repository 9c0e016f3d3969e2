"""Series as scanners, archives and people spoil them, written as files, each with how it is to be judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.engine.intake.slices import AXIAL, COLUMNS, OBLIQUE, ROWS, at, noise, write_series, write_slice

STEP_MM = 2.5
SAGITTAL = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
COUNT = 8


@dataclass(frozen=True)
class Verdict:
    """How one study found in the folder is judged: the code of its refusal, or shape and doubts."""

    shape: tuple[int, ...] | None = None
    doubts: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Fault:
    """A spoiled series.

    Args:
        build: writes its files into a folder.
        verdicts: of the studies found there, in any order.
        copies: how many files are left out as copies.
    """

    build: Callable[[Path], object]
    verdicts: tuple[Verdict, ...]
    copies: int = field(default=0)


def depths(count: int = COUNT, step_mm: float = STEP_MM) -> np.ndarray:
    return np.arange(count) * step_mm


def stack(
    folder: Path,
    places: Sequence[float],
    cosines: Sequence[float] = AXIAL,
    *,
    drift: tuple[float, float] = (0.0, 0.0),
    first: int = 1,
    **elements: object,
) -> list[Path]:
    """Slices at these depths, numbered from `first` on; `drift`: mm along rows and columns for each mm of depth."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        write_slice(
            folder / f"{first + index:03}.dcm",
            at(depth, cosines, row_mm=depth * drift[0], column_mm=depth * drift[1]),
            noise(first + index)[-1],
            cosines,
            InstanceNumber=first + index,
            **elements,
        )
        for index, depth in enumerate(places)
    ]


def _without(*numbers: int) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        for number, path in enumerate(stack(folder, depths()), start=1):
            if number in numbers:
                path.unlink()

    return build


def _duplicate(folder: Path) -> None:
    files = stack(folder, depths())
    (folder / "copy.dcm").write_bytes(files[3].read_bytes())
    write_slice(folder / "sent again.dcm", at(5.0), noise(3)[-1], InstanceNumber=3, SOPInstanceUID="1.2.99")


def _overlap(folder: Path) -> None:
    stack(folder, depths())
    write_slice(folder / "other.dcm", at(5.0), noise(1)[0] + 1, InstanceNumber=3)


def _reversed(folder: Path) -> None:
    write_series(
        folder,
        [at(depth) for depth in depths()],
        names=[f"{9 - number}.dcm" for number in range(COUNT)],
        InstanceNumber=1,
    )


def _localizer(folder: Path) -> None:
    write_slice(folder / "a.dcm", (0, -80, 90), noise(1, (30, 40))[0], SAGITTAL, InstanceNumber=1,
                ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])  # fmt: skip
    write_slice(folder / "b.dcm", at(6.0), noise(1)[0], InstanceNumber=2,
                ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])  # fmt: skip
    stack(folder, depths(), first=3, ImageType=["ORIGINAL", "PRIMARY", "AXIAL"])


def _two(first: dict[str, object], second: dict[str, object], shift_mm: float = 0.0) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        stack(folder, depths(), **first)
        stack(folder, depths() + shift_mm, first=COUNT + 1, **second)

    return build


def _sizes(folder: Path) -> None:
    stack(folder, depths(3))
    for index in range(3, 6):
        pixels = noise(1, (ROWS, COLUMNS + 1))[0]
        write_slice(folder / f"wide {index}.dcm", at(index * STEP_MM), pixels, InstanceNumber=index + 1)


def _counted(folder: Path) -> None:
    stack(folder, depths(), ImagesInAcquisition=COUNT + 2, AcquisitionNumber=1)


EVEN = Verdict((COUNT, ROWS, COLUMNS))
UNEVEN_MM = (0.0, 2.5, 5.0, 7.5, 12.5, 17.5, 22.5)
ADD, PLAIN = ["ORIGINAL", "PRIMARY", "AXIAL", "ADD"], ["ORIGINAL", "PRIMARY", "AXIAL"]

FAULTS: dict[str, Fault] = {
    "none": Fault(lambda folder: stack(folder, depths()), (EVEN,)),
    "gap": Fault(_without(4), (Verdict(code="IN-SER-GAP"),)),
    "two gaps beside one slice": Fault(_without(4, 6), (Verdict(code="IN-SER-GAP"),)),
    "missing first slice": Fault(_without(1), (Verdict((COUNT - 1, ROWS, COLUMNS), ("incomplete-series",)),)),
    "missing last slices": Fault(_counted, (Verdict(EVEN.shape, ("incomplete-series",)),)),
    "duplicates": Fault(_duplicate, (EVEN,), copies=2),
    "two images at one position": Fault(_overlap, (Verdict(code="IN-SER-OVERLAP"),)),
    "tilt": Fault(
        lambda folder: stack(folder, depths(), drift=(0.0, -0.33)),
        (Verdict((COUNT, ROWS + 12, COLUMNS), ("tilted-series",)),),
    ),
    "tilt and changed spacing": Fault(
        lambda folder: stack(folder, UNEVEN_MM, OBLIQUE, drift=(0.2, 0.1)),
        (Verdict((10, ROWS + 5, COLUMNS + 6), ("tilted-series", "uneven-series")),),
    ),
    "reversed names": Fault(_reversed, (EVEN,)),
    "oblique": Fault(lambda folder: stack(folder, depths(), OBLIQUE), (EVEN,)),
    "sagittal": Fault(lambda folder: stack(folder, -depths(), SAGITTAL), (EVEN,)),
    "mixed localizer": Fault(_localizer, (Verdict((30, 40)), Verdict((ROWS, COLUMNS)), EVEN)),
    "two echoes": Fault(_two({"EchoNumbers": 1, "EchoTime": 10}, {"EchoNumbers": 2, "EchoTime": 30}), (EVEN, EVEN)),
    "two echoes by time alone": Fault(_two({"EchoTime": 10}, {"EchoTime": 30}), (EVEN, EVEN)),
    "two acquisitions in one place": Fault(_two({"AcquisitionNumber": 1}, {"AcquisitionNumber": 2}), (EVEN, EVEN)),
    "two acquisitions interleaved": Fault(
        _two({"AcquisitionNumber": 1}, {"AcquisitionNumber": 2}, shift_mm=1.0), (EVEN, EVEN)
    ),
    "two acquisitions one after the other": Fault(
        _two({"AcquisitionNumber": 1}, {"AcquisitionNumber": 2}, shift_mm=COUNT * STEP_MM),
        (Verdict((2 * COUNT, ROWS, COLUMNS)),),
    ),
    "two acquisitions with a hole between": Fault(
        _two({"AcquisitionNumber": 1}, {"AcquisitionNumber": 2}, shift_mm=(COUNT + 4) * STEP_MM),
        (Verdict(code="IN-SER-GAP"),),
    ),
    "two kinds of image": Fault(
        _two({"ImageType": PLAIN}, {"ImageType": ["DERIVED", "SECONDARY", "MPR"]}, shift_mm=1.0), (EVEN, EVEN)
    ),
    "what scanners add to the kind of image": Fault(
        _two({"ImageType": ADD}, {"ImageType": PLAIN}, shift_mm=COUNT * STEP_MM),
        (Verdict((2 * COUNT, ROWS, COLUMNS)),),
    ),
    "changed spacing": Fault(
        lambda folder: stack(folder, UNEVEN_MM), (Verdict((10, ROWS, COLUMNS), ("uneven-series",)),)
    ),
    "changed pixel spacing": Fault(_two({}, {"PixelSpacing": [0.5, 0.9]}, shift_mm=COUNT * STEP_MM), (EVEN, EVEN)),
    "mixed sizes": Fault(_sizes, (Verdict((3, ROWS, COLUMNS)), Verdict((3, ROWS, COLUMNS + 1)))),
    "mixed orientations": Fault(
        lambda folder: (
            stack(folder, depths()),
            stack(folder, depths(), SAGITTAL, first=COUNT + 1),
        ),
        (EVEN, EVEN),
    ),
}
