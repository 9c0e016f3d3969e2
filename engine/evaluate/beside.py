"""A shadow beside the model that answers: where they agree, and what it gains and loses against what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engine.domain.outcome import Status
from engine.domain.region import Region
from engine.domain.review import Mark, RegionVerdict, Review
from engine.evaluate.match import HIT_IOU, overlap
from engine.evaluate.sequential import Sequential, sequential
from engine.store.database import Store
from engine.store.shadow_pairs import Counted, Pair, Seen, counted, pairs_since

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
        unsure_active: of `only_active`, those of which it is unsure.
        unsure_shadow: the same of the shadow.
        reviewed: studies with a signed review.
        findings: who found more of what people confirmed, changed or added, study by study.
        false_regions: who flagged less of what is none, study by study.
    """

    studies: int
    alike: int
    shared: int
    only_active: int
    only_shadow: int
    unsure_active: int
    unsure_shadow: int
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


@dataclass(frozen=True, slots=True)
class _Alone:
    """Regions of one answer that the other one has not.

    Args:
        regions: how many.
        unsure: of them, those of which the model is unsure.
    """

    regions: int
    unsure: int

    @classmethod
    def of(cls, regions: Sequence[Region], found: NDArray[np.bool_]) -> _Alone:
        """Those that were not found in the other answer."""
        left = [region for region, is_found in zip(regions, found, strict=True) if not is_found]
        return cls(len(left), sum(region.band == "unsure" for region in left))


@dataclass(frozen=True, slots=True)
class _Said:
    """What one study says.

    Args:
        alone: regions that only the one that answers found, and only the shadow; None where it did not answer in full.
        shared: how many both found.
        signed_at: when its review was signed; None while there is none.
        gain: whether the shadow found more of the findings; None where both found as many.
        saved: the same of false regions.
    """

    alone: tuple[_Alone, _Alone] | None = None
    shared: int = 0
    signed_at: datetime | None = None
    gain: bool | None = None
    saved: bool | None = None


class Beside:
    """How a version that answered as a shadow compares with the one that answers.

    What each study says is kept, so that a further look reads what is new since the one before, and no more.

    Args:
        model_hash: of the package of the shadow.
    """

    def __init__(self, model_hash: str) -> None:
        self._model_hash = model_hash
        self._said: dict[int, _Said] = {}
        self._seen, self._counted = Seen(), Counted(0, 0)
        self._comparison: Comparison | None = None

    def look(self, store: Store) -> Comparison:
        """How they compare by now.

        Args:
            store: always of the same home.

        Raises:
            StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
        """
        there_is = counted(store, self._model_hash)
        if there_is.answers < self._counted.answers or there_is.versions < self._counted.versions:
            self._said, self._seen = {}, Seen()  # something was erased
        if there_is != self._counted or self._comparison is None:
            for some, seen in pairs_since(store, self._model_hash, self._seen):
                self._said |= {pair.active.id: _said_by(pair) for pair in some}
                self._seen = seen
            self._counted, self._comparison = there_is, _together(tuple(self._said.values()))
        return self._comparison


def compare(seen: Sequence[Pair]) -> Comparison:
    """Compares the answers, and holds both against the reviews."""
    return _together([_said_by(pair) for pair in seen])


def _together(studies: Sequence[_Said]) -> Comparison:
    """What all studies say.

    Reviewed ones count in the order in which they were signed: whoever looks again sees what was seen before, and more.
    """
    whole = [(*one.alone, one.shared) for one in studies if one.alone is not None]
    signed = sorted((one.signed_at, at) for at, one in enumerate(studies) if one.alone and one.signed_at)
    in_order = [studies[at] for _, at in signed]
    return Comparison(
        studies=len(whole),
        alike=sum(not (active.regions or shadow.regions) for active, shadow, _ in whole),
        shared=sum(shared for _, _, shared in whole),
        only_active=sum(active.regions for active, _, _ in whole),
        only_shadow=sum(shadow.regions for _, shadow, _ in whole),
        unsure_active=sum(active.unsure for active, _, _ in whole),
        unsure_shadow=sum(shadow.unsure for _, shadow, _ in whole),
        reviewed=len(in_order),
        findings=sequential("findings", [one.gain for one in in_order if one.gain is not None]),
        false_regions=sequential("false regions", [one.saved for one in in_order if one.saved is not None]),
    )


def _said_by(pair: Pair) -> _Said:
    if pair.shadow.status is not Status.ANSWERED:
        return _Said()
    of_active, of_shadow = pair.active.outcome.regions, pair.shadow.regions
    hit_iou = HIT_IOU[3 if any(region.box_vox for region in (*of_active, *of_shadow)) else 2]
    active, shadow = _regions(of_active), _regions(of_shadow)
    found = _found(active, shadow, hit_iou)
    alone = _Alone.of(of_active, found), _Alone.of(of_shadow, _found(shadow, active, hit_iou))
    shared = int(found.sum())
    if pair.review is None:
        return _Said(alone, shared)
    findings = _findings(pair.review, of_active)
    return _Said(
        alone,
        shared,
        pair.review.signed_at,
        _fall(_gains(findings, active, shadow, hit_iou)),
        _fall(_saved(findings, active, shadow, hit_iou)),
    )


def _fall(cases: Iterable[bool]) -> bool | None:
    """To whom a study falls, as one word: what lies in one study is alike. None where both are as good."""
    won = sum(1 if one else -1 for one in cases)
    return won > 0 if won else None


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
