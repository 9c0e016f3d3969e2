"""What a supervisor tells its worker, and what the worker says in return: messages over a socket between the two.

The socket is also the bond between them: when it closes, the other end is gone.
"""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

import engine.errors
from engine.errors import FoveaError, ProgramError

_MESSAGE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Orders:
    """How a worker is to work.

    Args:
        home: the folder that holds all state.
        resources: the folder of the bundled models.
        worker: its name, which its leases are given to.
        backend: name of a run time; None takes the best that works here.
        threads: CPU threads; None takes all that it may use.
        seen: how the worker before it ended, where it died; empty otherwise.
    """

    home: str
    resources: str
    worker: str
    backend: str | None = None
    threads: int | None = None
    seen: str = ""

    def message(self) -> Mapping[str, Any]:
        """As it is sent."""
        return asdict(self)


class Link:
    """One end of the socket. One thread reads it, any may write to it.

    Args:
        connection: of the Unix family, in packets, so that a message is sent as a whole or not; closed by `close`.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    @classmethod
    def pair(cls) -> tuple[Link, socket.socket]:
        """An end for this process, and one to hand over."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return cls(ours), theirs

    def send(self, message: Mapping[str, Any]) -> bool:
        """Sends a message; False where the other end does not take any at the moment, or is gone."""
        try:
            self._socket.send(json.dumps(message).encode("ascii"), socket.MSG_DONTWAIT)
        except OSError:
            return False
        return True

    def receive(self, timeout_s: float | None = None) -> Mapping[str, Any] | None:
        """The next message.

        Args:
            timeout_s: how long to wait for it; None waits for ever.

        Returns:
            Empty where the time is over; None where the other end is gone.
        """
        try:
            if not select.select([self._socket], [], [], timeout_s)[0]:
                return {}
            received = self._socket.recv(_MESSAGE_BYTES)
        except OSError:
            return None
        message: Mapping[str, Any] | None = json.loads(received) if received else None
        return message

    def hang_up(self) -> None:
        """Says that nothing more is wanted; what the other end still says can be read."""
        with suppress(OSError):  # it is gone already
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()


def fault_message(error: FoveaError) -> dict[str, Any]:
    """An error as it is sent."""
    return {"fault": [type(error).__name__, error.code, error.message, error.next_step]}


def fault_of(message: Mapping[str, Any]) -> FoveaError | None:
    """The error in a message; None where it carries none."""
    if (told := message.get("fault")) is None:
        return None
    name, code, sentence, next_step = told
    kind = getattr(engine.errors, name, ProgramError)
    return kind(code, sentence, next_step)
