"""A process of its own for what takes long with a model, an import or a gate: the window starts it and listens.

Run times, torch and kernels are loaded there, and hold nothing up here. It ends with this process, whatever happens.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from engine.errors import Cancelled, FoveaError, ProgramError

_PROGRAM = "app.jobs.model_child"

_LOOK_S = 0.1
"""How often it is asked whether the work is still wanted."""

_CLOSING_S = 10.0
"""What a process may take to put away what it has begun."""

_READ_BYTES = 1 << 16

Message = Mapping[str, Any]


class ModelProcess:
    """One piece of work; a `with` block around it ends the process.

    Args:
        order: what to do, see `model_child`; of what JSON knows.
    """

    def __init__(self, order: Message) -> None:
        # As in engine.queue.process: this program's own modules, never those beside the working directory.
        self._process = subprocess.Popen(  # noqa: S603  # this very program
            [sys.executable, "-P", "-m", _PROGRAM],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        with suppress(OSError):  # it has ended already; how is told by `messages`
            self._stdin.write(json.dumps(order).encode() + b"\n")
            self._stdin.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Hangs up, waits until the process has put away what it began, and kills it where that takes long."""
        self._hang_up()
        self._stdout.close()
        try:
            self._process.wait(_CLOSING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    def messages(self, is_wanted: Callable[[], bool]) -> Iterator[Message]:
        """What it says, until it has said its last.

        Args:
            is_wanted: asked again and again; once it says no, the process is told, and its last word waited for.

        Raises:
            Cancelled: it ended without a last word because it was told to.
            ProgramError: PR-MODELS, it ended without a last word.
        """
        held, told = b"", False
        while True:
            if not told and not is_wanted():
                self._hang_up()
                told = True
            if not select.select([self._stdout], [], [], _LOOK_S)[0]:
                continue
            read = os.read(self._stdout.fileno(), _READ_BYTES)
            if not read:
                raise self._ended(told=told)
            *lines, held = (held + read).split(b"\n")
            for line in lines:
                message = json.loads(line)
                yield message
                if "done" in message or "fault" in message:
                    return

    @property
    def _stdin(self) -> Any:
        return self._process.stdin

    @property
    def _stdout(self) -> Any:
        return self._process.stdout

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._stdin.close()

    def _ended(self, *, told: bool) -> FoveaError:
        if told:
            return Cancelled("BU-CANCELLED", "The work with the model was cancelled.", "Begin it anew when ready.")
        return ProgramError(
            "PR-MODELS",
            f"The process that was at work with the model ended before it was done: {self._how_it_ended()}.",
            "Close other programs and try again; report it with `logs/models.log`.",
        )

    def _how_it_ended(self) -> str:
        try:
            status = self._process.wait(_CLOSING_S)
        except subprocess.TimeoutExpired:
            return "it closed its output"
        return signal.Signals(-status).name if -status in set(signal.Signals) else f"exit status {status}"
