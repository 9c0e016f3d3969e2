"""What this card copies a second: within its memory, and from the host's pinned and ordinary memory."""

from __future__ import annotations

import numpy as np

from kernels.device_arrays import copy_in, elapsed_ms, empty, new_event, new_stream, pinned, record, wait
from tests.gpu.report import Report
from tests.gpu.timing import copy_bandwidth, host_time

SHAPE = (300, 512, 512)
SMALL = (2, 16, 16)


def step(report: Report) -> None:
    """Measures with the stored values of one CT."""
    report.section("Copies")
    shape = SMALL if report.rehearsal else SHAPE
    stream, device = new_stream(), empty(shape, np.int16)
    fixed, ordinary = pinned(shape, np.int16), np.empty(shape, np.int16)
    rows = [("within the device, bytes read and written", f"{copy_bandwidth() / 1e9:.0f}", "")]
    for name, host in (("from pinned memory", fixed), ("from ordinary memory", ordinary)):
        host[...] = np.random.default_rng().integers(-32768, 32767, shape, np.int16)

        def send(host: np.ndarray = host) -> None:
            copy_in(host, device, stream)
            wait(stream)

        spent_ms = host_time(send).ms if report.rehearsal else _events_ms(host, device, stream)
        assert np.array_equal(device.copy_to_host(), host), name
        rows.append((f"{name}, a CT of {shape} int16", f"{host.nbytes / spent_ms / 1e6:.1f}", f"{spent_ms:.2f}"))
    report.table(["copy", "GB/s", "ms"], rows)


def _events_ms(host: np.ndarray, device: object, stream: object) -> float:
    spent_ms = []
    for _ in range(7):
        begin, end = new_event(), new_event()
        record(begin, stream)
        copy_in(host, device, stream)
        record(end, stream)
        wait(stream)
        spent_ms.append(elapsed_ms(begin, end))
    return float(np.median(spent_ms))
