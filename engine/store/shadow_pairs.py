"""What a shadow answered beside the outcomes and what people decided about them, and what of it is new since a look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from engine.domain.review import Review
from engine.store import kept_reviews
from engine.store.database import Store
from engine.store.outcomes import Recorded, by_id
from engine.store.shadow_answers import ShadowAnswer, answer_of
from engine.store.tables import reviews, shadow_answers

_AT_ONCE = 500
"""Pairs read in one go: their regions lie in memory together, and one question to SQLite takes only so many values."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both answers to one study, and what a person decided about it.

    Args:
        active: the outcome that was given.
        shadow: the other answer.
        review: the newest signed one; None while there is none.
    """

    active: Recorded
    shadow: ShadowAnswer
    review: Review | None


@dataclass(frozen=True, slots=True)
class Seen:
    """How far the answers of a shadow were read.

    Args:
        answer: the number of the last answer.
        review: the number of the last version of a review, of whatever study.
    """

    answer: int = 0
    review: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How much there is of a shadow.

    Args:
        answers: it gave.
        versions: of reviews of these studies.
    """

    answers: int
    versions: int


def pairs(store: Store, shadow: str) -> tuple[Pair, ...]:
    """What a shadow answered beside the outcomes, in the order of its answers.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    return tuple(pair for some, _ in pairs_since(store, shadow, Seen()) for pair in some)


def pairs_since(store: Store, shadow: str, seen: Seen) -> Iterator[tuple[tuple[Pair, ...], Seen]]:
    """What is new of a shadow, some at a time: first known answers that have another review, then new answers.

    Args:
        store: where from.
        shadow: hash of its package.
        seen: how far it was read before.

    Yields:
        Pairs, and how far it is read with them.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        newest = connection.execute(select(func.coalesce(func.max(reviews.c.id), 0))).scalar_one()
    reviewed = select(reviews.c.outcome_id).where(reviews.c.id > seen.review)
    known = shadow_answers.c.id <= seen.answer, shadow_answers.c.outcome_id.in_(reviewed)
    for again, _ in _read(store, shadow, 0, *known):
        yield again, seen
    upto = seen.answer
    for new, upto in _read(store, shadow, seen.answer):
        yield new, Seen(upto, seen.review)
    yield (), Seen(upto, newest)


def counted(store: Store, shadow: str) -> Counted:
    """How much there is of a shadow; what was erased is not there any more.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    own = select(func.count()).select_from(shadow_answers).where(shadow_answers.c.model_hash == shadow)
    joined = shadow_answers.join(reviews, reviews.c.outcome_id == shadow_answers.c.outcome_id)
    of_reviews = select(func.count()).select_from(joined).where(shadow_answers.c.model_hash == shadow)
    with store.reading() as connection:
        return Counted(connection.execute(own).scalar_one(), connection.execute(of_reviews).scalar_one())


def _read(
    store: Store, shadow: str, after: int, *conditions: ColumnElement[bool]
) -> Iterator[tuple[tuple[Pair, ...], int]]:
    """Pairs by rising number of the answer, some at a time, with the number of the last."""
    of_shadow = select(shadow_answers).where(shadow_answers.c.model_hash == shadow, *conditions)
    while True:
        query = of_shadow.where(shadow_answers.c.id > after).order_by(shadow_answers.c.id).limit(_AT_ONCE)
        with store.reading() as connection:
            rows = connection.execute(query).mappings().all()
            outcome_ids = [row["outcome_id"] for row in rows]
            of, signed = by_id(connection, outcome_ids), _signed(connection, outcome_ids)
        if not rows:
            return
        after = rows[-1]["id"]
        both = zip(outcome_ids, map(answer_of, rows), strict=True)
        yield tuple(Pair(of[one], answer, signed.get(one)) for one, answer in both), after


def _signed(connection: Connection, outcome_ids: Sequence[int]) -> dict[int, Review]:
    """The newest signed review of each of some outcomes, as far as there is one."""
    wanted = select(reviews).where(reviews.c.outcome_id.in_(outcome_ids), reviews.c.signed_at.is_not(None))
    found = kept_reviews.read(connection, wanted.order_by(reviews.c.version))
    return {kept.of.id: kept.review for kept in found}
