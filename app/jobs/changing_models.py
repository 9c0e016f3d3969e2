"""Imports packages and changes which version answers, for the models page. In a lane; the engine asks for rights.

What takes long goes on in a process of its own, reports how far it has come, and ends once it was cancelled: a gate at
once, an import at its next step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.jobs.model_process import ModelProcess
from app.jobs.run import Task
from app.state.session import Trouble
from engine.errors import ModelError, UsageError

if TYPE_CHECKING:
    from engine.domain.activation import GateLine, ModelChange
    from engine.operators.session import Session
    from engine.registry.install import Imported
    from engine.registry.package import Package
    from engine.registry.shelf import Shelf
    from engine.store.database import Store


@dataclass(frozen=True, slots=True)
class GateProgress:
    """How far the gate has come.

    Args:
        done: answers so far.
        of: answers in all: one to each image of the set, and one more of the version that answers now where it is
            measured beside.
        left_s: seconds that the others will take; None where there is nothing to go by yet.
    """

    done: int
    of: int
    left_s: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gate said of a version.

    Args:
        model_hash: of its package.
        name: `id version`.
        lines: in their order.
        refused: why it does not answer; None where it does from now on.
    """

    model_hash: str
    name: str
    lines: tuple[GateLine, ...]
    refused: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What a version is compared and measured with.

    Args:
        backend: name of a run time; None takes what works here.
        threads: CPU threads; None takes all that may be used.
    """

    backend: str | None = None
    threads: int | None = None


def bring_in(store: Store, session: Session, path: Path, because: str, means: Means, task: Task) -> Imported:
    """Imports a package, and reports each `Step`.

    Args:
        store: of the home whose shelf it is for.
        session: who.
        path: its folder or zip.
        because: an administrator's reason to let it in although nobody signed it; empty lets in signed ones.
        means: run times to compare it on.
        task: cancelled between steps.

    Raises:
        UsageError, ModelError, StoreError: as `engine.registry.activate.import_package`.
        Cancelled: nothing of it is on the shelf.
    """
    from engine.domain.operator import Action  # noqa: PLC0415 -- start-up time
    from engine.registry.imports import ImportRecord, Step  # noqa: PLC0415
    from engine.registry.install import Imported  # noqa: PLC0415

    session.require(Action.IMPORT_MODEL)
    if because:
        session.require(Action.IMPORT_UNSIGNED)
    role = session.operator.role
    who = {"operator": session.name, "role": None if role is None else role.value}
    order = {"path": str(path.absolute()), "because": because, **who, **_order("import", store, means)}
    done = _carried_out(order, task, lambda message: task.report(Step(**message["step"])))
    return Imported(ImportRecord.of(done["record"]), Path(done["path"]))


def ask_gate(store: Store, session: Session, model_hash: str, means: Means, task: Task) -> Judged:
    """Has a version judged, reports a `GateProgress` for each image, and makes it the one that answers where it passes.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-CHANGED, US-REQUIREMENTS, US-MODEL.
        BackendError: no run time works here.
        StoreError: as `engine.store.write`.
        Cancelled: nothing was changed.
    """
    from engine import places  # noqa: PLC0415 -- start-up time
    from engine.domain.activation import GateLine  # noqa: PLC0415
    from engine.registry import activate  # noqa: PLC0415
    from engine.store.model_changes import standing  # noqa: PLC0415

    activate.require_right(session)
    shelf, package = _on_shelf(store, model_hash)
    active = shelf.answering(package.card.id, standing(store))
    order = {
        "resources": str(places.RESOURCES),
        "judged": model_hash,
        "answering": active.card.hash if active else None,
        **_order("gate", store, means),
    }
    done = _carried_out(order, task, lambda message: task.report(GateProgress(*message["image"])))
    lines = tuple(GateLine(**line) for line in done["lines"])
    judged = Judged(model_hash, package.card.name, lines)
    try:
        activate.activate(store, session, shelf, package, lines)
    except ModelError as error:
        return replace(judged, refused=Trouble.of(error))
    return judged


def override_gate(store: Store, session: Session, judged: Judged, because: str) -> ModelChange:
    """Makes a version answer that the gate has just refused, for a reason that stays visible.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-CHANGED, US-MODEL.
        StoreError: as `engine.store.write`.
    """
    from engine.registry.activate import activate  # noqa: PLC0415 -- start-up time

    shelf, package = _on_shelf(store, judged.model_hash)
    return activate(store, session, shelf, package, judged.lines, because)


def take_back(store: Store, session: Session, model_id: str, because: str) -> ModelChange:
    """Goes back to the version that answered before.

    Raises:
        UsageError, ModelError, StoreError: as `engine.registry.activate.roll_back`.
    """
    from engine.registry.activate import roll_back  # noqa: PLC0415 -- start-up time
    from engine.registry.shelf import Shelf  # noqa: PLC0415

    return roll_back(store, session, Shelf.of(store.home), model_id, because)


def begin_shadow(store: Store, session: Session, model_hash: str) -> ModelChange:
    """Has a version answer as a shadow from now on.

    Raises:
        UsageError, StoreError: as `engine.registry.activate.shadow`.
    """
    from engine.registry.activate import shadow  # noqa: PLC0415 -- start-up time

    shelf, package = _on_shelf(store, model_hash)
    return shadow(store, session, shelf, package)


def end_shadow(store: Store, session: Session, model_id: str) -> ModelChange:
    """Ends the shadow of a model.

    Raises:
        UsageError, StoreError: as `engine.registry.activate.end_shadow`.
    """
    from engine.registry import activate  # noqa: PLC0415 -- start-up time

    return activate.end_shadow(store, session, model_id)


def _order(work: str, store: Store, means: Means) -> dict[str, Any]:
    home = str(store.home.root)
    return {"work": work, "home": home, "backend": means.backend, "threads": means.threads}


def _carried_out(
    order: Mapping[str, Any], task: Task, on_step: Callable[[Mapping[str, Any]], None]
) -> Mapping[str, Any]:
    """What a process of its own gives for an order; each of its steps is told."""
    from engine.queue.orders import fault_of  # noqa: PLC0415 -- start-up time

    with ModelProcess(order) as process:
        for message in process.messages(lambda: not task.budget.is_cancelled):
            if (fault := fault_of(message)) is not None:
                raise fault
            if "done" in message:
                done: Mapping[str, Any] = message["done"]
                return done
            on_step(message)
    raise AssertionError("a process says its last word or raises")  # pragma: no cover


def _on_shelf(store: Store, model_hash: str) -> tuple[Shelf, Package]:
    from engine.registry.shelf import Shelf  # noqa: PLC0415 -- start-up time

    shelf = Shelf.of(store.home)
    for package in shelf.packages:
        if package.card.hash == model_hash:
            return shelf, package
    raise UsageError(
        "US-MODEL",
        "The chosen version is not on the shelf any more.",
        "Look at the list again; it shows what is there now.",
    )
