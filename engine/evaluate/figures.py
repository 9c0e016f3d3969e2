"""All figures of a detector on one annotated set: what a model card and `fovea evaluate` state."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluate.ap import average_precision
from engine.evaluate.froc import OperatingPoint, at_threshold, froc, froc_intervals
from engine.evaluate.interval import Interval, by_group, exact_share, upper_limit
from engine.evaluate.match import ImageCase, Matched, match_all

STRICT_IOU = 0.5


@dataclass(frozen=True, slots=True)
class Subgroup:
    """The figures of one group alone: too few images for more than a look."""

    name: str
    ap_strict: float
    at: OperatingPoint


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one label.

    Args:
        ap_strict: AP at an overlap of 0.5, with its interval by group.
        ap: AP at the overlap that counts as a hit.
        at: the shipped threshold.
        sensitivity: at the shipped threshold, with its interval by group.
        false_per_image: the same.
        curve: FROC, one point a level.
        curve_intervals: sensitivity at each of these levels, with its interval by group.
        clean_marked: share of the images without findings that were marked, exact limits.
        clean_marked_limit: one-sided upper 95 % limit of that share.
        subgroups: each group alone.
    """

    hit_iou: float
    ap_strict: Interval
    ap: Interval
    at: OperatingPoint
    sensitivity: Interval
    false_per_image: Interval
    curve: tuple[OperatingPoint, ...]
    curve_intervals: tuple[Interval, ...]
    clean_marked: Interval
    clean_marked_limit: float
    subgroups: tuple[Subgroup, ...]


def figures(cases: Sequence[ImageCase], threshold: float, *, hit_iou: float, seed: int) -> Figures:
    """Work out every figure.

    Args:
        cases: one label's truth and answers, with scores down to well below the threshold.
        threshold: the shipped one.
        hit_iou: overlap from which a finding counts as found.
        seed: of the bootstrap.
    """
    strict, hits = match_all(cases, STRICT_IOU), match_all(cases, hit_iou)
    at = at_threshold(hits, threshold)
    return Figures(
        hit_iou=hit_iou,
        ap_strict=by_group(strict, average_precision, seed=seed),
        ap=by_group(hits, average_precision, seed=seed),
        at=at,
        sensitivity=by_group(hits, lambda some: at_threshold(some, threshold).sensitivity, seed=seed),
        false_per_image=by_group(hits, lambda some: at_threshold(some, threshold).false_per_image, seed=seed),
        curve=froc(hits),
        curve_intervals=froc_intervals(hits, seed=seed),
        clean_marked=exact_share(at.clean_marked, at.clean),
        clean_marked_limit=upper_limit(at.clean_marked, at.clean),
        subgroups=tuple(_subgroup(name, strict, hits, threshold) for name in sorted({case.group for case in cases})),
    )


def _subgroup(name: str, strict: Sequence[Matched], hits: Sequence[Matched], threshold: float) -> Subgroup:
    return Subgroup(
        name,
        average_precision([image for image in strict if image.group == name]),
        at_threshold([image for image in hits if image.group == name], threshold),
    )
