"""The whole device path: its tests on this GPU, and how long a CT takes from stored values to boxes."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import numpy as np

from engine.budget import Budget
from engine.clock import SystemClock
from engine.detect.device import replay
from engine.detect.device.detector import DeviceDetector
from engine.detect.look import Looked, look
from engine.detect.protocol import Detector
from engine.domain.model_card import Effort, ModelCard
from engine.domain.outcome import StageTimes
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import Layout, lay_out
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from tests.engine.detect.device.same import assert_same
from tests.gpu.cell_network import CellDetector, CellNetwork, card_of
from tests.gpu.report import Report

TESTS = "tests/engine/detect/device"
LIMIT_S = 120
ROUNDS = 5

LARGE = ((300, 512, 512), (1.0, 0.7, 0.7), (64, 128, 128))
SMALL = ((6, 12, 14), (1.0, 0.7, 0.7), (8, 8, 8))
"""Shape and spacing of the CT, and the model's tile on its grid of 1 mm."""

Study = tuple[Scan, ModelCard, Layout]


def step(report: Report) -> None:
    """Adds its section."""
    report.section("From stored values to boxes")
    if not report.rehearsal:
        _tests(report)
    study = _study(*SMALL, 2) if report.rehearsal else _study(*LARGE, 100)
    scan, card, layout = study
    report.say(
        f"A CT of {scan.shape} int16 ({scan.pixels.nbytes / 1e6:.0f} MB) resampled to 1 mm, {len(layout.origins)} "
        f"tiles of {card.input.tile}, {card.input.batch} in one call. The network is one small kernel, so this is the "
        f"way around it; on the CPU only preparing and merging are compared. Wall clock, median of {ROUNDS}."
    )
    wanted, on_cpu = _looked(study, CellDetector(card), 1)
    rows: list[tuple[object, ...]] = []
    on_gpu = DeviceDetector(card, lambda _batch: CellNetwork(card), lambda: CellDetector(card))
    usual = replay.LEAST_CALLS
    try:
        for name, least in (("GPU, as a CUDA graph", usual), ("GPU, call by call", 1 << 30)):
            replay.LEAST_CALLS = least
            looked, times = _looked(study, on_gpu, 1 if report.rehearsal else ROUNDS)
            rows.append((name, times.prepare, times.detect, times.merge, times.prepare + times.detect + times.merge))
            if not _same(looked, wanted):
                report.fail(f"{name}: the regions have not the bytes of the CPU's")
    finally:
        replay.LEAST_CALLS = usual
        on_gpu.close()
    rows.append(("CPU, without the network", on_cpu.prepare, "", on_cpu.merge, on_cpu.prepare + on_cpu.merge))
    report.table(["", "prepare ms", "detect ms", "merge ms", "together ms"], rows)
    report.say("On the GPU `prepare` is sending the stored values, and `detect` holds preparing and stitching.")


def _tests(report: Report) -> None:
    if importlib.util.find_spec("onnx") is None:
        report.say(f"`{TESTS}` was not run: onnx is not installed here.")
        return
    command = [sys.executable, "-m", "pytest", "-c", "tests/gpu/check.ini", "--rootdir", ".", "-q", TESTS]
    done = subprocess.run(
        command, env=os.environ | {"REQUIRE_GPU": "1"}, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    if done.returncode:
        report.fail(f"{TESTS} ended with {done.returncode}\n\n```\n{done.stdout[-3000:]}{done.stderr[-800:]}\n```")
    else:
        report.say(f"`{TESTS}` on this GPU: {done.stdout.strip().splitlines()[-1].strip('= ')}.")


def _study(shape: tuple[int, ...], spacing_mm: tuple[float, float, float], tile: tuple[int, ...], most: int) -> Study:
    pixels = np.random.default_rng().integers(-1000, 400, shape, np.int16)
    scan = Scan(pixels, "volume", "CT", "MONOCHROME2", Provenance(("made here",), "none"), spacing_mm=spacing_mm)
    card = card_of(tile, batch=2, most=most, spacing_mm=(1.0, 1.0, 1.0))
    return scan, card, lay_out(scan, card.input, 4, Effort("full", 0.25))


def _same(looked: Looked, wanted: Looked) -> bool:
    try:
        assert_same(looked, wanted)
    except AssertionError:
        return False
    return True


def _looked(study: Study, detector: Detector, rounds: int) -> tuple[Looked, StageTimes]:
    """What was found, and the median of each stage; a first round, which compiles, does not count."""
    scan, card, layout = study
    kept = []
    with RowPool() as pool:
        for _ in range(rounds + 1):
            watch = Stopwatch(SystemClock())
            looked = look(scan, card, layout, detector, pool, Budget(), watch)
            kept.append(watch.times())
    medians = {
        name: float(np.median([getattr(times, name) for times in kept[1:]])) for name in ("prepare", "detect", "merge")
    }
    return looked, StageTimes(**medians)
