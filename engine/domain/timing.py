"""A timing: what one recorded answer cost, from which the next ones are forecast."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.outcome import StageTimes
from engine.domain.study import Kind
from engine.domain.workload import Workload

LEAST_COVERAGE = 0.1
"""Of what was cut off earlier nobody can tell how long all of it would have taken: beginning takes time of its own."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What there was to do for one answer, and how long each stage took.

    Args:
        model: `id version`.
        backend: run time and its version.
        effort: work variant of the model.
        kind: form of the study.
        coverage: share that was looked at; below 1 the work was cut off.
        workload: how much there was to do.
        ms: time by stage.
        forecast_p50_s: median of the work as forecast when it began; None where it was not.
        forecast_p90_s: what 90 % of such studies were to stay below.
        in_promise: whether it was recorded by the 90 % forecast made when it arrived; None where none was.
    """

    model: str
    backend: str
    effort: str
    kind: Kind
    coverage: float
    workload: Workload
    ms: StageTimes
    forecast_p50_s: float | None = None
    forecast_p90_s: float | None = None
    in_promise: bool | None = None

    @property
    def model_id(self) -> str:
        """Without the version, as a request names it."""
        return self.model.partition(" ")[0]

    @property
    def read_s(self) -> float:
        """Seconds until the scan was there."""
        return self.ms.read / 1000.0

    @property
    def look_s(self) -> float:
        """Seconds from the scan to the answer: preparing, detecting and merging."""
        return (self.ms.prepare + self.ms.detect + self.ms.merge) / 1000.0

    @property
    def work_s(self) -> float:
        """Both, as all of it would have taken where it was cut off; of what tells, see `LEAST_COVERAGE`."""
        return self.read_s + self.look_s / max(self.coverage, LEAST_COVERAGE)

    @property
    def in_forecast(self) -> bool | None:
        """Whether it stayed below its 90 % forecast; None where there was none, or that cannot be told."""
        if self.forecast_p90_s is None or self.coverage < LEAST_COVERAGE:
            return None
        return self.work_s <= self.forecast_p90_s
