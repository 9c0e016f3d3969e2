"""Figures over all labels of a detector: mean AP, and what its shipped threshold gives as precision, recall and F."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluate.ap import ROUNDS, Overlaps, at_overlaps, average_precision, mean_average_precision
from engine.evaluate.figures import STRICT_IOU
from engine.evaluate.froc import OperatingPoint, at_threshold, best_threshold, froc, froc_intervals
from engine.evaluate.interval import Interval, by_group, exact_share, upper_limit
from engine.evaluate.match import ImageCase, Matched, match_all


@dataclass(frozen=True, slots=True)
class Overall:
    """Figures of all labels together; the intervals are by group.

    Args:
        mean_ap_strict: mean of the labels' AP at an overlap of 0.5.
        mean_ap: the same at the overlap that counts as a hit.
        f_score: 2 P R / (P + R) at the shipped threshold, findings of all labels counted alike.
        precision: share of the regions that are right.
        sensitivity: share of the findings that were found, with the right label.
        false_per_image: regions an image that are wrong, of any label.
        at: the shipped threshold; an image is clean without findings of any label.
        curve: FROC over all labels.
        curve_intervals: sensitivity at each of its levels, with its interval.
        clean_marked: share of the clean images that were marked, exact limits.
        clean_marked_limit: one-sided upper 95 % limit of that share.
    """

    hit_iou: float
    mean_ap_strict: Interval
    mean_ap: Interval
    f_score: Interval
    precision: Interval
    sensitivity: Interval
    false_per_image: Interval
    at: OperatingPoint
    curve: tuple[OperatingPoint, ...]
    curve_intervals: tuple[Interval, ...]
    clean_marked: Interval
    clean_marked_limit: float


@dataclass(frozen=True, slots=True)
class BestFScore:
    """The F score of a split at the score that gives the best one elsewhere, as benchmarks state it.

    Args:
        f_score: 2 P R / (P + R), findings of all labels counted alike; the interval is by group.
        at: what that score gives; its threshold was not chosen on these images.
    """

    f_score: Interval
    at: OperatingPoint


@dataclass(frozen=True, slots=True)
class Together:
    """All labels in one report.

    Args:
        figures: at the shipped threshold.
        ap_overlaps: mean of the labels' AP at 0.5:0.95.
    """

    figures: Overall
    ap_overlaps: Interval


@dataclass(frozen=True, slots=True, eq=False)
class _Labels:
    """One image, matched for each label."""

    group: str
    matched: tuple[Matched, ...]


def overall(cases: Mapping[str, Sequence[ImageCase]], threshold: float, *, hit_iou: float, seed: int) -> Overall:
    """Works out the figures of all labels together.

    Args:
        cases: for each label one case an image, the images in the same order.
        threshold: the shipped one, the same for each label.
        hit_iou: overlap from which a finding counts as found.
        seed: of the bootstrap.
    """
    strict, hits = _by_image(cases, STRICT_IOU), _by_image(cases, hit_iou)
    pooled = [_pooled(image) for image in hits]
    at = at_threshold(pooled, threshold)
    return Overall(
        hit_iou=hit_iou,
        mean_ap_strict=by_group(strict, _mean_ap, seed=seed),
        mean_ap=by_group(hits, _mean_ap, seed=seed),
        f_score=by_group(pooled, lambda some: f_score(at_threshold(some, threshold)), seed=seed),
        precision=by_group(pooled, lambda some: precision(at_threshold(some, threshold)), seed=seed),
        sensitivity=by_group(pooled, lambda some: at_threshold(some, threshold).sensitivity, seed=seed),
        false_per_image=by_group(pooled, lambda some: at_threshold(some, threshold).false_per_image, seed=seed),
        at=at,
        curve=froc(pooled),
        curve_intervals=froc_intervals(pooled, seed=seed),
        clean_marked=exact_share(at.clean_marked, at.clean),
        clean_marked_limit=upper_limit(at.clean_marked, at.clean),
    )


def best_f_score(
    cases: Mapping[str, Sequence[ImageCase]],
    chosen_on: Mapping[str, Sequence[ImageCase]],
    *,
    hit_iou: float,
    seed: int,
) -> BestFScore:
    """The F score of all labels together; arguments as `overall`.

    Args:
        chosen_on: the cases of other images, on which the score is chosen.
    """
    threshold = best_threshold([_pooled(image) for image in _by_image(chosen_on, hit_iou)])
    pooled = [_pooled(image) for image in _by_image(cases, hit_iou)]
    return BestFScore(
        f_score=by_group(pooled, lambda some: f_score(at_threshold(some, threshold)), seed=seed),
        at=at_threshold(pooled, threshold),
    )


def mean_ap_overlaps(cases: Mapping[str, Sequence[ImageCase]], *, seed: int) -> Interval:
    """Mean of the labels' AP at 0.5:0.95, those left out of which there is nothing to find; arguments as `overall`."""
    labels = [at_overlaps(of_label) for of_label in cases.values()]
    images = [_AtOverlaps(image[0].group, image) for image in zip(*labels, strict=True)]
    return by_group(images, _mean_ap_overlaps, seed=seed, rounds=ROUNDS)


def precision(at: OperatingPoint) -> float:
    """Share of the regions that found something; NaN without regions."""
    given = at.found + at.false_regions
    return at.found / given if given else float("nan")


def f_score(at: OperatingPoint) -> float:
    """Harmonic mean of precision and sensitivity; NaN without regions and findings."""
    counted = at.findings + at.found + at.false_regions
    return 2 * at.found / counted if counted else float("nan")


def _by_image(cases: Mapping[str, Sequence[ImageCase]], least_iou: float) -> list[_Labels]:
    matched = [match_all(of_label, least_iou) for of_label in cases.values()]
    return [_Labels(image[0].group, image) for image in zip(*matched, strict=True)]


def _mean_ap(images: Sequence[_Labels]) -> float:
    """Labels of which there is nothing to find are left out."""
    labels = zip(*(image.matched for image in images), strict=True)
    return _mean_of_known([average_precision(matched) for matched in labels])


def _mean_of_known(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class _AtOverlaps:
    """One image, matched for each label at COCO's ten overlaps."""

    group: str
    labels: tuple[Overlaps, ...]


def _mean_ap_overlaps(images: Sequence[_AtOverlaps]) -> float:
    labels = zip(*(image.labels for image in images), strict=True)
    return _mean_of_known([mean_average_precision(of_label) for of_label in labels])


def _pooled(image: _Labels) -> Matched:
    """The image with the detections and findings of all labels; a detection hits only findings of its own label."""
    parts = image.matched
    return Matched(
        group=image.group,
        scores=np.concatenate([part.scores for part in parts]),
        hit=np.concatenate([part.hit for part in parts]),
        counted=np.concatenate([part.counted for part in parts]),
        findings=sum(part.findings for part in parts),
        found_at=np.concatenate([part.found_at for part in parts]),
        iou=np.concatenate([part.iou for part in parts]),
        answered=all(part.answered for part in parts),
    )
