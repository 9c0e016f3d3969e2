"""What a batch and sleeping workers cost: `python -m tests.bench.batch`. Settled in docs/decisions/0002."""

import argparse
import itertools
import os
import statistics
import time

import numpy as np
import onnx
import onnxruntime

from engine.places import RESOURCES
from engine.registry.package import Package, read_package

THINKING_S = 0.004
"""Between two runs the product prepares, stitches and records; that work feels workers that spin."""


def main() -> int:
    """Prints ms a tile and ms of the work between, for each batch and both kinds of waiting, measured in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.batch", description=__doc__)
    parser.add_argument("--model", default="surface-pitting")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    package = read_package(RESOURCES / "models" / options.model)
    cases = [
        (batch, spin, _session(package, batch, spin, options.threads))
        for batch, spin in itertools.product((1, 2, 4, 8), (False, True))
    ]
    spent = {(batch, spin): ([], []) for batch, spin, _ in cases}
    for _ in range(options.rounds):
        for batch, spin, session in cases:
            tile_ms, between_ms = _once(session, batch, package)
            spent[batch, spin][0].append(tile_ms)
            spent[batch, spin][1].append(between_ms)
    print(
        f"{package.card.name}, onnxruntime {onnxruntime.__version__}, "
        f"{options.threads} threads, {options.rounds} rounds"
    )
    print("batch  workers   ms a tile  ms of the same numpy work right after")
    for (batch, spin), (tile_ms, between_ms) in spent.items():
        waiting = "spin" if spin else "sleep"
        print(f"{batch:5}  {waiting:8}  {statistics.median(tile_ms):9.1f}  {statistics.median(between_ms):9.1f}")
    return 0


def _session(package: Package, batch: int, spin: bool, threads: int) -> onnxruntime.InferenceSession:
    model = onnx.load_from_string(package.graph())
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_value = batch
    del model.graph.value_info[:]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "1" if spin else "0")
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _once(session: onnxruntime.InferenceSession, batch: int, package: Package) -> tuple[float, float]:
    tiles = np.zeros((batch, package.card.input.channels, *package.card.input.tile), np.float32)
    other = np.ones(1 << 20, np.float32)
    started_s = time.perf_counter()
    session.run(None, {"image": tiles})
    run_s = time.perf_counter() - started_s
    started_s = time.perf_counter()
    rounds = 0
    while time.perf_counter() - started_s < THINKING_S:
        np.sqrt(other, out=other)
        rounds += 1
    between_s = (time.perf_counter() - started_s) / rounds
    return run_s / batch * 1000.0, between_s * 1000.0


if __name__ == "__main__":
    raise SystemExit(main())
