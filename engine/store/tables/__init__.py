"""The tables of `fovea.db`, by topic. `docs/data.md` describes each column; `migrations/` holds the way to here."""

from __future__ import annotations

from engine.store.tables.answers import (
    arrivals,
    instances,
    outcomes,
    region_instances,
    region_measures,
    regions,
    studies,
)
from engine.store.tables.metadata import metadata
from engine.store.tables.queue import (
    job_files,
    jobs,
    timings,
    watched_files,
)
from engine.store.tables.records import (
    audit_entries,
    audit_seals,
    operators,
    review_regions,
    reviews,
)

__all__ = (
    "arrivals",
    "audit_entries",
    "audit_seals",
    "instances",
    "job_files",
    "jobs",
    "metadata",
    "operators",
    "outcomes",
    "region_instances",
    "region_measures",
    "regions",
    "review_regions",
    "reviews",
    "studies",
    "timings",
    "watched_files",
)
