"""What `fovea doctor` says about the GPU: which one, which TensorRT, whether it is used, and what to install."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from app.cli.finding import Finding
from engine.detect.device.probe import Gpu, GpuTable, probe_gpus
from engine.detect.tensorrt.backend import TensorRt
from engine.detect.tensorrt.make import Make, as_text, find_make, what_to_install
from engine.detect.tensorrt.plan_cache import PlanCache
from engine.domain.model_card import ModelCard
from engine.places import Home

_ON_CPU = "Nothing: the CPU answers."
_CARDS = (
    "TensorRT for RTX works on compute capability 7.5, 8.6, 8.9, 12.0 and 12.1 (GeForce and RTX from the 20 series on, "
    "T4, A10, L4, L40): install NVIDIA's driver 580 or newer, then the extra `gpu`. Others (A100, H100, H200, B200) "
    "need the full TensorRT SDK. See docs/gpu.md."
)


def gpu_findings(home: Home, cards: tuple[ModelCard, ...], table: GpuTable | None = None) -> list[Finding]:
    """The findings.

    Args:
        home: where plans lie.
        cards: of the installed models.
        table: the GPUs; None asks the driver.
    """
    table = probe_gpus() if table is None else table
    gpu = table.gpus[0] if table.gpus else None
    make = find_make(gpu.capability if gpu else None)
    return [_gpu(table), _compiler(gpu), _tensorrt(make, gpu, table), _plans(make, gpu, table, home, cards)]


def _gpu(table: GpuTable) -> Finding:
    if not table.gpus:
        return Finding("GPU", "note", table.why_none, _CARDS)
    told = "; ".join(map(_described, table.gpus))
    more = f"; the first of {len(table.gpus)} answers" if len(table.gpus) > 1 else ""
    return Finding("GPU", "ok", told + more)


def _described(gpu: Gpu) -> str:
    free = "" if gpu.free_bytes is None else f", {_gib(gpu.free_bytes)} free"
    return (
        f"{gpu.name}, compute capability {as_text(gpu.capability)}, {_gib(gpu.memory_bytes)}{free}, "
        f"driver {gpu.driver or 'of unknown version'}, CUDA {as_text(gpu.cuda)}"
    )


def _compiler(gpu: Gpu | None) -> Finding:
    try:
        return Finding("GPU kernels", "ok", f"numba-cuda {version('numba-cuda')}")
    except PackageNotFoundError:
        return Finding(
            "GPU kernels", "note", "numba-cuda is not installed", what_to_install(gpu.capability) if gpu else _ON_CPU
        )


def _tensorrt(make: Make | None, gpu: Gpu | None, table: GpuTable) -> Finding:
    install = what_to_install(gpu.capability) if gpu else ""
    if make is None:
        return Finding("TensorRT", "note", "none is installed", install or _ON_CPU)
    told = f"{make.name} {make.version}" + ("" if make.builds else " (the full SDK, which Fovea was not tested with)")
    if gpu is None:
        return Finding("TensorRT", "note", f"{told}; builds plans, not used otherwise: {table.why_none}")
    if reason := TensorRt(probe=lambda: table).why_not():
        return Finding("TensorRT", "note", f"{told}; not used: {reason}", install)
    return Finding("TensorRT", "ok", f"{told}; used for models that have a plan and passed the parity check")


def _plans(make: Make | None, gpu: Gpu | None, table: GpuTable, home: Home, cards: tuple[ModelCard, ...]) -> Finding:
    if make is None or gpu is None or not make.supports(gpu.capability):
        count = PlanCache(home).count()
        return Finding("plans", "ok" if count else "note", f"{count} built ahead of time" if count else "none")
    waits = []
    for card in cards:
        for precision in ("fp16", "fp32"):
            reason = TensorRt(precision, home, lambda: table).why_not_yet(card)
            waits += [f"{card.name}: {reason}"] if reason else []
    if waits:
        step = "They are built in the background at the next study; `fovea models build ID` builds them at once."
        return Finding("plans", "note", "; ".join(waits), step)
    return Finding("plans", "ok", "every model has its plans")


def _gib(size_bytes: int) -> str:
    return f"{size_bytes / 1024**3:.1f} GiB"
