"""Sensitivity against false regions an image: at a threshold, and along the whole curve."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluate.interval import Interval, ratio_by_group
from engine.evaluate.match import Matched

FALSE_REGIONS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold gives.

    Args:
        sensitivity: share of the findings that were found; NaN where there are none.
        false_per_image: regions an image that found nothing.
        clean_marked: images without findings that have at least one region.
        clean: images without findings.
    """

    threshold: float
    sensitivity: float
    false_per_image: float
    found: int
    findings: int
    false_regions: int
    images: int
    clean_marked: int
    clean: int


def at_threshold(images: Sequence[Matched], threshold: float) -> OperatingPoint:
    """The figures when regions are kept from `threshold` on."""
    found = sum(int((image.found_at >= threshold).sum()) for image in images)
    findings = sum(image.findings for image in images)
    false = sum(int((~image.hit & image.counted & (image.scores >= threshold)).sum()) for image in images)
    clean = [image for image in images if image.findings == 0]
    return OperatingPoint(
        threshold=threshold,
        sensitivity=found / findings if findings else float("nan"),
        false_per_image=false / len(images) if images else float("nan"),
        found=found,
        findings=findings,
        false_regions=false,
        images=len(images),
        clean_marked=sum(bool((image.scores >= threshold).any()) for image in clean),
        clean=len(clean),
    )


def sensitivity_interval(images: Sequence[Matched], threshold: float, *, seed: int, rounds: int = 2000) -> Interval:
    """Share of the findings that are found from `threshold` on, with its interval by group."""
    found = [int((image.found_at >= threshold).sum()) for image in images]
    of = [image.findings for image in images]
    return ratio_by_group([image.group for image in images], found, of, seed=seed, rounds=rounds)


def false_interval(images: Sequence[Matched], threshold: float, *, seed: int, rounds: int = 2000) -> Interval:
    """Regions an image that find nothing from `threshold` on, with their interval by group."""
    false = [int((~image.hit & image.counted & (image.scores >= threshold)).sum()) for image in images]
    return ratio_by_group([image.group for image in images], false, [1] * len(images), seed=seed, rounds=rounds)


def lowest_threshold(images: Sequence[Matched], false_per_image: float) -> float:
    """The lowest score as threshold with at most so many false regions an image; just above all scores if none is."""
    false = np.sort(np.concatenate([image.scores[~image.hit & image.counted] for image in images] or [np.zeros(0)]))[
        ::-1
    ]
    allowed = int(np.floor(false_per_image * len(images) + 1e-9))
    if allowed >= len(false):
        return 0.0
    return float(np.nextafter(false[allowed], np.inf))


def froc(images: Sequence[Matched], levels: Sequence[float] = FALSE_REGIONS) -> tuple[OperatingPoint, ...]:
    """The operating point at each level of false regions an image."""
    return tuple(at_threshold(images, lowest_threshold(images, level)) for level in levels)
