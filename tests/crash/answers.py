"""What the database of a site says, held against what was thrown in."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import Recorded, newest
from engine.store.verify import verify
from tests.crash.pictures import Picture

NOTHING: Mapping[Path, Picture] = MappingProxyType({})

_PAGE = 200
_LOOK_S = 0.1


def connected(home: Home) -> sqlite3.Connection:
    """The database of a home, to be read."""
    return sqlite3.connect(f"file:{home.database}?mode=ro", uri=True, timeout=10.0)


def answered(home: Home) -> frozenset[str]:
    """The sources that have an outcome; none while the database is not there or not made."""
    try:
        with closing(connected(home)) as database:
            return frozenset(source for (source,) in database.execute(_ANSWERED))
    except sqlite3.OperationalError:
        return frozenset()


def wait_for_answers(home: Home, paths: Iterable[Path], limit_s: float) -> frozenset[str]:
    """Returns as soon as each has an outcome, or those that have none when the time is over."""
    wanted = frozenset(map(str, paths))
    end_s = time.monotonic() + limit_s
    while (unanswered := wanted - answered(home)) and time.monotonic() < end_s:
        time.sleep(_LOOK_S)
    return unanswered


def problems_of_the_answers(
    home: Home, thrown_in: Mapping[Path, Picture], perhaps: Mapping[Path, Picture] = NOTHING
) -> Iterator[str]:
    """Where a file has not exactly one right answer, or something else has one.

    Args:
        home: of a site at rest.
        thrown_in: every file of the run by the path at which it came.
        perhaps: files that may have been killed with who was to take them in; they have one right answer or none.
    """
    outcomes = outcomes_of(home)
    for path, picture in (*thrown_in.items(), *perhaps.items()):
        of_path = outcomes.pop(str(path), [])
        if not of_path and path in perhaps:
            continue
        if len(of_path) != 1:
            yield f"{path.name} has {len(of_path)} outcomes: {', '.join(map(_named, of_path))}"
        elif wrong := picture.what_is_wrong(of_path[0].outcome):
            yield f"{path.name}: {wrong}"
    yield from (f"{source} was answered, and nobody threw it in" for source in outcomes)


def problems_of_the_record(home: Home) -> Iterator[str]:
    """Where the database or its audit log is not sound, or work is left open, on a site at rest."""
    with closing(connected(home)) as database:
        yield from (f"integrity: {row}" for (row,) in database.execute("PRAGMA integrity_check") if row != "ok")
        yield from (f"foreign key: {row}" for row in database.execute("PRAGMA foreign_key_check"))
        yield from (f"arrival {arrival} is answered {times} times" for arrival, times in database.execute(_TWICE))
        yield from (
            f"arrival {arrival}, answered, has its job {state}"
            for arrival, state in database.execute(_ANSWERED_YET_OPEN)
        )
    with open_store(home) as store:
        if broken := verify(store):
            yield f"audit log: {broken}"


def open_jobs(home: Home) -> int:
    """How many wait or are at work; none while there is no queue."""
    try:
        with closing(connected(home)) as database:
            count: int = database.execute(_OPEN_JOBS).fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    return count


def outcomes_of(home: Home) -> dict[str, list[Recorded]]:
    """All that is recorded, by source."""
    found = defaultdict[str, list[Recorded]](list)
    with open_store(home) as store:
        page = newest(store, _PAGE)
        while page:
            for one in page:
                found[one.arrival.source].append(one)
            page = newest(store, _PAGE, before=page[-1].id)
    return found


def _named(one: Recorded) -> str:
    return f"{one.outcome.status.value} of arrival {one.arrival.id}, attempt {one.outcome.attempt}"


_ANSWERED = "SELECT source FROM arrivals JOIN outcomes ON outcomes.arrival_id = arrivals.id"
_TWICE = "SELECT arrival_id, count(*) FROM outcomes GROUP BY arrival_id HAVING count(*) > 1"
_OPEN_JOBS = "SELECT count(*) FROM jobs WHERE state IN ('waiting', 'working')"
_ANSWERED_YET_OPEN = """
    SELECT jobs.arrival_id, state FROM jobs JOIN outcomes USING (arrival_id) WHERE state IN ('waiting', 'working')
"""
