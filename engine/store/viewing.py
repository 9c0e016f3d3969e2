"""What a person is shown of the records: asked for by right, and noted where a study is opened."""

from __future__ import annotations

from dataclasses import dataclass

from engine.audit.actions import Act
from engine.audit.log import AuditDraft
from engine.domain.operator import Action
from engine.domain.review import Review
from engine.errors import UsageError
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.outcomes import Recorded, find
from engine.store.reviews import KeptReview, versions
from engine.store.wanted import Wanted
from engine.store.worklist import PAGE, first_page, page
from engine.store.worklist_line import After, Line
from engine.store.write import note

_SHOWN = 12
"""Characters of an id that a list shows: enough to name an arrival by."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A study as a person opened it.

    Args:
        recorded: what was answered.
        versions: every version of its review, oldest first.
    """

    recorded: Recorded
    versions: tuple[KeptReview, ...]

    @property
    def review(self) -> Review:
        """The newest version, a draft or signed; an empty one where nobody has decided anything yet."""
        if self.versions:
            return self.versions[-1].review
        outcome = self.recorded.outcome
        return Review(outcome.arrival_id, outcome.attempt, operator="")


def listed(
    store: Store, session: Session, wanted: Wanted, after: After | None = None, limit: int = PAGE
) -> tuple[tuple[Line, ...], After | None]:
    """A page of the worklist for a person; see `engine.store.worklist.first_page`.

    Raises:
        UsageError: US-ROLE, US-IDLE.
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    session.require(Action.VIEW)
    return first_page(store, wanted, after, limit)


def opened(store: Store, session: Session, named: str) -> Opened:
    """Opens the newest outcome of an arrival for a person, which the log says.

    Args:
        store: where from.
        session: who wants to see it.
        named: the id of an arrival or the content hash of its study, or how either begins.

    Raises:
        UsageError: US-ROLE, US-IDLE; US-ARRIVAL where nothing, or more than one arrival, is called that.
        StoreError: as `write`.
    """
    session.require(Action.VIEW)
    recorded = find(store, named) or find(store, _only(store, named))
    if recorded is None:
        raise _unknown(f"Arrival {named} has no outcome.")
    arrival_id, attempt = recorded.arrival.id, recorded.outcome.attempt
    note(store, AuditDraft(session.name, Act.STUDY_VIEWED, arrival_id, {"attempt": attempt}))
    return Opened(recorded, versions(store, arrival_id, attempt))


def _only(store: Store, named: str) -> str:
    found = page(store, Wanted(study=named), limit=3) if named else ()
    if not found:
        raise _unknown(f"No arrival that was answered is called '{named}', and no study of one.")
    if len(found) > 1:
        names = ", ".join(line.arrival_id[:_SHOWN] for line in found[:2])
        raise _unknown(f"More than one arrival is called '{named}', {names} among them.")
    return found[0].arrival_id


def _unknown(what: str) -> UsageError:
    return UsageError("US-ARRIVAL", what, "Name one as fovea review list does.")
