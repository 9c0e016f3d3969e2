"""Preparing on the device beside the card's copy bandwidth, torch on the same device, and the CPU."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.prepare.pool import RowPool
from kernels.cuda_compiled import simulated
from kernels.device_arrays import Stream, upload
from kernels.prepare import PrepareTables, prepare, prepare_on_device, prepare_tables
from kernels.weights import AxisWeights, axis_weights
from kernels.window import ValueWindow, value_window
from tests.gpu.report import Report
from tests.gpu.timing import Timed, Work, copy_bandwidth, device_time, host_time, torch_time

GOAL = 0.8
"""Share of the copy bandwidth, counted on the bytes that must move."""

TOGETHER_BYTES = 256 << 20
"""So much the inputs and results of one timing hold together: more than the cache of any card."""


@dataclass(frozen=True, slots=True)
class Case:
    """One study to prepare as a whole.

    Args:
        name: as printed.
        shape: of the stored values.
        form: their type.
        scales: stored values a value along each axis.
    """

    name: str
    shape: tuple[int, ...]
    form: type[np.generic]
    scales: tuple[float, ...]

    def axes(self) -> list[AxisWeights]:
        """The tables of all axes."""
        return [axis_weights(size, scale) for size, scale in zip(self.shape, self.scales, strict=False)]

    @property
    def channels(self) -> int:
        """3 for colours."""
        return self.shape[2] if len(self.shape) > len(self.scales) else 1

    def window(self) -> ValueWindow:
        """That of a CT in HU for int16, the whole range for others."""
        if self.form is np.int16:
            return value_window(-1000.0, 400.0, intercept=-1024.0)
        return value_window(0.0, 1.0, slope=1 / 255, mean=(0.4,) * self.channels, std=(0.2,) * self.channels)


CASES = (
    Case("photograph 4096x3000 RGB to 1024x1024", (3000, 4096, 3), np.uint8, (3000 / 1024, 4.0)),
    Case("photograph 4096x3000 RGB as it is", (3000, 4096, 3), np.uint8, (1.0, 1.0)),
    Case("X-ray 3000x4096 as it is", (3000, 4096), np.uint16, (1.0, 1.0)),
    Case("CT 300x512x512, 1 mm slices of 0.7 mm, to 1 mm", (300, 512, 512), np.int16, (1.0, 1 / 0.7, 1 / 0.7)),
    Case("CT 300x512x512, 2.5 mm slices of 0.7 mm, to 1 mm", (300, 512, 512), np.int16, (0.4, 1 / 0.7, 1 / 0.7)),
    Case("CT 300x512x512 as it is", (300, 512, 512), np.int16, (1.0, 1.0, 1.0)),
)
SMALL = (
    Case("photograph 40x30 RGB", (30, 40, 3), np.uint8, (3.0, 4.0)),
    Case("CT 4x12x12", (4, 12, 12), np.int16, (0.4, 1.4, 1.4)),
)


def step(report: Report) -> None:
    """Times all cases; the results are compared with the CPU's."""
    report.section("Preparing: stored values to the network's tensor")
    bandwidth = copy_bandwidth()
    torch = None if report.rehearsal else _torch()
    rows = []
    for case in SMALL if report.rehearsal else CASES:
        rows += _rows(case, bandwidth, torch, report)
    columns = ["study", "to", "ms", "spread ms", "bytes that must move / copy", "torch ms, same numbers", "CPU ms"]
    report.table(columns, rows)
    report.say(
        "Bytes that must move: every stored value read once and every result written once. torch multiplies by the "
        f"same weights as matrices, in float32. Goal: {GOAL:.0%} of the copy bandwidth of {bandwidth / 1e9:.0f} GB/s."
    )


def _rows(case: Case, bandwidth: float, torch: Any, report: Report) -> list[tuple[object, ...]]:
    limits = np.iinfo(case.form) if case.form is not np.int16 else np.iinfo(np.int8)
    generator = np.random.default_rng()
    pixels = generator.integers(limits.min, limits.max, case.shape, case.form, endpoint=True)
    if case.form is np.int16:
        pixels = (pixels * 12).astype(np.int16)
    axes, window = case.axes(), case.window()
    wanted, cpu = _on_cpu(pixels, axes, window)
    try:
        torch_ms = _on_torch(torch, pixels, axes, window, wanted, report)
    except RuntimeError as refused:  # what torch raises where its device code lacks a type
        torch_ms = f"refused: {str(refused).splitlines()[0][:80]}"
    rows: list[tuple[object, ...]] = []
    for made in (np.float32, np.float16):
        timed, found = _on_device(pixels, axes, window, made)
        if not np.array_equal(found, wanted.astype(made)):
            report.fail(f"{case.name} to {made.__name__} differs from the CPU's result")
        moved = pixels.nbytes + wanted.size * np.dtype(made).itemsize
        share = moved / (timed.ms / 1e3) / bandwidth
        rows.append((case.name, made.__name__, timed.ms, timed.spread_ms, f"{share:.0%}", torch_ms, cpu.ms))
    return rows


def _on_device(
    pixels: NDArray[Any], axes: Sequence[AxisWeights], window: ValueWindow, made: type[np.generic]
) -> tuple[Timed, NDArray[Any]]:
    tables = prepare_tables(pixels.shape, pixels.dtype, axes, window)
    shape = (1, window.gain.size, *(axis.outputs for axis in axes))
    places = upload(np.zeros((1, 4), np.int32))
    a_call_bytes = pixels.nbytes + int(np.prod(shape)) * np.dtype(made).itemsize
    copies = max(1, min(12, -(-TOGETHER_BYTES // a_call_bytes)))
    sources = [upload(pixels) for _ in range(copies)]
    results = [upload(np.full(shape, np.nan, made)) for _ in range(copies)]
    if simulated():
        sources, results = sources[-1:], results[-1:]
    work = [_work(source, tables, places, out) for source, out in zip(sources, results, strict=True)]
    return device_time(work), results[-1].copy_to_host()[0]


def _work(source: Any, tables: PrepareTables, places: Any, out: Any) -> Work:
    def call(stream: Stream) -> None:
        prepare_on_device(source, tables, places, out, stream)

    return call


def _on_cpu(pixels: NDArray[Any], axes: Sequence[AxisWeights], window: ValueWindow) -> tuple[NDArray[Any], Timed]:
    size = [axis.outputs for axis in axes]
    out = np.empty((window.gain.size, *size), np.float32)
    with RowPool() as pool:

        def call() -> None:
            pool.run(
                lambda row0, row1: prepare(pixels, axes, window, (0,) * len(axes), out, row0, row1),
                int(np.prod(size[:-1])),
                size[-1] * out.shape[0],
            )

        timed = host_time(call)
    return out, timed


def _torch() -> Any:
    try:
        torch = importlib.import_module("torch")  # an extra; the figures beside it are left out without it
    except ModuleNotFoundError:
        return None
    return torch if torch.cuda.is_available() else None


def _on_torch(
    torch: Any,
    pixels: NDArray[Any],
    axes: Sequence[AxisWeights],
    window: ValueWindow,
    wanted: NDArray[Any],
    report: Report,
) -> object:
    """The same numbers by matrices of the same weights; text where torch cannot do it here."""
    if torch is None:
        return "no torch with CUDA"
    torch.backends.cuda.matmul.allow_tf32 = False
    stored = torch.from_numpy(pixels.astype(np.int32) if pixels.dtype == np.uint16 else pixels).cuda()
    if pixels.dtype == np.uint16:
        stored = stored.to(torch.uint16)
    dense = [
        None if axis.weight.shape[1] == 1 else torch.from_numpy(_dense(axis, size)).cuda()  # a copy needs no matrix
        for axis, size in zip(axes, pixels.shape, strict=False)
    ]
    gain, bias = (
        torch.from_numpy(np.array(values)).cuda().reshape(-1, *(1,) * len(axes))
        for values in (window.gain, window.bias)
    )

    def call() -> Any:
        values = stored.float().clamp(window.low, window.high) - window.low
        values = values.movedim(-1, 0) if values.ndim > len(axes) else values[None]
        for number, matrix in enumerate(dense):
            if matrix is not None:
                values = torch.tensordot(values, matrix, ([number + 1], [1])).movedim(-1, number + 1)
        return (values * gain + bias).contiguous()

    difference = float(np.abs(call().cpu().numpy() - wanted).max())
    if difference > 1e-3:
        report.fail(f"torch's result differs from Fovea's by {difference:g}")
    return torch_time(torch, call).ms


def _dense(axis: AxisWeights, length: int) -> NDArray[np.float32]:
    dense = np.zeros((axis.outputs, length), np.float32)
    rows = np.arange(axis.outputs)
    for tap in range(axis.weight.shape[1]):
        dense[rows, axis.first + tap] += axis.weight[:, tap]
    return dense
