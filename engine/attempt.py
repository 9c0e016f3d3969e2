"""One attempt at one study: what is known so far, and the outcome it makes whenever it stops."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from engine.budget import Budget
from engine.detect.look import Looked
from engine.domain.activation import NOT_ACTIVE
from engine.domain.arrival import Arrival
from engine.domain.basis import Basis
from engine.domain.exam import Patient
from engine.domain.model_card import ModelCard
from engine.domain.opinion import DIFFERS, FAILED, SKIPPED, Opinion
from engine.domain.outcome import LATE, Outcome, Status
from engine.domain.region import Region
from engine.domain.request import Request
from engine.domain.scan import Scan
from engine.domain.sketch import Sketched
from engine.domain.study import Study
from engine.domain.workload import NOTHING_DONE, Workload
from engine.errors import (
    BudgetExceeded,
    Cancelled,
    FoveaError,
    IncompleteError,
    InputError,
    OutOfDomainError,
    ProgramError,
)
from engine.intake.find import Found
from engine.intake.read import Loaded
from engine.program import program_version
from engine.stopwatch import Stopwatch


@dataclass(slots=True, eq=False)
class Attempt:
    """Filled in stage by stage, so that a stop at any of them hands over what is done.

    Args:
        found: what intake found.
        request: what is wanted of the answer.
        arrival: what is being answered.
        budget: the time for it.
        watch: where the time goes.
        threads: that the kernels and the run time have.
        number: 1 for the first try.
        loaded: the study and its scan, once read and until `let_go`.
        study: what was seen, once read.
        patient: whose it is, where its files say so, once read.
        missing: what belongs to the study and was not there, one sentence each.
        card: the chosen model's card, once chosen.
        backend: run time and version, once loaded.
        effort: the work variant, once chosen.
        sketched: what the pixels look like, once a model was chosen.
        workload: how much there was to do so far.
        looked: what was found in the grid, and how much of the scan was looked at.
        repeated: the recorded outcome that the regions were taken from, where nothing had to be looked at again.
        regions: placed regions.
        doubts: what doubts the answer.
        stopped_by: the error that ended the work early, or None.
        views: of the tiles, in place of those of the effort; empty leaves it at these.
        wants_second: whether a second opinion is asked for, where the site wants one.
        opinion: that one, once it is there.
    """

    found: Found
    request: Request
    arrival: Arrival
    budget: Budget
    watch: Stopwatch
    threads: int
    number: int = 1
    loaded: Loaded | None = None
    study: Study | None = None
    patient: Patient | None = None
    missing: tuple[str, ...] = ()
    card: ModelCard | None = None
    backend: str = ""
    effort: str = ""
    sketched: Sketched | None = None
    workload: Workload = NOTHING_DONE
    looked: Looked | None = None
    repeated: Outcome | None = None
    regions: tuple[Region, ...] = ()
    doubts: tuple[str, ...] = ()
    stopped_by: FoveaError | None = None
    views: tuple[str, ...] = ()
    wants_second: bool = True
    opinion: Opinion | None = None

    @property
    def scan(self) -> Scan | None:
        """The pixels, once read and until `let_go`."""
        loaded = self.loaded  # once: another thread may let go of it
        return loaded.scan if loaded else None

    @property
    def coverage(self) -> float:
        """Share of the scan that was looked at, 0..1."""
        if self.repeated is not None:
            return self.repeated.coverage
        return self.looked.coverage if self.looked else 0.0

    def has_read(self, loaded: Loaded) -> None:
        """Takes what was read."""
        self.loaded, self.study = loaded, loaded.study
        self.patient = None if loaded.scan.exam is None else loaded.scan.exam.patient
        self.missing = loaded.scan.provenance.missing
        self.doubts += loaded.doubts
        self.workload = Workload(
            files=len(self.found.files),
            read_bytes=sum(entry.stored_bytes() for entry in self.found.files),
            pixels=math.prod(loaded.scan.shape),
            threads=self.threads,
        )

    def take_over(self, other: Attempt) -> None:
        """Takes what another attempt at the same study has read, and how long that took."""
        self.loaded, self.study, self.patient = other.loaded, other.study, other.patient
        self.missing, self.workload, self.watch = other.missing, other.workload, other.watch.again()
        if other.loaded is not None:
            self.doubts += other.loaded.doubts

    def has_looked(self, looked: Looked, batch: int, views: int) -> None:
        """Takes what was found in the grid."""
        self.looked, self.backend = looked, looked.backend
        self.doubts += looked.doubts
        calls = math.ceil(looked.tiles / batch) * views
        self.workload = replace(self.workload, tiles=looked.tiles, calls=calls)

    def basis(self) -> Basis | None:
        """What the regions will depend on; None while that is not known, or where the threshold is not the model's."""
        if self.study is None or self.card is None or self.request.threshold is not None:
            return None
        return Basis(
            content_hash=self.study.content_hash,
            kind=self.study.kind,
            modality=self.study.modality,
            model_hash=self.card.hash,
            backend=self.backend,
            effort=self.effort,
            threads=self.threads,
            program_version=program_version(),
        )

    def repeat(self, outcome: Outcome) -> None:
        """Takes the regions of a recorded outcome with the same basis, and what doubts them."""
        self.repeated, self.regions = outcome, outcome.regions
        own = (*self.doubts, LATE, NOT_ACTIVE, DIFFERS, SKIPPED, FAILED)
        self.doubts += tuple(doubt for doubt in outcome.doubts if doubt not in own)

    def judge_lateness(self, late_by_s: float) -> None:
        """Decides what becomes of a study whose deadline passed before its work began; see `Request.late`."""
        if self.request.late == "answer":
            self.budget.lift_deadline()
            self.doubts += (LATE,)
            return
        self.stopped_by = BudgetExceeded(
            "BU-LATE",
            f"The deadline passed {late_by_s:.3g} s before the work began, and such studies are dropped here.",
            "Give more time until the deadline, or have late studies answered nevertheless.",
        )

    def let_go(self) -> None:
        """Frees the pixels; the outcome does not need them."""
        self.loaded = None

    def outcome(self) -> Outcome:
        """The answer as it stands. ANSWERED only if nothing stopped the work and all of the study was looked at."""
        coverage = self.coverage
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
            doubts=self.doubts + (self.opinion.doubts if self.opinion else ()),
            ms=self.watch.times(),
            model=self.card.name if self.card else "",
            model_hash=self.card.hash if self.card else "",
            backend=self.backend,
            effort=self.effort,
            budget_s=self.budget.limit_s,
            program_version=program_version(),
            attempt=self.number,
            reused_from=self.repeated.arrival_id if self.repeated else None,
            opinion=self.opinion,
        )

    def _incomplete(self) -> IncompleteError | None:
        """What is missing of the study itself: a part of a body that nobody looked at is not `nothing flagged`."""
        if not self.missing:
            return None
        return IncompleteError(
            "IN-SER-INCOMPLETE",
            " ".join(self.missing),
            "Send or export the whole series again from the archive or scanner.",
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
