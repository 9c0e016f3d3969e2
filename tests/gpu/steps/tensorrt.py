"""TensorRT on this card: plans built, loaded and run; on a card that it does not support, its exact answer."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from engine.detect.choose import backends, working_backends
from engine.detect.device.probe import Gpu, probe_gpus
from engine.detect.onnx_cpu import OnnxCpu
from engine.detect.protocol import Precision
from engine.detect.tensorrt.build import Order, build_plan
from engine.detect.tensorrt.make import RTX_SUPPORTED, Make, as_text, find_make
from engine.detect.tensorrt.network import TensorRtNetwork, open_plan
from engine.detect.terms import input_shape
from engine.places import RESOURCES, Home
from engine.registry.package import GRAPH, Package, read_package
from kernels.device_arrays import copy_out, elapsed_ms, empty, new_event, new_stream, record, upload, wait
from tests.gpu.report import Report

RUNS = 50
PRECISIONS: tuple[Precision, ...] = ("fp32", "fp16")


def step(report: Report) -> None:
    """Adds its section."""
    report.section("TensorRT")
    table = probe_gpus()
    gpu = table.gpus[0] if table.gpus else None
    make = find_make(gpu.capability if gpu else None)
    if make is None:
        report.say("No make of TensorRT is installed here: nothing of it was run.")
        return
    packages = [read_package(path) for path in sorted((RESOURCES / "models").iterdir()) if path.is_dir()]
    if gpu is None:
        _build_only(report, make, packages[0])
    elif make.supports(gpu.capability):
        _run(report, make, gpu, packages)
    else:
        _unsupported(report, make, gpu, packages[0])


def _build_only(report: Report, make: Make, package: Package) -> None:
    plan = build_plan(package.graph(), Order(make, "fp16", (RTX_SUPPORTED[0],)))
    report.say(f"{make.name} {make.version} built a plan of {len(plan)} bytes without a GPU; nothing was run.")


def _run(report: Report, make: Make, gpu: Gpu, packages: list[Package]) -> None:
    report.say(
        f"{make.name} {make.version}, plans for {as_text(gpu.capability)}. Network alone, one batch, device events, "
        f"median of {RUNS}; the first run compiles kernels. Differences are from ONNX Runtime on the CPU."
    )
    rows = [_figures(report, make, gpu, package, precision) for package in packages for precision in PRECISIONS]
    columns = [
        "model",
        "precision",
        "plan MB",
        "build s",
        "load ms",
        "first run ms",
        "run ms",
        "CPU ms",
        "workspace MB",
    ]
    report.table([*columns, "capturable", "score differs", "face differs px", "same bytes twice"], rows)


def _figures(report: Report, make: Make, gpu: Gpu, package: Package, precision: Precision) -> tuple[object, ...]:
    card, graph = package.card, package.graph()
    began_s = time.perf_counter()
    plan = build_plan(graph, Order(make, precision, (gpu.capability,) if make.builds else ()))
    build_s = time.perf_counter() - began_s
    began_s = time.perf_counter()
    network = open_plan(make, plan, card, make.name, precision)
    load_ms = 1e3 * (time.perf_counter() - began_s)
    tiles = np.random.default_rng(7).standard_normal(input_shape(card)).astype(np.float32)
    on_cpu = OnnxCpu().load(graph, card, 0)
    on_cpu.run(tiles)
    began_s = time.perf_counter()
    wanted = on_cpu.run(tiles)
    cpu_ms = 1e3 * (time.perf_counter() - began_s)
    try:
        first_ms, run_ms, answers = _measured(network, tiles, wanted.heat.shape, wanted.box.shape)
    finally:
        network.close()
    heat, box = answers[0]
    score, face = float(np.abs(heat - wanted.heat).max()), float(np.abs(box - wanted.box).max())
    same = all(one.tobytes() == other.tobytes() for one, other in zip(answers[0], answers[1], strict=True))
    name = f"{card.name} {precision}"
    if score > card.parity.score or face > card.parity.box_px:
        report.fail(f"{name} differs by {score:.2g} in score and {face:.2g} px, limits {card.parity}")
    if not same:
        report.fail(f"{name} answered the same tiles with other bytes")
    megabytes = len(plan) / 1e6, network.workspace_bytes / 1e6
    times = (build_s, load_ms, first_ms, run_ms, cpu_ms)
    return (card.name, precision, megabytes[0], *times, megabytes[1], network.capturable, score, face, same)


def _measured(
    network: TensorRtNetwork, tiles: np.ndarray, heat_shape: tuple[int, ...], box_shape: tuple[int, ...]
) -> tuple[float, float, list[tuple[np.ndarray, np.ndarray]]]:
    """The first run and the median of the others in ms, and the answers of the first and the last."""
    stream = new_stream()
    given = upload(tiles.astype(np.float16 if network.precision == "fp16" else np.float32), stream)
    heat, box = empty(heat_shape, np.float32), empty(box_shape, np.float32)
    times_ms, answers = [], []
    for number in range(RUNS + 1):
        begin, end = new_event(), new_event()
        record(begin, stream)
        network.enqueue(given, heat, box, stream)
        record(end, stream)
        wait(stream)
        times_ms.append(elapsed_ms(begin, end))
        if number in (0, RUNS):
            kept = np.empty(heat_shape, np.float32), np.empty(box_shape, np.float32)
            copy_out(heat, kept[0], stream)
            copy_out(box, kept[1], stream)
            wait(stream)
            answers.append(kept)
    return times_ms[0], float(np.median(times_ms[1:])), answers


def _unsupported(report: Report, make: Make, gpu: Gpu, package: Package) -> None:
    report.say(f"Not used on this card: {make.why_not(gpu.capability)}. It was asked all the same, once:")
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / GRAPH
        graph.write_bytes(package.graph())
        asked = subprocess.run(
            [sys.executable, "-m", "tests.gpu.steps.rtx_current", str(graph)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        told = [json.loads(line) for line in asked.stdout.splitlines() if line.startswith("{")]
        report.table(["stage", "worked", "answer"], [(line["stage"], line["done"], line["answer"]) for line in told])
        if asked.returncode:
            report.say(f"Its process ended with status {asked.returncode}: {asked.stderr.strip()[-300:]}")
        names = [backend.name for backend in working_backends(None, backends(Home(Path(folder))))]
    report.say(f"Run times that answer on this machine: {', '.join(names)}.")
    if "tensorrt" in names or "onnx-cpu" not in names:
        report.fail(f"the CPU did not take over: {', '.join(names)}")
