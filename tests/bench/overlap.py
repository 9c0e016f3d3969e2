"""Many studies with their stages overlapped, beside each stage alone; how long one waits when the load grows.

Also alone: `python -m tests.bench.overlap`. Each set is answered one by one first: nothing runs beside a stage then, so
its times are those of the stage alone, with the same batch and threads. What overlap cannot beat is the slowest stage,
and the processor time of all of them on all cores. Then studies arrive at random moments (seeded), at shares of the
rate that was reached.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
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
from engine.places import Home
from engine.prepare.pool import usable_cores
from engine.queue.overlap import Overlap
from engine.store.outcomes import record
from tests.bench.overlap_sets import Set, sets
from tests.engine.workbench import Workbench

GOAL = 1.15
LOADS = (0.5, 0.8, 1.0)
MOST_UNDER_LOAD = 60
"""Studies of a set that are sent again for each load."""


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


def main() -> int:
    """Prints a table for each set."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.overlap", description=__doc__)
    parser.add_argument("--photographs", type=int, default=200)
    parser.add_argument("--large", type=int, default=50, help="photographs of 12 megapixels")
    parser.add_argument("--series", type=int, default=10, help="of each syntax")
    parser.add_argument("--threads", type=int, default=usable_cores(), help="default: all usable cores")
    parser.add_argument("--no-loads", action="store_true", help="leaves the latency under load out")
    options = parser.parse_args()
    show(options.photographs, options.large, options.series, options.threads, loads=() if options.no_loads else LOADS)
    return 0


def show(photographs: int, large: int, series: int, threads: int | None = None, loads: Sequence[float] = LOADS) -> None:
    """Answers each set and prints its table."""
    with tempfile.TemporaryDirectory() as folder, Decoders() as decoders:
        scratch = Path(folder)
        home = Home(scratch / "home").make()
        with Workbench.open(home, backend="onnx-cpu", threads=threads, read=decoders.read_study) as workbench:
            bench = _Bench(workbench, decoders)
            for one in sets(scratch, photographs, large, series):
                if one.founds:
                    sys.stdout.write("\n".join(bench.lines(one, loads)) + "\n\n")
                    sys.stdout.flush()


class _Bench:
    """Answers sets one by one and overlapped."""

    def __init__(self, workbench: Workbench, decoders: Decoders) -> None:
        self._workbench = workbench
        self._decoders = decoders

    def lines(self, one: Set, loads: Sequence[float]) -> list[str]:
        """The table of a set."""
        self._workbench.answer(one.founds[0])  # loads the model
        load = os.getloadavg()[0]
        alone = self._alone(one.founds)
        run = self._together(self._sent(one.founds, gap_s=0.0))
        cores = usable_cores()
        slowest_s, cpu_s = max(astuple(alone)[:5]), run.cpu_s / cores
        ratio = run.wall_s / max(slowest_s, cpu_s)
        rate = len(one.founds) / run.wall_s * 60
        stages = ", ".join(f"{name} {getattr(alone, name):.2f}" for name in alone.__slots__[:5])
        lines = [
            f"{len(one.founds)} {one.title}; load {load:.1f} before",
            f"  each stage alone, s: {stages}; one by one {alone.total:.2f}",
            f"  overlapped: {run.wall_s:.2f} s; slowest stage {slowest_s:.2f} s, processor time on {cores} cores "
            f"{cpu_s:.2f} s",
            f"  goal: at most {GOAL:g} x the larger of these: {'met' if ratio <= GOAL else 'missed'} with {ratio:.2f}",
            f"  {rate:.1f} studies and {rate * one.images:.0f} images a minute",
        ]
        for share in loads:
            gap_s = run.wall_s / len(one.founds) / share
            waits_s = self._together(self._sent(one.founds[:MOST_UNDER_LOAD], gap_s)).latencies_s
            middle_s, high_s = np.percentile(waits_s, (50, 95))
            lines.append(f"  {share:4.0%} load: median {middle_s:.2f} s, 95 % within {high_s:.2f} s of arrival")
        return lines

    def _alone(self, founds: Sequence[Found]) -> StageTimes:
        """Seconds of each stage, one study after the other."""
        started_s = time.perf_counter()
        times = np.array([astuple(self._workbench.answer(found).outcome.ms)[:5] for found in founds]).sum(axis=0) / 1000
        return StageTimes(*times.tolist(), total=time.perf_counter() - started_s)

    def _together(self, sent: Sequence[Sent]) -> Run:
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


if __name__ == "__main__":
    raise SystemExit(main())
