"""Sensitivity against false regions an image: at a threshold, and along the whole curve."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluate.interval import Interval, drawn_images, ratio_by_group
from engine.evaluate.match import Matched

LEAST_SCORE = 0.01
"""Regions are kept down to this score: AP and FROC need far more than the shipped threshold shows."""

FALSE_REGIONS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold gives.

    Args:
        sensitivity: share of the findings that were found; NaN where there are none.
        false_per_image: regions that found nothing, an image of those looked at in full; no others count for it.
        clean_marked: of the clean images those that have at least one region.
        clean: images without findings that were looked at in full.
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
    false = sum(int((_false_scores(image) >= threshold).sum()) for image in images)
    looked_at = [image for image in images if image.answered]
    clean = [image for image in looked_at if image.findings == 0]
    return OperatingPoint(
        threshold=threshold,
        sensitivity=found / findings if findings else float("nan"),
        false_per_image=false / len(looked_at) if looked_at else float("nan"),
        found=found,
        findings=findings,
        false_regions=false,
        images=len(images),
        clean_marked=sum(bool((image.counted & (image.scores >= threshold)).any()) for image in clean),
        clean=len(clean),
    )


def sensitivity_interval(images: Sequence[Matched], threshold: float, *, seed: int, rounds: int = 2000) -> Interval:
    """Share of the findings that are found from `threshold` on, with its interval by group."""
    found = [int((image.found_at >= threshold).sum()) for image in images]
    of = [image.findings for image in images]
    return ratio_by_group([image.group for image in images], found, of, seed=seed, rounds=rounds)


def false_interval(images: Sequence[Matched], threshold: float, *, seed: int, rounds: int = 2000) -> Interval:
    """Regions an image that find nothing from `threshold` on, with their interval by group."""
    false = [int((_false_scores(image) >= threshold).sum()) for image in images]
    of = [int(image.answered) for image in images]
    return ratio_by_group([image.group for image in images], false, of, seed=seed, rounds=rounds)


def lowest_threshold(images: Sequence[Matched], false_per_image: float) -> float:
    """The lowest score as threshold with at most so many false regions an image; just above all scores if none is."""
    false = np.sort(np.concatenate([_false_scores(image) for image in images] or [np.zeros(0)]))[::-1]
    allowed = int(np.floor(false_per_image * sum(image.answered for image in images) + 1e-9))
    if allowed >= len(false):
        return 0.0
    return float(np.nextafter(false[allowed], np.inf))


def best_threshold(images: Sequence[Matched]) -> float:
    """The score that as threshold gives the highest F score, of several the highest; 1 where nothing is found."""
    found_at = np.concatenate([image.found_at for image in images] or [np.zeros(0)])
    found_at = np.sort(found_at[found_at >= 0.0])
    if not len(found_at):
        return 1.0
    # F falls with every false region and rises with what is found: the best score is one that finds something.
    false = np.sort(np.concatenate([_false_scores(image) for image in images]))
    found = np.arange(len(found_at), 0, -1)
    regions = found + len(false) - np.searchsorted(false, found_at, side="left")
    reached = 2.0 * found / (sum(image.findings for image in images) + regions)
    return float(found_at[len(reached) - 1 - int(np.argmax(reached[::-1]))])


def froc(images: Sequence[Matched], levels: Sequence[float] = FALSE_REGIONS) -> tuple[OperatingPoint, ...]:
    """The operating point at each level of false regions an image."""
    return tuple(at_threshold(images, lowest_threshold(images, level)) for level in levels)


def froc_intervals(
    images: Sequence[Matched], levels: Sequence[float] = FALSE_REGIONS, *, seed: int, rounds: int = 2000
) -> tuple[Interval, ...]:
    """The sensitivities of `froc` with their intervals by group; each draw has thresholds of its own.

    It says what `by_group` says of them, worked out for all levels at once.
    """
    values = [point.sensitivity for point in froc(images, levels)]
    if not any(image.findings for image in images):
        return tuple(Interval(value, float("nan"), float("nan")) for value in values)
    false_of, false_scores = _surest_first([_false_scores(image) for image in images])
    found_of, found_at = _surest_first([image.found_at for image in images])
    findings = np.array([image.findings for image in images], float)
    looked_at = np.array([image.answered for image in images], float)
    # How many findings a threshold just above each false region finds, and last one without any limit.
    counts = np.append(np.searchsorted(-found_at, -false_scores, side="left"), int((found_at >= 0.0).sum()))
    drawn: list[list[float]] = [[] for _ in levels]
    for weights in drawn_images([image.group for image in images], seed=seed, rounds=rounds):
        if not (of := float(findings @ weights)):
            continue
        false_so_far, found_so_far = np.cumsum(weights[false_of]), np.cumsum(weights[found_of])
        for sensitivities, level in zip(drawn, levels, strict=True):
            allowed = np.floor(level * (looked_at @ weights) + 1e-9)
            count = counts[np.searchsorted(false_so_far, allowed, side="right")]
            sensitivities.append(float(found_so_far[count - 1]) / of if count else 0.0)
    limits = [np.quantile(sensitivities, (0.025, 0.975)) for sensitivities in drawn]
    return tuple(Interval(value, float(low), float(high)) for value, (low, high) in zip(values, limits, strict=True))


def _false_scores(image: Matched) -> NDArray[np.float64]:
    """Scores of the regions that found nothing; none of an image that was not looked at in full."""
    return image.scores[~image.hit & image.counted & image.answered]


def _surest_first(scores: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Scores of all images in one row, the highest first, and the image of each."""
    of = np.repeat(np.arange(len(scores)), [len(some) for some in scores])
    row = np.concatenate(scores)
    order = np.argsort(-row, kind="stable")
    return of[order], row[order]
