"""A decoder process: takes jobs from the pipe to its parent and ends with it. Started by `process.Child`."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
import traceback
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from engine.errors import FoveaError, InputError, ProgramError
from engine.intake.entry import Entry
from engine.intake.isolated.channel import Channel
from engine.intake.isolated.memory import SharedMemory
from engine.intake.isolated.protocol import Begins, Job
from engine.intake.limits import Limits, mebibytes

_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

_WORTH_TELLING = 4 << 20
"""A file below this size needs no more time than every file is given."""


def main(descriptor: int, progress: int, parent: int) -> None:
    """Works off jobs until the parent closes the pipe.

    Args:
        descriptor: the child's end of the socket.
        progress: shared memory that tells the parent which file is being read.
        parent: the process that started this one.
    """
    _end_with(parent)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a patient's pixels
    channel = Channel(socket.socket(fileno=descriptor), trusting=True)
    worker = _Worker(channel, SharedMemory(progress).counter())
    import_module("engine.intake.isolated.jobs")  # all that jobs need, before the first of them is waited for
    channel.send(Begins(0, 0))
    while True:
        try:
            received = channel.receive()
        except (EOFError, OSError):
            return
        if received is not None:
            worker.do(*received)


def _end_with(parent: int) -> None:
    """Asks the system to kill this process with its parent, even while a codec spins or the process is stopped."""
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before the system was asked
        os._exit(0)


class _Worker:
    """Does jobs, each file within the memory that its size allows."""

    def __init__(self, channel: Channel, progress: memoryview) -> None:
        self._channel = channel
        self._progress = progress
        self._data_bytes = _data_bytes()
        self._allowed_bytes = 0

    def do(self, job: Job, memory: SharedMemory | None) -> None:
        """Sends all results, or the error that ends the job."""
        try:
            self._channel.send(self._results(job, memory))
        except MemoryError:
            self._channel.send(self._too_large(job))
        except InputError as refusal:
            self._channel.send(self._too_large(job) if refusal.code == "IN-MEMORY" else refusal)
        except FoveaError as error:
            self._channel.send(error)
        except Exception:  # noqa: BLE001  # the worker's edge: the parent logs it and lives on
            self._channel.send(ProgramError("PR-DECODER", traceback.format_exc()))
        finally:
            if memory is not None:
                memory.close()

    def _results(self, job: Job, memory: SharedMemory | None) -> list[object]:
        results: list[object] = []
        for result in job.results(self._announce, memory):
            results.append(result)
            self._progress[0] = len(results)
        return results

    def _announce(self, limits: Limits, entry: Entry) -> Limits:
        try:
            stored_bytes = min(entry.path.stat().st_size, limits.file_bytes)
        except (OSError, ValueError):  # reading it will say so
            stored_bytes = 0
        self._allow(limits.memory_for(stored_bytes, 0))
        self._tell(stored_bytes)

        def on_size(decoded_bytes: int) -> None:
            self._allow(max(self._allowed_bytes, limits.memory_for(stored_bytes, decoded_bytes)))
            self._tell(max(stored_bytes, decoded_bytes))

        return replace(limits, on_size=on_size)

    def _allow(self, size_bytes: int) -> None:
        """Limits the memory of this process, beside what it had before its first file and what it shares."""
        if size_bytes != self._allowed_bytes:
            self._allowed_bytes = size_bytes
            resource.setrlimit(resource.RLIMIT_DATA, (self._data_bytes + size_bytes, resource.RLIM_INFINITY))

    def _tell(self, size_bytes: int) -> None:
        if size_bytes >= _WORTH_TELLING:
            self._channel.send(Begins(self._progress[0], size_bytes))

    def _too_large(self, job: Job) -> InputError:
        name = job.names[min(self._progress[0], len(job.names) - 1)]
        return InputError(
            "IN-MEMORY",
            f"{name} needs more memory than is free, or than the {mebibytes(self._allowed_bytes)} that a file of its "
            "size may take.",
            "Close other programs, or export the picture at a smaller size.",
        )


def _data_bytes() -> int:
    """What counts towards RLIMIT_DATA so far: private memory that can be written (proc(5), statm)."""
    pages = Path("/proc/self/statm").read_text("ascii").split()
    return int(pages[5]) * resource.getpagesize()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
