"""One attempt at one study: what is known so far, and the outcome it makes whenever it stops."""

from __future__ import annotations

from dataclasses import dataclass

from engine.budget import Budget
from engine.detect.look import Looked
from engine.domain.arrival import Arrival
from engine.domain.model_card import ModelCard
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.errors import (
    BudgetExceeded,
    Cancelled,
    FoveaError,
    IncompleteError,
    InputError,
    OutOfDomainError,
    ProgramError,
)
from engine.intake.read import Loaded
from engine.program import program_version
from engine.stopwatch import Stopwatch


@dataclass(slots=True)
class Attempt:
    """Filled in stage by stage, so that a stop at any of them hands over what is done.

    Args:
        arrival: what is being answered.
        budget: the time for it.
        watch: where the time goes.
        loaded: the study and its scan, once read.
        card: the chosen model's card, once chosen.
        backend: run time and version, once loaded.
        effort: the work variant, once chosen.
        looked: what was found in the grid, and how much of the scan was looked at.
        regions: placed regions.
        doubts: what doubts the answer.
        stopped_by: the error that ended the work early, or None.
    """

    arrival: Arrival
    budget: Budget
    watch: Stopwatch
    loaded: Loaded | None = None
    card: ModelCard | None = None
    backend: str = ""
    effort: str = ""
    looked: Looked | None = None
    regions: tuple[Region, ...] = ()
    doubts: tuple[str, ...] = ()
    stopped_by: FoveaError | None = None

    def outcome(self) -> Outcome:
        """The answer as it stands. ANSWERED only if nothing stopped the work and all of the study was looked at."""
        coverage = self.looked.coverage if self.looked else 0.0
        stopped_by = self.stopped_by
        if stopped_by is None and coverage < 1.0:
            stopped_by = ProgramError("PR-COVERAGE", f"Only {coverage:.1%} of the scan was looked at.", "Report it.")
        if stopped_by is None:
            stopped_by = self._incomplete()
        return Outcome(
            arrival_id=self.arrival.id,
            status=Status.ANSWERED if stopped_by is None else status_of(stopped_by),
            flagged=bool(self.regions) if coverage > 0.0 else None,
            regions=self.regions,
            reason=str(stopped_by) if stopped_by else "",
            code=stopped_by.code if stopped_by else "",
            coverage=coverage,
            doubts=self.doubts,
            ms=self.watch.times(),
            model=self.card.name if self.card else "",
            model_hash=self.card.hash if self.card else "",
            backend=self.backend,
            effort=self.effort,
            budget_s=self.budget.limit_s,
            program_version=program_version(),
        )

    def _incomplete(self) -> IncompleteError | None:
        """What is missing of the study itself: a part of a body that nobody looked at is not `nothing flagged`."""
        missing = self.loaded.scan.provenance.missing if self.loaded else ()
        if not missing:
            return None
        return IncompleteError(
            "IN-SER-INCOMPLETE", " ".join(missing), "Send or export the whole series again from the archive or scanner."
        )


def status_of(error: FoveaError) -> Status:
    """The status that an error gives to its study."""
    match error:
        case InputError():
            return Status.REFUSED
        case OutOfDomainError():
            return Status.OUT_OF_DOMAIN
        case IncompleteError() | BudgetExceeded() | Cancelled():
            return Status.INCOMPLETE
        case _:
            return Status.FAILED
