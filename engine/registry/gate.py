"""The gate: a version is measured on the site's own images, and held against its requirements, line by line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.detect.choose import full_name, why_never
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Backend
from engine.domain.activation import GateLine
from engine.domain.request import Request
from engine.errors import BackendError, Cancelled, FoveaError
from engine.evaluate.froc import at_threshold, false_interval, sensitivity_interval
from engine.evaluate.interval import Interval, exact_rate, exact_share
from engine.evaluate.match import HIT_IOU, Matched, match_all
from engine.evaluate.measure import Measured, measure
from engine.evaluate.report import interval_text
from engine.evaluate.subgroups import BUILT_IN, SIZE, Part, parts
from engine.evaluate.truth import read_truth
from engine.pipeline import Bench
from engine.places import Home
from engine.registry.memory import forget_peak, peak_bytes
from engine.registry.package import Package
from engine.registry.prove import prove_and_keep
from engine.registry.requirements import Requirements, requirements_of
from engine.registry.verdicts import Verdicts

_MIB = 1 << 20
SEED = 0
"""Of the bootstrap: the same set gives the same judgement."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a version is judged with.

    Args:
        home: whose requirements hold.
        bench: what answers; its shelf has both versions.
        candidates: run times whose answers are compared with the reference first.
        on_image: told how many of how many answers are done, those of the version that answers now too where it is
            measured beside; may raise `Cancelled`.
    """

    home: Home
    bench: Bench
    candidates: Sequence[Backend]
    on_image: Callable[[int, int], None] = lambda _done, _of: None

    def judge(self, package: Package, active: Package | None) -> tuple[GateLine, ...]:
        """Every line, in the order in which they were asked; what cannot be asked fails.

        Args:
            package: the version that is to answer.
            active: the one that answers now; None where none does.

        Raises:
            UsageError: US-REQUIREMENTS.
            Cancelled: whoever is told of the images does not want to wait for the rest.
        """
        stated = requirements_of(self.home, package.card.id)
        lines = list(self._parity(package))
        if stated is None:
            lack = f"none are stated for {package.card.id} in {self.home.requirements.name} of the home"
            return (*lines, GateLine("requirements", False, f"{lack}, so nothing shows that it may answer."))
        try:
            return (*lines, *self._figures(package, active, stated))
        except Cancelled:
            raise
        except FoveaError as error:  # the set is not there, the model was trained on it, or it answers none of it
            return (*lines, GateLine("figures", False, error.message))

    def _parity(self, package: Package) -> Iterator[GateLine]:
        """Each run time that would answer here must do so as the reference does."""
        for backend in self.candidates:
            name = f"parity on {full_name(backend)}"
            if why_never(package.card, backend) or backend.precision != "fp32":
                continue
            try:
                if backend.why_not_yet(package.card):
                    continue
                verdict = prove_and_keep(package, backend, Verdicts(self.home))
            except BackendError as error:
                if backend.name == OnnxCpu.name:
                    yield GateLine(name, False, error.message)
                continue  # it will be passed over, as it would be for any other model
            found = verdict.differences[0] if verdict.differences else f"{len(verdict.cases)} golden cases as packed."
            yield GateLine(name, verdict.passed, found)

    def _figures(self, package: Package, active: Package | None, stated: Requirements) -> Iterator[GateLine]:
        beside = active if stated.no_worse and active and active.card.hash != package.card.hash else None
        rounds = 2 if beside else 1
        forget_peak()
        new = self._measured(package, stated, 0, rounds)
        memory_mib = peak_bytes() / _MIB
        yield _answered(new)
        yield from _limits(new, stated)
        yield from _cost(new, memory_mib, stated)
        if beside:
            yield from compared(new, self._measured(beside, stated, 1, rounds), stated)

    def _measured(self, package: Package, stated: Requirements, before: int, rounds: int) -> Measured:
        request = Request(model_id=package.card.name, effort=stated.effort)

        def tell(done: int, of: int) -> None:
            self.on_image(before * of + done, rounds * of)

        return measure(self.bench, read_truth(stated.truth), stated.images, request=request, on_image=tell)


def _answered(new: Measured) -> GateLine:
    first = f"; the first, {new.unanswered[0]}" if new.unanswered else "."
    of = len(new.facts)
    found = f"{of - len(new.unanswered)} of {of} images of the set were answered in full{first}"
    return GateLine("every image answered", not new.unanswered, found)


def _limits(new: Measured, stated: Requirements) -> Iterator[GateLine]:
    for label in new.cases:
        hits = _hits(new, label, stated)
        at = at_threshold(hits, new.card.threshold)
        if stated.sensitivity is not None:
            yield _least(f"sensitivity of {label}", _sensitivity(hits, new), stated.sensitivity)
        if stated.false_per_image is not None:
            yield _most(f"false regions an image of {label}", _false(hits, new), stated.false_per_image)
        if stated.clean_marked is not None:
            share = exact_share(at.clean_marked, at.clean)
            yield _most(f"images without findings marked with {label}", share, stated.clean_marked)


def _cost(new: Measured, memory_mib: float, stated: Requirements) -> Iterator[GateLine]:
    if stated.latency_p95_s is not None:
        # The first answer loads the model: later ones are what a day is made of.
        p95_s = float(np.quantile(new.times_s[1:] or new.times_s, 0.95, method="higher"))
        found = f"95 % of {len(new.times_s)} answers took {p95_s:.3f} s at most (limit {stated.latency_p95_s:g} s)."
        yield GateLine("latency", p95_s <= stated.latency_p95_s, found)
    if stated.memory_mib is not None:
        found = f"the process held {memory_mib:,.0f} MiB at most (limit {stated.memory_mib:,.0f} MiB)."
        yield GateLine("memory", memory_mib <= stated.memory_mib, found)


def compared(new: Measured, old: Measured, stated: Requirements) -> Iterator[GateLine]:
    """No class and no part of the set worse than now, by more than the interval of now.

    Args:
        new: answered by the version that is to answer.
        old: the same set, answered by the one that answers now.
        stated: what a hit is.
    """
    for label in old.cases:
        if label not in new.cases:
            yield GateLine(f"no worse: {label}", False, f"it does not know '{label}', which {old.card.name} finds.")
            continue
        hits, before = _hits(new, label, stated), _hits(old, label, stated)
        least = _sensitivity(before, old)
        yield _least(f"no worse: sensitivity of {label}", _sensitivity(hits, new), least.low, least)
        most = _with_few_false(_false(before, old), len(before))
        yield _most(f"no worse: false regions an image of {label}", _false(hits, new), most.high, most)
        yield from _compared_parts(label, new, old, stated)


def _compared_parts(label: str, new: Measured, old: Measured, stated: Requirements) -> Iterator[GateLine]:
    known = {(part.column, part.value): part for part in _parts(new, label, stated)}
    for part in _parts(old, label, stated):
        beside, of = known[part.column, part.value], f"{label}, {part.column} {part.value}"
        if not math.isnan(part.sensitivity.value):
            yield _least(f"no worse: {of}", beside.sensitivity, _with_few(part).low, _with_few(part))
        if not math.isnan(part.false_per_image):
            most = _with_few_false(part.false_interval, part.images)
            yield _most(f"no worse: false regions of {of}", beside.false_interval, most.high, most)


def _parts(measured: Measured, label: str, stated: Requirements) -> tuple[Part, ...]:
    cases = measured.cases[label]
    columns = [column for column in BUILT_IN if column != SIZE or any(len(case.truth) for case in cases)]
    hit_iou = _hit_iou(measured, label, stated)
    return parts(cases, measured.facts, measured.card.threshold, hit_iou=hit_iou, seed=SEED, columns=columns)


def _with_few(part: Part) -> Interval:
    """The bootstrap is too narrow for few findings, and has no width where all were found."""
    return _wider(part.sensitivity, round(part.sensitivity.value * part.findings), part.findings)


def _with_few_false(drawn: Interval, images: int) -> Interval:
    """The same of false regions: where there were none, drawing gives none however few images there are."""
    exact = exact_rate(round(drawn.value * images), images)
    return Interval(drawn.value, min(drawn.low, exact.low), max(drawn.high, exact.high))


def _sensitivity(hits: Sequence[Matched], of: Measured) -> Interval:
    drawn = sensitivity_interval(hits, of.card.threshold, seed=SEED)
    at = at_threshold(hits, of.card.threshold)
    return _wider(drawn, at.found, at.findings) if at.findings else drawn


def _wider(drawn: Interval, found: int, findings: int) -> Interval:
    exact = exact_share(found, findings)
    return Interval(drawn.value, min(drawn.low, exact.low), max(drawn.high, exact.high))


def _false(hits: Sequence[Matched], of: Measured) -> Interval:
    return false_interval(hits, of.card.threshold, seed=SEED)


def _hits(measured: Measured, label: str, stated: Requirements) -> tuple[Matched, ...]:
    return match_all(measured.cases[label], _hit_iou(measured, label, stated))


def _hit_iou(measured: Measured, label: str, stated: Requirements) -> float:
    if stated.hit_iou is not None:
        return stated.hit_iou
    return HIT_IOU[measured.cases[label][0].truth.shape[1] // 2]


def _least(name: str, found: Interval, limit: float, now: Interval | None = None) -> GateLine:
    """A figure that must not be lower; without findings it cannot be shown, and so is not there."""
    passed = not math.isnan(found.value) and found.value >= limit
    off = "" if passed else _off(found, limit)
    return GateLine(name, passed, f"{interval_text(found)}, {_limit('at least', limit, now)}{off}.")


def _most(name: str, found: Interval, limit: float, now: Interval | None = None) -> GateLine:
    passed = not math.isnan(found.value) and found.value <= limit
    off = "" if passed else _off(found, limit)
    return GateLine(name, passed, f"{interval_text(found)}, {_limit('at most', limit, now)}{off}.")


def _limit(word: str, limit: float, now: Interval | None) -> str:
    return f"{word} {limit:g}" if now is None else f"{word} {limit:.3f}, as the active one has {interval_text(now)}"


def _off(found: Interval, limit: float) -> str:
    """By how much a figure fails; of what cannot be shown there is nothing to say."""
    return "" if math.isnan(found.value) else f"; off by {abs(found.value - limit):.3f}"
