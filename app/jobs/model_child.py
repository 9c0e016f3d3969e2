"""The process that imports a package or asks the gate: one order from its pipe, steps and a last word back.

Started by `model_process`; nothing of Qt is imported here. An order that is not wanted any more, since whoever gave it
hung up or is gone, ends at the next step of an import, which puts away what it copied, and at once for a gate, which
has nothing to put away.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from engine.clock import SystemClock
from engine.detect.choose import backends, working_backends
from engine.detect.protocol import Backend
from engine.domain.operator import Operator, Role
from engine.errors import Cancelled, FoveaError, ModelError, ProgramError
from engine.evaluate.time_left import TimeLeft
from engine.journal import keep_journal
from engine.operators.session import Session
from engine.pipeline import Bench
from engine.places import Home
from engine.queue.orders import fault_message
from engine.registry.activate import import_package
from engine.registry.gate import Gate
from engine.registry.imports import ImportRefusedError, Step
from engine.registry.shelf import Shelf
from engine.store.database import open_store

_log = logging.getLogger(__name__)

LAST_STEP = "shelf"
"""After this step an import is done, and cannot be cancelled any more."""

Order = Mapping[str, Any]
Tell = Callable[[Mapping[str, Any]], None]


def main() -> None:
    """Does what is ordered: JSON lines with `step` or `image`, and last with `done` or `fault`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a patient's pixels
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what the libraries print is no part of the answer
    order = json.loads(sys.stdin.buffer.readline())
    keep_journal(Home(Path(order["home"])), "models.log")
    unwanted = threading.Event()
    threading.Thread(target=_listen, args=(unwanted, order["work"]), daemon=True).start()

    def tell(message: Mapping[str, Any]) -> None:
        _write(answers, message)

    try:
        tell({"done": _WORK[order["work"]](order, tell, unwanted.is_set)})
    except FoveaError as error:
        tell(fault_message(_plain(error)))
    except Exception as error:  # noqa: BLE001  # the process's edge: the window tells, and lives on
        _log.exception("Work with a model failed")
        reason = f"Background work failed: {type(error).__name__}: {str(error)[:200]}."
        tell(fault_message(ProgramError("PR-JOB", reason, "Report it with the log.")))
    os._exit(0)  # the run times' own ends take long


def bring_in(order: Order, tell: Tell, unwanted: Callable[[], bool]) -> Mapping[str, Any]:
    """Imports a package, as `engine.registry.activate.import_package`.

    Args:
        order: `home`, `backend`, `threads`; `path` and `because`; `operator` and `role` of who may do so.
        tell: gets each step.
        unwanted: whether nobody waits for it any more.

    Raises:
        FoveaError: what the engine raises.
    """
    home = Home(Path(order["home"]))

    def told(step: Step) -> None:
        tell({"step": asdict(step)})
        if step.passed and step.name != LAST_STEP and unwanted():
            raise Cancelled("BU-CANCELLED", f"Cancelled after the step '{step.name}'.", "Import it again when ready.")

    table = backends(home)
    candidates = table if order["backend"] is None else working_backends(order["backend"], table)
    role = None if order["role"] is None else Role(order["role"])
    with open_store(home, SystemClock()) as store:
        imported = import_package(
            store,
            Session(Operator(order["operator"], role)),
            Path(order["path"]),
            candidates,
            unsigned_because=order["because"],
            threads=order["threads"],
            on_step=told,
        )
    return {"record": imported.record.held(), "path": str(imported.path)}


def ask_gate(order: Order, tell: Tell, _unwanted: Callable[[], bool]) -> Mapping[str, Any]:
    """Has a version judged; who answers is not changed here.

    Args:
        order: `home`, `resources`, `backend`, `threads`; `judged` and `answering`, hashes of packages.
        tell: gets how many images are done.

    Raises:
        FoveaError: what the engine raises.
    """
    home, left = Home(Path(order["home"])), TimeLeft()
    shelf = Shelf.of(home, Path(order["resources"]))
    known = {package.card.hash: package for package in shelf.packages}
    candidates: tuple[Backend, ...] = working_backends(order["backend"], backends(home))

    def told(done: int, of: int) -> None:
        tell({"image": [done, of, left.after(done, of)]})

    with Bench.open(shelf, home=home, backend=order["backend"], threads=order["threads"]) as bench:
        lines = Gate(home, bench, candidates, told).judge(known[order["judged"]], known.get(order["answering"]))
    return {"lines": [asdict(line) for line in lines]}


GATE, IMPORT = "gate", "import"
_WORK: Mapping[str, Callable[[Order, Tell, Callable[[], bool]], Mapping[str, Any]]] = {GATE: ask_gate, IMPORT: bring_in}


def _listen(unwanted: threading.Event, work: str) -> None:
    sys.stdin.buffer.read(1)
    unwanted.set()
    if work == GATE:
        os._exit(1)


def _write(answers: TextIO, message: Mapping[str, Any]) -> None:
    try:
        answers.write(f"{json.dumps(message)}\n")
        answers.flush()
    except OSError:
        _log.info("Nobody listens any more")


def _plain(error: FoveaError) -> FoveaError:
    """A refusal of an import carries its record, which the window has been told already."""
    return ModelError(error.code, error.message, error.next_step) if isinstance(error, ImportRefusedError) else error


if __name__ == "__main__":
    main()
