"""`python -m tests.crash --rounds N --seed S`: kills, fills the disk, starts again; exit status 1 if a file was not
answered exactly once and right, the database is not sound, or a process is left.

The same seed gives the same rounds. `--only K` plays one of them again, alone; `--first K` goes on with a run that was
stopped before that one, on a fresh site.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.crash.campaign import Campaign, Findings
from tests.crash.plan import plan
from tests.crash.small_disk import enter_own_mounts


def main() -> int:
    """Runs and prints what was found."""
    arguments = _parser().parse_args()
    enter_own_mounts([sys.executable, "-m", "tests.crash", *sys.argv[1:]])
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".cache" / "numba"))
    numbers = range(arguments.first, arguments.rounds) if arguments.only is None else [arguments.only]
    began_s = time.monotonic()
    folder = arguments.keep.absolute() / f"seed-{arguments.seed}"
    is_stopped = False
    with Campaign(folder) as campaign:
        findings = campaign.findings
        try:
            campaign.run(plan(arguments.seed, number) for number in numbers)
        except KeyboardInterrupt:
            is_stopped = True
            print(f"stopped in a round; `--first {numbers[0] + findings.rounds}` goes on there")
    _print(findings, time.monotonic() - began_s)
    if findings.failures:
        print(f"\nThe home, the files and what was printed are kept in {folder}.")
    return int(is_stopped or bool(findings.failures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how many (200)")
    parser.add_argument("--seed", type=int, default=1, help="decides what happens in them (1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one to play (0)")
    parser.add_argument("--only", type=int, help="the number of the one round to play")
    parser.add_argument("--keep", type=Path, default=Path("out/crash"), help="folder for what failed (out/crash)")
    return parser


def _print(findings: Findings, took_s: float) -> None:
    print(f"{findings.rounds} rounds in {took_s:.0f} s, {findings.files} files")
    print("killed: " + ", ".join(f"{victim} {times}" for victim, times in sorted(findings.killed.items())))
    print(f"disk full: {findings.full} times" if findings.full else "disk full: never (no small disk could be mounted)")
    print(f"answered at the latest {findings.slowest_s:.1f} s after a round's last blow")
    print(f"{len(findings.failures)} failures")
    for failure in findings.failures:
        print(f"  {failure}")


if __name__ == "__main__":
    sys.exit(main())
