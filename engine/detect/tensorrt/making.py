"""Makes a home's plans: at once for whoever waits, or in the background while another run time answers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from engine.clock import Clock, SystemClock
from engine.detect.device.probe import GpuTable
from engine.detect.protocol import Precision
from engine.detect.tensorrt.build import Order, build_plan
from engine.detect.tensorrt.make import RTX_SUPPORTED, TURING, Capability, Make, from_text
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.detect.tensorrt.plan_file import Label
from engine.detect.tensorrt.plan_key import PlanKey
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, FoveaError
from engine.registry.sums import sha256

_log = logging.getLogger(__name__)


def keys_to_make(
    card: ModelCard, make: Make, precision: Precision, table: GpuTable, asked: Sequence[Capability] = ()
) -> tuple[PlanKey, ...]:
    """The plans that `fovea models build` makes for one model.

    Args:
        card: the model's.
        make: what builds them.
        precision: in what they compute.
        table: the GPUs of this machine; without one the plans are for all cards that the vendor supports.
        asked: the cards that one plan is to be for, on whatever machine.

    Raises:
        BackendError: BE-CAPABILITY, the make builds for the GPU at hand alone, and there is none.
    """
    if asked:
        return (PlanKey.of(card.hash, make, precision, tuple(set(asked))),)
    if table.gpus:
        return (PlanKey.of(card.hash, make, precision, (table.gpus[0].capability,), table.gpus[0].driver),)
    if not make.builds:
        raise BackendError(
            "BE-CAPABILITY",
            f"{make.name} {make.version} builds for the GPU at hand alone, and {table.why_none}.",
            "Run this on the machine with the GPU.",
        )
    # A plan that runs on Turing too is as large as that one needs, and slower on the others, says its maker.
    newer = tuple(capability for capability in RTX_SUPPORTED if capability != TURING)
    # What looks at volumes does not run there in fp32 at all: see `graph_check`.
    on_turing = precision != "fp32" or len(card.input.tile) < 3
    return tuple(PlanKey.of(card.hash, make, precision, cards) for cards in (newer, (TURING,))[: 1 + on_turing])


def make_plan(
    cache: PlanCache,
    key: PlanKey,
    graph: bytes,
    make: Make,
    *,
    clock: Clock | None = None,
) -> Path | None:
    """Builds a plan and keeps it; what failed before is tried again.

    Args:
        cache: where it is kept.
        key: what it is.
        graph: the content of `model.onnx`, its hash checked.
        make: the make of the key.
        clock: replaceable in tests.

    Returns:
        Its file; None where another process is making it.

    Raises:
        BackendError: BE-GRAPH, BE-PRECISION, BE-CAPABILITY or BE-PLAN; BE-PLAN-HOME where the home cannot be written.
    """
    clock = clock or SystemClock()
    try:
        with cache.making(key) as ours:
            if not ours:
                return None
            began_s = clock.steady_s()
            try:
                plan = build_plan(graph, Order(make, key.precision, _capabilities(key, make)))
            except BackendError as error:
                cache.note_failure(key, error.message)
                raise
            seconds = clock.steady_s() - began_s
            return cache.write(Label(key, sha256(graph), clock.now().isoformat(timespec="seconds"), seconds), plan)
    except OSError as error:
        raise BackendError(
            "BE-PLAN-HOME",
            f"The plan cannot be kept in {error.filename or 'the home'}: {error.strerror or error}.",
            "Free space, or make `plans` and `keys` of the home writable.",
        ) from error


def make_in_background(cache: PlanCache, key: PlanKey, graph: bytes, make: Make) -> None:
    """Starts making a plan if it is missing; its state shows how far it is. One that failed is left as it is."""
    if cache.state(key).state != "missing":
        return

    def work() -> None:
        try:
            make_plan(cache, key, graph, make)
        except FoveaError as error:
            _log.warning("The plan %s was not made: %s", key.name, error)

    # A daemon: the builder's process ends by itself when this one does.
    threading.Thread(target=work, name=f"plan {key.name}", daemon=True).start()


def _capabilities(key: PlanKey, make: Make) -> tuple[Capability, ...]:
    """What the builder is told; the full SDK builds for the GPU at hand and is told nothing."""
    return tuple(map(from_text, key.capabilities)) if make.builds else ()
