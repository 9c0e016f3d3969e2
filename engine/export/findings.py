"""What stands about each place of a study once a person has decided: the outcome's regions, then what was added."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.outcome import Outcome
from engine.domain.region import Band, BoxPx, BoxVox, InstanceBox, Measure, Region
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review
from engine.store.outcomes import Recorded


@dataclass(frozen=True, slots=True)
class Finding:
    """One place, where the detector saw it or where a person has put it.

    Args:
        number: from 1, regions in the order of the outcome.
        label: of the region, or of the mark that took its place.
        verdict: what a person decided; None while nobody has.
        reason: why, in the person's words.
        score: of the model; None for an added one.
        band: of the model; None for an added one.
        box_px: see `Region`.
        box_vox: see `Region`.
        center_mm: see `Region`.
        instances: see `Region`.
        measures: of the model's region; none where a person has moved it, since they were taken elsewhere.
    """

    number: int
    label: str
    verdict: RegionVerdict | None
    reason: str = ""
    score: float | None = None
    band: Band | None = None
    box_px: BoxPx | None = None
    box_vox: BoxVox | None = None
    center_mm: tuple[float, float, float] | None = None
    instances: tuple[InstanceBox, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether nobody has rejected it."""
        return self.verdict is not RegionVerdict.REJECTED


@dataclass(frozen=True, slots=True)
class Case:
    """A study with its outcome and what stands of its review.

    Args:
        recorded: the outcome as stored.
        review: the newest signed one; None while there is none.
    """

    recorded: Recorded
    review: Review | None = None

    @property
    def name(self) -> str:
        """Unique among all outcomes."""
        return f"{self.recorded.arrival.id}-{self.recorded.outcome.attempt}"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every place, the rejected ones too."""
        return findings_of(self.recorded.outcome, self.review)


def findings_of(outcome: Outcome, review: Review | None) -> tuple[Finding, ...]:
    """The places of an outcome in its order, each as the review left it, then those that the review added."""
    decisions = review.regions if review else ()
    decided = {decision.region: decision for decision in decisions if decision.region is not None}
    found = [_decided(index + 1, region, decided.get(index)) for index, region in enumerate(outcome.regions)]
    added = [decision.mark for decision in decisions if decision.region is None and decision.mark is not None]
    reasons = [decision.reason for decision in decisions if decision.region is None]
    found += [
        _of_mark(len(found) + place, mark, RegionVerdict.ADDED, reason)
        for place, (mark, reason) in enumerate(zip(added, reasons, strict=True), start=1)
    ]
    return tuple(found)


def _decided(number: int, region: Region, decision: RegionReview | None) -> Finding:
    if decision is not None and decision.mark is not None:
        return _of_mark(number, decision.mark, decision.verdict, decision.reason, region)
    return Finding(
        number=number,
        label=region.label,
        verdict=decision.verdict if decision else None,
        reason=decision.reason if decision else "",
        score=region.score,
        band=region.band,
        box_px=region.box_px,
        box_vox=region.box_vox,
        center_mm=region.center_mm,
        instances=region.instances,
        measures=region.measures,
    )


def _of_mark(number: int, mark: Mark, verdict: RegionVerdict, reason: str, region: Region | None = None) -> Finding:
    return Finding(
        number=number,
        label=mark.label,
        verdict=verdict,
        reason=reason,
        score=region.score if region else None,
        band=region.band if region else None,
        box_px=mark.box_px,
        box_vox=mark.box_vox,
        center_mm=mark.center_mm,
        instances=mark.instances,
    )
