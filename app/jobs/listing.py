"""Reads the worklist from the records: pages of answers, what waits, and what the day came to. Called in a lane."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.state.status import Sign
from app.state.worklist import (
    STATUS_OF,
    WAITING,
    WORKING,
    Entry,
    Filter,
    Listing,
    Order,
    Period,
    Show,
    entry_of,
    in_order,
)

if TYPE_CHECKING:
    from engine.domain.job import Job
    from engine.domain.outcome import Outcome
    from engine.intake.find import Found
    from engine.queue.alarms import Condition
    from engine.store.database import Store
    from engine.store.tally import Tally
    from engine.store.wanted import Wanted
    from engine.store.worklist_line import After

SORTED_MOST = 2000
"""In an order that the records do not have by themselves, the newest of these are listed."""

PAGE = 200

WAITING_MOST = 250
"""Of each priority so many of those that wait are listed; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the queue has before it.

    Args:
        waiting: how many studies.
        at_work: how many are being answered.
        empty_at: when the last of them is expected to be answered, UTC; None where none waits.
        late: how many are expected to miss their deadline.
    """

    waiting: int
    at_work: int
    empty_at: datetime | None
    late: int


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows at first, or anew.

    Args:
        listing: the lines.
        tally: of today.
        forecast: of the queue.
        at: when it was read, UTC.
    """

    listing: Listing
    tally: Tally
    forecast: Forecast
    at: datetime


def read_list(
    store: Store, wanted: Filter, order: Order, midnight: datetime, persons: dict[str, str], length: int = PAGE
) -> Read:
    """Everything that the page shows.

    Args:
        store: where from.
        wanted: the filter.
        order: of the lines.
        midnight: when the day of the person began, UTC.
        persons: what is known of whom an entry is about, by its key.
        length: so many answers at least, where there are as many: those that were listed before.
    """
    from engine.queue.alarms import condition_of  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.queue.pulse import Pulse  # noqa: PLC0415
    from engine.store.tally import tally_since  # noqa: PLC0415

    with closing(Pulse(store.home)) as pulse:
        condition = condition_of(store, pulse)
    waiting = _waiting(store, condition, wanted) if wanted.lists_waiting else ()
    entries, after = read_page(store, wanted, midnight, None, length if order.is_stored else SORTED_MOST)
    if not order.is_stored:
        entries, after = in_order(entries, order, persons), None
    return Read(
        Listing(waiting, entries, after, complete=after is None),
        tally_since(store, midnight),
        forecast_of(condition),
        condition.at,
    )


def read_page(
    store: Store, wanted: Filter, midnight: datetime, after: After | None, limit: int = PAGE
) -> tuple[tuple[Entry, ...], After | None]:
    """A page of answers, newest first, those that are contested before the others.

    Returns:
        The entries, and from where the next page goes on; None after the last one.
    """
    from engine.store.worklist import first_page  # noqa: PLC0415 -- start-up time: the window is shown first

    lines, next_ = first_page(store, _wanted(wanted, midnight), after, limit)
    return tuple(map(entry_of, lines)), next_


def forecast_of(condition: Condition) -> Forecast:
    """What the queue has before it."""
    planned = condition.planned
    empty_at = planned[-1].expected_at if planned else None
    return Forecast(len(planned), len(condition.at_work), empty_at, len(condition.late))


def _wanted(wanted: Filter, midnight: datetime) -> Wanted:
    from engine.store.wanted import Wanted  # noqa: PLC0415 -- start-up time: the window is shown first

    since = {Period.ALL: None, Period.TODAY: midnight, Period.WEEK: midnight - timedelta(days=6)}[wanted.period]
    flagged = {Show.FLAGGED: True, Show.CLEAR: False}.get(wanted.show)
    contested = True if wanted.show is Show.CONTESTED else None
    status, text = STATUS_OF[wanted.show], wanted.text or None
    return Wanted(since=since, status=status, flagged=flagged, text=text, contested=contested)


def _waiting(store: Store, condition: Condition, wanted: Filter) -> tuple[Entry, ...]:
    """What is at work, then what waits in its order; of a long queue the beginning."""
    from engine.store.queue import next_waiting  # noqa: PLC0415 -- start-up time: the window is shown first

    jobs = {job.arrival.id: job for job in next_waiting(store, WAITING_MOST)}
    planned = [
        replace(_entry(jobs[one.waiting.arrival_id], WAITING), expected_at=one.expected_at, late_s=one.late_s)
        for one in condition.planned
        if one.waiting.arrival_id in jobs
    ]
    text = wanted.text.casefold()
    listed = (*(_entry(job, WORKING) for job in condition.at_work), *planned)
    return tuple(entry for entry in listed if text in entry.source.casefold())


def _entry(job: Job, sign: Sign) -> Entry:
    arrival = job.arrival
    return Entry(arrival.id, arrival.source, sign, arrival.arrived_at, arrival.deadline)


def recalled(store: Store, arrival_id: str) -> tuple[Found, Outcome] | None:
    """The files of a study that was answered, found again, and its newest answer; None without an answer.

    Raises:
        InputError: its files are not there any more, or cannot be read.
        StoreError: the records cannot be read.
    """
    from engine.intake.find import Found  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.intake.limits import NO_OTHER_LIMITS  # noqa: PLC0415
    from engine.intake.series import listed  # noqa: PLC0415
    from engine.queue.jobs import found_of  # noqa: PLC0415
    from engine.store.outcomes import find  # noqa: PLC0415
    from engine.store.queue import job_of_arrival  # noqa: PLC0415

    recorded = find(store, arrival_id)
    if recorded is None:
        return None
    job = job_of_arrival(store, arrival_id)
    source = recorded.arrival.source
    found = found_of(job) if job is not None else Found(source, Path(source))
    if found.refusal is None and len(found.files) > 1:
        slices = listed(found.files, found.source, NO_OTHER_LIMITS)
        found = replace(found, slices=slices, files=tuple(header.entry for header in slices))
    return found, recorded.outcome
