"""`make gpu-check`: everything that needs a GPU, in one run of at most eight minutes, which writes docs/gpu-figures.md.

Run: python -m tests.gpu                 on a machine with an NVIDIA GPU
     python -m tests.gpu --out FILE      writes the page elsewhere
     NUMBA_ENABLE_CUDASIM=1 python -m tests.gpu --rehearse    the same steps in the simulator, tiny, writing nothing

It needs Python 3.11 or 3.12, what Fovea needs to run, numba-cuda and pytest; torch with CUDA, CuPy and TensorRT for RTX
add their figures where they are installed. Each step is a module of `tests/gpu/steps` with `step(report)`; a step that
raises is noted as failed, and the run goes on.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
import traceback
from pathlib import Path

from engine.detect.device.probe import probe_gpus
from tests.gpu.lane import lane_here
from tests.gpu.report import Report

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gpu-figures.md"

STEPS = ("twins", "transfers", "preparing", "decoding", "device", "tensorrt", "parity")

LIMIT_S = 480
"""A step is not begun after this time: what a machine lent for minutes has found must be written down in time."""


def main() -> int:
    options = _options()
    # As for the tests, and before numba is imported: what one step compiled, the next ones find.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(PAGE.parents[1] / ".cache" / "numba"))
    lane = lane_here()
    if lane.name != ("simulator" if options.rehearse else "device"):
        wanted = "the simulator (NUMBA_ENABLE_CUDASIM=1)" if options.rehearse else "a GPU"
        sys.stderr.write(f"This run needs {wanted}, and twins run in the lane '{lane.name}': {lane.reason}\n")
        return 2
    started_s = time.monotonic()
    report = Report(lane, *_card())
    for name in STEPS:
        _run(name, report, time.monotonic() - started_s)
    page = report.page(time.monotonic() - started_s)
    if options.rehearse:
        sys.stdout.write(page)
    else:
        options.out.write_text(page)
        sys.stdout.write(f"{page}\nwritten to {options.out}\n")
    return 1 if report.failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.gpu", description=__doc__.splitlines()[0])
    parser.add_argument("--rehearse", action="store_true", help="runs the steps in the simulator and writes nothing")
    parser.add_argument("--out", type=Path, default=PAGE, help="the page (default: docs/gpu-figures.md)")
    return parser.parse_args()


def _card() -> tuple[str, str]:
    table = probe_gpus()
    if not table.gpus:
        return f"none: {table.why_none}", "none"
    gpu = table.gpus[0]
    memory = f"{gpu.memory_bytes / 2**30:.0f} GiB"
    return f"{gpu.name}, {gpu.target}, {memory}", f"{gpu.driver}, for CUDA {gpu.cuda[0]}.{gpu.cuda[1]}"


def _run(name: str, report: Report, spent_s: float) -> None:
    if spent_s > LIMIT_S:
        report.fail(f"step {name} was not begun: {spent_s:.0f} s had passed (limit {LIMIT_S} s)")
        return
    sys.stderr.write(f"{spent_s:6.1f} s  {name}\n")
    try:
        importlib.import_module(f"tests.gpu.steps.{name}").step(report)
    except Exception as error:  # noqa: BLE001  # one part that fails must not cost the figures of the others
        traceback.print_exc()
        report.fail(f"step {name}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    sys.exit(main())
