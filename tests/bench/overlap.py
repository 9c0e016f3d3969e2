"""Many studies with their stages overlapped, beside each stage alone; how long one waits when the load grows.

Also alone: `python -m tests.bench.overlap`. Each set is answered one by one first: nothing runs beside a stage then, so
its times are those of the stage alone, with the same batch and threads. What overlap cannot beat is the slowest stage,
and the processor time of all of them on all cores. Then studies arrive at random moments (seeded), at shares of the
rate that was reached.

All of it takes an hour and a half of a quiet machine. With `--kept FILE` a call that was stopped goes on with the run
that it was at, `--only SET` takes one of the sets, and the table at the end has the lines of all calls with that file.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from engine.intake.isolated.pool import Decoders
from engine.places import Home
from engine.prepare.pool import usable_cores
from tests.bench.kept import Kept
from tests.bench.overlap_runs import Runs
from tests.bench.overlap_sets import NAMES, Set, sets
from tests.bench.overlap_table import GOAL, STAGES, floors_s, table
from tests.engine.workbench import Workbench

LOADS = (0.5, 0.8, 1.0)
UNDER_LOAD = (20, 60)
"""Least and most studies of a set that are sent again for each load; between these, what takes `UNDER_LOAD_S`."""

UNDER_LOAD_S = 300.0
"""At the rate that was reached."""


def main() -> int:
    """Prints the lines of each set, and a table of all."""
    options = _options()
    if not options.table:
        show(
            options.photographs,
            options.large,
            options.series,
            options.threads,
            loads=() if options.no_loads else LOADS,
            kept=options.kept,
            only=options.only,
        )
    if options.kept:
        sys.stdout.write("\n".join(table(Kept(options.kept).all())) + "\n")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.overlap", description=__doc__)
    parser.add_argument("--photographs", type=int, default=200)
    parser.add_argument("--large", type=int, default=50, help="photographs of 12 megapixels")
    parser.add_argument("--series", type=int, default=10, help="of each syntax")
    parser.add_argument("--threads", type=int, default=usable_cores(), help="default: all usable cores")
    parser.add_argument("--no-loads", action="store_true", help="leaves the latency under load out")
    parser.add_argument("--only", choices=NAMES, action="append", help="this set; may be given again for others")
    parser.add_argument("--kept", type=Path, help="file in which each run is kept, so that a stopped call goes on")
    parser.add_argument("--table", action="store_true", help="measures nothing, and prints what is kept")
    options = parser.parse_args()
    if options.table and not options.kept:
        parser.error("--table needs --kept")
    return options


def show(
    photographs: int,
    large: int,
    series: int,
    threads: int | None = None,
    loads: Sequence[float] = LOADS,
    kept: Path | None = None,
    only: Sequence[str] | None = None,
) -> None:
    """Answers each set and prints its lines."""
    with tempfile.TemporaryDirectory() as folder, Decoders() as decoders:
        scratch = Path(folder)
        home = Home(scratch / "home").make()
        with Workbench.open(home, backend="onnx-cpu", threads=threads, read=decoders.read_study) as workbench:
            bench = _Bench(Runs(workbench, decoders), Kept(kept), threads or usable_cores())
            for one in sets(scratch, photographs, large, series):
                if one.number and one.name in (only or NAMES):
                    for line in bench.lines(one, loads):
                        sys.stdout.write(line + "\n")
                        sys.stdout.flush()


class _Bench:
    """Answers sets one by one and overlapped, each run unless it is kept."""

    def __init__(self, runs: Runs, kept: Kept, threads: int) -> None:
        self._runs = runs
        self._kept = kept
        self._threads = threads

    def lines(self, one: Set, loads: Sequence[float]) -> Iterator[str]:
        """Those of a set, each as soon as it is known."""
        alone = self._run(one, "alone", lambda: asdict(self._runs.alone(one.founds())))
        together = self._run(one, "together", lambda: self._together(one))
        yield f"{one.number} {one.title}; load {alone['load']:.1f} and {together['load']:.1f} before"
        stages = ", ".join(f"{name} {alone[name]:.2f}" for name in STAGES)
        yield f"  each stage alone, s: {stages}; one by one {alone['total']:.2f}"
        slowest_s, cpu_s = floors_s(alone, together)
        ratio, rate = together["wall_s"] / max(slowest_s, cpu_s), one.number / together["wall_s"] * 60
        yield (
            f"  overlapped: {together['wall_s']:.2f} s; slowest stage {slowest_s:.2f} s, "
            f"processor time on {together['cores']} cores {cpu_s:.2f} s"
        )
        yield f"  goal: at most {GOAL:g} x the larger of these: {'met' if ratio <= GOAL else 'missed'} with {ratio:.2f}"
        yield f"  {rate:.1f} studies and {rate * one.images:.0f} images a minute"
        for share in loads:
            gap_s = together["wall_s"] / one.number / share
            number = int(np.clip(UNDER_LOAD_S / (gap_s * share), *UNDER_LOAD))
            waits = self._run(one, f"{share:.0%}", lambda gap_s=gap_s, n=number: self._under_load(one, gap_s, n))
            yield f"  {share:4.0%} load: median {waits['p50_s']:.2f} s, 95 % within {waits['p95_s']:.2f} s of arrival"
        yield ""

    def _run(self, one: Set, part, measure):
        """One run of a set, with the load that others were before it."""

        def find():
            self._runs.warm_up(one.founds()[0])
            load = os.getloadavg()[0]
            return {"load": load, "images": one.images} | measure()

        return self._kept.of((one.title, one.number, self._threads, part), find)

    def _together(self, one: Set):
        run = self._runs.together(one.founds())
        return {"wall_s": run.wall_s, "cpu_s": run.cpu_s, "cores": usable_cores()}

    def _under_load(self, one: Set, gap_s: float, number: int):
        waits_s = self._runs.together(one.founds()[:number], gap_s).latencies_s
        middle_s, high_s = np.percentile(waits_s, (50, 95))
        return {"p50_s": float(middle_s), "p95_s": float(high_s)}


if __name__ == "__main__":
    raise SystemExit(main())
