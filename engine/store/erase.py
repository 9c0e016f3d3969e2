"""Erasing what is known of one arrival, as a person may ask for. The log keeps that it was there, and that it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, delete, select

from engine.audit.actions import Act
from engine.audit.log import AuditDraft, Json
from engine.domain.operator import Action
from engine.errors import UsageError
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.faults import named_file_faults
from engine.store.heat_maps import forget_heat_maps
from engine.store.sources import forget_sources
from engine.store.tables import (
    arrivals,
    instances,
    job_files,
    jobs,
    opinions,
    outcomes,
    persons,
    region_instances,
    region_measures,
    regions,
    review_regions,
    reviews,
    shadow_answers,
    sketches,
    studies,
    timings,
    watched_files,
)
from engine.store.write import write


def erase(store: Store, session: Session, arrival_id: str) -> None:
    """Removes an arrival with its job, outcomes, studies, reviews, heat maps and small picture, salts included.

    Copies of the database that were made before still hold them. Whoever is at work on the arrival loses
    the lease. A file of it that still lies in a watched folder counts as new there.

    Raises:
        UsageError: US-ROLE, US-IDLE; US-ARRIVAL where there is no such arrival.
        StoreError: as `write`.
    """
    session.require(Action.ERASE)
    erasure = _Erasure(session.name, arrival_id)
    write(store, erasure)
    forget_sources(store.home)
    with named_file_faults(store.home.root):
        forget_heat_maps(store.home, arrival_id)
        for content_hash in erasure.contents:  # another study of the same content has it made again
            store.home.thumbnail(content_hash).unlink(missing_ok=True)


@dataclass(slots=True)
class _Erasure:
    """The unit of an erasure."""

    actor: str
    arrival_id: str
    outcomes: int = 0
    reviews: int = 0
    contents: list[str] = field(default_factory=list)

    @property
    def audit(self) -> AuditDraft:
        detail: dict[str, Json] = {"outcomes": self.outcomes, "reviews": self.reviews}
        return AuditDraft(self.actor, Act.RECORD_ERASED, self.arrival_id, detail)

    def apply(self, connection: Connection) -> None:
        # Freed pages are overwritten; what the write-ahead log still holds goes with its next checkpoint.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        of_arrival = select(outcomes.c.id, outcomes.c.study_id).where(outcomes.c.arrival_id == self.arrival_id)
        rows = connection.execute(of_arrival).all()
        outcome_ids = [row[0] for row in rows]
        study_ids = [row[1] for row in rows if row[1] is not None]
        of_studies = select(studies.c.content_hash).where(studies.c.id.in_(study_ids))
        self.contents = [*connection.execute(of_studies).scalars()]
        of_outcomes = select(reviews.c.id).where(reviews.c.outcome_id.in_(outcome_ids))
        review_ids = connection.execute(of_outcomes).scalars().all()
        job_ids = connection.execute(select(jobs.c.id).where(jobs.c.arrival_id == self.arrival_id)).scalars().all()
        for column, ids in (
            (review_regions.c.review_id, review_ids),
            (reviews.c.id, review_ids),
            (region_instances.c.outcome_id, outcome_ids),
            (region_measures.c.outcome_id, outcome_ids),
            (regions.c.outcome_id, outcome_ids),
            (timings.c.outcome_id, outcome_ids),
            (shadow_answers.c.outcome_id, outcome_ids),
            (opinions.c.outcome_id, outcome_ids),
            (persons.c.outcome_id, outcome_ids),
            (sketches.c.outcome_id, outcome_ids),
            (outcomes.c.id, outcome_ids),
            (instances.c.study_id, study_ids),
            (studies.c.id, study_ids),
            (job_files.c.job_id, job_ids),
            (jobs.c.id, job_ids),
            (watched_files.c.arrival_id, [self.arrival_id]),
        ):
            _delete(connection, column, ids)
        if not _delete(connection, arrivals.c.id, [self.arrival_id]):
            raise UsageError(
                "US-ARRIVAL", f"There is no arrival {self.arrival_id}.", "Name one as an export or the log does."
            )
        self.outcomes, self.reviews = len(outcome_ids), len(review_ids)


def _delete(connection: Connection, column: Column[Any], values: Sequence[Any]) -> int:
    return connection.execute(delete(column.table).where(column.in_(values))).rowcount
