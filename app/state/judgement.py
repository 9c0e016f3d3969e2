"""What a person has decided so far about one study: a value, of which every decision makes another."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.state.words import later
from engine.domain.operator import Operator, Role
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict
from engine.domain.study import PHOTO

OF_PARTS = (Verdict.ACCEPT, Verdict.WARN, Verdict.REJECT)
OF_READINGS = (Verdict.AGREE, Verdict.DISAGREE)

REASONS = (
    later("no finding"),
    later("artefact"),
    later("normal anatomy or structure"),
    later("too small to matter"),
    later("shown twice"),
    later("other"),
)
"""Why a region is rejected, the usual ones first; recorded in English, shown in the language of the window."""


def verdicts_for(modality: str, operator: Operator | None) -> tuple[Verdict, ...]:
    """The verdicts that a person chooses from: by the role where it says, otherwise by what the pixels are.

    Args:
        modality: of the study.
        operator: who decides, where somebody is logged in.
    """
    if operator is not None and operator.role in (Role.READER, Role.INSPECTOR):
        return OF_READINGS if operator.role is Role.READER else OF_PARTS
    return OF_PARTS if modality == PHOTO else OF_READINGS


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers for a version, and since when.

    Args:
        operator: the name.
        at: UTC.
        version: of the review.
    """

    operator: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decisions about one outcome. Places count its regions first, then what was added.

    Args:
        outcome: what is judged.
        decisions: one for each of its regions; None while undecided.
        added: what the model missed.
        verdict: of the whole; None while undecided.
        comment: free text.
        reason: why a signed review is being changed.
        signature: of the newest version; None while that is a draft.
        regions: every place as it is now: the outcome's, changed where a person changed them, then the added ones.
    """

    outcome: Outcome
    decisions: tuple[RegionReview | None, ...]
    added: tuple[Mark, ...] = ()
    verdict: Verdict | None = None
    comment: str = ""
    reason: str = ""
    signature: Signature | None = None
    regions: tuple[Region, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = self.outcome.regions
        if any(decided is not None and decided.mark is not None for decided in self.decisions):
            found = tuple(map(_as_changed, found, self.decisions))
        object.__setattr__(self, "regions", found + tuple(map(_drawn, self.added)))

    @classmethod
    def of(cls, outcome: Outcome) -> Judgement:
        """Nothing decided yet."""
        return cls(outcome, (None,) * len(outcome.regions))

    @classmethod
    def resumed(cls, outcome: Outcome, review: Review) -> Judgement:
        """As it was recorded."""
        named = {decision.region: decision for decision in review.regions if decision.region is not None}
        signature = None
        if review.signed_at is not None:
            signature = Signature(review.operator, review.signed_at, review.version)
        return cls(
            outcome,
            tuple(named.get(place) for place in range(len(outcome.regions))),
            tuple(decision.mark for decision in review.regions if decision.region is None and decision.mark),
            review.verdict,
            review.comment,
            "" if review.signed else review.reason,
            signature,
        )

    @property
    def key(self) -> tuple[str, int]:
        """Arrival and attempt: which outcome."""
        return self.outcome.arrival_id, self.outcome.attempt

    @property
    def verdicts(self) -> tuple[RegionVerdict | None, ...]:
        """What was decided of each place."""
        said = tuple(None if decided is None else decided.verdict for decided in self.decisions)
        return said + (RegionVerdict.ADDED,) * len(self.added)

    @property
    def open(self) -> tuple[int, ...]:
        """The undecided places."""
        return tuple(place for place, decided in enumerate(self.decisions) if decided is None)

    @property
    def complete(self) -> bool:
        """Whether it may be signed: nothing undecided, and a verdict."""
        return self.verdict is not None and None not in self.decisions

    def confirm(self, place: int) -> Judgement:
        """The place is what the model says; an added one is by itself."""
        if place >= len(self.decisions):
            return self
        return self._with(place, RegionReview(RegionVerdict.CONFIRMED, place))

    def reject(self, place: int, reason: str) -> Judgement:
        """The place is nothing, for a reason; an added one is taken away."""
        if place >= len(self.decisions):
            at = place - len(self.decisions)
            return replace(self, added=self.added[:at] + self.added[at + 1 :])
        return self._with(place, RegionReview(RegionVerdict.REJECTED, place, reason=reason))

    def change(self, place: int, mark: Mark) -> Judgement:
        """The place is something else, or lies elsewhere."""
        if place >= len(self.decisions):
            at = place - len(self.decisions)
            return replace(self, added=(*self.added[:at], mark, *self.added[at + 1 :]))
        return self._with(place, RegionReview(RegionVerdict.CHANGED, place, mark))

    def add(self, mark: Mark) -> Judgement:
        """A place that the model missed."""
        return replace(self, added=(*self.added, mark))

    def confirm_all(self, places: Collection[int]) -> Judgement:
        """These places are what the model says."""
        said = tuple(
            RegionReview(RegionVerdict.CONFIRMED, place) if place in places else decided
            for place, decided in enumerate(self.decisions)
        )
        return replace(self, decisions=said)

    def proposed(self, verdicts: tuple[Verdict, ...]) -> Verdict | None:
        """What follows from the decisions; None while one is missing, or where the study was not answered in full.

        A part with a defect that stands is rejected; a reading agrees where nothing was rejected or added.
        """
        if self.open or self.outcome.status is not Status.ANSWERED:
            return None
        said = self.verdicts
        if Verdict.AGREE in verdicts:
            differs = RegionVerdict.REJECTED in said or RegionVerdict.ADDED in said
            return Verdict.DISAGREE if differs else Verdict.AGREE
        return Verdict.REJECT if any(one is not RegionVerdict.REJECTED for one in said) else Verdict.ACCEPT

    def review(self) -> Review:
        """What is recorded of it; who decided, and the version, the engine fills in."""
        decided = [decision for decision in self.decisions if decision is not None]
        added = [RegionReview(RegionVerdict.ADDED, mark=mark) for mark in self.added]
        return Review(
            self.outcome.arrival_id,
            self.outcome.attempt,
            "",
            (*decided, *added),
            self.verdict,
            self.comment,
            reason=self.reason,
        )

    def _with(self, place: int, decided: RegionReview) -> Judgement:
        return replace(self, decisions=(*self.decisions[:place], decided, *self.decisions[place + 1 :]))


def mark_of(region: Region, label: str | None = None) -> Mark:
    """A place with the box of a region, under another label where one is given."""
    return Mark(label or region.label, region.box_px, region.box_vox, region.center_mm, region.instances)


def _as_changed(region: Region, decided: RegionReview | None) -> Region:
    if decided is None or decided.mark is None:
        return region
    mark = decided.mark
    moved = (mark.box_px, mark.box_vox) != (region.box_px, region.box_vox)
    return replace(
        region,
        label=mark.label,
        box_px=mark.box_px,
        box_vox=mark.box_vox,
        center_mm=mark.center_mm,
        instances=mark.instances,
        measures=() if moved else region.measures,  # those of another place
    )


def _drawn(mark: Mark) -> Region:
    """As it is shown: a person gives no score, which is not a number then."""
    return Region(mark.label, math.nan, "sure", mark.box_px, mark.box_vox, mark.center_mm, mark.instances)
