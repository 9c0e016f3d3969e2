"""The process that builds a plan: one order and one graph from its pipe, one answer back. Started by `build`."""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any, BinaryIO

import onnx

from engine.detect.tensorrt.build import Order, no_plan
from engine.detect.tensorrt.graph_check import Obstacle, refusal, require_buildable
from engine.detect.tensorrt.journal import Journal
from engine.detect.tensorrt.make import Make
from engine.detect.tensorrt.precision import in_half
from engine.errors import FoveaError

_FLAGS = ("STRICT_NANS", "REQUIRE_USER_ALLOCATION")
"""NaN is not optimised away; and a CUDA graph can hold the network. Not every version knows both."""


def main() -> None:
    """Answers `P`, a length and the plan, or `E`, a length and the error as JSON."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the libraries print is no part of the answer
    told = json.loads(sys.stdin.buffer.readline())
    order = _order(told)
    graph = sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), "big"))
    threading.Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    try:
        kind, content = b"P", build(graph, order)
    except FoveaError as error:
        kind, content = b"E", _told(error)
    except Exception as error:  # noqa: BLE001  # the process's edge: its parent tells, and lives on
        kind, content = b"E", _told(no_plan(order.make, f"{type(error).__name__}: {str(error)[:300]}"))
    answers.write(kind + len(content).to_bytes(8, "big") + content)
    answers.flush()
    os._exit(0)  # TensorRT's own clean-up is not waited for


def build(graph: bytes, order: Order) -> bytes:
    """Builds a plan in this very process.

    Args:
        graph: the content of `model.onnx`.
        order: what for.

    Raises:
        BackendError: as `build.build_plan`.
    """
    trt = order.make.load()
    journal = Journal.of(trt)
    builder = trt.Builder(journal.logger)
    if builder is None:
        raise no_plan(order.make, journal.cause())
    network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
    parser = trt.OnnxParser(network, journal.logger)
    model = onnx.load_from_string(graph)
    require_buildable(model, order.capabilities, order.precision, supported=parser.supports_operator)
    if not parser.parse(in_half(graph) if order.precision == "fp16" else graph):
        raise refusal([_obstacle(parser.get_error(number)) for number in range(parser.num_errors)])
    plan = builder.build_serialized_network(network, _config(builder, trt, order))
    if plan is None:
        raise no_plan(order.make, journal.cause())
    return bytes(plan)


def _config(builder: Any, trt: Any, order: Order) -> Any:
    config = builder.create_builder_config()
    # TF32 would cut fp32 down to 11 bits; what is stated is what is computed.
    config.clear_flag(trt.BuilderFlag.TF32)
    for name in _FLAGS:
        if (flag := getattr(trt.BuilderFlag, name, None)) is not None:
            config.set_flag(flag)
    if order.make.builds:
        config.num_compute_capabilities = len(order.capabilities)
        for number, (major, minor) in enumerate(order.capabilities):
            config.set_compute_capability(getattr(trt.ComputeCapability, f"SM{major}{minor}"), number)
    return config


def _obstacle(error: Any) -> Obstacle:
    what = f"is refused by the parser: {' '.join(error.desc().split())[:200]}"
    remedy = "Export the model with plain ONNX operators."
    return Obstacle(error.node_name() or "?", error.node_operator() or "node", what, remedy)


def _told(error: FoveaError) -> bytes:
    told = {"code": error.code, "message": error.message, "next_step": error.next_step}
    return json.dumps(told).encode()


def _order(told: dict[str, Any]) -> Order:
    make = told["make"]
    builds = tuple((major, minor) for major, minor in make["builds"])
    capabilities = tuple((major, minor) for major, minor in told["capabilities"])
    return Order(Make(make["name"], make["module"], make["version"], builds), told["precision"], capabilities)


def _end_with(parent: BinaryIO) -> None:
    """Ends this process with the one that started it: its end of the pipe closes."""
    parent.read(1)
    os._exit(1)


if __name__ == "__main__":
    main()
