"""Timings: what the newest answers cost, read back for the forecasts."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from sqlalchemy import RowMapping, select

from engine.domain.outcome import StageTimes
from engine.domain.study import Kind
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.store.database import Store
from engine.store.tables import jobs, outcomes, studies, timings

_STAGES = tuple(stage.name for stage in fields(StageTimes))
_AMOUNTS = tuple(amount.name for amount in fields(Workload))
_OF_OUTCOME = (
    *(outcomes.c[name] for name in ("model", "backend", "effort", "coverage")),
    *(outcomes.c[f"{stage}_ms"] for stage in _STAGES),
)
_NEWEST = (
    select(*timings.c, *_OF_OUTCOME, studies.c.kind, (outcomes.c.recorded_at <= jobs.c.at_latest).label("in_promise"))
    .select_from(
        timings.join(outcomes)
        .join(studies, outcomes.c.study_id == studies.c.id)
        .outerjoin(jobs, jobs.c.arrival_id == outcomes.c.arrival_id)
    )
    .where(timings.c.calls > 0)
    .order_by(timings.c.outcome_id.desc())
)


def recorded_timings(store: Store, limit: int = 2000) -> tuple[Timing, ...]:
    """The newest answers that were looked at, the newest last; what was only read or repeated costs nothing to learn.

    Raises:
        StoreError: ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    with store.reading() as connection:
        newest = connection.execute(_NEWEST.limit(limit)).mappings().all()
    return tuple(_timing_of(row) for row in reversed(newest))


def _timing_of(row: RowMapping) -> Timing:
    amounts: dict[str, Any] = {name: row[name] for name in _AMOUNTS}
    return Timing(
        model=row["model"],
        backend=row["backend"],
        effort=row["effort"],
        kind=cast("Kind", row["kind"]),
        coverage=row["coverage"],
        workload=Workload(**amounts),
        ms=StageTimes(**{stage: row[f"{stage}_ms"] for stage in _STAGES}),
        forecast_p50_s=row["forecast_p50_s"],
        forecast_p90_s=row["forecast_p90_s"],
        in_promise=row["in_promise"],
    )
