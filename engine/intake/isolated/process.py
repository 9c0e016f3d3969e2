"""One decoder process as its parent sees it: started, asked, watched, and killed where it takes too long."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from engine.errors import FoveaError, InputError, ProgramError
from engine.intake.isolated.channel import Channel
from engine.intake.isolated.memory import COUNTER_BYTES, SharedMemory
from engine.intake.isolated.protocol import Begins, Job
from engine.intake.limits import Limits

_log = logging.getLogger(__name__)

_PROGRAM = "engine.intake.isolated.child"

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

_START_S = 60.0
"""For the imports of a new process, on a busy machine with a cold disk."""

_STALL_S = 5.0
"""For the rest of a message that has begun."""

_LOOK_S = 0.1
"""How often a process that works is looked at, whether its work is still wanted."""

_GRACE_S = 1.0
"""What work that nobody wants any more may still take before its process is killed."""


class Child:
    """A process that decodes, for one thread of its parent: it dies with this thread as with the parent."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        ours.settimeout(_STALL_S)
        self._channel = Channel(ours, trusting=False)
        self._ready = False
        with theirs, SharedMemory.of_size(COUNTER_BYTES) as progress:
            progress.seal()
            self._progress = progress.counter()
            handed = (theirs.fileno(), progress.descriptor)
            # It finds modules where this process does, and never beside the working directory. A group of its own
            # keeps the keyboard's interrupt from it.
            self._process = subprocess.Popen(  # noqa: S603  # this very program
                [sys.executable, "-P", "-m", _PROGRAM, *map(str, (*handed, os.getpid()))],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | _ONE_THREAD,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=handed,
                process_group=0,
            )

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def do(self, job: Job, memory: SharedMemory | None, is_wanted: Callable[[], bool]) -> list[Any]:
        """Has a job done.

        Args:
            job: the work.
            memory: handed over with it.
            is_wanted: asked now and then while the process works.

        Returns:
            The results, as many as the job has names.

        Raises:
            InputError: what is wrong with a file; IN-DECODE-CRASH, IN-DECODE-TIME.
            ProgramError: PR-DECODER.
        """
        self._wait_until_ready()
        self._progress[0] = 0
        try:
            self._channel.send(job, memory)
            return self._results(job, is_wanted)
        except TimeoutError as error:  # it was stopped inside a message
            self.kill()
            raise _too_slow(self._at_work_on(job), _STALL_S) from error
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            status = self.kill()
            raise _crashed(self._at_work_on(job), status) from error

    def kill(self) -> int:
        """Ends the process at once and returns how it ended, as `subprocess` has it."""
        self._channel.close()
        try:
            self._process.wait(timeout=_LOOK_S)  # it may be ending by itself, and how is worth to know
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._process.wait()

    def interrupt(self) -> None:
        """Ends the process from any thread; the one that waits for it sees it crash."""
        self._process.kill()

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        try:
            self._ready = self._channel.receive(time.monotonic() + _START_S) is not None
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._ready = False
        if not self._ready:
            status = self.kill()
            raise ProgramError(
                "PR-DECODER",
                f"A decoder process did not start within {_START_S:g} s ({_ended(status)}).",
                "Close other programs and try again, then run `fovea doctor`.",
            )

    def _results(self, job: Job, is_wanted: Callable[[], bool]) -> list[Any]:
        """Waits for them, as long as each file has time left."""
        sizes: dict[int, int] = {}
        watch = _Watch(job.limits)
        while True:
            received = self._channel.receive(time.monotonic() + _LOOK_S)
            reply = received and received[0]
            if isinstance(reply, Begins):
                sizes[reply.number] = reply.size_bytes
            elif isinstance(reply, FoveaError):
                raise _logged(reply)
            elif isinstance(reply, list) and len(reply) == len(job.names):
                return reply
            elif reply is not None:
                raise ValueError(f"{len(job.names)} results were asked for")
            number = self._progress[0]
            if watch.is_over(number, sizes.get(number, 0), wanted=is_wanted()):
                self.kill()
                raise _too_slow(self._at_work_on(job), watch.limit_s)

    def _at_work_on(self, job: Job) -> str:
        """The file that the process read last."""
        return job.names[max(0, min(self._progress[0], len(job.names) - 1))]


class _Watch:
    """Holds a process at work against the time that its file may take."""

    def __init__(self, limits: Limits) -> None:
        self.limit_s = 0.0
        self._limits = limits
        self._number = -1
        self._began_s = 0.0

    def is_over(self, number: int, size_bytes: int, *, wanted: bool) -> bool:
        """Whether its time is over.

        Args:
            number: of the file that is being read.
            size_bytes: what is known of its size.
            wanted: somebody waits for it; otherwise it is given little time.
        """
        now_s = time.monotonic()
        if number != self._number:
            self._number, self._began_s = number, now_s
        self.limit_s = self._limits.seconds_for(size_bytes) if wanted else _GRACE_S
        return now_s - self._began_s > self.limit_s


def _too_slow(name: str, limit_s: float) -> InputError:
    return InputError(
        "IN-DECODE-TIME",
        f"{name} was not decoded within {limit_s:.0f} s, the limit for its size, and its decoder was stopped.",
        "Export it again; if other files take long too, close other programs.",
    )


def _crashed(name: str, status: int) -> InputError:
    return InputError(
        "IN-DECODE-CRASH",
        f"{name} ended the process that decoded it ({_ended(status)}).",
        "The file is most likely damaged: copy or export it again.",
    )


def _ended(status: int) -> str:
    """How a process ended, in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _logged(error: FoveaError) -> FoveaError:
    """The error itself; of a fault of ours the details go to the log, and a sentence to the person."""
    if error.code != "PR-DECODER":
        return error
    _log.error("A decoder process failed: %s", error.message)
    last = error.message.strip().rpartition("\n")[2]
    return ProgramError("PR-DECODER", f"A decoder process failed: {last[:200]}", "Report it with the log.")
