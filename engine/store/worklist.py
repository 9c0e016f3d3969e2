"""The worklist: what was answered, newest first, a page at a time, filtered, however much there is.

One index holds the outcomes in lanes: of each (status, flagged, model) the newest first. A filter says which lanes are
wanted, of which there are a few dozen at most, and a page is the merge of their first entries. So every filter costs
the same, and a record writes one index instead of one for each combination. Where a text is asked for and the lanes
are long, `engine.store.sources` names the outcomes whose source holds it.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import islice
from typing import Any

from engine.audit.log import utc_text
from engine.store.database import Store
from engine.store.lanes import LANES, Lane, lanes_of
from engine.store.sources import Sources, telling_part
from engine.store.statement import driver_of
from engine.store.wanted import Wanted
from engine.store.worklist_line import After, Line, lines_of

PAGE = 100
_FEW = 2000
"""Outcomes in the wanted lanes up to which each is asked for a text itself."""
_SAMPLE = 200
_COMMON = 10
"""A text that so many of the newest few have is common enough to be met soon in the lanes."""

_LAST_ATTEMPT = (
    "NOT EXISTS (SELECT 1 FROM outcomes later WHERE later.arrival_id = o.arrival_id AND later.attempt > o.attempt)"
)
# Of the study first, which is found by its number: the arrival, by its id, takes three times as long.
_SOURCE = (
    "coalesce((SELECT source FROM studies WHERE studies.id = o.study_id), "
    "(SELECT source FROM arrivals WHERE arrivals.id = o.arrival_id))"
)

_CONTESTED = (
    "EXISTS (SELECT 1 FROM opinions p WHERE p.outcome_id = o.id AND p.differs) AND NOT EXISTS "
    "(SELECT 1 FROM reviews v WHERE v.outcome_id = o.id AND v.signed_at IS NOT NULL)"
)

Condition = tuple[str, tuple[Any, ...]]


def page(store: Store, wanted: Wanted, after: After | None = None, limit: int = PAGE) -> tuple[Line, ...]:
    """A page of the worklist, newest first; with a text and many outcomes by number, which is the same but for a clock
    that was put back.

    Args:
        store: where from.
        wanted: the filter.
        after: the last line of the page before; None for the first page.
        limit: most lines.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        driver = driver_of(connection)
        lanes = [lane for lane in lanes_of(driver) if _fits(lane, wanted)]
        if not lanes or limit < 1:
            return ()
        if wanted.contested:
            return lines_of(driver, _contested(driver, lanes, wanted, after, limit))
        found = None
        if wanted.text and _many(driver, lanes):
            found = _by_text(store, driver, lanes, wanted, after, limit)
        if found is None:
            found = _merged(driver, lanes, wanted, after, limit)
        return lines_of(driver, found)


def first_page(
    store: Store, wanted: Wanted, after: After | None = None, limit: int = PAGE
) -> tuple[tuple[Line, ...], After | None]:
    """As `page`, but those come first whose second opinion disagrees and that nobody has signed.

    Returns:
        The lines, and from where the next page goes on; None after the last one.
    """
    lines: tuple[Line, ...] = ()
    if after is None or after.contested:
        lines = page(store, replace(wanted, contested=True), after, limit)
        if lines and len(lines) == limit:
            return lines, replace(lines[-1].after, contested=True)
        after = None
    if not wanted.contested:
        lines += page(store, replace(wanted, contested=False), after, limit - len(lines))
    return lines, lines[-1].after if lines and len(lines) == limit else None


def _fits(lane: Lane, wanted: Wanted) -> bool:
    status, flagged, model = lane
    if wanted.status is not None and status != wanted.status.value:
        return False
    if wanted.flagged is not None and flagged != int(wanted.flagged):
        return False
    return wanted.model is None or model == wanted.model or model.startswith(f"{wanted.model} ")


def _many(driver: sqlite3.Connection, lanes: Sequence[Lane]) -> bool:
    query = (
        f"SELECT count(*) FROM (SELECT 1 FROM outcomes INDEXED BY {LANES} "  # noqa: S608  # our own names
        "WHERE status = ? AND flagged IS ? AND model = ? LIMIT ?)"
    )
    missing = _FEW
    for lane in lanes:
        missing -= int(driver.execute(query, (*lane, missing)).fetchone()[0])
        if missing <= 0:
            return True
    return False


def _sample(driver: sqlite3.Connection, lanes: Sequence[Lane], wanted: Wanted) -> list[str]:
    """The sources of the newest outcomes that are wanted but for their text."""
    newest = _merged(driver, lanes, replace(wanted, text=None), None, _SAMPLE)
    query = f"SELECT {_SOURCE} FROM outcomes o WHERE id IN ({','.join('?' * len(newest))})"  # noqa: S608  # our own names
    return [_readable(source).lower() for (source,) in driver.execute(query, newest)]


def _merged(
    driver: sqlite3.Connection, lanes: Sequence[Lane], wanted: Wanted, after: After | None, limit: int
) -> list[int]:
    conditions = _all_conditions(wanted, after)
    where = " AND ".join(text for text, _ in conditions)
    values = [value for _, given in conditions for value in given]
    query = (
        f"SELECT id, recorded_at FROM outcomes o INDEXED BY {LANES} "  # noqa: S608  # our own names
        f"WHERE status = ? AND flagged IS ? AND model = ? AND {where} ORDER BY recorded_at DESC, id DESC"
    )
    # Merged here, a row at a time: SQLite would look for a whole page in each lane before it merged them.
    with ExitStack() as open_lanes:
        cursors = [open_lanes.enter_context(closing(driver.execute(query, (*lane, *values)))) for lane in lanes]
        rows = heapq.merge(*cursors, key=lambda row: (row[1], row[0]), reverse=True)
        return [row[0] for row in islice(rows, limit)]


def _contested(
    driver: sqlite3.Connection, lanes: Sequence[Lane], wanted: Wanted, after: After | None, limit: int
) -> list[int]:
    """By the index of opinions, of which few disagree."""
    conditions = _all_conditions(wanted, after)
    where = " AND ".join(text for text, _ in conditions)
    values = [value for _, given in conditions for value in given]
    query = (
        "SELECT o.id, o.status, o.flagged, o.model FROM outcomes o "  # noqa: S608  # our own names
        f"WHERE o.id IN (SELECT outcome_id FROM opinions WHERE differs) AND {where} "
        "ORDER BY o.recorded_at DESC, o.id DESC"
    )
    fitting = set(lanes)
    with closing(driver.execute(query, values)) as rows:
        return [row[0] for row in islice((row for row in rows if row[1:] in fitting), limit)]


def _all_conditions(wanted: Wanted, after: After | None) -> list[Condition]:
    conditions = [*_conditions(wanted), (_LAST_ATTEMPT, ())]
    if wanted.text:
        conditions.append(_holds_text(wanted))
    if after is not None:
        at = utc_text(after.recorded_at)
        conditions.append(("recorded_at <= ? AND (recorded_at < ? OR id < ?)", (at, at, after.id)))
    return conditions


def _by_text(
    store: Store,
    driver: sqlite3.Connection,
    lanes: Sequence[Lane],
    wanted: Wanted,
    after: After | None,
    limit: int,
) -> list[int] | None:
    """Outcomes whose source holds the text, from the index of sources.

    None where the text is common, or the filter lets few of those through that have it: then the lanes are the shorter
    way.
    """
    text, sample = wanted.text or "", _sample(driver, lanes, wanted)
    if sum(text.lower() in source for source in sample) >= _COMMON:
        return None
    with Sources.open(store.home, driver) as sources:
        part = telling_part(text, sample)
        found = None if part == text else _with_part(sources, driver, lanes, wanted, after, limit, part)
        return found if found is not None else _with_part(sources, driver, lanes, wanted, after, limit, text)


def _with_part(
    sources: Sources,
    driver: sqlite3.Connection,
    lanes: Sequence[Lane],
    wanted: Wanted,
    after: After | None,
    limit: int,
    part: str,
) -> list[int] | None:
    """Outcomes whose source holds a part of the text; which of them are wanted, and hold all of it, is asked here."""
    conditions = [*_conditions(wanted), (_LAST_ATTEMPT, ())]
    if part != wanted.text:
        conditions.append(_holds_text(wanted))
    where = " AND ".join(text for text, _ in conditions)
    values = [value for _, given in conditions for value in given]
    fitting, found, seen = set(lanes), list[int](), 0
    for ids in sources.holding(part, after.id if after else None):
        query = (
            "SELECT id, status, flagged, model FROM outcomes o "  # noqa: S608  # our own names
            f"WHERE id IN ({','.join('?' * len(ids))}) AND {where} ORDER BY id DESC"
        )
        found += [row[0] for row in driver.execute(query, (*ids, *values)) if row[1:] in fitting]
        seen += len(ids)
        if len(found) >= limit:
            break
        if seen >= _FEW:
            return None
    return found[:limit]


def _holds_text(wanted: Wanted) -> Condition:
    return f"CAST({_SOURCE} AS TEXT) LIKE ? ESCAPE '\\'", (f"%{_escaped(wanted.text or '')}%",)


def _conditions(wanted: Wanted) -> list[Condition]:
    found: list[Condition] = []
    if wanted.since is not None:
        found.append(("recorded_at >= ?", (utc_text(wanted.since),)))
    if wanted.until is not None:
        found.append(("recorded_at < ?", (utc_text(wanted.until),)))
    if wanted.study is not None:
        like = f"{_escaped(wanted.study)}%"
        of_study = "(SELECT content_hash FROM studies WHERE studies.id = o.study_id) LIKE ? ESCAPE '\\'"
        found.append((f"(arrival_id LIKE ? ESCAPE '\\' OR {of_study})", (like, like)))
    if wanted.contested is not None:
        found.append((f"({_CONTESTED})" if wanted.contested else f"NOT ({_CONTESTED})", ()))
    return found


def _readable(source: str | bytes) -> str:
    """Of a name that is not UTF-8 what of it is."""
    return source.decode("utf-8", "replace") if isinstance(source, bytes) else source


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
