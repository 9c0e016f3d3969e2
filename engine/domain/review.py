"""A review: what a person decided about an outcome, region by region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from engine.domain.region import BoxPx, BoxVox, InstanceBox
from engine.errors import UsageError


class RegionVerdict(StrEnum):
    """What a person says of one region."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CHANGED = "changed"
    ADDED = "added"


class Verdict(StrEnum):
    """What a person says of the whole: the first three of parts, the last two of readings."""

    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"
    AGREE = "agree"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a person drew or moved: a region without a score. Exactly one of the two boxes is set.

    Args:
        label: one of the model's labels, or the person's own.
        box_px: see `Region`.
        box_vox: see `Region`.
        center_mm: (x, y, z) LPS of the centre, for volumes with geometry.
        instances: the stored DICOM images that it touches, in slice order.
    """

    label: str
    box_px: BoxPx | None = None
    box_vox: BoxVox | None = None
    center_mm: tuple[float, float, float] | None = None
    instances: tuple[InstanceBox, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionReview:
    """What was decided about one region.

    Args:
        verdict: see `RegionVerdict`.
        region: its place in `Outcome.regions`, from 0; None for an added one.
        mark: where it lies after the decision, for a changed or added one; None otherwise.
        reason: why; a rejected one always has it.
    """

    verdict: RegionVerdict
    region: int | None = None
    mark: Mark | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One version of what a person decided about an outcome. Versions are added, never changed.

    Args:
        arrival_id: the arrival whose outcome was reviewed.
        attempt: which of its outcomes.
        operator: who decided.
        regions: at most one decision for each region, then what was added.
        verdict: of the whole; None while undecided, which a signed one never is.
        comment: free text.
        version: 1 for the first.
        reason: why a signed review was changed; a version after a signed one always has it.
        signed_at: when it was signed, UTC; None for a draft.
    """

    arrival_id: str
    attempt: int
    operator: str
    regions: tuple[RegionReview, ...] = ()
    verdict: Verdict | None = None
    comment: str = ""
    version: int = 1
    reason: str = ""
    signed_at: datetime | None = None

    @property
    def signed(self) -> bool:
        """Whether somebody answers for it."""
        return self.signed_at is not None


def with_decisions(review: Review, decisions: Iterable[RegionReview]) -> Review:
    """The review with some regions decided, or decided anew; what is added comes after all that was there."""
    decided = {one.region: one for one in review.regions if one.region is not None}
    added = [one for one in review.regions if one.region is None]
    for decision in decisions:
        if decision.region is None:
            added.append(decision)
        else:
            decided[decision.region] = decision
    return replace(review, regions=(*(decided[region] for region in sorted(decided)), *added))


def require_sound(review: Review, region_count: int) -> None:
    """Lets a review through that says one thing of each region that it names; what it tells of them counts from 1.

    Args:
        review: what is about to be recorded.
        region_count: how many regions the outcome has.

    Raises:
        UsageError: US-REVIEW, naming the decision that contradicts itself.
    """
    named: set[int] = set()
    for number, decision in enumerate(review.regions, start=1):
        wrong = _contradiction(decision, region_count)
        if wrong is None and decision.region in named:
            wrong = f"region {_number(decision)} is decided twice"
        if wrong is not None:
            raise UsageError("US-REVIEW", f"Decision {number} of the review: {wrong}.", "Correct it and save again.")
        if decision.region is not None:
            named.add(decision.region)


def require_complete(review: Review, region_count: int) -> None:
    """Lets a review through that may be signed: a verdict, and a decision for every region.

    Raises:
        UsageError: US-REVIEW-OPEN, saying what is missing.
    """
    decided = {decision.region for decision in review.regions}
    undecided = [region + 1 for region in range(region_count) if region not in decided]
    if review.verdict is None or undecided:
        noun = "region" if len(undecided) == 1 else "regions"
        missing = "a verdict" if review.verdict is None else f"decisions for {noun} {_listed(undecided)}"
        raise UsageError("US-REVIEW-OPEN", f"The review lacks {missing}.", "Decide, then sign.")


def _contradiction(decision: RegionReview, region_count: int) -> str | None:
    added = decision.verdict is RegionVerdict.ADDED
    drawn = added or decision.verdict is RegionVerdict.CHANGED
    if added != (decision.region is None):
        return "an added region has no number, every other one has"
    if decision.region is not None and not 0 <= decision.region < region_count:
        return f"region {_number(decision)} is named, the outcome has {region_count}"
    if drawn != (decision.mark is not None):
        return f"region of verdict '{decision.verdict.value}' {'needs a' if drawn else 'has no'} place of its own"
    if decision.verdict is RegionVerdict.REJECTED and not decision.reason.strip():
        return f"region {_number(decision)} is rejected without a reason"
    return None if decision.mark is None else _wrong_place(decision.mark)


def _number(decision: RegionReview) -> int:
    """As people count, and as pictures and lists show it; 0 of an added one."""
    return 0 if decision.region is None else decision.region + 1


def _wrong_place(mark: Mark) -> str | None:
    if (mark.box_px is None) == (mark.box_vox is None):
        return "its place needs exactly one of the two boxes"
    if not _has_extent(mark.box_vox or mark.box_px or ()):
        return "its place has no extent, or lies outside of what was looked at"
    return None


def _has_extent(faces: Sequence[float]) -> bool:
    half = len(faces) // 2
    return all(low < high for low, high in zip(faces[:half], faces[half:], strict=True))


def _listed(numbers: Sequence[int], most: int = 5) -> str:
    shown = ", ".join(map(str, numbers[:most]))
    return shown if len(numbers) <= most else f"{shown} and {len(numbers) - most} more"
