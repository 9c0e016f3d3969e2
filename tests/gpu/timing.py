"""Times work on a device by its own events, and the card's copy bandwidth, which every other figure stands beside."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.detect.device.graph import record as record_graph
from kernels.cuda_compiled import simulated
from kernels.device_arrays import Stream, elapsed_ms, empty, handle, new_event, new_stream, record, wait, zeros

ROUNDS = 15
COPY_BYTES = 1 << 30

Work = Callable[[Stream], None]


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians over the rounds.

    Args:
        ms: one call, on the device.
        spread_ms: between the fastest and the slowest round; smaller differences say nothing.
    """

    ms: float
    spread_ms: float


def device_time(work: list[Work]) -> Timed:
    """How long the device needs for one call.

    The calls are recorded into one graph, so that the host's time to put each into the stream does not count.

    Args:
        work: calls that do the same on arrays of their own, together larger than the card's cache.
    """
    stream = new_stream()
    if simulated():
        return host_time(lambda: work[0](stream), rounds=1)
    for call in work:  # compiles, loads, and shows faults where they are
        call(stream)
    wait(stream)

    def all_calls() -> None:
        for call in work:
            call(stream)

    graph = record_graph(handle(stream), all_calls)
    spent_ms = []
    for _ in range(ROUNDS + 2):
        begin, end = new_event(), new_event()
        record(begin, stream)
        status = graph.launch()
        record(end, stream)
        wait(stream)
        if status:
            raise RuntimeError(f"the driver refused a graph with {status}")
        spent_ms.append(elapsed_ms(begin, end) / len(work))
    graph.close()
    return _timed(spent_ms[2:])


def torch_time(torch: Any, call: Callable[[], Any]) -> Timed:
    """How long torch's work on the device takes, recorded into a graph where it can be."""
    for _ in range(3):
        call()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        call()
    spent_ms = []
    for _ in range(ROUNDS + 2):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        begin.record()
        graph.replay()
        end.record()
        torch.cuda.synchronize()
        spent_ms.append(begin.elapsed_time(end))
    return _timed(spent_ms[2:])


def host_time(call: Callable[[], Any], rounds: int = 5) -> Timed:
    """How long the CPU takes, by the clock."""
    if rounds > 1:
        call()
    spent_ms = []
    for _ in range(rounds):
        started_s = time.perf_counter()
        call()
        spent_ms.append((time.perf_counter() - started_s) * 1e3)
    return _timed(spent_ms)


def copy_bandwidth() -> float:
    """Bytes read and written a second by a copy from the device to itself."""
    size_bytes = 1 << 16 if simulated() else COPY_BYTES
    source, target = zeros((size_bytes,), "uint8"), empty((size_bytes,), "uint8")
    timed = device_time([lambda stream: target.copy_to_device(source, stream=stream)])
    return 2.0 * size_bytes / (timed.ms / 1e3)


def _timed(spent_ms: list[float]) -> Timed:
    return Timed(statistics.median(spent_ms), max(spent_ms) - min(spent_ms))
