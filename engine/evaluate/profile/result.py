"""What a profile says of a model on this machine: frozen values, a row for each way to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from engine.domain.timing import Timing
from engine.evaluate.interval import Interval


@dataclass(frozen=True, slots=True)
class Speed:
    """What the answers took, reading included, each study alone and with the model loaded.

    Args:
        answers: how many were timed.
        p50_s: half of them took less.
        p95_s: 95 % took no longer.
        look_p50_s: half of them took less from the scan to the answer.
    """

    answers: int
    p50_s: float
    p95_s: float
    look_p50_s: float

    @classmethod
    def of(cls, timings: tuple[Timing, ...]) -> Speed | None:
        """Of recorded timings; None where there are none."""
        if not timings:
            return None
        took_s = [timing.ms.total / 1000.0 for timing in timings]
        looked_s = [timing.look_s for timing in timings]
        p95_s = float(np.quantile(took_s, 0.95, method="higher"))
        return cls(len(timings), float(np.median(took_s)), p95_s, float(np.median(looked_s)))


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Figures of one label at the shipped threshold; intervals are 95 %, drawn by group.

    Args:
        label: the class.
        images: of the set.
        findings: in them.
        ap_strict: AP at an overlap of 0.5.
        ap_overlaps: AP at 0.5:0.95.
        sensitivity: share of the findings that are found.
        false_per_image: regions an image that find nothing.
        ap_change: of `ap_strict`, against the reference on the same images; None of the reference itself.
        sensitivity_change: the same of `sensitivity`.
    """

    label: str
    images: int
    findings: int
    ap_strict: Interval
    ap_overlaps: Interval
    sensitivity: Interval
    false_per_image: Interval
    ap_change: Interval | None = None
    sensitivity_change: Interval | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One way to answer.

    Args:
        backend: name of the run time, with its precision where that is a lower one.
        effort: work variant of the model.
        answers: whether studies are answered this way here, if their time allows the effort.
        why_not: why they are not; empty where they are.
        ran_on: what really answered, as outcomes name it.
        stood_in: doubts of answers that the CPU gave in place of a GPU.
        speed: None where nothing was timed.
        memory_bytes: the most that this process held while this way alone was loaded; None where it was not measured.
        gpu_bytes: of the GPU's memory, the most that was taken after an answer; None without a GPU.
        accuracy: one a label, where it was measured.
        unanswered: images of the set that were not answered in full; their findings count as missed.
    """

    backend: str
    effort: str
    answers: bool
    why_not: str = ""
    ran_on: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()
    speed: Speed | None = None
    memory_bytes: int | None = None
    gpu_bytes: int | None = None
    accuracy: tuple[Accuracy, ...] = ()
    unanswered: int = 0

    @property
    def name(self) -> str:
        """Run time and effort."""
        return f"{self.backend} {self.effort}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A way to answer that could not be measured here, with the reason in one clause."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All of it.

    Args:
        model: `id version`.
        model_hash: of its package.
        at: when it was measured, UTC.
        threads: CPU threads that it had.
        timed: names of the images whose answers were timed.
        source: names the annotated set; empty where accuracy was not measured.
        reference: what changes are told against; empty where accuracy was not measured.
        rows: in the order in which this machine prefers them.
        left_out: what could not be measured.
        complete: False where it was stopped: what is missing was not measured.
        timings: of the answers that were timed in the way that studies are answered here, for the forecasts.
    """

    model: str
    model_hash: str
    at: datetime
    threads: int
    timed: tuple[str, ...]
    source: str
    reference: str
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    complete: bool
    timings: tuple[Timing, ...] = ()
