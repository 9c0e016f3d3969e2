"""Reviews: every version of what a person decided is a record of its own, and a signed one is never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from engine.audit.commitment import new_salt
from engine.audit.log import Json
from engine.domain.operator import Action
from engine.domain.review import Review
from engine.errors import ProgramError
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.kept_reviews import KeptReview as KeptReview  # noqa: PLC0414  # what these functions give back
from engine.store.kept_reviews import outcome_of, read
from engine.store.login import check_secret
from engine.store.review_unit import AddVersion
from engine.store.tables import arrivals, outcomes, reviews, studies
from engine.store.wanted import Wanted
from engine.store.write import write


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
        outcome = outcome_of(connection, arrival_id, attempt)
        query = select(reviews).where(reviews.c.outcome_id == outcome).order_by(reviews.c.version)
        return read(connection, query)


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
        return read(connection, query.limit(limit))


def commitments(connection: Connection, keys: Sequence[tuple[Json, ...]]) -> dict[tuple[Json, ...], str]:
    """What the log must say of the reviews of some (arrival, attempt, version), as far as they are there."""
    of_arrivals = select(outcomes.c.id).where(outcomes.c.arrival_id.in_({key[0] for key in keys}))
    found = read(connection, select(reviews).where(reviews.c.outcome_id.in_(of_arrivals)))
    return {(kept.review.arrival_id, kept.review.attempt, kept.review.version): kept.commitment for kept in found}


def _add(store: Store, session: Session, review: Review) -> KeptReview:
    unit = AddVersion(session, review, store.clock.now(), new_salt())
    try:
        write(store, unit)
    except (ValueError, TypeError) as error:
        raise ProgramError(
            "PR-STORE", f"A review of arrival {review.arrival_id} cannot be stored: {error}.", "Report it with the log."
        ) from error
    if unit.kept is None:
        raise ProgramError("PR-STORE", "A review was written and is not there.", "Report this with the log.")
    return unit.kept


def _better() -> Select[Any]:
    """Another version of the same outcome that counts more: a signed one more than a draft, a newer more than older."""
    other = reviews.alias("other")
    signed, newer = other.c.signed_at.is_not(None), other.c.version > reviews.c.version
    more = (signed & (reviews.c.signed_at.is_(None) | newer)) | (
        other.c.signed_at.is_(None) & reviews.c.signed_at.is_(None) & newer
    )
    return select(other.c.id).where(other.c.outcome_id == reviews.c.outcome_id, more).correlate(reviews)
