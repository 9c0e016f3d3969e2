"""`fovea models activate|rollback|shadow`: which version of a model answers, and how a shadow compares with it."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict

from app.cli.interrupts import nothing_kept_by_ctrl_c
from app.cli.kernel_cache import say_if_compiling
from app.cli.login import acting
from app.cli.printing import print_json, printable
from app.cli.progress import Progress
from engine.detect.choose import backends, working_backends
from engine.domain.activation import GateLine, ModelChange, Standing
from engine.errors import UsageError
from engine.evaluate.beside import Beside, Comparison
from engine.export.finite import finite
from engine.pipeline import Bench
from engine.places import Home
from engine.registry import activate
from engine.registry.gate import Gate
from engine.registry.package import Package
from engine.registry.shelf import Shelf
from engine.store.database import Store, open_store
from engine.store.model_changes import changes, standing


def run(arguments: Namespace, home: Home) -> int:
    """Asks the gate and activates; exit status 1 where the gate refuses."""
    because = _because(arguments)
    shelf = Shelf.of(home)
    with open_store(home) as store:
        session = acting(store, arguments)
        activate.require_right(session, overrides=bool(because))
        now = standing(store)
        package = _candidate(shelf, arguments.model, now)
        lines = _judged(arguments, home, shelf, package, now)
        change = activate.activate(store, session, shelf, package, lines, because)
    _tell(arguments, change, f"{package.card.name} answers from the next study on.")
    return 0


def run_rollback(arguments: Namespace, home: Home) -> int:
    """Goes back to the version that answered before."""
    shelf = Shelf.of(home)
    with open_store(home) as store:
        change = activate.roll_back(store, acting(store, arguments), shelf, arguments.model, arguments.reason or "")
    _tell(arguments, change, f"{change.model_id} {change.release.version} answers from the next study on.")
    return 0


def run_shadow(arguments: Namespace, home: Home) -> int:
    """Starts or ends a shadow, or says how it compares."""
    shelf = Shelf.of(home)
    with open_store(home) as store:
        if arguments.start:
            package = _candidate(shelf, arguments.model, standing(store))
            change = activate.shadow(store, acting(store, arguments), shelf, package)
            _tell(arguments, change, f"{package.card.name} answers as a shadow from now on, in spare time.")
        elif arguments.stop:
            change = activate.end_shadow(store, acting(store, arguments), arguments.model)
            _tell(arguments, change, f"{change.model_id} {change.release.version} is a shadow no more.")
        else:
            _compare(arguments, store, shelf)
    return 0


def standing_at(home: Home) -> Standing:
    """Which version of each model answers in a home; of one without a database, what its shelf says."""
    return Standing.after(changes_at(home))


def changes_at(home: Home) -> tuple[ModelChange, ...]:
    """The changes recorded in a home, oldest first."""
    if not home.database.exists():
        return ()
    with open_store(home) as store:
        return changes(store)


def change_line(change: ModelChange) -> dict[str, object]:
    """A change as one JSON object."""
    return asdict(change) | {"cause": change.cause.value, "at": change.at.isoformat()}


def change_text(change: ModelChange) -> str:
    """A change as one line, with what an administrator overrode."""
    reason = f": {change.reason}" if change.reason else ""
    failed = f" (the gate fails: {', '.join(line.name for line in change.failed)})" if change.failed else ""
    return f"{change.at:%Y-%m-%d %H:%M} UTC  {change.cause.value} by {change.operator}{reason}{failed}"


def _judged(arguments: Namespace, home: Home, shelf: Shelf, package: Package, now: Standing) -> tuple[GateLine, ...]:
    table = backends(home)
    candidates = working_backends(arguments.backend, table)
    active = shelf.answering(package.card.id, now)
    say_if_compiling()
    with (
        Bench.open(shelf, home=home, backend=arguments.backend, threads=arguments.threads) as bench,
        nothing_kept_by_ctrl_c() as check,
    ):
        lines = Gate(home, bench, candidates, Progress(check)).judge(package, active)
    print(file=sys.stderr)
    for line in lines:
        print(_line(line), file=sys.stderr)
    return lines


def _candidate(shelf: Shelf, named: str, now: Standing) -> Package:
    """The version that was named, or the only one of that id that does not answer already."""
    found = shelf.named(named)
    others = [package for package in found if shelf.answering(package.card.id, now) is not package]
    if len(found) == 1 or len(others) == 1:
        return (others or list(found))[0]
    names = ", ".join(package.card.name for package in found)
    raise UsageError("US-VERSION", f"'{named}' are {len(found)} versions: {names}.", 'Name one: "ID VERSION".')


def _because(arguments: Namespace) -> str:
    if arguments.override != bool(arguments.reason):
        raise UsageError(
            "US-OVERRIDE",
            "The gate is overridden by an administrator for a stated reason.",
            "Give --override and --reason TEXT together, or none of them.",
        )
    return str(arguments.reason or "")


def _compare(arguments: Namespace, store: Store, shelf: Shelf) -> None:
    now, model_id = standing(store), arguments.model.partition(" ")[0]
    release = now.shadow.get(model_id)
    found = shelf.named(arguments.model) if release is None or " " in arguments.model else ()
    name = found[-1].card.name if found else f"{model_id} {release.version if release else ''}"
    model_hash = found[-1].card.hash if found else (release.hash if release else "")
    comparison = Beside(model_hash).look(store)
    if arguments.json:
        print_json(finite({"model": name, **asdict(comparison)}))
    else:
        _print(name, comparison)


def _print(name: str, found: Comparison) -> None:
    print(f"{name} as a shadow: {found.studies} studies, {found.reviewed} of them reviewed and signed")
    print(f"  both say the same of a study     {found.agreement:.1%}  ({found.alike} of {found.studies})")
    print(f"  regions found by both            {found.shared}")
    print(f"  only by the one that answers     {found.only_active} ({found.unsure_active} unsure)")
    print(f"  only by the shadow               {found.only_shadow} ({found.unsure_shadow} unsure)")
    for test in (found.findings, found.false_regions):
        print(f"  {test.name}: {test.better} better, {test.worse} worse: {test.says}")


def _tell(arguments: Namespace, change: ModelChange, sentence: str) -> None:
    if arguments.json:
        print_json(change_line(change))
    else:
        print(printable(sentence))


def _line(line: GateLine) -> str:
    return f"{'passed' if line.passed else 'FAILED'}  {line.name}: {printable(line.found)}"
