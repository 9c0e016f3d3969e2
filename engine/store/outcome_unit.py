"""What recording an answer changes: its rows, its job and what forecasts learn from it, in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.audit.actions import PROGRAM, Act
from engine.audit.commitment import new_salt
from engine.audit.log import AuditDraft, Json
from engine.domain.arrival import Arrival
from engine.domain.job import Lease
from engine.domain.outcome import Outcome
from engine.domain.sketch import Sketched
from engine.domain.study import Study
from engine.domain.workload import Workload
from engine.errors import ProgramError, StoreError
from engine.store import job_rows, rows
from engine.store.facts import Facts
from engine.store.lease import close_job
from engine.store.persons import ADD_PERSON
from engine.store.sketches import ADD_SKETCH, sketch_row
from engine.store.statement import Insert, driver_of
from engine.store.tables import (
    arrivals,
    instances,
    opinions,
    outcomes,
    region_instances,
    region_measures,
    regions,
    studies,
    timings,
)


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """The unit that `engine.store.outcomes.record` writes. What can be made before the transaction is."""

    arrival: Arrival
    outcome: Outcome
    facts: Facts
    lease: Lease | None
    workload: Workload | None
    sketch: rows.Row | None
    person: str | None
    recorded_at: datetime
    salt: bytes
    commitment: str

    @classmethod
    def of(  # noqa: PLR0913 -- each is a fact of one answer, and goes into a row of its own
        cls,
        arrival: Arrival,
        study: Study | None,
        outcome: Outcome,
        recorded_at: datetime,
        *,
        lease: Lease | None = None,
        workload: Workload | None = None,
        sketched: Sketched | None = None,
        person: str | None = None,
    ) -> RecordOutcome:
        """The unit for an answer in hand."""
        facts, salt = Facts.of(arrival, study, outcome), new_salt()
        commitment = facts.commitment(salt, recorded_at)
        sketch = sketch_row(arrival, outcome, sketched)
        return cls(arrival, outcome, facts, lease, workload, sketch, person, recorded_at, salt, commitment)

    @property
    def audit(self) -> AuditDraft:
        outcome = self.outcome
        detail: dict[str, Json] = {
            "attempt": outcome.attempt,
            "status": outcome.status.value,
            "flagged": outcome.flagged,
            "regions": len(outcome.regions),
            "code": outcome.code,
            "model": outcome.model,
            "model_hash": outcome.model_hash,
            "commitment": self.commitment,
        }
        return AuditDraft(PROGRAM, Act.OUTCOME_RECORDED, self.arrival.id, detail)

    def apply(self, connection: Connection) -> None:
        driver, facts = driver_of(connection), self.facts
        self._insert_arrival(connection, driver)
        job = close_job(driver, self.arrival.id, self.lease)
        study_id = None if facts.study is None else _ADD_STUDY.one(driver, facts.study).lastrowid
        _ADD_INSTANCE.many(driver, facts.instances, study_id)
        more = {"study_id": study_id, "recorded_at": self.recorded_at, "salt": self.salt}
        added = _ADD_OUTCOME.one(driver, facts.outcome | more)
        if not added.rowcount:
            raise StoreError(
                "ST-ANSWERED",
                f"Arrival {self.arrival.id} has an answer for attempt {self.outcome.attempt} already.",
                "Nothing is lost: the first answer stands. Run the study again for another.",
            )
        _ADD_REGION.many(driver, facts.regions, added.lastrowid)
        _ADD_REGION_INSTANCE.many(driver, facts.region_instances, added.lastrowid)
        _ADD_REGION_MEASURE.many(driver, facts.region_measures, added.lastrowid)
        if facts.opinion is not None:
            _ADD_OPINION.one(driver, facts.opinion | {"outcome_id": added.lastrowid})
        if self.workload is not None and self.outcome.reused_from is None:
            _ADD_TIMING.one(driver, job_rows.timing_row(self.workload, job) | {"outcome_id": added.lastrowid})
        if self.sketch is not None:
            ADD_SKETCH.one(driver, self.sketch | {"outcome_id": added.lastrowid})
        if self.person is not None:
            ADD_PERSON.one(driver, {"outcome_id": added.lastrowid, "person": self.person})

    def _insert_arrival(self, connection: Connection, driver: sqlite3.Connection) -> None:
        if _ADD_ARRIVAL.one(driver, self.facts.arrival).rowcount:
            return
        query = select(arrivals).where(arrivals.c.id == self.arrival.id)
        if rows.arrival_of(dict(connection.execute(query).mappings().one())) != self.arrival:
            raise unsound(self.outcome, "names an arrival that is recorded with other facts")


def unsound(outcome: Outcome, what: str) -> ProgramError:
    """The fault of an answer that cannot be true."""
    return ProgramError("PR-STORE", f"The outcome of arrival {outcome.arrival_id} {what}.", "Report this with the log.")


_ADD_ARRIVAL = Insert(arrivals, unless="ON CONFLICT (id) DO NOTHING")
_ADD_STUDY = Insert(studies, ("content_hash", "kind", "modality", "source"))
_ADD_INSTANCE = Insert(instances, parent="study_id")
_ADD_OUTCOME = Insert(
    outcomes,
    [column.name for column in outcomes.c if column.name != "id"],
    unless="ON CONFLICT (arrival_id, attempt) DO NOTHING",
)
_ADD_REGION = Insert(regions, parent="outcome_id")
_ADD_REGION_INSTANCE = Insert(region_instances, parent="outcome_id")
_ADD_REGION_MEASURE = Insert(region_measures, parent="outcome_id")
_ADD_OPINION = Insert(opinions)
_ADD_TIMING = Insert(timings)
