"""What a day came to: answers by what they say, and what people decided about them."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.audit.log import utc_text
from engine.domain.outcome import Status
from engine.store.database import Store
from engine.store.lanes import LANES, lanes_of
from engine.store.statement import driver_of

MOST_REVIEWS = 20_000
"""A tally looks at so many of the newest reviews at most."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts since a moment.

    Args:
        flagged: full answers in which something was flagged.
        clear: full answers in which nothing was.
        others: answers of each other status.
        verdicts: the newest review of each outcome, by its verdict; empty for none yet.
    """

    flagged: int = 0
    clear: int = 0
    others: Mapping[Status, int] = field(default_factory=dict)
    verdicts: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """All answers."""
        return self.flagged + self.clear + sum(self.others.values())

    @property
    def yield_share(self) -> float | None:
        """Of the parts that were judged, the share that was accepted, with a warning or without; None without any."""
        good = self.verdicts.get("accept", 0) + self.verdicts.get("warn", 0)
        judged = good + self.verdicts.get("reject", 0)
        return good / judged if judged else None


def tally_since(store: Store, since: datetime) -> Tally:
    """Counts what was recorded then or later; by the lanes of the worklist, so that all of before costs nothing.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        driver = driver_of(connection)
        counts = _counts(driver, utc_text(since))
        verdicts = _verdicts(driver, utc_text(since))
    answered = Status.ANSWERED.value
    return Tally(
        flagged=sum(count for (status, flagged), count in counts.items() if status == answered and flagged),
        clear=sum(count for (status, flagged), count in counts.items() if status == answered and not flagged),
        others=_others(counts),
        verdicts=verdicts,
    )


def _counts(driver: sqlite3.Connection, since: str) -> Counter[tuple[str, int | None]]:
    counts: Counter[tuple[str, int | None]] = Counter()
    query = (
        f"SELECT count(*) FROM outcomes INDEXED BY {LANES} "  # noqa: S608  # our own names
        "WHERE status = ? AND flagged IS ? AND model = ? AND recorded_at >= ?"
    )
    for lane in lanes_of(driver):
        counts[lane[0], lane[1]] += driver.execute(query, (*lane, since)).fetchone()[0]
    return counts


def _others(counts: Counter[tuple[str, int | None]]) -> dict[Status, int]:
    found: Counter[Status] = Counter()
    for (status, _), count in counts.items():
        if status != Status.ANSWERED.value and count:
            found[Status(status)] += count
    return dict(found)


def _verdicts(driver: sqlite3.Connection, since: str) -> dict[str, int]:
    """Of the newest versions first: the first that is met of an outcome is the one that counts."""
    query = "SELECT outcome_id, verdict, recorded_at FROM reviews ORDER BY id DESC LIMIT ?"
    seen: set[int] = set()
    found: Counter[str] = Counter()
    for outcome, verdict, recorded_at in driver.execute(query, (MOST_REVIEWS,)):
        if recorded_at < since:
            break
        if outcome not in seen:
            seen.add(outcome)
            found[verdict or ""] += 1
    return dict(found)


@dataclass(frozen=True, slots=True)
class Measured:
    """One of the newest answers, with what a watch over the program asks of it.

    Args:
        recorded_at: UTC.
        source: the path as given or found.
        status: see `Status`.
        flagged: whether anything was flagged; None where nothing was looked at.
        code: of what went wrong; empty for a full answer.
        model: `id version`; empty if none was chosen.
        backend: run time and its version.
        took_s: from start to end of the work.
        budget_s: seconds given; None without a limit.
        late_s: after its deadline; negative before it, None without one.
        confirmed: regions that the newest review confirms or changes.
        rejected: regions that it rejects.
    """

    recorded_at: datetime
    source: str
    status: Status
    flagged: bool | None
    code: str
    model: str
    backend: str
    took_s: float
    budget_s: float | None
    late_s: float | None
    confirmed: int
    rejected: int


def newest_measured(store: Store, limit: int = 5000) -> tuple[Measured, ...]:
    """The newest answers, newest first.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    decided = (
        "(SELECT count(*) FROM review_regions r WHERE r.verdict {which} AND r.review_id = "
        "(SELECT max(v.id) FROM reviews v WHERE v.outcome_id = o.id))"
    )
    confirmed, rejected = decided.format(which="IN ('confirmed', 'changed')"), decided.format(which="= 'rejected'")
    query = (
        "SELECT o.recorded_at, a.source, o.status, o.flagged, o.code, o.model, o.backend, o.total_ms, o.budget_s, "  # noqa: S608  # our own names
        f"a.deadline, {confirmed}, {rejected} "
        "FROM outcomes o JOIN arrivals a ON a.id = o.arrival_id ORDER BY o.id DESC LIMIT ?"
    )
    with store.reading() as connection:
        return tuple(_measured(row) for row in driver_of(connection).execute(query, (limit,)))


def _measured(row: tuple[object, ...]) -> Measured:
    recorded_at, source, status, flagged, code, model, backend, total_ms, budget_s, deadline, *decided = row
    at = datetime.fromisoformat(str(recorded_at))
    due = None if deadline is None else datetime.fromisoformat(str(deadline))
    return Measured(
        recorded_at=at,
        source=os.fsdecode(source) if isinstance(source, bytes) else str(source),
        status=Status(str(status)),
        flagged=None if flagged is None else bool(flagged),
        code=str(code),
        model=str(model),
        backend=str(backend),
        took_s=float(str(total_ms)) / 1000,
        budget_s=None if budget_s is None else float(str(budget_s)),
        late_s=None if due is None else (at - due).total_seconds(),
        confirmed=int(str(decided[0])),
        rejected=int(str(decided[1])),
    )
