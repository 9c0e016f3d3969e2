"""Reviews as they are stored: read back version by version, and what the log says about each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.audit.commitment import commit
from engine.audit.log import Json, utc_text
from engine.domain.review import Review
from engine.store import review_rows, rows
from engine.store.outcomes import Recorded, by_id
from engine.store.tables import outcomes, review_regions


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A version of a review as stored.

    Args:
        id: rises with every version; what paging continues from.
        recorded_at: UTC.
        review: what was decided.
        of: the outcome that it is about.
        salt: what the commitment in the audit log was made with.
    """

    id: int
    recorded_at: datetime
    review: Review
    of: Recorded
    salt: bytes = field(repr=False)

    @property
    def commitment(self) -> str:
        """What the audit log must say about this record, if nothing in it was changed."""
        return commitment_to(self.salt, self.recorded_at, self.review)


def read(connection: Connection, query: Select[Any]) -> tuple[KeptReview, ...]:
    """The versions that a query for rows of `reviews` finds, each with its outcome."""
    found = connection.execute(query).mappings().all()
    of = by_id(connection, sorted({row["outcome_id"] for row in found}))
    regions: defaultdict[int, list[rows.Row]] = defaultdict(list)
    of_reviews = select(review_regions).where(review_regions.c.review_id.in_([row["id"] for row in found]))
    for row in connection.execute(of_reviews.order_by(*review_regions.primary_key)).mappings():
        regions[row["review_id"]].append(dict(row))
    return tuple(
        KeptReview(
            row["id"],
            row["recorded_at"],
            review_rows.review_of(dict(row), regions[row["id"]], of[row["outcome_id"]].outcome),
            of[row["outcome_id"]],
            row["salt"],
        )
        for row in found
    )


def outcome_of(connection: Connection, arrival_id: str, attempt: int | None) -> int | None:
    """The number of the outcome of an attempt at an arrival, of the last one for None; None where there is none."""
    query = select(outcomes.c.id).where(outcomes.c.arrival_id == arrival_id).order_by(outcomes.c.attempt.desc())
    if attempt is not None:
        query = query.where(outcomes.c.attempt == attempt)
    return connection.execute(query.limit(1)).scalar_one_or_none()


def commitment_to(salt: bytes, recorded_at: datetime, review: Review) -> str:
    """What the log says about a version."""
    row = review_rows.review_row(review)
    signed_at = None if review.signed_at is None else utc_text(review.signed_at)
    facts: dict[str, Json] = {
        "arrival_id": review.arrival_id,
        "attempt": review.attempt,
        "review": row | {"recorded_at": utc_text(recorded_at), "signed_at": signed_at},
        "regions": list(review_rows.region_rows(review)),
    }
    return commit(salt, facts)
