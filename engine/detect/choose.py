"""Which run time answers: the table of back ends, which of them work here, and which may answer with a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.detect.foreign.table import CENTER
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Backend
from engine.detect.tensorrt.backend import TensorRt
from engine.detect.torch_reference import TorchReference
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, UsageError
from engine.places import Home
from engine.registry.verdicts import Verdict

VerdictOf = Callable[[ModelCard, Backend], Verdict | None]
"""The verdict of the parity check that holds for a model and a run time as they are now."""

REFERENCE = TorchReference.name
"""Never chosen by itself: it is what the others are held against."""

_WITHOUT_VERDICT = frozenset({OnnxCpu.name, REFERENCE})
"""May answer before they were checked on this machine: golden cases are answered with the one, and the other is the
reference. Where a check found that they differ, they may not either."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A run time that works here and may not answer with a model.

    Args:
        backend: which.
        reason: one clause.
        waits: only for what `Backend.begin` makes.
    """

    backend: Backend
    reason: str
    waits: bool = False

    def __str__(self) -> str:
        return f"{full_name(self.backend)}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers with one model.

    Args:
        backend: the first that may.
        passed_over: those before it.
    """

    backend: Backend
    passed_over: tuple[PassedOver, ...] = ()


Choose = Callable[[ModelCard, Sequence[Backend]], Choice]
"""Picks one of several run times for a model; raises BackendError where none may answer."""


def backends(home: Home | None = None) -> tuple[Backend, ...]:
    """Every back end, in order of preference; the reference is the last.

    Args:
        home: where plans lie; None takes the default one.
    """
    return (TensorRt("fp16", home), TensorRt("fp32", home), OnnxCpu(), TorchReference())


def working_backends(name: str | None = None, table: Sequence[Backend] | None = None) -> tuple[Backend, ...]:
    """The back ends that work on this machine, in order of preference.

    Args:
        name: the only one to take, the reference too; None takes all but the reference.
        table: what to choose from; None takes every back end.

    Raises:
        UsageError: US-BACKEND, no back end has that name.
        BackendError: BE-ABSENT, the named one does not work here.
    """
    table = backends() if table is None else table
    if name is None:
        return tuple(backend for backend in table if backend.name != REFERENCE and backend.why_not() is None)
    named = [backend for backend in table if backend.name == name]
    if not named:
        names = ", ".join(dict.fromkeys(backend.name for backend in table))
        raise UsageError("US-BACKEND", f"There is no back end '{name}'; known are {names}.", "Choose one of these.")
    reasons = [backend.why_not() for backend in named]
    if all(reasons):
        raise BackendError(
            "BE-ABSENT", f"The back end '{name}' does not work here: {reasons[0]}.", "Leave --backend out."
        )
    return tuple(backend for backend, reason in zip(named, reasons, strict=True) if reason is None)


def choose_backend(card: ModelCard, candidates: Sequence[Backend], verdict_of: VerdictOf) -> Choice:
    """The first candidate that may answer with a model.

    Args:
        card: the model.
        candidates: in order of preference; see `working_backends`.
        verdict_of: what the parity check found.

    Raises:
        BackendError: BE-NONE, none may.
    """
    passed_over: list[PassedOver] = []
    for backend in candidates:
        reason = why_passed_over(card, backend, verdict_of)
        if reason is None:
            return Choice(backend, tuple(passed_over))
        passed_over.append(reason)
    raise BackendError(
        "BE-NONE",
        f"No run time may answer with {card.name} here: {'; '.join(map(str, passed_over))}.",
        f"Run `fovea models verify {card.id}`, or use the version before.",
    )


def take_first(_card: ModelCard, candidates: Sequence[Backend]) -> Choice:
    """The first candidate whatever is known of it: for what measures a run time before it may answer."""
    return Choice(candidates[0])


def why_passed_over(card: ModelCard, backend: Backend, verdict_of: VerdictOf) -> PassedOver | None:
    """None where a run time that works here may answer with a model, otherwise the reason.

    A lower precision whose figures were not measured is passed over first: there is nothing to wait for then.
    """
    if reason := why_never(card, backend):
        return PassedOver(backend, reason)
    try:
        return _why_passed_over(card, backend, verdict_of)
    except BackendError as error:  # it worked when the program started and does not any more
        return PassedOver(backend, error.message.rstrip("."))


def why_never(card: ModelCard, backend: Backend) -> str | None:
    """None where a run time knows the model's head, otherwise the reason: nothing makes it answer with this model."""
    if card.head.kind == CENTER or backend.name == OnnxCpu.name:
        return None
    return f"it decodes the head '{CENTER}' only, and {card.name} has '{card.head.kind}'"


def needs_verdict(backend: Backend) -> bool:
    """Whether a run time answers only after it was compared with the reference on this machine."""
    return backend.name not in _WITHOUT_VERDICT


def full_name(backend: Backend) -> str:
    """The name of a back end, with its precision where that is a lower one."""
    return backend.name if backend.precision == "fp32" else f"{backend.name} {backend.precision}"


def _why_passed_over(card: ModelCard, backend: Backend, verdict_of: VerdictOf) -> PassedOver | None:
    verdict = verdict_of(card, backend)
    if verdict is not None and not verdict.passed:
        return PassedOver(backend, f"it differs from the reference: {verdict.differences[0].rstrip('.')}")
    if backend.precision != "fp32":
        if verdict is None:
            return PassedOver(backend, f"its figures in {backend.precision} were not measured on this machine")
        if reason := verdict.why_not_lower(card):
            return PassedOver(backend, reason)
    if reason := backend.why_not_yet(card):
        return PassedOver(backend, reason, waits=True)
    if verdict is None and needs_verdict(backend):
        return PassedOver(backend, "it was not compared with the reference as it is now; `fovea models verify` does so")
    return None
