"""What may occur in which set: the one table of anatomy and scanners, with nothing shared between training and test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from numpy.random import Generator

Split = Literal[
    "train",
    "validation",
    "test",
    "normal",
    "swapped-train",
    "swapped-validation",
    "swapped-test",
    "swapped-normal",
]
Range = tuple[float, float]
Ranges = tuple[Range, ...]
"""Something is drawn from one of these, each as likely as the others."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """A reconstruction kernel, by its transfer and the noise that it leaves.

    Args:
        f50_per_mm: frequency at which the transfer without enhancement is one half.
        sharpness: exponent of the fall, exp(-ln 2 (f / f50)^sharpness).
        overshoot: height of the edge enhancement; 0 has none.
        noise: standard deviation beside the standard kernel's, at the same dose and slice.
    """

    name: str
    f50_per_mm: float
    sharpness: float
    overshoot: float
    noise: float


@dataclass(frozen=True, slots=True)
class Slices:
    """How a volume is sliced: distance of the slices and thickness of each, in mm."""

    spacing_mm: float
    thickness_mm: float


@dataclass(frozen=True, slots=True)
class VesselRange:
    """From where the vessels of a set are drawn.

    Args:
        leaves: ends of one tree in one lung.
        leaf_radius_mm: radius of the ends.
        exponent: of the branching law, r^exponent = sum of the branches' r^exponent.
        reach: share of the way to the middle of what it feeds that a branch runs.
        bend: sideways displacement of a branch's middle, as a share of its length.
        plain_hu: blood without contrast agent.
        contrast_hu: blood with it.
    """

    leaves: Ranges
    leaf_radius_mm: Ranges
    exponent: Ranges
    reach: Ranges
    bend: Ranges
    plain_hu: Ranges
    contrast_hu: Ranges


def draw_within(ranges: Ranges, draw: Generator) -> float:
    """A number from one of the ranges."""
    low, high = ranges[int(draw.integers(len(ranges)))]
    return float(draw.uniform(low, high))


@dataclass(frozen=True, slots=True)
class Scanners:
    """The kernels and slices of a set."""

    kernels: tuple[Kernel, ...]
    slices: tuple[Slices, ...]


TRAIN_SCANNERS = Scanners(
    kernels=(
        Kernel("soft", 0.30, 1.9, 0.0, 0.55),
        Kernel("standard", 0.43, 2.0, 0.0, 1.0),
        Kernel("sharp", 0.62, 2.4, 0.30, 2.5),
    ),
    slices=(
        Slices(0.75, 1.0),
        Slices(1.0, 1.0),
        Slices(1.25, 1.25),
        Slices(2.0, 2.5),
        Slices(2.5, 2.5),
        Slices(3.0, 3.0),
    ),
)

TEST_SCANNERS = Scanners(
    kernels=(
        Kernel("smooth", 0.36, 2.2, 0.0, 0.75),
        Kernel("medium", 0.50, 1.7, 0.12, 1.45),
        Kernel("lung", 0.70, 2.0, 0.20, 2.8),
    ),
    slices=(
        Slices(0.7, 0.7),
        Slices(0.8, 1.1),
        Slices(1.4, 1.4),
        Slices(1.8, 2.2),
        Slices(2.25, 2.25),
        Slices(2.75, 2.75),
    ),
)

# Those of the test lie between those of the training, as its kernels and slices do: unseen, but not beyond.
TRAIN_VESSELS = VesselRange(
    leaves=((1300, 1700), (2200, 2600)),
    leaf_radius_mm=((0.40, 0.45), (0.53, 0.58)),
    exponent=((2.60, 2.75), (2.95, 3.10)),
    reach=((0.38, 0.43), (0.51, 0.56)),
    bend=((0.03, 0.07), (0.13, 0.18)),
    plain_hu=((30, 42), (62, 75)),
    contrast_hu=((110, 160), (220, 260)),
)
TEST_VESSELS = VesselRange(
    leaves=((1750, 2150),),
    leaf_radius_mm=((0.46, 0.52),),
    exponent=((2.78, 2.92),),
    reach=((0.44, 0.50),),
    bend=((0.08, 0.12),),
    plain_hu=((45, 59),),
    contrast_hu=((170, 210),),
)

NOISE_HU: Range = (14.0, 42.0)
"""Standard deviation in water behind 200 mm of it, standard kernel, slice of 1 mm; log-uniform: the dose."""

PIXEL_MM: Range = (0.68, 0.88)
"""Field of view over the matrix of 512; the same in every set."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a set is drawn from.

    Args:
        code: enters the seed, so that no two sets share a case.
        nodule_free: share of the cases without a nodule.
        nodules: fewest and most in the others; before those are left out that could not be seen.
    """

    code: int
    vessels: VesselRange
    scanners: Scanners
    nodule_free: float
    nodules: tuple[int, int] = (1, 5)


MANY = (2, 12)
"""In scans to learn from: each costs as much to read with one nodule as with twelve."""

PROFILES: dict[Split, Profile] = {
    "train": Profile(1, TRAIN_VESSELS, TRAIN_SCANNERS, 0.2, MANY),
    "test": Profile(2, TEST_VESSELS, TEST_SCANNERS, 0.1),
    "normal": Profile(3, TEST_VESSELS, TEST_SCANNERS, 1.0),
    "swapped-train": Profile(4, TRAIN_VESSELS, TEST_SCANNERS, 0.2, MANY),
    "swapped-test": Profile(5, TEST_VESSELS, TRAIN_SCANNERS, 0.1),
    "validation": Profile(6, TRAIN_VESSELS, TRAIN_SCANNERS, 0.35),
    "swapped-validation": Profile(7, TRAIN_VESSELS, TEST_SCANNERS, 0.35),
    "swapped-normal": Profile(8, TEST_VESSELS, TRAIN_SCANNERS, 1.0),
}
