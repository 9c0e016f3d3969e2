"""Asks TensorRT for RTX to build for the GPU at hand, whatever it is, to load that and to run it: what it answers.

Run: python -m tests.gpu.steps.rtx_current MODEL.onnx        one line of JSON a stage; a crash ends this process alone
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from engine.detect.tensorrt.journal import Journal
from engine.detect.tensorrt.make import find_make


def main() -> None:
    make = find_make()
    if make is None:
        tell("import", "no make of TensorRT is installed", done=False)
        return
    trt = make.load()
    tell("import", f"{make.name} {make.version}")
    journal = Journal.of(trt)
    plan = build(trt, journal, Path(sys.argv[1]).read_bytes())
    tell("build for CURRENT", f"{len(plan)} bytes" if plan else journal.cause(), done=bool(plan))
    if not plan:
        return
    journal.errors.clear()
    runtime = trt.Runtime(journal.logger)
    engine = runtime.deserialize_cuda_engine(plan)
    tell("load", "an engine" if engine else journal.cause(), done=engine is not None)
    if engine is None:
        return
    journal.errors.clear()
    context = engine.create_execution_context()
    tell("context", f"{engine.device_memory_size_v2} bytes" if context else journal.cause(), done=context is not None)


def build(trt: Any, journal: Journal, graph: bytes) -> bytes:
    """The plan; empty where there is none."""
    builder = trt.Builder(journal.logger)
    network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
    parser = trt.OnnxParser(network, journal.logger)
    if not parser.parse(graph):
        return b""
    config = builder.create_builder_config()
    config.num_compute_capabilities = 1
    if not config.set_compute_capability(trt.ComputeCapability.CURRENT, 0):
        return b""
    plan = builder.build_serialized_network(network, config)
    return b"" if plan is None else bytes(plan)


def tell(stage: str, answer: str, *, done: bool = True) -> None:
    sys.stdout.write(json.dumps({"stage": stage, "done": done, "answer": answer}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
