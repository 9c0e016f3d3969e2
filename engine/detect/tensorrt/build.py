"""From a package's graph to a plan, in a process of its own: a builder that crashes takes nothing along."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass

from engine.detect.protocol import Precision
from engine.detect.tensorrt.make import Capability, Make, as_text
from engine.errors import BackendError

_PROGRAM = "engine.detect.tensorrt.build_child"

LIMIT_S = 1800.0
"""The full SDK times its kernels on the GPU, which takes minutes; TensorRT for RTX takes about a second."""

_ANSWER_MAX_BYTES = 4 * 1024**3
_TOLD = 500


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built.

    Args:
        make: the make that builds.
        precision: in what the network computes.
        capabilities: of the GPUs that it is for; empty for the GPU at hand alone.
    """

    make: Make
    precision: Precision
    capabilities: tuple[Capability, ...]


def build_plan(graph: bytes, order: Order, *, limit_s: float = LIMIT_S) -> bytes:
    """Builds a plan.

    Args:
        graph: the content of `model.onnx`, its hash checked.
        order: what for.
        limit_s: how long that may take.

    Raises:
        BackendError: BE-GRAPH where TensorRT cannot build the graph, with what its author can do; BE-PRECISION where it
            has no fp16 variant; BE-CAPABILITY where the make builds for no such GPU; BE-PLAN where the builder failed.
    """
    _require_capabilities(order)
    told = json.dumps(asdict(order)).encode() + b"\n"
    # As in engine.intake.isolated.process: this program's own modules, never those beside the working directory.
    with subprocess.Popen(  # noqa: S603  # this very program
        [sys.executable, "-P", "-m", _PROGRAM],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as child:
        answer = _Answer(child)
        try:
            answer.ask(told + len(graph).to_bytes(8, "big") + graph)
            if not answer.is_complete(limit_s):
                raise no_plan(order.make, f"it was stopped after {limit_s:g} s")
        finally:
            child.kill()
            answer.close()
    return _plan_of(answer.content, child.returncode, order)


class _Answer:
    """Writes to and reads from the child in threads of its own, since either can block."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self._reader = threading.Thread(target=self._read, daemon=True)
        self.content = b""

    def ask(self, question: bytes) -> None:
        """Sends the whole question; the pipe stays open, since the child ends when it closes."""
        self._reader.start()
        threading.Thread(target=self._write, args=(question,), daemon=True).start()

    def is_complete(self, wait_s: float) -> bool:
        """Waits for the child; whether it has said all that it will say."""
        self._reader.join(wait_s)
        return not self._reader.is_alive()

    def close(self) -> None:
        """Closes the pipe to a child that has ended; it may have ended before it had read all."""
        if self._child.stdin is not None:
            with suppress(OSError):
                self._child.stdin.close()

    def _write(self, question: bytes) -> None:
        if self._child.stdin is not None:
            with suppress(OSError):  # the child ended; how is told by what it answered
                self._child.stdin.write(question)
                self._child.stdin.flush()

    def _read(self) -> None:
        if self._child.stdout is not None:
            self.content = self._child.stdout.read(_ANSWER_MAX_BYTES)


def _plan_of(answer: bytes, status: int, order: Order) -> bytes:
    kind, length, content = answer[:1], int.from_bytes(answer[1:9], "big"), answer[9:]
    whole = len(content) == length > 0  # a builder that is killed can have said half of it
    if kind == b"P" and whole:
        return content
    if kind == b"E" and whole:
        told = json.loads(content)
        raise BackendError(told["code"], told["message"], told["next_step"])
    ended = signal.Signals(-status).name if status < 0 and -status in set(signal.Signals) else f"exit status {status}"
    raise no_plan(order.make, f"its process ended ({ended})")


def _require_capabilities(order: Order) -> None:
    builds = order.make.builds
    unknown = [capability for capability in order.capabilities if builds and capability not in builds]
    if unknown or (builds and not order.capabilities):
        asked = ", ".join(map(as_text, unknown)) or "none"
        raise BackendError(
            "BE-CAPABILITY",
            f"{order.make.name} {order.make.version} builds for the compute capabilities "
            f"{', '.join(map(as_text, builds))}, asked for was {asked}.",
            "Name one of these with --capability, or install the full TensorRT SDK for other cards.",
        )


def no_plan(make: Make, why: str) -> BackendError:
    """The error of a builder that failed, for whatever reason but the graph."""
    return BackendError(
        "BE-PLAN",
        f"{make.name} {make.version} built no plan: {why[:_TOLD].rstrip('.')}.",
        "The CPU answers meanwhile. Try `fovea models build` again; if it fails again, report it with the log.",
    )
