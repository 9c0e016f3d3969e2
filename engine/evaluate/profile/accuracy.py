"""Figures of one way to answer, beside those of the reference on the same images."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.evaluate.ap import at_overlaps, average_precision, mean_average_precision
from engine.evaluate.figures import STRICT_IOU
from engine.evaluate.froc import at_threshold, false_interval, sensitivity_interval
from engine.evaluate.interval import Interval, by_group
from engine.evaluate.match import Matched, match_all
from engine.evaluate.measure import Measured
from engine.evaluate.profile.result import Accuracy

ROUNDS, OVERLAPS_ROUNDS = 500, 200
"""Draws of each interval, and of the mean of ten APs: a profile has many, and the third digit of a limit decides
nothing.
"""


def accuracy_of(measured: Measured, reference: Measured, *, hit_iou: float, seed: int) -> tuple[Accuracy, ...]:
    """The figures of each label.

    Args:
        measured: the set, answered in one way.
        reference: the same set, answered in the way that changes are told against; may be the same.
        hit_iou: overlap from which a finding is found.
        seed: of the bootstrap.
    """
    return tuple(_of_label(label, measured, reference, hit_iou, seed) for label in measured.cases)


def _of_label(label: str, measured: Measured, reference: Measured, hit_iou: float, seed: int) -> Accuracy:
    cases, threshold = measured.cases[label], measured.card.threshold
    strict, hits = match_all(cases, STRICT_IOU), match_all(cases, hit_iou)
    changes: tuple[Interval | None, Interval | None] = None, None
    if measured is not reference:
        before = reference.cases[label]
        changes = (
            _change(match_all(before, STRICT_IOU), strict, average_precision, seed),
            _change(match_all(before, hit_iou), hits, lambda some: at_threshold(some, threshold).sensitivity, seed),
        )
    return Accuracy(
        label=label,
        images=len(cases),
        findings=sum(one.findings for one in hits),
        ap_strict=by_group(strict, average_precision, seed=seed, rounds=ROUNDS),
        ap_overlaps=by_group(at_overlaps(cases), mean_average_precision, seed=seed, rounds=OVERLAPS_ROUNDS),
        sensitivity=sensitivity_interval(hits, threshold, seed=seed, rounds=ROUNDS),
        false_per_image=false_interval(hits, threshold, seed=seed, rounds=ROUNDS),
        ap_change=changes[0],
        sensitivity_change=changes[1],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Both:
    """One image, answered in two ways: what is hard in it is hard for both, so that the change is surer than either."""

    group: str
    before: Matched
    now: Matched


def _change(
    before: Sequence[Matched], now: Sequence[Matched], figure: Callable[[Sequence[Matched]], float], seed: int
) -> Interval:
    """How a figure changes; both are drawn together."""
    both = [_Both(one.group, one, other) for one, other in zip(before, now, strict=True)]
    return by_group(
        both,
        lambda some: figure([image.now for image in some]) - figure([image.before for image in some]),
        seed=seed,
        rounds=ROUNDS,
    )
