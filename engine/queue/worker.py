"""The worker process: answers the queue of a home for its supervisor. Started by `process.WorkerProcess`.

What is light is done here, so that a decoder process starts and the heart beats while the engine is being imported;
then `engine.queue.work` does the work.
"""

from __future__ import annotations

import logging
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path

from engine.errors import FoveaError, ProgramError
from engine.journal import keep_journal
from engine.places import Home
from engine.queue.heart import Heart
from engine.queue.orders import Link, Orders, fault_message
from engine.queue.pulse import Pulse
from engine.queue.watchdog import Watchdog

_log = logging.getLogger(__name__)

_FAULT = 1


class Ending:
    """The wish that this worker ends: it is there once the supervisor hung up or is gone.

    Args:
        link: to the supervisor.
        leave: what is done where nothing was claimed yet, and so nothing has to be given back.
    """

    def __init__(self, link: Link, leave: Callable[[], None]) -> None:
        self._link = link
        self._leave = leave
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._on_wish: Callable[[], None] | None = None
        threading.Thread(target=self._listen, name="fovea-ending", daemon=True).start()

    def is_wanted(self) -> bool:
        """Whether it is there."""
        return self._wanted.is_set()

    def wait(self, timeout_s: float) -> bool:
        """Waits for it; whether it came."""
        return self._wanted.wait(timeout_s)

    def call(self, on_wish: Callable[[], None]) -> None:
        """Has something called when it comes, in another thread; at once where it came already."""
        with self._lock:
            self._on_wish = on_wish
            if not self._wanted.is_set():
                return
        on_wish()

    def _listen(self) -> None:
        while self._link.receive() is not None:
            pass
        with self._lock:
            self._wanted.set()
            on_wish = self._on_wish or self._leave
        on_wish()


def main(descriptor: int) -> int:
    """Works until the supervisor hangs up or is gone.

    Args:
        descriptor: this end of the socket.

    Returns:
        The exit status: 0 for an orderly end.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a patient's pixels
    link = Link(socket.socket(fileno=descriptor))
    told = link.receive()
    if told is None:
        return 0
    orders = Orders(**told)
    ending = Ending(link, partial(os._exit, 0))
    home = Home(Path(orders.home))
    keep_journal(home, "worker.log")
    with Watchdog(home.logs / "worker-crash.log") as watchdog:
        return serve(orders, link, ending, watchdog.feed)


def serve(orders: Orders, link: Link, ending: Ending, on_beat: Callable[[], None]) -> int:
    """Works as ordered, with signs of life; returns the exit status."""
    with closing(Pulse(Home(Path(orders.home)))) as pulse:
        heart = Heart(orders, link, pulse, on_beat)
        heart.start()
        try:
            with import_module("engine.intake.isolated.line").Line() as line:
                line.start()
                import_module("engine.queue.work").work(orders, line, pulse, heart, ending)
        except FoveaError as error:
            _log.error("The worker ends: %s", error)
            link.send(fault_message(error))
        except Exception as error:  # noqa: BLE001  # the worker's edge: the supervisor tells it, and tries again
            _log.exception("The worker ends")
            link.send(fault_message(_our_fault(error)))
        else:
            return 0
        finally:
            heart.stop()
    return _FAULT


def _our_fault(error: Exception) -> ProgramError:
    reason = f"The worker failed: {type(error).__name__}: {str(error)[:200]}"
    return ProgramError("PR-WORKER", reason, "The log of the worker has the details; report it.")


if __name__ == "__main__":
    # At once: there is nothing left to close, and the run times' own ends take long.
    os._exit(main(int(sys.argv[1])))
