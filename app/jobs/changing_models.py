"""Imports packages and changes which version answers, for the models page. In a lane; the engine asks for rights.

What takes long reports how far it has come, and ends at its next step once it was cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.jobs.run import Task
from app.state.session import Trouble
from engine.errors import ModelError, UsageError

if TYPE_CHECKING:
    from engine.domain.activation import GateLine, ModelChange
    from engine.operators.session import Session
    from engine.registry.imports import Step
    from engine.registry.install import Imported
    from engine.registry.package import Package
    from engine.registry.shelf import Shelf
    from engine.store.database import Store

LAST_STEP = "shelf"
"""After this step an import is done, and cannot be cancelled any more."""


@dataclass(frozen=True, slots=True)
class GateProgress:
    """How far the gate has come.

    Args:
        done: images answered.
        of: images of the set, which is answered once more by the version that answers now.
    """

    done: int
    of: int


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
    from engine.detect.choose import backends, working_backends  # noqa: PLC0415 -- start-up time
    from engine.registry.activate import import_package  # noqa: PLC0415

    def tell(step: Step) -> None:
        task.report(step)
        if step.passed and step.name != LAST_STEP:
            task.budget.check("import")

    table = backends(store.home)
    candidates = table if means.backend is None else working_backends(means.backend, table)
    return import_package(
        store, session, path, candidates, unsigned_because=because, threads=means.threads, on_step=tell
    )


def ask_gate(store: Store, session: Session, model_hash: str, means: Means, task: Task) -> Judged:
    """Has a version judged, reports a `GateProgress` for each image, and makes it the one that answers where it passes.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-CHANGED, US-REQUIREMENTS, US-MODEL.
        BackendError: no run time works here.
        StoreError: as `engine.store.write`.
        Cancelled: nothing was changed.
    """
    from engine.detect.choose import backends, working_backends  # noqa: PLC0415 -- start-up time
    from engine.pipeline import Bench  # noqa: PLC0415
    from engine.registry import activate  # noqa: PLC0415
    from engine.registry.gate import Gate  # noqa: PLC0415
    from engine.store.model_changes import standing  # noqa: PLC0415

    def tell(done: int, of: int) -> None:
        task.budget.check("gate")
        task.report(GateProgress(done, of))

    activate.require_right(session)
    shelf, package = _on_shelf(store, model_hash)
    active = shelf.answering(package.card.id, standing(store))
    candidates = working_backends(means.backend, backends(store.home))
    with Bench.open(shelf, home=store.home, backend=means.backend, threads=means.threads) as bench:
        lines = Gate(store.home, bench, candidates, tell).judge(package, active)
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


def _on_shelf(store: Store, model_hash: str) -> tuple[Shelf, Package]:
    from engine.registry.shelf import Shelf  # noqa: PLC0415 -- start-up time

    shelf = Shelf.of(store.home)
    for package in shelf.packages:
        if package.card.hash == model_hash:
            return shelf, package
    raise UsageError(
        "US-MODEL",
        "The chosen version is not on the shelf any more.",
        "GateProgress at the list again; it shows what is there now.",
    )
