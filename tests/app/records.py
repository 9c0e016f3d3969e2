"""A home with records, for the pages that show them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.domain.arrival import Arrival
from engine.domain.request import NOTHING_ASKED
from engine.domain.study import Instance
from engine.intake.find import Found
from engine.operators.session import single_operator
from engine.places import RESOURCES, Home
from engine.queue.jobs import job_for
from engine.store.database import Store, open_store
from engine.store.outcomes import record
from engine.store.queue import enqueue
from engine.store.reviews import save
from tests.engine.store.answers import answered, photograph, refused, spot
from tests.engine.store.decisions import review_of

PARTS = 12
PICTURE = RESOURCES / "samples" / "nuclei-d6a880b1f605.png"


def fill(home: Home) -> None:
    """Twelve answers of today: every fifth refused, every third of the others flagged, one reviewed; one more waits."""
    with open_store(home) as store:
        for number in range(PARTS):
            now = datetime.now(UTC)
            source = str(PICTURE) if number == PARTS - 1 else f"/in/line {number % 2}/Part_{number:02}.png"
            came = Arrival(f"arrival-{number:02}", source, now - timedelta(seconds=5), now + timedelta(seconds=60), 1)
            if number % 5 == 4:
                record(store, came, None, refused(came))
                continue
            regions = [spot(0.9), spot(0.4)] if number % 3 == 0 else []
            study = replace(
                photograph(source),
                content_hash=hashlib.sha256(source.encode()).hexdigest(),
                instances=(Instance(source),),
            )
            record(store, came, study, answered(came, regions, model="surface-pitting 1.0.0"))
            if number == 3:
                save(store, single_operator(), review_of(came, 2))
        _queue(store, "/in/urgent/waits.png")


def _queue(store: Store, source: str) -> None:
    now = datetime.now(UTC)
    came = Arrival("waits", source, now - timedelta(seconds=30), now + timedelta(hours=1), 1)
    enqueue(store, job_for(Found(source, Path(source)), NOTHING_ASKED, came, "desktop", None))
