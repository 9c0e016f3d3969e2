"""Times contenders in turn, one call of each a round: whatever else the machine does slows all of them alike."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do the work of a case.

    Args:
        name: as printed.
        call: does the work once into new memory and returns its result, or None for the memory floor.
        same_filter: gives the same numbers as Fovea, but for rounding.
        missing: why it cannot run here, or empty.
    """

    name: str
    call: Callable[[], np.ndarray | None]
    same_filter: bool = True
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """What one contender took.

    Args:
        contender: who.
        median_ms: over the rounds; the ratios below are medians of the ratios within a round.
        cpu_ms: processor time of all threads in the quietest round; says more than the clock on a busy machine.
        floor_ratio: time beside the memory floor's.
        fovea_ratio: time beside Fovea's.
        difference: largest difference from Fovea's result in 1/255 of the window.
    """

    contender: Contender
    median_ms: float
    cpu_ms: float
    floor_ratio: float
    fovea_ratio: float
    difference: float


def race(contenders: Sequence[Contender], rounds: int) -> list[Timing]:
    """Runs the contenders round-robin. The first is the memory floor, the second Fovea."""
    runnable = [contender for contender in contenders if not contender.missing]
    results = [contender.call() for contender in runnable]  # also warms caches, threads and compilers
    differences = [_difference(result, results[1]) for result in results]
    del results
    rounds_ms = np.array([[_call_ms(contender) for contender in runnable] for _ in range(rounds)])
    spent_ms, cpu_ms = rounds_ms[..., 0], rounds_ms[..., 1]
    return [
        Timing(
            contender,
            statistics.median(spent_ms[:, i]),
            cpu_ms[:, i].min(),
            statistics.median(spent_ms[:, i] / spent_ms[:, 0]),
            statistics.median(spent_ms[:, i] / spent_ms[:, 1]),
            differences[i],
        )
        for i, contender in enumerate(runnable)
    ]


def _call_ms(contender: Contender) -> tuple[float, float]:
    started_s, cpu_s = time.perf_counter(), time.process_time()
    contender.call()
    return (time.perf_counter() - started_s) * 1e3, (time.process_time() - cpu_s) * 1e3


def _difference(result: np.ndarray | None, fovea: np.ndarray | None) -> float:
    if result is None or fovea is None:
        return float("nan")
    return float(np.abs(result - fovea.reshape(result.shape)).max() * 255)
