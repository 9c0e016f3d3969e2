"""Keeping what the watch over sources notices, so that whoever asks for alarms does not have to watch again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from engine.audit.actions import PROGRAM
from engine.domain.operator import Action
from engine.domain.source_change import BEGUN, NOTICED, SourceChange
from engine.errors import UsageError
from engine.monitor.report import Begun, population
from engine.operators.session import Session
from engine.store.database import Store
from engine.store.sketches import WatchedSource, newest_numbers, watched_sources
from engine.store.source_changes import every_change, record_source_change


def notice(store: Store, sources: Iterable[WatchedSource] | None = None) -> tuple[SourceChange, ...]:
    """Watches, and records what was not noticed before.

    Args:
        store: whose studies.
        sources: these alone; None for all.

    Raises:
        StoreError: as `write`.
    """
    begun = Begun.of(every_change(store))
    new: list[SourceChange] = []
    for of in watched_sources(store) if sources is None else sources:
        for watched in population(store, of, begun).changed:
            if (of, watched.name) in begun.since:
                continue
            change = SourceChange(
                *(of.source, of.model, NOTICED, watched.name, watched.since, begun.after.get(of, 0)),
                at=store.clock.now(),
                operator=PROGRAM,
            )
            with suppress(UsageError):  # another process noticed it at the same time
                new.append(record_source_change(store, change))
    return tuple(new)


def begin_anew(store: Store, session: Session, source: str, reason: str) -> tuple[SourceChange, ...]:
    """Begins the watch over a source anew: what comes from now on is held against what comes from now on.

    Args:
        store: where it is recorded.
        session: whose decision it is.
        source: the folder.
        reason: what was found, and done about it.

    Raises:
        UsageError: US-ROLE, US-IDLE; US-SOURCE where no study came from there; US-CHANGED where nothing came since.
        StoreError: as `write`.
    """
    session.require(Action.ACTIVATE_MODEL)
    found = [of for of in watched_sources(store) if of.source == source]
    if not found:
        raise UsageError(
            "US-SOURCE",
            f"No study that is watched came from {source}.",
            "Name a source as `fovea monitor report` does.",
        )
    after, _ = newest_numbers(store)
    return tuple(
        record_source_change(
            store,
            SourceChange(
                *(of.source, of.model, BEGUN, "", None, after),
                at=store.clock.now(),
                operator=session.name,
                reason=reason,
            ),
        )
        for of in found
    )
