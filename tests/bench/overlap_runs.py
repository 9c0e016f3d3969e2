"""One run of `tests.bench.overlap` over some studies: one by one, or overlapped as the worker does it."""

from __future__ import annotations

import os
import random
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from engine.attempt import Attempt
from engine.domain.arrival import Arrival
from engine.domain.outcome import StageTimes
from engine.domain.request import NOTHING_ASKED, Request
from engine.intake.find import Found
from engine.intake.isolated.pool import Decoders
from engine.queue.overlap import Overlap
from engine.store.outcomes import record
from tests.engine.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Sent:
    """A study that arrives at a moment of the run."""

    found: Found
    arrival: Arrival
    due_s: float
    request: Request = NOTHING_ASKED
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """What one overlapped run took.

    Args:
        wall_s: from the first claim to the last record.
        cpu_s: processor time of this process and of the decoders.
        latencies_s: from each study's arrival to its record.
    """

    wall_s: float
    cpu_s: float
    latencies_s: tuple[float, ...]


class Runs:
    """Answers studies on one bench, whose model is loaded and whose kernels are compiled by the first of them."""

    def __init__(self, workbench: Workbench, decoders: Decoders) -> None:
        self._workbench = workbench
        self._decoders = decoders

    def warm_up(self, found: Found) -> None:
        """Loads the model that this study is for."""
        self._workbench.answer(found)

    def alone(self, founds: Sequence[Found]) -> StageTimes:
        """Seconds of each stage, one study after the other."""
        started_s = time.perf_counter()
        times = np.array([astuple(self._workbench.answer(found).outcome.ms)[:5] for found in founds]).sum(axis=0) / 1000
        return StageTimes(*times.tolist(), total=time.perf_counter() - started_s)

    def together(self, founds: Sequence[Found], gap_s: float = 0.0) -> Run:
        """Overlapped.

        Args:
            founds: the studies.
            gap_s: mean of the random times between their arrivals; 0 has them arrive at once.
        """
        sent = self._sent(founds, gap_s)
        latencies_s: list[float] = []
        started_s, cpu_s = time.perf_counter(), self._cpu_s()

        def claims() -> Iterator[Sent]:
            for one in sent:
                time.sleep(max(0.0, started_s + one.due_s - time.perf_counter()))
                yield one

        def recorded(one: Sent, attempt: Attempt) -> None:
            outcome = attempt.outcome()
            record(self._workbench.store, one.arrival, attempt.study, outcome, workload=attempt.workload)
            latencies_s.append(time.perf_counter() - started_s - one.due_s)

        def given_back(one: Sent) -> None:
            sys.stdout.write(f"  given back: {one.found.source}\n")

        Overlap(self._workbench.bench).run(claims(), recorded, given_back)
        wall_s = time.perf_counter() - started_s
        return Run(wall_s, self._cpu_s() - cpu_s, tuple(latencies_s))

    def _sent(self, founds: Sequence[Found], gap_s: float) -> list[Sent]:
        """The studies at random moments whose mean distance is the gap; all at once without one."""
        rng, now, due_s, sent = random.Random(1), self._workbench.bench.clock.now(), 0.0, []
        for found in founds:
            sent.append(Sent(found, Arrival(uuid.uuid4().hex, found.source, now), due_s))
            due_s += rng.expovariate(1.0 / gap_s) if gap_s else 0.0
        return sent

    def _cpu_s(self) -> float:
        """Of this process and of the decoder processes that live."""
        ticks = 0
        for pid in self._decoders.line.pids:
            user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            ticks += int(user) + int(system)
        return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")
