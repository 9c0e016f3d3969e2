"""Reads what changed, for the monitor and the bar at the bottom: alarms, sources by week, studies unlike training.

Called in a lane.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.monitor.report import Population
    from engine.operators.session import Session
    from engine.queue.alarms import Alarm
    from engine.store.database import Store

LOOKED_AT = 1000
"""So many of the newest answers are searched for studies unlike the training."""

LISTED_MOST = 100
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Unlike:
    """One study that is not like those its model was trained on.

    Args:
        source: the path as given or found.
        model: `id version` that answered it; empty where none did.
        recorded_at: UTC.
        reason: why it was not answered; empty where it was, with a doubt.
    """

    source: str
    model: str
    recorded_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed.

    Args:
        populations: each source and version, those that changed first.
        unlike: the newest studies unlike the training, newest first.
    """

    populations: tuple[Population, ...]
    unlike: tuple[Unlike, ...]


def read_alarms(store: Store) -> tuple[Alarm, ...]:
    """What stands, the gravest first.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    from engine.queue.alarms import alarms_of, condition_of  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.queue.pulse import Pulse  # noqa: PLC0415

    with closing(Pulse(store.home)) as pulse:
        return alarms_of(condition_of(store, pulse))


def read_drift(store: Store) -> Drift:
    """Looks at the newest studies of every source.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    from engine.monitor.report import populations  # noqa: PLC0415 -- start-up time: the window is shown first

    return Drift(populations(store), _unlike(store))


def look_now(store: Store) -> Drift:
    """Watches every source now, keeps what is new, and reads it.

    Raises:
        StoreError: as `engine.store.write`.
    """
    from engine.monitor.notice import notice  # noqa: PLC0415 -- as above

    notice(store)
    return read_drift(store)


def begin_source_anew(store: Store, session: Session, source: str, because: str) -> None:
    """Ends the alarm of a source: what comes from now on is held against what comes from now on.

    Raises:
        UsageError, StoreError: as `engine.monitor.notice.begin_anew`.
    """
    from engine.monitor.notice import begin_anew  # noqa: PLC0415 -- as above

    begin_anew(store, session, source, because)


def _unlike(store: Store) -> tuple[Unlike, ...]:
    from engine.domain.sketch import UNLIKE, UNLIKE_CODE  # noqa: PLC0415 -- as above
    from engine.store.outcomes import newest  # noqa: PLC0415

    found: list[Unlike] = []
    before: int | None = None
    for _ in range(LOOKED_AT // _PAGE):
        page = newest(store, _PAGE, before)
        for one in page:
            outcome = one.outcome
            if UNLIKE in outcome.doubts or outcome.code == UNLIKE_CODE:
                found.append(Unlike(one.arrival.source, outcome.model, one.recorded_at, outcome.reason))
        if not page or len(found) >= LISTED_MOST:
            break
        before = page[-1].id
    return tuple(found[:LISTED_MOST])
