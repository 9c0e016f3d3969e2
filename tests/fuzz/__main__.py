"""`python -m tests.fuzz --seconds S --seed N`: damages real files and reads them; exit status 1 if one got no answer.

The same seed gives the same cases in the same order, as many as the time allows. `--only K` tries one of them again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path

from tests.fuzz.campaign import Campaign, Findings
from tests.fuzz.cases import case


def main() -> int:
    """Runs and prints what was found."""
    arguments = _parser().parse_args()
    numbers = [arguments.only] if arguments.only is not None else count()
    keep = arguments.keep / f"seed-{arguments.seed}"
    started_s = time.monotonic()
    end_s = started_s + arguments.seconds
    cases = (case(arguments.seed, number) for number in numbers)
    wanted = (one for one in cases if arguments.form in (None, one.form))
    with Campaign(keep) as campaign:
        campaign.run(wanted, lambda: time.monotonic() > end_s)
    _print(campaign.findings, time.monotonic() - started_s, messages=arguments.messages)
    if campaign.findings.failures:
        print(f"\nThe files and the whole of each failure are kept in {keep}.")
    return int(bool(campaign.findings.failures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to go on (600)")
    parser.add_argument("--seed", type=int, default=1, help="decides the cases (1)")
    parser.add_argument("--only", type=int, help="the number of the one case to try")
    parser.add_argument("--form", help="only this format, as the table names it")
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"), help="folder for cases that failed (out/fuzz)")
    parser.add_argument("--messages", action="store_true", help="print one reason of each code")
    return parser


def _print(findings: Findings, took_s: float, *, messages: bool) -> None:
    print(f"{'format':<26} {'files':>6} {'read':>6} {'refused':>8}")
    for form, cases in sorted(findings.cases.items()):
        read = findings.codes[form, "read"]
        refused = sum(times for (one, _), times in findings.codes.items() if one == form) - read
        print(f"{form:<26} {cases:>6} {read:>6} {refused:>8}")
    codes = Counter[str]()
    for (_, code), times in findings.codes.items():
        codes[code] += times
    print(f"\n{'code':<26} {'times':>6}")
    for code, times in codes.most_common():
        print(f"{code:<26} {times:>6}")
    if messages:
        print(*(f"\n{code}: {reason}" for code, reason in sorted(findings.samples.items())), sep="")
    print(
        f"\n{findings.cases.total():,} files in {took_s:.0f} s, {len(findings.failures)} not answered as they should be"
    )
    print(f"slowest: {findings.slowest[0]:.1f} s, {findings.slowest[1]}")
    print(f"most memory: {findings.hungriest[0] / 2**20:,.0f} MiB, {findings.hungriest[1]}")
    for failure in findings.failures:
        first, *more = failure.strip().splitlines()
        print(f"\n{first}" + (f"\n    ... {more[-1]}" if more else ""))


if __name__ == "__main__":
    sys.exit(main())
