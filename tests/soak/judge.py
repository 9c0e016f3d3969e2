"""Whether a long run stayed as it began: its last third held against its first, the time of settling left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from tests.soak.measure import Sample

MEMORY_GROWTH = 1.05
LATENCY_GROWTH = 1.2
MORE_DESCRIPTORS = 2
"""A file that happens to be open when the sample is taken."""


@dataclass(frozen=True, slots=True)
class Latency:
    """One answer.

    Args:
        at_s: when it was recorded, after the begin.
        took_s: since its file was first seen.
    """

    at_s: float
    took_s: float


@dataclass(frozen=True, slots=True)
class Held:
    """One quantity in both thirds.

    Args:
        what: the quantity with its unit.
        first: in the first third.
        last: in the last third.
        limit: that the last one may reach.
    """

    what: str
    first: float
    last: float
    limit: float

    @property
    def is_kept(self) -> bool:
        return self.last <= self.limit

    def __str__(self) -> str:
        kept = "kept" if self.is_kept else "BROKEN"
        return f"{self.what:<34} {self.first:10.2f} {self.last:10.2f} {self.limit:10.2f}  {kept}"


def judge(samples: Sequence[Sample], latencies: Sequence[Latency], settled_s: float, end_s: float) -> tuple[Held, ...]:
    """Holds the last third against the first.

    Args:
        samples: of the whole run.
        latencies: of the whole run.
        settled_s: where the first third begins: programs have started, models are loaded, buffers are filled.
        end_s: where the last third ends.

    Raises:
        ValueError: a third holds nothing to judge by.
    """
    third_s = (end_s - settled_s) / 3
    memory = _thirds(((one.at_s, one.memory_bytes / 2**20) for one in samples), settled_s, third_s)
    descriptors = _thirds(((one.at_s, one.descriptors) for one in samples), settled_s, third_s)
    waits = _thirds(((one.at_s, one.took_s) for one in latencies), settled_s, third_s)
    first_mib, last_mib = map(median, memory)
    first_open, last_open = map(median, descriptors)
    first_s, last_s = (float(np.percentile(third, 99)) for third in waits)
    return (
        Held("memory, median, MiB", first_mib, last_mib, first_mib * MEMORY_GROWTH),
        Held("descriptors, median", first_open, last_open, first_open + MORE_DESCRIPTORS),
        Held("latency, 99th percentile, s", first_s, last_s, first_s * LATENCY_GROWTH),
    )


def _thirds(values: Iterable[tuple[float, float]], from_s: float, third_s: float) -> tuple[list[float], list[float]]:
    """What lies in the first and in the last third."""
    first: list[float] = []
    last: list[float] = []
    for at_s, value in values:
        if from_s <= at_s < from_s + third_s:
            first.append(value)
        elif from_s + 2 * third_s <= at_s < from_s + 3 * third_s:
            last.append(value)
    if not first or not last:
        raise ValueError("the run was too short: a third of it holds nothing to judge by")
    return first, last
