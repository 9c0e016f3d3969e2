"""A shadow beside the model that answers: where they agree, and what it gains and loses against what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.outcome import Status
from engine.domain.region import Region
from engine.domain.review import Mark, RegionVerdict, Review
from engine.evaluate.match import HIT_IOU, overlap
from engine.evaluate.sequential import Sequential, sequential
from engine.store.database import Store
from engine.store.shadow_answers import Pair, pairs

Faces = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the pairs show.

    Args:
        studies: that both answered in full.
        alike: of them, those where both say the same: every region of one is a region of the other.
        shared: regions that both found.
        only_active: regions that only the one that answers found.
        only_shadow: regions that only the shadow found.
        reviewed: studies with a signed review.
        findings: who found more of what people confirmed, changed or added, study by study.
        false_regions: who flagged less of what is none, study by study.
    """

    studies: int
    alike: int
    shared: int
    only_active: int
    only_shadow: int
    reviewed: int
    findings: Sequential
    false_regions: Sequential

    @property
    def agreement(self) -> float:
        """Share of the studies of which both say the same; NaN where there are none."""
        return self.alike / self.studies if self.studies else float("nan")


@dataclass(frozen=True, slots=True)
class _Marks:
    """Places with their labels."""

    labels: tuple[str, ...]
    boxes: NDArray[np.float64]


def comparison_of(store: Store, model_hash: str) -> Comparison:
    """How a version that answered as a shadow compares with the one that answers, as far as it was seen.

    Args:
        store: where from.
        model_hash: of its package.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    seen = pairs(store, model_hash)
    dims = 3 if any(region.box_vox for pair in seen for region in pair.active.outcome.regions) else 2
    return compare(seen, HIT_IOU[dims])


def compare(seen: Sequence[Pair], hit_iou: float) -> Comparison:
    """Compares the answers, and holds both against the reviews.

    Args:
        seen: in the order of the answers.
        hit_iou: overlap from which two regions are one, and a finding is found.
    """
    whole = [pair for pair in seen if pair.shadow.status is Status.ANSWERED]
    alike = shared = only_active = only_shadow = 0
    gains: list[bool] = []
    saved: list[bool] = []
    for pair in whole:
        active, shadow = _regions(pair.active.outcome.regions), _regions(pair.shadow.regions)
        both = int(_found(active, shadow, hit_iou).sum())
        shared += both
        only_active += len(active.labels) - both
        only_shadow += len(shadow.labels) - both
        alike += both == len(active.labels) == len(shadow.labels)
        if pair.review is not None:
            findings = _findings(pair.review, pair.active.outcome.regions)
            gains += _falls(_gains(findings, active, shadow, hit_iou))
            saved += _falls(_saved(findings, active, shadow, hit_iou))
    return Comparison(
        studies=len(whole),
        alike=alike,
        shared=shared,
        only_active=only_active,
        only_shadow=only_shadow,
        reviewed=sum(pair.review is not None for pair in whole),
        findings=sequential("findings", gains),
        false_regions=sequential("false regions", saved),
    )


def _falls(cases: Iterable[bool]) -> list[bool]:
    """To whom a study falls, as one word: what lies in one study is alike. Nothing where both are as good."""
    won = [1 if one else -1 for one in cases]
    return [sum(won) > 0] if sum(won) else []


def _gains(findings: _Marks, active: _Marks, shadow: _Marks, hit_iou: float) -> Iterator[bool]:
    """Of the findings that one alone found: whether it was the shadow."""
    by_active, by_shadow = _found(findings, active, hit_iou), _found(findings, shadow, hit_iou)
    return (
        bool(shadow_too)
        for active_too, shadow_too in zip(by_active, by_shadow, strict=True)
        if active_too != shadow_too
    )


def _saved(findings: _Marks, active: _Marks, shadow: _Marks, hit_iou: float) -> Iterator[bool]:
    """Of the false regions that one alone flagged: whether the shadow is the better for it.

    A person who signs has looked for what was missed, so a region of the shadow that is no finding of theirs is false.
    """
    false_active, false_shadow = _without(active, findings, hit_iou), _without(shadow, findings, hit_iou)
    yield from (True for too in _found(false_active, false_shadow, hit_iou) if not too)
    yield from (False for too in _found(false_shadow, false_active, hit_iou) if not too)


def _found(wanted: _Marks, given: _Marks, hit_iou: float) -> NDArray[np.bool_]:
    """Which of the wanted places are among the given ones, each of which serves once; the largest overlaps first."""
    found = np.zeros(len(wanted.labels), bool)
    if not len(wanted.labels) or not len(given.labels):
        return found
    same = np.array([[one == other for other in given.labels] for one in wanted.labels])
    ious = np.where(same, overlap(wanted.boxes, given.boxes), 0.0)
    taken = np.zeros(len(given.labels), bool)
    for flat in np.argsort(-ious, axis=None, kind="stable"):
        one, other = np.unravel_index(flat, ious.shape)
        if ious[one, other] < hit_iou:
            break
        if not found[one] and not taken[other]:
            found[one] = taken[other] = True
    return found


def _without(marks: _Marks, others: _Marks, hit_iou: float) -> _Marks:
    left = ~_found(marks, others, hit_iou)
    return _Marks(tuple(label for label, stays in zip(marks.labels, left, strict=True) if stays), marks.boxes[left])


def _findings(review: Review, regions: Sequence[Region]) -> _Marks:
    """What a person says is there."""
    marks: list[tuple[str, Faces]] = []
    for decision in review.regions:
        if decision.mark is not None:
            marks.append((decision.mark.label, _faces(decision.mark)))
        elif decision.verdict is RegionVerdict.CONFIRMED and decision.region is not None:
            region = regions[decision.region]
            marks.append((region.label, _faces(region)))
    return _marks(marks)


def _regions(regions: Sequence[Region]) -> _Marks:
    return _marks([(region.label, _faces(region)) for region in regions])


def _marks(marks: Sequence[tuple[str, Faces]]) -> _Marks:
    sides = len(marks[0][1]) if marks else 4
    return _Marks(
        tuple(label for label, _ in marks), np.array([faces for _, faces in marks], np.float64).reshape(-1, sides)
    )


def _faces(place: Region | Mark) -> Faces:
    return tuple(place.box_px or place.box_vox or ())
