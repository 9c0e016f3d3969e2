"""What is promised of a job when it is taken in: when its answer is expected, by what this machine did before."""

from __future__ import annotations

import math
import time
from datetime import datetime

from engine.domain.job import Job, Outlook
from engine.queue.forecast import Forecaster
from engine.queue.jobs import waiting_of
from engine.queue.known_timings import known_timings
from engine.queue.plan import expect
from engine.queue.pulse import Pulse
from engine.queue.starting import until_ready
from engine.queue.waiting_line import Ahead
from engine.store.database import Store
from engine.store.queue import work_ahead

_LEARN_S = 30.0
_LEARNED_FROM = 500


class Promises:
    """Learns from the newest answers, anew from time to time.

    Args:
        store: where they are, and the queue.
        pulse: whether a worker is ready.
    """

    def __init__(self, store: Store, pulse: Pulse) -> None:
        self._store = store
        self._pulse = pulse
        self._forecaster = Forecaster()
        self._learned_s = -math.inf

    def outlook_of(self, job: Job, now: datetime) -> Outlook | None:
        """Of a job that is about to be taken in; None without a deadline, since nobody asks then."""
        if job.arrival.deadline is None:
            return None
        if time.monotonic() - self._learned_s >= _LEARN_S:
            self._forecaster = Forecaster(known_timings(self._store, _LEARNED_FROM))
            self._learned_s = time.monotonic()
        work = self._forecaster.work(job.kind, job.stored_bytes, job.request.model_id)
        ahead = Ahead(*work_ahead(self._store, job.arrival))
        if starting := until_ready(self._pulse):
            ahead = ahead.with_work(starting)
        planned = expect(waiting_of(job), work, now, ahead, self._forecaster.promise_times)
        return Outlook(work.p50_s, work.p90_s, work.basis, planned.expected_at, planned.at_latest, planned.late_s)
