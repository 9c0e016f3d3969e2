"""A day of a radiology department on a virtual clock: what arrives, what it takes, and what becomes of it.

The scheduler, the forecaster and the choice of effort are the program's own. Made up are the arrivals and what the work
really takes, both from a seed. Everything that happens is in seconds since midnight.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.domain.outcome import StageTimes
from engine.domain.request import FULL
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.queue.deadline import DeadlineRule
from engine.queue.effort import Lane, choose_effort
from engine.queue.forecast import Extent, Forecast, Forecaster
from engine.queue.learning import Learning
from engine.queue.plan import Planned, expect
from engine.queue.schedule import Rules, begins_anew, gives_way, pick
from engine.queue.turn import ROUTINE, STAT, Progress, Turn, Waiting
from engine.queue.waiting_line import Ahead

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
DAY_S = 86_400.0
BROKEN_S = (13 * 3600.0, 14 * 3600.0)
"""When the GPU is gone."""

RULE = DeadlineRule(volume_s=180.0, picture_s=60.0)
"""Of projections answered beside CT the site wants a minute: one CT is at work for longer than ten seconds."""

GPU, CPU = "tensorrt 1.7 fp16", "onnxruntime 1.28 cpu"
_MODELS = {"volume": "ct-nodule 1.0.0", "image": "chest 2.1.0"}
_CALL_S = {GPU: {"volume": 0.4, "image": 0.2}, CPU: {"volume": 1.6, "image": 0.8}}
_ASKED_EVERY_S = 1.0
"""Whether what is at work makes way is asked again so often, while stat cases wait."""

_LOST_S = 2.0
"""What finding out that the GPU is gone takes, each time."""


@dataclass(frozen=True, slots=True)
class Case:
    """A study as it really is; the scheduler sees `waiting` alone.

    Args:
        waiting: what the queue knows.
        tiles: of the model's layout with the full effort.
        read_s: what reading takes.
        slowness: by how much looking takes longer than usual.
    """

    waiting: Waiting
    tiles: int
    read_s: float
    slowness: float

    def extents(self) -> list[Extent]:
        """With the full effort each tile is looked at twice, with the quick one coarser and once."""
        tile_px = 2_000_000 if self.waiting.kind == "volume" else 500_000
        few = max(1, self.tiles // 2)
        return [
            Extent(FULL, self.tiles, 2 * self.tiles, 2 * self.tiles * tile_px),
            Extent("fast", few, few, few * tile_px),
        ]

    def looked_s(self, backend: str, extent: Extent) -> float:
        """What looking really takes."""
        return (0.2 + extent.calls * _CALL_S[backend][self.waiting.kind]) * self.slowness

    def quickest_s(self, backend: str) -> float:
        """The least that an answer really takes."""
        lost_s = _LOST_S if backend == CPU else 0.0
        return self.read_s + lost_s + min(self.looked_s(backend, extent) for extent in self.extents())


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a case.

    Args:
        case: which.
        promised: what was forecast when it arrived; None before anything could be.
        work: the work as forecast when it began.
        began_s: when its work began.
        ended_s: when its outcome was recorded.
        effort: chosen for it.
        coverage: below 1 where the deadline cut it off.
        foreseeable: not so where the GPU was lost or found again with this very study, or where it took longer than
            the longest forecast for the effort that was chosen.
    """

    case: Case
    promised: Planned
    work: Forecast
    began_s: float
    ended_s: float
    effort: str
    coverage: float
    foreseeable: bool

    @property
    def in_time(self) -> bool:
        """In full, and by its deadline."""
        deadline = self.case.waiting.deadline
        return self.coverage == 1.0 and (deadline is None or at(self.ended_s) <= deadline)

    @property
    def waited_s(self) -> float:
        """From the arrival to the beginning of the work."""
        return self.began_s - seconds(self.case.waiting.arrived_at)


@dataclass(frozen=True, slots=True)
class AtWork:
    """A study that is being worked on.

    Args:
        turn: as what it was picked.
        answered: what becomes of it, if it is left to end.
        backend: run time.
        extent: what is done with the effort chosen.
        looks_at_s: when it is read.
        wanted_s: what looking takes, without a limit.
        lost_s: what finding out that the GPU is gone took.
    """

    turn: Turn
    answered: Answered
    backend: str
    extent: Extent
    looks_at_s: float
    wanted_s: float
    lost_s: float

    @property
    def call_s(self) -> float:
        """What one call of the network takes: the work ends after it at the earliest."""
        return self.wanted_s / self.extent.calls


@dataclass(slots=True)
class Department:
    """The one machine, working through a day.

    Args:
        rules: the scheduler's.
        picks: the scheduler; another one to compare it with.
        puts_aside: whether a routine study at work gives way to a stat case.
        forecaster: as it starts the day.
        put_aside: how often that was so.
    """

    rules: Rules = field(default_factory=Rules)
    picks: Callable[..., Turn | None] = pick
    puts_aside: bool = True
    forecaster: Forecaster = field(default_factory=Forecaster)
    put_aside: int = 0
    _timings: list[Timing] = field(init=False, default_factory=list)
    _waiting: dict[str, tuple[Case, Planned]] = field(init=False, default_factory=dict)
    _relieved_at: datetime | None = field(init=False, default=None)
    _at_work: AtWork | None = field(init=False, default=None)
    _learning: Learning = field(init=False, default_factory=Learning)

    def __post_init__(self) -> None:
        self._timings = list(self.forecaster.timings)

    def work_through(self, cases: Sequence[Case]) -> Iterator[Answered]:
        """Answers all cases, one after the other, in the order in which the scheduler gives them their turns."""
        coming = sorted(cases, key=lambda case: (case.waiting.arrived_at, case.waiting.arrival_id))[::-1]
        now_s = 0.0
        while coming or self._waiting:
            if not self._waiting:
                now_s = max(now_s, seconds(coming[-1].waiting.arrived_at))
            while coming and seconds(coming[-1].waiting.arrived_at) <= now_s:
                self._take(coming.pop())
            self._at_work = work = self._begin(now_s)
            now_s = self._until_it_makes_way(work, coming)
            if now_s >= work.answered.ended_s:
                now_s = work.answered.ended_s
                self._learn(work)
                yield work.answered
            else:
                self._waiting[work.turn.waiting.arrival_id] = (work.answered.case, work.answered.promised)
                self.put_aside += 1
                now_s = min(now_s + work.call_s, work.answered.ended_s)

    def _take(self, case: Case) -> None:
        """What the queue does with an arrival: forecast it, and keep it."""
        one = case.waiting
        ahead = self._still_at_work(seconds(one.arrived_at))
        for other, planned in self._waiting.values():
            if (other.waiting.priority, other.waiting.deadline) <= (one.priority, one.deadline):
                ahead = ahead.with_work(planned.work)
        work = self.forecaster.work(one.kind, one.stored_bytes, one.model_id)
        promised = expect(one, work, one.arrived_at, ahead, self.forecaster.promise_times)
        self._waiting[one.arrival_id] = (case, promised)

    def _still_at_work(self, now_s: float) -> Ahead:
        """What is expected of the study that is at work when another arrives."""
        if self._at_work is None or self._at_work.answered.ended_s <= now_s:
            return Ahead()
        work = self._at_work.turn.work
        return Ahead(max(0.0, self._at_work.answered.began_s + work.p50_s - now_s), work.spread_s**2)

    def _until_it_makes_way(self, work: AtWork, coming: list[Case]) -> float:
        """When the study at work is put aside, or past its end. Who comes meanwhile is taken in."""
        now_s = work.answered.began_s
        while True:
            arrives_s = seconds(coming[-1].waiting.arrived_at) if coming else math.inf
            stat = [case.waiting for case, _ in self._waiting.values() if case.waiting.priority == STAT]
            now_s = min(arrives_s, now_s + _ASKED_EVERY_S if stat else math.inf)
            if now_s >= work.answered.ended_s:
                return now_s
            if now_s == arrives_s:
                self._take(coming[-1])
                stat.append(coming.pop().waiting)
            looked_s = max(0.0, now_s - work.looks_at_s)
            progress = Progress(work.turn, min(1.0, looked_s / work.wanted_s), looked_s)
            if self.puts_aside and any(self._makes_way(progress, one, at(now_s)) for one in stat):
                return now_s

    def _makes_way(self, progress: Progress, other: Waiting, now: datetime) -> bool:
        """Whether the work ends after its tile: for the other, or to begin anew with less, for which `pick` sees."""
        return (
            gives_way(progress, other, now, self.forecaster, self.rules)
            or begins_anew(progress, other, now, self.forecaster) is not None
        )

    def _begin(self, now_s: float) -> AtWork:
        """The next study, and what becomes of it if nothing comes in between."""
        turn = self.picks(
            [case.waiting for case, _ in self._waiting.values()],
            at(now_s),
            self.forecaster,
            self.rules,
            relieved_at=self._relieved_at,
        )
        assert turn is not None
        if turn.relief:
            self._relieved_at = at(now_s)
        case, promised = self._waiting.pop(turn.waiting.arrival_id)
        model, due_s = _MODELS[turn.waiting.kind], seconds(turn.waiting.deadline)
        broken = BROKEN_S[0] <= now_s < BROKEN_S[1]
        backend, lost_s = (CPU, _LOST_S) if broken else (GPU, 0.0)
        looks_at_s = now_s + case.read_s + lost_s
        late_already = due_s <= now_s
        effort = FULL
        if not late_already:
            left_s = max(due_s - looks_at_s, 1e-9)  # it may pass while the study is read; the budget ends it then
            effort = choose_effort(Lane(self.forecaster, model, backend), case.extents(), left_s, turn, at(looks_at_s))
        extent = next(extent for extent in case.extents() if extent.effort == effort)
        wanted_s = case.looked_s(backend, extent)
        looked_s = wanted_s if late_already else max(0.0, min(wanted_s, due_s - looks_at_s))
        answered = Answered(
            case=case,
            promised=promised,
            work=turn.work,
            began_s=now_s,
            ended_s=looks_at_s + looked_s,
            effort=effort,
            coverage=looked_s / wanted_s,
            foreseeable=wanted_s <= self.forecaster.look(model, extent, backend).most_s and backend == self._backend(),
        )
        return AtWork(turn, answered, backend, extent, looks_at_s, wanted_s, lost_s)

    def _backend(self) -> str:
        """What answered last."""
        return self._timings[-1].backend if self._timings else GPU

    def _learn(self, work: AtWork) -> None:
        answered, one = work.answered, work.answered.case.waiting
        looked_s = answered.ended_s - work.looks_at_s + work.lost_s
        timing = Timing(
            model=_MODELS[one.kind],
            backend=work.backend,
            effort=work.extent.effort,
            kind=one.kind,
            coverage=answered.coverage,
            workload=Workload(
                files=1,
                read_bytes=one.stored_bytes,
                tiles=round(work.extent.tiles * answered.coverage),
                calls=round(work.extent.calls * answered.coverage),
                threads=2,
            ),
            ms=StageTimes(read=1000.0 * answered.case.read_s, detect=1000.0 * looked_s),
            forecast_p50_s=answered.work.p50_s,
            forecast_p90_s=answered.work.p90_s,
            in_promise=at(answered.ended_s) <= answered.promised.at_latest,
        )
        self._timings.append(timing)
        if self._learning.is_due(work.backend):
            self.forecaster = Forecaster(tuple(self._timings[-2000:]))


def day_of(seed: int, *, per_hour: float = 100.0, stat_share: float = 0.15) -> list[Case]:
    """What arrives in a day: by the hour, with bursts where a scanner or an archive sends several at once.

    Args:
        seed: of all that is drawn.
        per_hour: studies in the busiest hours.
        stat_share: of these.
    """
    chance = random.Random(seed)
    cases: list[Case] = []
    for hour in range(24):
        rate = per_hour * (1.0 if 7 <= hour < 18 else 0.25)
        now_s = hour * 3600.0 + chance.expovariate(rate / 3600.0)
        while now_s < (hour + 1) * 3600.0:
            burst = chance.choice((1, 1, 1, 1, 1, 2, 3, 6))
            for number in range(burst):
                cases.append(_case(chance, len(cases), now_s + 2.0 * number, stat_share))
            now_s += burst * chance.expovariate(rate / 3600.0)
    for opening_s in (7.25 * 3600.0, 13.5 * 3600.0):
        # An archive sends what it has held back; the second time while the GPU is broken.
        cases += [_case(chance, len(cases) + number, opening_s + 3.0 * number, 0.0) for number in range(25)]
    return cases


def _case(chance: random.Random, number: int, arrived_s: float, stat_share: float) -> Case:
    kind = chance.choice(("volume", "volume", "image"))
    if kind == "volume":
        slices = chance.choice((120, 300, 300, 320, 600))
        packed = chance.choice((1.0, 1.0, 0.45))  # uncompressed, or JPEG-LS
        stored_bytes = round(slices * 525_000 * packed * chance.uniform(0.95, 1.05))
        tiles, read_s = max(4, slices // 8), slices * (0.0005 if packed == 1.0 else 0.004)
    else:
        stored_bytes, tiles, read_s = round(chance.uniform(4e6, 16e6)), chance.choice((6, 12, 20)), 0.15
    arrived_at = at(arrived_s)
    waiting = Waiting(
        arrival_id=f"{number:05d}",
        arrived_at=arrived_at,
        deadline=RULE.due(kind, arrived_at),
        priority=STAT if chance.random() < stat_share else ROUTINE,
        kind=kind,
        stored_bytes=stored_bytes,
    )
    slow = chance.lognormvariate(0.0, 0.15) * (1.0 if chance.random() < 0.98 else 2.5)
    return Case(waiting, tiles, read_s * chance.lognormvariate(0.0, 0.2), slow)


def first_come(waiting: Sequence[Waiting], _now: datetime, forecaster: Forecaster, *_: object, **__: object) -> Turn:
    """A schedule to compare with: who came first goes first, and takes the time that it takes."""
    first = min(waiting, key=lambda one: one.arrived_at)
    return Turn(first, forecaster.work(first.kind, first.stored_bytes))


def plain_deadlines(
    waiting: Sequence[Waiting], _now: datetime, forecaster: Forecaster, *_: object, **__: object
) -> Turn:
    """Another: stat before routine and the earliest deadline first, whether it can be kept or not."""
    first = min(waiting, key=lambda one: (one.priority, one.deadline))
    return Turn(first, forecaster.work(first.kind, first.stored_bytes))


def late_although_possible(answered: Iterable[Answered]) -> list[Answered]:
    """The stat cases that were late, and would not have been with an oracle at the machine.

    The oracle answers stat cases alone, with their quickest effort, whose true time it knows, and may put one aside for
    another: no schedule does better. What nobody could have foreseen is left out, see `Answered.foreseeable`.
    """
    stat = sorted(
        (one for one in answered if one.case.waiting.priority == STAT), key=lambda one: one.case.waiting.arrived_at
    )
    ready_s = {one.case.waiting.arrival_id: seconds(one.case.waiting.arrived_at) for one in stat}
    ended_s = _earliest_deadline_first([one.case for one in stat], ready_s)
    return [
        one
        for one in stat
        if not one.in_time and one.foreseeable and at(ended_s[one.case.waiting.arrival_id]) <= one.case.waiting.deadline
    ]


def _earliest_deadline_first(cases: Sequence[Case], ready_s: dict[str, float]) -> dict[str, float]:
    """When each would have been answered with interruptions, which is the best there is (Liu and Layland 1973)."""
    coming = sorted(cases, key=lambda case: ready_s[case.waiting.arrival_id])[::-1]
    at_hand: list[list[float | str]] = []
    ended_s: dict[str, float] = {}
    now_s = 0.0
    while coming or at_hand:
        if not at_hand:
            now_s = max(now_s, ready_s[coming[-1].waiting.arrival_id])
        while coming and ready_s[coming[-1].waiting.arrival_id] <= now_s:
            case = coming.pop()
            backend = CPU if BROKEN_S[0] <= now_s < BROKEN_S[1] else GPU
            deadline_s = seconds(case.waiting.deadline)
            at_hand.append([deadline_s, case.waiting.arrival_id, case.quickest_s(backend)])
        at_hand.sort()
        first = at_hand[0]
        next_s = ready_s[coming[-1].waiting.arrival_id] if coming else float("inf")
        worked_s = min(float(first[2]), next_s - now_s)
        now_s, first[2] = now_s + worked_s, float(first[2]) - worked_s
        if float(first[2]) <= 1e-9:
            ended_s[str(at_hand.pop(0)[1])] = now_s
    return ended_s


def at(moment_s: float) -> datetime:
    """The time of day."""
    return MIDNIGHT + timedelta(seconds=moment_s)


def seconds(moment: datetime) -> float:
    """Since midnight."""
    return (moment - MIDNIGHT).total_seconds()
