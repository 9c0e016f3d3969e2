"""The one worker of a home: it holds the lock, says in it who it is, and takes it from one that does not end."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from engine.errors import FoveaError
from engine.places import Home
from engine.queue.locks import Lock, note_of, taken, worker_lock

_log = logging.getLogger(__name__)

_PATIENCE_S = 30.0
"""For a worker whose supervisor is gone to come to the end of its tile; after that it is killed."""

_LOOK_S = 0.1
_ENDED = "ended"


@contextmanager
def only_worker(home: Home) -> Iterator[Lock]:
    """Holds the worker's lock. A worker whose supervisor is gone is waited for, and killed where it does not end."""
    patient_until_s = time.monotonic() + _PATIENCE_S
    while True:
        with taken(worker_lock(home)) as lock:
            if lock is not None:
                yield lock
                return
        if time.monotonic() > patient_until_s:
            _kill(note_of(worker_lock(home)))
        time.sleep(_LOOK_S)


@contextmanager
def noted(lock: Lock, worker: str) -> Iterator[None]:
    """Says in the lock who works, so that it can be killed, and at an end in good order that it was one.

    So is an end for a reason that has a name, such as a damaged database: no study is to blame for it.
    """
    who = f"{worker} {os.getpid()} {started_at(os.getpid())}"
    with suppress(OSError):
        lock.note(who)
    with ExitStack() as in_good_order:
        in_good_order.callback(_note_end, lock, who)
        try:
            yield
        except FoveaError:
            raise
        except BaseException:
            in_good_order.pop_all()
            raise


def _note_end(lock: Lock, who: str) -> None:
    with suppress(OSError):
        lock.note(f"{who} {_ENDED}")


def ended_well(lock: Lock) -> str:
    """The name of the worker before, where it ended in good order."""
    name, *_, last = (lock.read() or " ").split(" ")
    return name if last == _ENDED else ""


def _kill(note: str) -> None:
    """Kills the process of a note, unless its number belongs to another by now."""
    match note.split(" "):
        case [_, pid, started, *_] if pid.isdigit() and started_at(int(pid)) == started:
            _log.warning("The worker %s of another supervisor does not end and is killed", pid)
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def started_at(pid: int) -> str:
    """When a process was started, in clock ticks since the machine was (proc_pid_stat(5), field 22); empty if gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
