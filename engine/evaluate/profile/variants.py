"""The ways to answer that this machine has for a model: each run time and precision, with each effort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.detect.choose import REFERENCE, VerdictOf, full_name, why_never, why_passed_over
from engine.detect.protocol import Backend
from engine.errors import BackendError
from engine.evaluate.profile.result import LeftOut
from engine.registry.package import Package

MEASURED_ONLY = "it is measured only"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to answer.

    Args:
        backend: the run time in one precision.
        effort: work variant of the model.
        answers: whether studies are answered this way here.
        why_not: why they are not; empty where they are.
    """

    backend: Backend
    effort: str
    answers: bool
    why_not: str

    @property
    def name(self) -> str:
        """Run time and effort, as `Row.name`."""
        return f"{full_name(self.backend)} {self.effort}"


def variants_of(
    package: Package, table: Sequence[Backend], verdict_of: VerdictOf
) -> tuple[tuple[Variant, ...], tuple[LeftOut, ...]]:
    """What can be measured here, and what cannot.

    Args:
        package: the model.
        table: every run time and precision, in order of preference; the reference is left out.
        verdict_of: what the parity check found, which decides what answers.
    """
    variants: list[Variant] = []
    left_out: list[LeftOut] = []
    chosen = False
    for backend in table:
        if backend.name == REFERENCE:
            continue
        if reason := _why_not(package, backend):
            left_out.append(LeftOut(full_name(backend), reason))
            continue
        why_not = _why_it_does_not_answer(package, backend, verdict_of, chosen=chosen)
        chosen = chosen or not why_not
        variants += [Variant(backend, effort.name, not why_not, why_not) for effort in package.card.efforts]
    return tuple(variants), tuple(left_out)


def _why_not(package: Package, backend: Backend) -> str | None:
    """Why it cannot be measured; None where it can."""
    try:
        return backend.why_not() or why_never(package.card, backend) or _not_yet(package, backend)
    except BackendError as error:
        return error.message.rstrip(".")


def _not_yet(package: Package, backend: Backend) -> str | None:
    reason = backend.why_not_yet(package.card)
    return f"{reason}; `fovea models build {package.card.id}` makes it" if reason else None


def _why_it_does_not_answer(package: Package, backend: Backend, verdict_of: VerdictOf, *, chosen: bool) -> str:
    if backend.precision == "int8":
        return MEASURED_ONLY
    if chosen:
        return "another run time is preferred"
    passed_over = why_passed_over(package.card, backend, verdict_of)
    return passed_over.reason if passed_over else ""
