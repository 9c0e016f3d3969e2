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
from engine.store.tables.models import model_changes, shadow_answers
from engine.store.tables.opinions import opinions
from engine.store.tables.persons import persons
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
from engine.store.tables.shifts import sketches, source_changes

__all__ = (
    "arrivals",
    "audit_entries",
    "audit_seals",
    "instances",
    "job_files",
    "jobs",
    "metadata",
    "model_changes",
    "operators",
    "opinions",
    "outcomes",
    "persons",
    "region_instances",
    "region_measures",
    "regions",
    "review_regions",
    "reviews",
    "shadow_answers",
    "sketches",
    "source_changes",
    "studies",
    "timings",
    "watched_files",
)
