"""What adding a version of a review changes: its rows, once it is sound, complete and may follow what was signed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from engine.audit.actions import Act
from engine.audit.log import AuditDraft, Json
from engine.domain.operator import Action
from engine.domain.review import Review, require_complete, require_sound
from engine.errors import UsageError
from engine.operators.session import Session
from engine.store import review_rows
from engine.store.kept_reviews import KeptReview, commitment_to, outcome_of, read
from engine.store.outcomes import by_id
from engine.store.statement import Insert, driver_of
from engine.store.tables import review_regions, reviews


@dataclass(slots=True)
class AddVersion:
    """The unit that adds a version; its number is known only inside the transaction."""

    session: Session
    review: Review
    recorded_at: datetime
    salt: bytes
    before: Review | None = None
    kept: KeptReview | None = None

    @property
    def audit(self) -> AuditDraft:
        review, before = self.review, self.before
        detail: dict[str, Json] = {
            "attempt": review.attempt,
            "version": review.version,
            "verdict": _said(review),
            "regions": _counts(review),
            "old_version": before.version if before else None,
            "old_signed": before is not None and before.signed,
            "old_verdict": _said(before) if before else None,
            "old_regions": _counts(before) if before else {},
            "reason_given": bool(review.reason),
            "commitment": commitment_to(self.salt, self.recorded_at, review),
        }
        act = Act.REVIEW_SIGNED if review.signed else Act.REVIEW_SAVED
        return AuditDraft(self.session.name, act, review.arrival_id, detail)

    def apply(self, connection: Connection) -> None:
        offered = self.review
        outcome_id = outcome_of(connection, offered.arrival_id, offered.attempt)
        if outcome_id is None:
            what = f"Arrival {offered.arrival_id} has no outcome of attempt {offered.attempt} to review."
            raise UsageError("US-REVIEW", what, "Review an outcome that is listed.")
        before = read(connection, select(reviews).where(reviews.c.outcome_id == outcome_id))
        of = by_id(connection, [outcome_id])[outcome_id]
        require_sound(offered, len(of.outcome.regions))
        if offered.signed:
            require_complete(offered, len(of.outcome.regions))
        signed = [kept.review for kept in before if kept.review.signed]
        if signed:
            _require_amendable(signed[-1], offered, self.session)
        self.before = before[-1].review if before else None
        self.review = replace(offered, version=len(before) + 1)
        row = review_rows.review_row(self.review) | {"recorded_at": self.recorded_at, "salt": self.salt}
        driver = driver_of(connection)
        review_id = _ADD_REVIEW.one(driver, {"outcome_id": outcome_id, **row}).lastrowid or 0
        regions = review_rows.region_rows(self.review)
        _ADD_REGION.many(driver, regions, review_id)
        self.kept = KeptReview(review_id, self.recorded_at, self.review, of, self.salt)


_ADD_REVIEW = Insert(reviews, [column.name for column in reviews.c if column.name != "id"])
_ADD_REGION = Insert(review_regions, parent="review_id")


def _require_amendable(signed: Review, offered: Review, session: Session) -> None:
    if not offered.reason.strip():
        raise UsageError(
            "US-AMEND",
            f"Version {signed.version} is signed by {signed.operator}; a change of it needs a reason.",
            "Say why, and save it as a new version.",
        )
    if signed.operator != session.name:
        session.require(Action.AMEND)


def _said(review: Review) -> str | None:
    return None if review.verdict is None else review.verdict.value


def _counts(review: Review) -> dict[str, Json]:
    """How many regions of each decision: the log says what changed, and nothing that a person wrote."""
    return dict(Counter(region.verdict.value for region in review.regions))
