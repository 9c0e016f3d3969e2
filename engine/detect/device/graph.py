"""Work recorded once and launched many times as one CUDA graph, by the driver's own calls."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from engine.errors import BackendError

_LIBRARY = "libcuda.so.1"

_RELAXED = 2
"""CU_STREAM_CAPTURE_MODE_RELAXED: other threads, and calls that queue nothing, go on as if nothing were recorded."""


class NotRecorded(Exception):  # noqa: N818  # not an error: the work is queued call by call instead
    """The driver or a library cannot put this work into a graph."""


class Graph:
    """Recorded work, ready to be launched on the stream that it was recorded from."""

    def __init__(self, driver: Any, executable: ctypes.c_void_p, stream: ctypes.c_void_p) -> None:
        self._driver = driver
        self._executable = executable
        self._stream = stream

    def launch(self) -> int:
        """Queues all of it; the driver's status, 0 for success."""
        status: int = self._driver.cuGraphLaunch(self._executable, self._stream)
        return status

    def close(self) -> None:
        """Frees it; work that was launched is finished nevertheless. May be called after the GPU was lost."""
        self._driver.cuGraphExecDestroy(self._executable)


def record(stream: int, work: Callable[[], None], open_library: Callable[[str], Any] = ctypes.CDLL) -> Graph:
    """Records what `work` queues on a stream, and runs none of it.

    Args:
        stream: the driver's number of a stream that is not the default one.
        work: queues on it, with the same arguments as every launch shall have; has run before, so that nothing is
            compiled or loaded while it is recorded.
        open_library: replaceable in tests.

    Raises:
        NotRecorded: it cannot be recorded; the stream is as it was.
    """
    driver, handle = open_library(_LIBRARY), ctypes.c_void_p(stream)
    graph, executable = ctypes.c_void_p(), ctypes.c_void_p()
    _require(driver.cuStreamBeginCapture_v2(handle, _RELAXED), "recording does not begin")
    refused: BackendError | None = None
    try:
        work()
    except BackendError as error:
        refused = error
    finally:
        # Whatever happened, the stream must leave its recording state: it would refuse all further work.
        ended = driver.cuStreamEndCapture(handle, ctypes.byref(graph))
    try:
        if refused is not None:
            raise NotRecorded(refused.message) from refused
        _require(ended, "what was queued cannot be recorded")
        _require(
            driver.cuGraphInstantiateWithFlags(ctypes.byref(executable), graph, ctypes.c_ulonglong(0)),
            "the recording cannot be made ready",
        )
    finally:
        if graph.value:
            driver.cuGraphDestroy(graph)
    return Graph(driver, executable, handle)


def _require(status: int, what: str) -> None:
    if status:
        raise NotRecorded(f"{what} (CUDA error {status})")
