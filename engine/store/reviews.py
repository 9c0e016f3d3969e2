"""Reviews: every version of what a person decided is a record of its own, and a signed one is never overwritten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from engine.audit.actions import Act
from engine.audit.commitment import commit, new_salt
from engine.audit.log import AuditDraft, Json, utc_text
from engine.domain.operator import Action
from engine.domain.review import Review, require_complete, require_sound
from engine.errors import ProgramError, UsageError
from engine.operators.session import Session
from engine.store import review_rows, rows
from engine.store.database import Store
from engine.store.login import check_secret
from engine.store.outcomes import Recorded, by_id
from engine.store.statement import Insert, driver_of
from engine.store.tables import arrivals, outcomes, review_regions, reviews, studies
from engine.store.wanted import Wanted
from engine.store.write import write


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
        return _commitment(self.salt, self.recorded_at, self.review)


def save(store: Store, session: Session, review: Review) -> KeptReview:
    """Adds a draft: the next version, not signed. `review`'s own version, operator and signature do not count.

    Raises:
        UsageError: US-ROLE, US-IDLE; US-REVIEW where it contradicts itself or the outcome is not there; US-AMEND where
            the newest version is signed and no reason is given, or it is another person's and the role does not
            permit to change it.
        StoreError: as `write`.
    """
    session.require(Action.REVIEW)
    return _add(store, session, replace(review, operator=session.name, signed_at=None))


def sign(store: Store, session: Session, review: Review, secret: str = "") -> KeptReview:
    """Adds a signed version, for which the person answers.

    Args:
        store: where to.
        session: who signs.
        review: what was decided; its own version, operator and signature do not count.
        secret: the person's password or PIN again; not asked for in a single-operator home.

    Raises:
        UsageError: as `save`; US-LOGIN or US-WAIT for a wrong password; US-REVIEW-OPEN where something is undecided.
        StoreError: as `write`.
    """
    session.require(Action.SIGN)
    if not session.single:
        # Roles may have changed since the login: the role of now decides.
        check_secret(store, session.name, secret).require(Action.SIGN)
    return _add(store, session, replace(review, operator=session.name, signed_at=store.clock.now()))


def versions(store: Store, arrival_id: str, attempt: int | None = None) -> tuple[KeptReview, ...]:
    """Every version of the reviews of an outcome, oldest first.

    Args:
        store: where from.
        arrival_id: what was answered.
        attempt: which of its outcomes; None for the last one.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        outcome = _outcome(connection, arrival_id, attempt)
        query = select(reviews).where(reviews.c.outcome_id == outcome).order_by(reviews.c.version)
        return _read(connection, query)


def current(store: Store, arrival_id: str, attempt: int | None = None) -> KeptReview | None:
    """The newest signed version, or where none is signed the newest draft; None without a review.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    found = versions(store, arrival_id, attempt)
    signed = [kept for kept in found if kept.review.signed]
    return next(reversed(signed or found), None)


def page(
    store: Store, wanted: Wanted, limit: int, after: int = 0, *, every_version: bool = False
) -> tuple[KeptReview, ...]:
    """A page of reviews, by rising id.

    Args:
        store: where from.
        wanted: of which outcomes; its dates are those of the review.
        limit: most rows of the page.
        after: the `id` of the last row of the page before; 0 for the first page.
        every_version: all of them; otherwise of each outcome the newest signed one, or where none is the newest draft.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    conditions = replace(wanted, since=None, until=None).conditions()
    if wanted.since is not None:
        conditions.append(reviews.c.recorded_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(reviews.c.recorded_at < wanted.until)
    if not every_version:
        conditions.append(~exists(_better()))
    joined = reviews.join(outcomes).join(arrivals).outerjoin(studies, outcomes.c.study_id == studies.c.id)
    query = select(reviews).select_from(joined).where(reviews.c.id > after, *conditions).order_by(reviews.c.id)
    with store.reading() as connection:
        return _read(connection, query.limit(limit))


def commitments(connection: Connection, keys: Sequence[tuple[Json, ...]]) -> dict[tuple[Json, ...], str]:
    """What the log must say of the reviews of some (arrival, attempt, version), as far as they are there."""
    of_arrivals = select(outcomes.c.id).where(outcomes.c.arrival_id.in_({key[0] for key in keys}))
    found = _read(connection, select(reviews).where(reviews.c.outcome_id.in_(of_arrivals)))
    return {(kept.review.arrival_id, kept.review.attempt, kept.review.version): kept.commitment for kept in found}


def _add(store: Store, session: Session, review: Review) -> KeptReview:
    unit = _Version(session, review, store.clock.now(), new_salt())
    try:
        write(store, unit)
    except (ValueError, TypeError) as error:
        raise ProgramError(
            "PR-STORE", f"A review of arrival {review.arrival_id} cannot be stored: {error}.", "Report it with the log."
        ) from error
    if unit.kept is None:
        raise ProgramError("PR-STORE", "A review was written and is not there.", "Report this with the log.")
    return unit.kept


@dataclass(slots=True)
class _Version:
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
            "commitment": _commitment(self.salt, self.recorded_at, review),
        }
        act = Act.REVIEW_SIGNED if review.signed else Act.REVIEW_SAVED
        return AuditDraft(self.session.name, act, review.arrival_id, detail)

    def apply(self, connection: Connection) -> None:
        offered = self.review
        outcome_id = _outcome(connection, offered.arrival_id, offered.attempt)
        if outcome_id is None:
            what = f"Arrival {offered.arrival_id} has no outcome of attempt {offered.attempt} to review."
            raise UsageError("US-REVIEW", what, "Review an outcome that is listed.")
        before = _read(connection, select(reviews).where(reviews.c.outcome_id == outcome_id))
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


def _outcome(connection: Connection, arrival_id: str, attempt: int | None) -> int | None:
    query = select(outcomes.c.id).where(outcomes.c.arrival_id == arrival_id).order_by(outcomes.c.attempt.desc())
    if attempt is not None:
        query = query.where(outcomes.c.attempt == attempt)
    return connection.execute(query.limit(1)).scalar_one_or_none()


def _better() -> Select[Any]:
    """Another version of the same outcome that counts more: a signed one more than a draft, a newer more than older."""
    other = reviews.alias("other")
    signed, newer = other.c.signed_at.is_not(None), other.c.version > reviews.c.version
    more = (signed & (reviews.c.signed_at.is_(None) | newer)) | (
        other.c.signed_at.is_(None) & reviews.c.signed_at.is_(None) & newer
    )
    return select(other.c.id).where(other.c.outcome_id == reviews.c.outcome_id, more).correlate(reviews)


def _read(connection: Connection, query: Select[Any]) -> tuple[KeptReview, ...]:
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


def _said(review: Review) -> str | None:
    return None if review.verdict is None else review.verdict.value


def _counts(review: Review) -> dict[str, Json]:
    """How many regions of each decision: the log says what changed, and nothing that a person wrote."""
    return dict(Counter(region.verdict.value for region in review.regions))


def _commitment(salt: bytes, recorded_at: datetime, review: Review) -> str:
    row = review_rows.review_row(review)
    signed_at = None if review.signed_at is None else utc_text(review.signed_at)
    facts: dict[str, Json] = {
        "arrival_id": review.arrival_id,
        "attempt": review.attempt,
        "review": row | {"recorded_at": utc_text(recorded_at), "signed_at": signed_at},
        "regions": list(review_rows.region_rows(review)),
    }
    return commit(salt, facts)
