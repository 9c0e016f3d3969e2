"""`fovea models build`: makes TensorRT's plans ahead of time, with a GPU or without one."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from app.cli.printing import print_json, print_table
from engine.detect.choose import backends, full_name, why_never
from engine.detect.device.probe import probe_gpus
from engine.detect.foreign.table import CENTER
from engine.detect.tensorrt.make import Make, find_make, from_text, what_to_install
from engine.detect.tensorrt.making import keys_to_make, make_plan
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.detect.tensorrt.plan_key import PlanKey
from engine.errors import BackendError
from engine.places import Home
from engine.registry.package import Package
from engine.registry.prove import prove_and_keep
from engine.registry.shelf import Shelf
from engine.registry.verdicts import Verdicts

_HEAD = ("model", "precision", "compute capability", "state", "plan")


@dataclass(frozen=True, slots=True)
class Made:
    """One plan.

    Args:
        model: `id version`.
        precision: in what it computes.
        capabilities: of the cards that it is for.
        state: `built`; `ready`, it was there; `building`, another process is making it; `failed`.
        plan: its file.
        code: of what failed.
        reason: why it failed, or what is to be known of it.
        next_step: what to do about it.
    """

    model: str
    precision: str
    capabilities: tuple[str, ...]
    state: str
    plan: str = ""
    code: str = ""
    reason: str = ""
    next_step: str = ""


def run(arguments: Namespace, home: Home) -> int:
    """Makes the plans of each model of that name; exit status 1 where one could not be made."""
    shelf = Shelf.of(home)
    packages = shelf.named(arguments.model)
    make = _make(arguments)
    PlanCache(home).forget_others({package.card.hash for package in shelf.packages})
    made = []
    for package in packages:
        made += list(_plans(package, make, home, arguments))
        _compare(package, home)
    if arguments.json:
        for plan in made:
            print_json(asdict(plan))
    else:
        print_table(
            _HEAD, [(plan.model, plan.precision, ", ".join(plan.capabilities), plan.state, plan.plan) for plan in made]
        )
        for plan in made:
            if plan.reason:
                print("  " + ": ".join(filter(None, (plan.code, plan.reason))))
            if plan.next_step:
                print(f"  next step: {plan.next_step}")
    return int(any(plan.state == "failed" for plan in made))


def _make(arguments: Namespace) -> Make:
    gpus = probe_gpus().gpus
    capability = gpus[0].capability if gpus and not arguments.capability else None
    make = find_make(capability)
    if make is None:
        raise BackendError(
            "BE-ABSENT", "Plans are built by TensorRT, which is not installed here.", what_to_install(capability)
        )
    print(f"Building with {make.name} {make.version}", file=sys.stderr)
    return make


def _plans(package: Package, make: Make, home: Home, arguments: Namespace) -> Iterator[Made]:
    if package.card.head.kind != CENTER:
        reason = f"no plan is of use: the device path decodes the head '{CENTER}' only, not '{package.card.head.kind}'"
        yield Made(
            package.card.name, "", (), "failed", code="BE-GRAPH", reason=reason, next_step="Leave it to onnx-cpu."
        )
        return
    graph, cache = package.graph(), PlanCache(home)
    for precision in arguments.precision or ("fp16", "fp32"):
        for key in keys_to_make(package.card, make, precision, probe_gpus(), arguments.capability or ()):
            yield _made(package.card.name, key, graph, make, cache)


def _made(model: str, key: PlanKey, graph: bytes, make: Make, cache: PlanCache) -> Made:
    told = (model, key.precision, key.capabilities)
    unlisted = [capability for capability in key.capabilities if not make.supports(from_text(capability))]
    note = f"unsupported: {make.name}'s vendor does not list {', '.join(unlisted)}" if unlisted else ""
    if (there := cache.find(key)) is not None:
        return Made(*told, "ready", str(there), reason=note)
    try:
        path = make_plan(cache, key, graph, make)
    except BackendError as error:
        return Made(*told, "failed", "", error.code, error.message, error.next_step)
    return Made(*told, "building") if path is None else Made(*told, "built", str(path), reason=note)


def _compare(package: Package, home: Home) -> None:
    """Compares what now has a plan with the reference, where there is a GPU: without that it does not answer."""
    verdicts = Verdicts(home)
    for backend in backends(home):
        works = backend.name == "tensorrt" and backend.why_not() is None and why_never(package.card, backend) is None
        if works and backend.why_not_yet(package.card) is None:
            print(f"Comparing {package.card.name} on {full_name(backend)} with the reference", file=sys.stderr)
            prove_and_keep(package, backend, verdicts)
