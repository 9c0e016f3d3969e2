"""`make bench`: the prepare kernels and the intake beside SimpleITK, OpenCV and torch; then many studies overlapped."""

import argparse
import importlib
import json
import math
import os
import sys
from collections.abc import Sequence
from typing import Any

import cv2

from engine.prepare.pool import RowPool
from tests.bench import intake, overlap, photograph
from tests.bench.race import Contender, Timing, race
from tests.bench.resampling import GOAL_FLOOR_RATIO, Volume

BUSY_LOAD = 0.5


def main() -> int:
    """Runs every case and prints one table each."""
    options = _options()
    torch = _torch(options.threads)
    cv2.setNumThreads(options.threads)
    load = os.getloadavg()[0]
    if not options.json:
        busy = ": other programs are running, trust ratios only" if load > BUSY_LOAD else ""
        sys.stdout.write(f"{options.threads} threads, load {load:.2f} before the run{busy}\n\n")
    with RowPool(options.threads) as pool:
        slices = 60 if options.quick else 300
        _show(photograph.TITLE, photograph.contenders(pool, torch), photograph.GOAL_FLOOR_RATIO, options)
        for spacing_mm in ((1.0, 0.7, 0.7), (2.5, 0.7, 0.7)):
            volume = Volume(spacing_mm, slices)
            _show(volume.title, volume.contenders(pool, torch), GOAL_FLOOR_RATIO, options)
    if not options.json:
        intake.show(slices, rounds=2 if options.quick else 0)
        if options.quick:
            overlap.show(20, 1, 1, options.threads, loads=())
        else:
            overlap.show(200, 50, 10, options.threads)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 rounds and 60 slices")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of tables")
    parser.add_argument("--rounds", type=int, default=0, help="calls of each contender (default 11, quick 3)")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="default: all usable cores")
    options = parser.parse_args()
    options.rounds = options.rounds or (3 if options.quick else 11)
    return options


def _torch(threads: int) -> Any:
    try:
        torch = importlib.import_module("torch")  # an extra; the bench runs without it
    except ModuleNotFoundError:
        return None
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    return torch


def _show(title: str, contenders: Sequence[Contender], goal: float, options: argparse.Namespace) -> None:
    timings = race(contenders, options.rounds)
    if options.json:
        lines = [json.dumps(_line(title, timing, options)) for timing in timings]
    else:
        lines = _table(title, timings, contenders, goal)
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _table(title: str, timings: Sequence[Timing], contenders: Sequence[Contender], goal: float) -> list[str]:
    lines = [title, f"  {'':46}{'median ms':>10}{'cpu ms':>9}{'x floor':>9}{'x Fovea':>9}{'differs':>9}"]
    for timing in timings:
        name = timing.contender.name + ("" if timing.contender.same_filter else " *")
        differs = "" if math.isnan(timing.difference) else f"{timing.difference:.2f}"
        times = f"{timing.median_ms:10.1f}{timing.cpu_ms:9.1f}{timing.floor_ratio:9.2f}{timing.fovea_ratio:9.2f}"
        lines.append(f"  {name:46}{times}{differs:>9}")
    lines += [f"  {contender.name:46}  left out: {contender.missing}" for contender in contenders if contender.missing]
    ours = timings[1].floor_ratio
    lines.append(f"  goal: at most {goal:g} x floor: {'met' if ours <= goal else 'missed'} with {ours:.2f}")
    lines.append("  * another filter; differs: largest difference from Fovea in 1/255 of the window\n")
    return lines


def _line(title: str, timing: Timing, options: argparse.Namespace) -> dict[str, object]:
    return {
        "case": title,
        "contender": timing.contender.name,
        "same_filter": timing.contender.same_filter,
        "median_ms": round(timing.median_ms, 3),
        "cpu_ms": round(timing.cpu_ms, 3),
        "floor_ratio": round(timing.floor_ratio, 3),
        "fovea_ratio": round(timing.fovea_ratio, 3),
        "difference_255": None if math.isnan(timing.difference) else round(timing.difference, 3),
        "rounds": options.rounds,
        "threads": options.threads,
    }


if __name__ == "__main__":
    sys.exit(main())
