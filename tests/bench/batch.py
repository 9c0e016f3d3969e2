"""What a batch and sleeping workers cost: `python -m tests.bench.batch`. Settled in docs/decisions/0002."""

import argparse
import itertools
import os
import statistics
import threading
import time

import numpy as np
import onnx
import onnxruntime

from engine.places import RESOURCES
from engine.registry.package import Package, read_package

PAUSE_S = 0.010
"""Between two runs the product prepares, stitches and records on one thread; workers that spin use that time too."""


def main() -> int:
    """Prints ms a tile and what a neighbour gets, for each batch and both kinds of waiting, in turn."""
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
            for values, value in zip(spent[batch, spin], _once(session, batch, package), strict=True):
                values.append(value)
    print(
        f"{package.card.name}, onnxruntime {onnxruntime.__version__}, "
        f"{options.threads} threads, {options.rounds} rounds"
    )
    print("batch  workers   ms a tile  share of a core that another program gets meanwhile")
    for (batch, spin), (tile_ms, shares) in spent.items():
        waiting = "spin" if spin else "sleep"
        print(f"{batch:5}  {waiting:8}  {statistics.median(tile_ms):9.1f}  {statistics.median(shares):9.2f}")
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
    """ms a tile of one run alone, then the neighbour's share while runs and pauses follow each other."""
    tiles = np.zeros((batch, package.card.input.channels, *package.card.input.tile), np.float32)
    started_s = time.perf_counter()
    session.run(None, {"image": tiles})
    run_s = time.perf_counter() - started_s
    with _Neighbour() as neighbour:
        for _ in range(4):
            session.run(None, {"image": tiles})
            time.sleep(PAUSE_S)
    return run_s / batch * 1000.0, neighbour.share


class _Neighbour:
    """A thread that works without a pause, as a decoder or the window would: how much of a core does it get?"""

    def __enter__(self) -> "_Neighbour":
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self.share = 0.0
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        values = np.ones(1 << 18, np.float32)
        started_s = time.perf_counter()
        while not self._stop.is_set():
            np.sqrt(values, out=values)
        self.share = time.thread_time() / (time.perf_counter() - started_s)


if __name__ == "__main__":
    raise SystemExit(main())
