"""An outcome: the one answer to an arrival, whatever happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.domain.opinion import Opinion
from engine.domain.region import Region

LATE = "late"
"""Doubt: the deadline had passed before the work began. The study was answered in full nevertheless."""

THRESHOLD_CHANGED = "threshold-changed"
"""Doubt: another threshold than the model's own was asked for, and its figures do not hold."""


class Status(StrEnum):
    """How a study was answered. `flagged` is a field of its own: no status hides what was found."""

    ANSWERED = "answered"
    INCOMPLETE = "incomplete"
    OUT_OF_DOMAIN = "out-of-domain"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds spent in each stage of one study."""

    read: float = 0.0
    prepare: float = 0.0
    detect: float = 0.0
    merge: float = 0.0
    record: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one answer to an arrival; unique for (arrival, attempt).

    Args:
        arrival_id: which arrival this answers.
        status: see `Status`.
        flagged: whether any region was flagged, whatever the status; None where no pixel was looked at.
        regions: highest score first, ties by position.
        reason: why the status is not ANSWERED, with the next step; empty otherwise.
        code: the error's code, empty for ANSWERED.
        coverage: share of pixels that the model looked at, 0..1.
        doubts: short names of what doubts the answer.
        ms: time by stage.
        model: `id version`, empty if none was chosen.
        model_hash: SHA-256 of the package's sums.
        backend: run time and its version.
        effort: the work variant of the model.
        budget_s: seconds given; None without a limit.
        program_version: Fovea's own.
        attempt: 1 for the first try.
        reused_from: id of the arrival whose outcome this repeats, or None.
        opinion: the second answer, where the site wants one; None otherwise.
    """

    arrival_id: str
    status: Status
    flagged: bool | None = None
    regions: tuple[Region, ...] = ()
    reason: str = ""
    code: str = ""
    coverage: float = 0.0
    doubts: tuple[str, ...] = ()
    ms: StageTimes = field(default_factory=StageTimes)
    model: str = ""
    model_hash: str = ""
    backend: str = ""
    effort: str = ""
    budget_s: float | None = None
    program_version: str = ""
    attempt: int = 1
    reused_from: str | None = None
    opinion: Opinion | None = None

    @property
    def unsure_count(self) -> int:
        """How many of the regions are unsure: between the model's two thresholds."""
        return sum(region.band == "unsure" for region in self.regions)

    @property
    def reading(self) -> str:
        """What a person is told: `nothing flagged` only for a full answer without regions."""
        if self.status is Status.ANSWERED:
            return "flagged" if self.flagged else "nothing flagged"
        return f"{self.status.value}, flagged" if self.flagged else self.status.value
