"""`python -m engine.learn.phantom --out DIR --split train --seed 1 --cases 100`: writes a set of simulated scans."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import get_args

from engine.learn.phantom.plan import LUNGS, WHOLE
from engine.learn.phantom.profile import Split
from engine.learn.phantom.write import write_set


def main() -> int:
    """Writes the set, a line a scan on stderr."""
    options = _options()
    indices = range(options.first, options.first + options.cases)
    field = WHOLE if options.whole else LUNGS
    started_s = time.perf_counter()
    size_bytes = 0
    for written in write_set(options.out, options.split, options.seed, indices, options.nodules, field):
        size_bytes += written.path.stat().st_size
        sys.stderr.write(
            f"{written.path.name}: {len(written.annotations)} nodules, {size_bytes / 1e6:.0f} MB in all, "
            f"{time.perf_counter() - started_s:.0f} s\n"
        )
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m engine.learn.phantom", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the scans and truth.json")
    parser.add_argument("--split", choices=get_args(Split), required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="index of the first case")
    parser.add_argument("--nodules", type=int, help="in each case; drawn where left out")
    parser.add_argument("--whole", action="store_true", help="the whole field of 512x512 instead of the lungs' box")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
