"""The heart of a worker: its signs of life, to its supervisor and to whoever looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from engine.queue.orders import Link, Orders
from engine.queue.pulse import Pulse

_BEAT_S = 0.25
_TOLD_EVERY = 8
"""Beats after which the same is told again: a disk has no rest where something is written four times a second."""


class Step(Protocol):
    """How far one study is; see `engine.queue.overlap.AtWork`."""

    @property
    def arrival_id(self) -> str:
        """Which."""

    @property
    def stage(self) -> str:
        """What is done with it."""

    @property
    def share(self) -> float:
        """How much of it was looked at, 0..1."""


def nothing() -> None:
    """Does nothing."""


def nothing_at_work() -> Sequence[Step]:
    """As long as nothing is."""
    return ()


class Heart:
    """Beats from `start` to `stop`, whatever the other threads do.

    Args:
        orders: whose worker this is.
        link: to the supervisor.
        pulse: for everybody else.
        on_beat: called with each beat.
    """

    def __init__(self, orders: Orders, link: Link, pulse: Pulse, on_beat: Callable[[], None] = nothing) -> None:
        self.is_ready = False
        """Whether studies can be answered."""
        self.trouble = ""
        """What keeps it from going on at the moment."""
        self.backend = ""
        """The run time that is preferred."""
        self.at_work: Callable[[], Sequence[Step]] = nothing_at_work
        self._orders = orders
        self._link = link
        self._pulse = pulse
        self._on_beat = on_beat
        self._told: Mapping[str, Any] = {}
        self._beats = 0
        self._began_s = time.monotonic()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fovea-heart", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends, and says goodbye."""
        self._stopping.set()
        self._thread.join()
        self._pulse.leave("worker", self._orders.worker)

    def _run(self) -> None:
        """The thread."""
        while True:
            self._on_beat()
            self._beat()
            if self._stopping.wait(_BEAT_S):
                return

    def _beat(self) -> None:
        steps = self.at_work()
        progress = "".join(f"{step.arrival_id} {step.stage} {step.share:.6f};" for step in steps)
        # Getting ready is work too, and may not take for ever.
        self._link.send(
            {"ready": self.is_ready, "trouble": self.trouble, "progress": progress if self.is_ready else "-"}
        )
        self._tell(
            {
                "ready": self.is_ready,
                "trouble": self.trouble,
                "backend": self.backend,
                "began_s": self._began_s,
                "asked": {"backend": self._orders.backend, "threads": self._orders.threads},
                "at_work": [asdict(step) for step in steps],  # type: ignore[call-overload]  # they are dataclasses
            }
        )

    def _tell(self, facts: Mapping[str, Any]) -> None:
        """To everybody else; where nothing is new, less often."""
        self._beats += 1
        if facts != self._told or self._beats % _TOLD_EVERY == 0:
            self._pulse.beat("worker", self._orders.worker, facts)
            self._told = facts
