"""Measures the ways to answer: each alone for its memory, all in turns for their speed, then each on the whole set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing

from engine.attempt import Attempt
from engine.clock import Clock
from engine.detect.choose import take_first
from engine.detect.device.probe import probe_gpus
from engine.detect.loading import Detectors
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.outcome import Status
from engine.domain.request import FULL, Request
from engine.domain.study import Kind
from engine.domain.timing import Timing
from engine.errors import BackendError, UsageError
from engine.evaluate.measure import Measured, measure
from engine.evaluate.profile.accuracy import accuracy_of
from engine.evaluate.profile.plan import Findings, Plan, Set, Step
from engine.evaluate.profile.result import LeftOut
from engine.evaluate.profile.variants import Variant
from engine.intake.find import Found
from engine.pipeline import Bench
from engine.prepare.pool import RowPool
from engine.registry.memory import forget_peak, peak_bytes
from engine.registry.shelf import Shelf

_OF_GPU = "gpu-"
"""How the doubts begin that the device path gives; see `engine.detect.device.detector`."""


class _Stopped(Exception):  # noqa: N818  # stays in this file
    """A person has seen enough."""


def measure_variants(
    plan: Plan,
    pool: RowPool,
    clock: Clock,
    on_step: Callable[[Step], None] = lambda _step: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Findings:
    """Measures as planned; between two answers it can be stopped.

    Raises:
        UsageError: US-EVALUATE, the model answers none of the images that were to be timed, or none of the set.
        ModelError: the package cannot be read.
    """
    run = _Run(plan, pool, clock, on_step, cancelled)
    try:
        run.each_alone()
        run.in_turns()
        run.on_the_set()
        run.found.complete = True
    except _Stopped:
        pass
    return run.found


class _Run:
    """One profile in the making."""

    def __init__(
        self,
        plan: Plan,
        pool: RowPool,
        clock: Clock,
        on_step: Callable[[Step], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.found = Findings(plan.timed)
        self._plan = plan
        self._pool = pool
        self._clock = clock
        self._on_step = on_step
        self._cancelled = cancelled
        self._took_s: dict[str, list[float]] = defaultdict(list)
        self._done = 0
        self._left = dict.fromkeys((variant.name for variant in plan.variants), self._answers(1 + plan.repeats))

    def each_alone(self) -> None:
        """Memory, with nothing else loaded; it also warms what a first answer makes."""
        for variant in self._plan.variants:
            free_bytes = _free_on_gpu()
            try:
                with closing(self._bench(variant)) as bench:
                    self._answer(bench, variant, self.found.timed[0])
                    forget_peak()
                    attempts = [self._answer(bench, variant, image) for image in self.found.timed]
                    self._note_memory(variant, free_bytes)
                self._keep_answered(attempts)
            except BackendError as error:
                self._leave_out(variant, error)
        self._left = dict.fromkeys(self._left, self._answers(self._plan.repeats))

    def in_turns(self) -> None:
        """Times, image by image in turns, so that a machine that gets busy does so for all of them."""
        with ExitStack() as opened:
            benches = [(one, opened.enter_context(closing(self._bench(one)))) for one in self._standing()]
            for turn in range(self._plan.repeats + 1):
                for number, image in enumerate(self.found.timed if turn else self.found.timed[:1]):
                    for variant, bench in _turned(benches, turn + number):
                        self._time(bench, variant, image, keep=turn > 0)  # the first one loads the model

    def on_the_set(self) -> None:
        """Figures, the reference first."""
        annotated, standing = self._plan.annotated, self._standing()
        if annotated is None or not standing:
            return
        reference = next((one for one in standing if _is_reference(one)), standing[0])
        before = self._measured(reference, annotated)
        self.found.reference = reference.name
        for variant in (reference, *(one for one in standing if one is not reference)):
            now = before if variant is reference else self._measured(variant, annotated)
            self.found.unanswered[variant.name] = len(now.unanswered)
            self.found.accuracy[variant.name] = accuracy_of(now, before, hit_iou=annotated.hit_iou, seed=annotated.seed)

    def _measured(self, variant: Variant, annotated: Set) -> Measured:
        begun_s = self._clock.steady_s()

        def on_image(_done: int, _of: int) -> None:
            nonlocal begun_s
            self._count(variant, self._clock.steady_s() - begun_s)
            begun_s = self._clock.steady_s()

        with closing(self._bench(variant)) as bench:
            return measure(bench, annotated.truth, annotated.folder, request=self._request(variant), on_image=on_image)

    def _bench(self, variant: Variant) -> Bench:
        detectors = Detectors((variant.backend,), take_first, self._pool.threads)
        return Bench(Shelf((self._plan.package,)), detectors, self._pool, self._clock)

    def _request(self, variant: Variant) -> Request:
        return Request(self._plan.package.card.name, self._plan.modality, effort=variant.effort)

    def _answer(self, bench: Bench, variant: Variant, image: Found) -> Attempt:
        attempt = bench.attempt(image, self._request(variant))
        if isinstance(attempt.stopped_by, BackendError):
            raise attempt.stopped_by
        if attempt.backend:
            self.found.ran_on[variant.name].add(attempt.backend)
        self.found.stood_in[variant.name].update(doubt for doubt in attempt.doubts if doubt.startswith(_OF_GPU))
        self._count(variant, attempt.watch.times().total / 1000.0)
        return attempt

    def _time(self, bench: Bench, variant: Variant, image: Found, *, keep: bool) -> None:
        if variant.name not in self._left:
            return
        try:
            attempt = self._answer(bench, variant, image)
        except BackendError as error:
            self._leave_out(variant, error)
            return
        if keep and attempt.study is not None:
            self.found.timings[variant.name].append(_timing_of(attempt, attempt.study.kind))

    def _keep_answered(self, attempts: Sequence[Attempt]) -> None:
        """Leaves out what the model does not answer: an image that is refused at once says nothing of its speed."""
        outcomes = [(attempt.found, attempt.outcome()) for attempt in attempts]
        answered = tuple(found for found, outcome in outcomes if outcome.status is Status.ANSWERED)
        if not answered:
            raise UsageError(
                "US-EVALUATE",
                f"{self._plan.package.card.name} answers none of {len(outcomes)} images. First reason: "
                f"{outcomes[0][1].reason}",
                "Name images that it answers.",
            )
        self.found.timed = answered

    def _note_memory(self, variant: Variant, free_bytes: int | None) -> None:
        self.found.memory_bytes[variant.name] = peak_bytes()
        now_bytes = _free_on_gpu()
        if variant.backend.name != OnnxCpu.name and free_bytes is not None and now_bytes is not None:
            self.found.gpu_bytes[variant.name] = max(0, free_bytes - now_bytes)

    def _leave_out(self, variant: Variant, error: BackendError) -> None:
        self.found.left_out.append(LeftOut(variant.name, error.message.rstrip(".")))
        self._left.pop(variant.name, None)

    def _answers(self, times: int) -> int:
        """How many there are to be in one way: of what is timed so many times, one to load the model, and the set."""
        annotated = self._plan.annotated
        return 1 + len(self.found.timed) * times + (len(annotated.truth.images) if annotated else 0)

    def _standing(self) -> list[Variant]:
        return [variant for variant in self._plan.variants if variant.name in self._left]

    def _count(self, variant: Variant, took_s: float) -> None:
        self._took_s[variant.name].append(took_s)
        self._left[variant.name] = max(0, self._left[variant.name] - 1)
        self._done += 1
        self._on_step(Step(self._done, self._done + sum(self._left.values()), self._left_s()))
        if self._cancelled():
            raise _Stopped

    def _left_s(self) -> float:
        """By what each way took so far; of one that did not answer yet, by the mean of the others."""
        means = {name: sum(took_s) / len(took_s) for name, took_s in self._took_s.items()}
        usual_s = sum(means.values()) / len(means)
        return sum(left * means.get(name, usual_s) for name, left in self._left.items())


def _turned(benches: Sequence[tuple[Variant, Bench]], by: int) -> Sequence[tuple[Variant, Bench]]:
    """Nobody always comes right after the same other one."""
    first = by % max(1, len(benches))
    return (*benches[first:], *benches[:first])


def _timing_of(attempt: Attempt, kind: Kind) -> Timing:
    outcome = attempt.outcome()
    return Timing(outcome.model, outcome.backend, outcome.effort, kind, outcome.coverage, attempt.workload, outcome.ms)


def _is_reference(variant: Variant) -> bool:
    """What the figures of a package were measured with."""
    backend = variant.backend
    return (backend.name, backend.precision, variant.effort) == (OnnxCpu.name, "fp32", FULL)


def _free_on_gpu() -> int | None:
    gpus = probe_gpus().gpus
    return gpus[0].free_bytes if gpus else None
