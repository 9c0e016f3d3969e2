"""`python -m tests.soak --minutes M`: full load for so long; exit status 1 if memory, descriptors or latency grew."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.soak.run import soak


def main() -> int:
    """Runs and prints what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long (30)")
    parser.add_argument("--seed", type=int, default=1, help="decides which files come when (1)")
    parser.add_argument("--keep", type=Path, default=Path("out/soak"), help="folder for it, emptied before (out/soak)")
    arguments = parser.parse_args()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".cache" / "numba"))
    folder = arguments.keep.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    soaked = soak(folder, arguments.minutes * 60.0, arguments.seed)
    print(f"{soaked.answers} answers in {soaked.seconds:.0f} s, {soaked.answers / soaked.seconds * 60:.0f} a minute")
    print(f"{'':<34} {'first':>10} {'last third':>10} {'limit':>10}")
    print(*soaked.held, sep="\n")
    print(*(f"FAILED: {failure}" for failure in soaked.failures), sep="\n")
    return int(not soaked.is_kept)


if __name__ == "__main__":
    sys.exit(main())
