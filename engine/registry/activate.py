"""Who answers from now on: activating, going back, shadowing, each asked of a person's right and written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from engine.audit.actions import PROGRAM
from engine.detect.protocol import Backend
from engine.domain.activation import BY_ITSELF, Cause, GateLine, ModelChange, Release, Standing
from engine.domain.model_card import ModelCard
from engine.domain.operator import Action
from engine.errors import ModelError, UsageError
from engine.operators.session import Session
from engine.registry.admissions import Permission
from engine.registry.imports import ImportRefusedError, Step
from engine.registry.install import Imported, Told, install
from engine.registry.package import Package
from engine.registry.shelf import Shelf
from engine.store.database import Store
from engine.store.model_changes import record_change, record_refusal, standing


def import_package(
    store: Store,
    session: Session,
    path: Path,
    candidates: Sequence[Backend],
    *,
    unsigned_because: str = "",
    threads: int | None = None,
    on_step: Callable[[Step], None] = lambda _step: None,
) -> Imported:
    """Imports a package, as `install`, by somebody who may. It answers nothing before it is activated.

    Args:
        store: of the home whose shelf it is for.
        session: who.
        path: its folder or zip.
        candidates: run times to compare it on.
        unsigned_because: an administrator's reason to let it in although nobody signed it; empty lets in signed ones.
        threads: CPU threads; None takes all that this process may use.
        on_step: told of each step when it is done.

    Raises:
        UsageError: US-ROLE, US-IDLE.
        ModelError, StoreError: as `install`.
    """
    session.require(Action.IMPORT_MODEL)
    if unsigned_because:
        session.require(Action.IMPORT_UNSIGNED)
    permission = Permission(session.name, unsigned_because) if unsigned_because else None

    def came(card: ModelCard) -> None:
        change = ModelChange(
            card.id, Cause.IMPORTED, release_of(card), None, session.name, store.clock.now(), unsigned_because
        )
        record_change(store, change)

    try:
        return install(
            path,
            store.home,
            candidates,
            permission=permission,
            threads=threads,
            clock=store.clock,
            told=Told(on_step, came),
        )
    except ImportRefusedError as error:
        record, last = error.record, error.record.steps[-1]
        why = {"step": last.name, "code": last.code}
        record_refusal(store, session.name, record.model.partition(" ")[0], record.model_hash, why)
        raise


def activate(
    store: Store,
    session: Session,
    shelf: Shelf,
    package: Package,
    lines: Sequence[GateLine],
    override_because: str = "",
) -> ModelChange:
    """Makes a version the one that answers, from the next study that is looked at.

    Args:
        store: where it is written down.
        session: who.
        shelf: where the one that answered until now stands.
        package: the version.
        lines: of the gate, as judged now.
        override_because: an administrator's reason to activate it whatever the gate says; empty obeys the gate.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-CHANGED.
        ModelError: MD-GATE, with the first line that fails.
        StoreError: as `write`.
    """
    require_right(session, overrides=bool(override_because))
    card, failed = package.card, [line for line in lines if not line.passed]
    if failed and not override_because:
        record_refusal(store, session.name, card.id, card.hash, {"gate_failed": [line.name for line in failed]})
        more = f" {len(failed) - 1} more lines fail." if len(failed) > 1 else ""
        raise ModelError(
            "MD-GATE",
            f"The gate refuses {card.name}. {failed[0].name}: {failed[0].found}{more}",
            "Train a better one, or let an administrator override it: `--override --reason TEXT`.",
        )
    cause = Cause.OVERRIDDEN if failed else Cause.ACTIVATED
    now = standing(store)
    previous = _release(shelf.answering(card.id, now)) or now.active.get(card.id)
    change = ModelChange(
        *(card.id, cause, release_of(card), previous, session.name, store.clock.now(), override_because),
        lines=tuple(lines),
    )
    return record_change(store, change)


def require_right(session: Session, *, overrides: bool = False) -> None:
    """Lets somebody through who may change which model answers; asked before a gate that takes minutes.

    Raises:
        UsageError: US-ROLE, US-IDLE.
    """
    session.require(Action.ACTIVATE_MODEL)
    if overrides:
        session.require(Action.OVERRIDE_GATE)


def roll_back(store: Store, session: Session, shelf: Shelf, model_id: str, reason: str = "") -> ModelChange:
    """Goes back to the version that answered before, from the next study that is looked at.

    Raises:
        UsageError: US-ROLE, US-IDLE, US-CHANGED; US-NO-WAY-BACK, there is nothing to go back to.
        ModelError: MD-INACTIVE, the version of before is not on the shelf any more.
        StoreError: as `write`.
    """
    require_right(session)
    now = standing(store)
    _require_way_back(shelf, now, model_id)
    change = _back(now, model_id, Cause.ROLLED_BACK, session.name, store, reason)
    return record_change(store, change)


def take_back(store: Store, shelf: Shelf, model: Release, model_id: str, cause: Cause, seen: str) -> ModelChange | None:
    """What `roll_back` does, by the program itself; None where there is nothing to go back to.

    Args:
        store: where it is written down.
        shelf: where the version of before has to stand.
        model: the release that failed; nothing is done where it is not the one that answers any more.
        model_id: its id.
        cause: one of `BY_ITSELF`.
        seen: what was seen, one sentence.

    Raises:
        StoreError: as `write`.
    """
    now = standing(store)
    before = now.before.get(model_id)
    on_shelf = {package.card.hash for package in shelf.packages}
    if cause not in BY_ITSELF or now.active.get(model_id) != model or before is None or before.hash not in on_shelf:
        return None
    return record_change(store, _back(now, model_id, cause, PROGRAM, store, seen))


def shadow(store: Store, session: Session, shelf: Shelf, package: Package) -> ModelChange:
    """Has a version answer, as a shadow, what the active one of the same model answers.

    Raises:
        UsageError: US-ROLE, US-IDLE; US-SHADOW, it is the one that answers, or none answers.
        StoreError: as `write`.
    """
    require_right(session)
    card, now = package.card, standing(store)
    answering = shelf.answering(card.id, now)
    if answering is None or answering.card.hash == card.hash:
        reason = "it is the one that answers" if answering else f"no version of {card.id} answers here"
        raise UsageError("US-SHADOW", f"{card.name} cannot be a shadow: {reason}.", "See `fovea models list`.")
    change = ModelChange(
        *(card.id, Cause.SHADOWED, release_of(card), now.shadow.get(card.id), session.name, store.clock.now())
    )
    return record_change(store, change)


def end_shadow(store: Store, session: Session, model_id: str) -> ModelChange:
    """Ends it; what it answered is kept.

    Raises:
        UsageError: US-ROLE, US-IDLE; US-SHADOW, the model has none.
        StoreError: as `write`.
    """
    require_right(session)
    release = standing(store).shadow.get(model_id)
    if release is None:
        raise UsageError("US-SHADOW", f"{model_id} has no shadow.", "See `fovea models list`.")
    return record_change(store, ModelChange(model_id, Cause.ENDED, release, release, session.name, store.clock.now()))


def release_of(card: ModelCard) -> Release:
    """The release that a package is."""
    return Release(card.version, card.hash)


def _release(package: Package | None) -> Release | None:
    return None if package is None else release_of(package.card)


def _require_way_back(shelf: Shelf, now: Standing, model_id: str) -> None:
    before = now.before.get(model_id)
    if before is None:
        raise UsageError(
            "US-NO-WAY-BACK",
            f"No other version of {model_id} answered before the one that answers now.",
            "See `fovea models list`; `fovea models activate` makes another version answer.",
        )
    if before.hash not in {package.card.hash for package in shelf.packages}:
        raise ModelError(
            "MD-INACTIVE",
            f"{model_id} {before.version}, which answered before, is not on the shelf any more.",
            "Import it again, or activate another version.",
        )


def _back(now: Standing, model_id: str, cause: Cause, actor: str, store: Store, reason: str) -> ModelChange:
    return ModelChange(*(model_id, cause, now.before[model_id], now.active[model_id], actor, store.clock.now(), reason))
