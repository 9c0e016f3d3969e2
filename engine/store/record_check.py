"""Records against the log: each must still be what its commitment says, unless the log says that it was erased."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.audit.actions import Act
from engine.audit.examine import Break, Tampering
from engine.audit.log import Json
from engine.store import facts, model_changes, operators, queue, reviews, shadow_answers, source_changes
from engine.store.facts import Key
from engine.store.statement import driver_of
from engine.store.tables import audit_entries

_PAGE = 200

Detail = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of record that entries commit to.

    Args:
        noun: what it is.
        table: where its rows lie, one for each that was recorded.
        key: what tells one from another, of an entry's subject and detail.
        commitments: of the records with these keys, as far as they are there.
    """

    noun: str
    table: str
    key: Callable[[str, Detail], Key]
    commitments: Callable[[Connection, Sequence[Key]], Mapping[Key, str]]


def _of_outcomes(connection: Connection, keys: Sequence[Key]) -> Mapping[Key, str]:
    return facts.commitments(driver_of(connection), keys)


_OUTCOME = _Kind("an outcome", "outcomes", lambda subject, detail: (subject, detail["attempt"]), _of_outcomes)
_REVIEW = _Kind(
    "a review",
    "reviews",
    lambda subject, detail: (subject, detail["attempt"], detail["version"]),
    reviews.commitments,
)
_CHANGE = _Kind(
    "a change of a model", "model_changes", lambda _subject, detail: (detail["number"],), model_changes.commitments
)
_SHADOW = _Kind(
    "a shadow's answer",
    "shadow_answers",
    lambda subject, detail: (subject, detail["attempt"], detail["model_hash"]),
    shadow_answers.commitments,
)
_SOURCE = _Kind(
    "a change of a source", "source_changes", lambda _subject, detail: (detail["number"],), source_changes.commitments
)
_KINDS = {
    Act.OUTCOME_RECORDED: _OUTCOME,
    Act.REVIEW_SAVED: _REVIEW,
    Act.REVIEW_SIGNED: _REVIEW,
    **dict.fromkeys((Act.MODEL_IMPORTED, Act.MODEL_ACTIVATED, Act.MODEL_ROLLED_BACK, Act.MODEL_SHADOWED), _CHANGE),
    Act.SHADOW_ANSWERED: _SHADOW,
    Act.SOURCE_CHANGED: _SOURCE,
    Act.SOURCE_BEGUN: _SOURCE,
}
_EVERY_KIND = (_OUTCOME, _REVIEW, _CHANGE, _SHADOW, _SOURCE)
_OF_OPERATORS = (Act.OPERATOR_ADDED, Act.OPERATOR_DISABLED, Act.PASSWORD_CHANGED)


def broken_record(connection: Connection, first: int = 1, last: int = sys.maxsize) -> Break | None:
    """The first entry whose record was changed or removed; None where all match.

    Args:
        connection: that reads.
        first: the number of the entry to begin with.
        last: and to end with.
    """
    erased = _erased(connection)
    for page in _pages(connection, tuple(_KINDS), first, last):
        for kind in _EVERY_KIND:
            of_kind = [(seq, subject, detail) for seq, act, subject, detail in page if _KINDS[Act(act)] is kind]
            broken = _first_that_differs(connection, kind, [one for one in of_kind if one[1] not in erased])
            if broken is not None:
                return broken
    return None


def broken_whole(connection: Connection) -> Break | None:
    """What no entry alone shows: a record that the log lacks, a job or an operator that went; None where all is well.

    Only after `broken_record` has passed every entry.
    """
    erased = _erased(connection)
    return _unlogged(connection, erased) or _missing_job(connection, erased) or _broken_operator(connection)


def _erased(connection: Connection) -> set[str]:
    query = select(audit_entries.c.subject).where(audit_entries.c.action == Act.RECORD_ERASED)
    return set(connection.execute(query).scalars())


def _first_that_differs(
    connection: Connection, kind: _Kind, entries: Sequence[tuple[int, str, Detail]]
) -> Break | None:
    keys = [kind.key(subject, detail) for _, subject, detail in entries]
    kept = _kept(connection, kind, keys)
    for (seq, subject, detail), key in zip(entries, keys, strict=True):
        if key not in kept:
            return Break(seq, Tampering.REMOVED, f"records {kind.noun} that was removed: {_of(kind, subject)}")
        if kept[key] != detail["commitment"]:
            return Break(seq, Tampering.CHANGED, f"records {kind.noun} that was changed since: {_of(kind, subject)}")
    return None


def _of(kind: _Kind, subject: str) -> str:
    return f"model {subject}" if kind in (_CHANGE, _SOURCE) else f"arrival {subject}"


def _kept(connection: Connection, kind: _Kind, keys: Sequence[Key]) -> Mapping[Key, str]:
    try:
        return kind.commitments(connection, keys)
    except (ValueError, TypeError, KeyError):
        pass  # one of them was changed into something that is no record any more: which one?
    kept: dict[Key, str] = {}
    for key in keys:
        try:
            kept.update(kind.commitments(connection, [key]))
        except (ValueError, TypeError, KeyError):
            kept[key] = "no record any more"
    return kept


def _unlogged(connection: Connection, erased: Collection[str]) -> Break | None:
    for kind in _EVERY_KIND:
        stands = connection.exec_driver_sql(f"SELECT count(*) FROM {kind.table}").scalar_one()  # noqa: S608  # our own names
        acts = [act for act in _KINDS if _KINDS[act] is kind]
        subjects = connection.execute(select(audit_entries.c.subject).where(audit_entries.c.action.in_(acts))).scalars()
        wanted = sum(subject not in erased for subject in subjects)
        if stands > wanted:
            newest = connection.exec_driver_sql("SELECT max(seq) FROM audit_entries").scalar_one()
            how = f"is the last, and the log records {wanted} rows of {kind.table} where {stands} stand"
            return Break(newest, Tampering.INSERTED, how)
    return None


def _missing_job(connection: Connection, erased: Collection[str]) -> Break | None:
    """A job changes with every step, so nothing commits to it; but it is never removed."""
    for page in _pages(connection, (Act.ARRIVAL_QUEUED,)):
        kept = queue.known(connection, [subject for _, _, subject, _ in page])
        for seq, _, subject, _ in page:
            if subject not in kept and subject not in erased:
                return Break(seq, Tampering.REMOVED, f"records an arrival in the queue that was removed: {subject}")
    return None


def _broken_operator(connection: Connection) -> Break | None:
    """Only the newest entry about an operator tells how the row must be now."""
    newest: dict[str, tuple[int, Json]] = {}
    for page in _pages(connection, _OF_OPERATORS):
        newest |= {subject: (seq, detail["commitment"]) for seq, _, subject, detail in page}
    kept = operators.commitments(connection)
    for name, (seq, commitment) in newest.items():
        if name not in kept:
            return Break(seq, Tampering.REMOVED, f"records operator {name}, who was removed")
        if kept[name] != commitment:
            return Break(seq, Tampering.CHANGED, f"records operator {name}, who was changed since")
    if unlogged := sorted(set(kept) - set(newest)):
        last = connection.exec_driver_sql("SELECT max(seq) FROM audit_entries").scalar_one()
        return Break(last, Tampering.INSERTED, f"is the last, and none records the operator {unlogged[0]}")
    return None


def _pages(
    connection: Connection, acts: Sequence[Act], first: int = 1, last: int = sys.maxsize
) -> Iterator[list[tuple[int, str, str, Detail]]]:
    after = first - 1
    query = (
        "SELECT seq, action, subject, detail FROM audit_entries WHERE seq > ? AND seq <= ? "  # noqa: S608  # our own names
        f"AND action IN ({','.join('?' * len(acts))}) ORDER BY seq LIMIT {_PAGE}"
    )
    driver = driver_of(connection)
    while rows := driver.execute(query, (after, last, *acts)).fetchall():
        yield [(seq, act, subject, json.loads(detail)) for seq, act, subject, detail in rows]
        after = rows[-1][0]
