"""How long work takes on this machine: learned from recorded timings, with quantiles, and honest where there are few.

Each past answer is one draw: its stages, each scaled by its own amount of work to that of the study at hand, add up to
what this study would have taken then. A forecast is a quantile of such sums, over the studies nearest in size; a sum
of the stages' quantiles would be too much, since one study is seldom slow in all of them. What came of the forecasts
then widens or narrows the next ones, so that 90 % hold in the long run even where the past is a poor guide.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from engine.domain.request import FULL
from engine.domain.study import Kind
from engine.domain.timing import LEAST_COVERAGE, Timing
from engine.queue.calibration import steered, upper_quantile
from engine.queue.deadline import is_long

Basis = Literal["recorded", "few", "assumed"]
"""What a forecast rests on: enough answers of this machine, too few for a 90 % quantile, or none at all."""

ENOUGH = 9
"""Of fewer draws none is the 90 % quantile: its rank, 0.9 (n + 1), lies past the largest."""

_NEWEST = 240
_NEAREST = 60
"""So many past answers are looked at, and the nearest in size of these: a machine changes, and so does what it gets."""

_FEW_P90_TIMES, _FEW_MOST_TIMES = 2.0, 3.0
"""What the largest of a few draws is multiplied by for the 90 % quantile, and for the most."""

_ASSUMED_P90_TIMES, _ASSUMED_MOST_TIMES = 2.0, 4.0
"""The same for an assumed median."""

_PIXEL_S = 1e-6
"""Assumed of a pixel of the network's input: six times what two cores took for a tile (docs/figures.md)."""

_PICTURE_BYTE_S, _VOLUME_BYTE_S, _STUDY_S = 5e-6, 2e-6, 1.0
"""Assumed of a stored byte and of each study before anything of it is read: about twice what two cores took."""

_FIXED_BYTES, _FIXED_CALLS = 1 << 20, 1
"""What a stage does for any study, as the work that takes as long."""

_SAME_SIZE = 20.0
"""Forecasts are kept for sizes in steps of 5 %: a queue of thousands asks for few different ones."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long something will take.

    Args:
        p10_s: one in ten takes less; 0 where that is not known.
        p50_s: half of them do.
        p90_s: nine of ten do.
        most_s: the longest that any of those nearest took; what is not to be late for anything goes by this.
        basis: what it rests on.
    """

    p10_s: float
    p50_s: float
    p90_s: float
    most_s: float
    basis: Basis

    @property
    def spread_s(self) -> float:
        """From the median to the 90 % quantile."""
        return self.p90_s - self.p50_s


@dataclass(frozen=True, slots=True)
class Extent:
    """What looking at one scan takes with one effort.

    Args:
        effort: name of the work variant.
        tiles: of the layout.
        calls: of the network.
        network_px: pixels or voxels that go through it.
    """

    effort: str
    tiles: int
    calls: int
    network_px: int


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What this machine's recorded answers say about the next ones; made anew from time to time.

    Args:
        timings: oldest first.
    """

    timings: tuple[Timing, ...] = ()
    _groups: dict[object, tuple[Timing, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _known: dict[object, Forecast] = field(init=False, repr=False, compare=False, default_factory=dict)
    _spread_times: float = field(init=False, repr=False, compare=False, default=1.0)
    promise_times: float = field(init=False, repr=False, compare=False, default=1.0)
    _runner: dict[str, tuple[str, int]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _last: dict[object, tuple[str, int] | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._runner.update(_runners(self.timings))
        object.__setattr__(self, "_spread_times", steered(timing.in_forecast for timing in self.timings))
        object.__setattr__(self, "promise_times", steered(timing.in_promise for timing in self.timings))

    def work(self, kind: Kind, stored_bytes: int, model_id: str | None = None, effort: str = FULL) -> Forecast:
        """Reading and looking, before anything was read.

        Args:
            kind: what the study most likely is.
            stored_bytes: size of its files.
            model_id: the model that is asked for; None takes the answers of all that saw this kind.
            effort: work variant; where none of its answers are recorded, those of all variants count.
        """
        step = _size_step(stored_bytes)
        key = (is_long(kind), step, model_id, effort)
        if key not in self._known:
            self._known[key] = self._work(is_long(kind), math.exp(step / _SAME_SIZE), model_id, effort)
        return self._known[key]

    def quickest(self, kind: Kind, stored_bytes: int, model_id: str | None = None) -> Forecast:
        """The same with the effort that takes least, as far as any but the full one is recorded."""
        key = (is_long(kind), _size_step(stored_bytes), model_id, None)
        if key not in self._known:
            efforts = self._efforts(is_long(kind), model_id)
            by_effort = (self.work(kind, stored_bytes, model_id, effort) for effort in efforts)
            self._known[key] = min(by_effort, key=lambda found: found.p50_s)
        return self._known[key]

    def look(self, model: str, extent: Extent, backend: str = "") -> Forecast:
        """From the scan to the answer, with one effort.

        Args:
            model: `id version`.
            extent: what is to be done.
            backend: the run time that does it; empty for what will most likely.
        """
        runner = self._last_as(model, backend) if backend else self._runner.get(model)
        recorded = self._group(
            ("look", model, runner), lambda timing: timing.model == model and _runner_of(timing) == runner
        )
        own = [timing for timing in recorded if timing.effort == extent.effort][:_NEWEST]
        drawn = own if len(own) >= ENOUGH else recorded[:_NEWEST]
        near = _nearest(drawn, extent.calls, lambda timing: timing.workload.calls)
        assumed_s = extent.network_px * _PIXEL_S
        found = forecast_of((_looked_s(timing, extent) for timing in near), assumed_s, self._spread_times)
        return found if len(own) >= ENOUGH or found.basis == "assumed" else replace(found, basis="few")

    def _last_as(self, model: str, backend: str) -> tuple[str, int] | None:
        """What answered last with a model under that name, or else with another version of that run time."""
        key = ("last as", model, backend)
        if key not in self._last:
            used = [_runner_of(timing) for timing in reversed(self.timings) if timing.model == model]
            alike = [runner for runner in used if runner[0].partition(" ")[0] == backend.partition(" ")[0]]
            same = [runner for runner in alike if runner[0] == backend]
            self._last[key] = next(iter(same or alike), None)
        return self._last[key]

    def _work(self, long: bool, stored_bytes: float, model_id: str | None, effort: str) -> Forecast:
        recorded = self._of_kind(long, model_id)
        own = [timing for timing in recorded if timing.effort == effort]
        near = _nearest((own or recorded)[:_NEWEST], stored_bytes, lambda timing: timing.workload.read_bytes)
        assumed_s = _STUDY_S + stored_bytes * (_VOLUME_BYTE_S if long else _PICTURE_BYTE_S)
        found = forecast_of((_worked_s(timing, stored_bytes) for timing in near), assumed_s, self._spread_times)
        return found if own or found.basis == "assumed" else replace(found, basis="few")

    def _efforts(self, long: bool, model_id: str | None) -> Iterable[str]:
        return {FULL} | {timing.effort for timing in self._of_kind(long, model_id)}

    def _of_kind(self, long: bool, model_id: str | None) -> tuple[Timing, ...]:
        return self._group(
            ("work", long, model_id),
            lambda timing: (
                is_long(timing.kind) == long
                and model_id in (None, timing.model_id)
                and _runner_of(timing) == self._runner.get(timing.model)
            ),
        )

    def _group(self, key: object, belongs: Callable[[Timing], bool]) -> tuple[Timing, ...]:
        """The timings that belong, newest first; only what was looked at tells what looking takes."""
        if key not in self._groups:
            looked = (
                timing
                for timing in reversed(self.timings)
                if timing.coverage >= LEAST_COVERAGE and timing.workload.calls
            )
            self._groups[key] = tuple(filter(belongs, looked))
        return self._groups[key]


def forecast_of(draws_s: Iterable[float], assumed_s: float, spread_times: float = 1.0) -> Forecast:
    """What such draws say of the next one.

    Args:
        draws_s: what each took, as it would have been then.
        assumed_s: the median where there are none.
        spread_times: by how much to widen what lies between the median and the 90 % quantile.
    """
    draws = sorted(draws_s)
    if not draws:
        return Forecast(0.0, assumed_s, assumed_s * _ASSUMED_P90_TIMES, assumed_s * _ASSUMED_MOST_TIMES, "assumed")
    p50_s = draws[len(draws) // 2]
    p90_s = upper_quantile(draws, 0.9)
    if p90_s is None:
        return Forecast(0.0, p50_s, draws[-1] * _FEW_P90_TIMES, draws[-1] * _FEW_MOST_TIMES, "few")
    p90_s = p50_s + spread_times * (p90_s - p50_s)
    return Forecast(draws[len(draws) // ENOUGH - 1], p50_s, p90_s, max(p90_s, draws[-1]), "recorded")


def _size_step(stored_bytes: int) -> int:
    return math.ceil(math.log(max(1, stored_bytes)) * _SAME_SIZE)


def _nearest(timings: Sequence[Timing], size: float, size_of: Callable[[Timing], int]) -> list[Timing]:
    """Those whose size is the least times larger or smaller, the newest first among equals."""
    wanted = math.log(max(1.0, size))
    return heapq.nsmallest(_NEAREST, timings, key=lambda timing: abs(math.log(max(1, size_of(timing))) - wanted))


def _looked_s(timing: Timing, extent: Extent) -> float:
    calls = (extent.calls + _FIXED_CALLS) / (timing.workload.calls + _FIXED_CALLS)
    tiles = (extent.tiles + _FIXED_CALLS) / (timing.workload.tiles + _FIXED_CALLS)
    return ((timing.ms.detect + timing.ms.merge) * calls + timing.ms.prepare * tiles) / 1000.0


def _worked_s(timing: Timing, stored_bytes: float) -> float:
    scale = (stored_bytes + _FIXED_BYTES) / (timing.workload.read_bytes + _FIXED_BYTES)
    return timing.work_s * scale


def _runners(timings: Iterable[Timing]) -> dict[str, tuple[str, int]]:
    """By model what will answer next: what answered last, unless it was lost since.

    A run time that one model had to leave for another is lost to all of them, until it answers again; its better days
    forecast nothing.
    """
    used: dict[str, list[tuple[str, int]]] = {}
    lost: set[tuple[str, int]] = set()
    for timing in timings:
        runner, before = _runner_of(timing), used.setdefault(timing.model, [])
        if before and before[-1] != runner:
            lost.add(before[-1])
        lost.discard(runner)
        before[:] = [*(other for other in before if other != runner), runner]
    found = {model: [runner for runner in before if runner not in lost] for model, before in used.items()}
    return {model: at_hand[-1] for model, at_hand in found.items() if at_hand}


def _runner_of(timing: Timing) -> tuple[str, int]:
    return timing.backend, timing.workload.threads
