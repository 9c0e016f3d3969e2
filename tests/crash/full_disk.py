"""`python -m tests.crash.full_disk DIR`: fills the home's disk under a running site, and frees it again.

A program of its own, because it starts anew where it may mount a small disk. Exit status 0 if all is as
docs/operations.md says, 1 if not, 77 where the system lets nobody mount.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.crash.answers import problems_of_the_answers, problems_of_the_record, wait_for_answers
from tests.crash.files import throw_in
from tests.crash.site import TINY_MODEL, Site
from tests.crash.small_disk import SmallDisk, enter_own_mounts

NOT_ALLOWED = 77
ALARM = 3

_ANSWER_S = 60.0
_FULL_S = 5.0


def main() -> int:
    """Plays it and prints what is wrong."""
    enter_own_mounts([sys.executable, "-m", "tests.crash.full_disk", *sys.argv[1:]])
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".cache" / "numba"))
    with Site.open(Path(sys.argv[1]), [("--model", TINY_MODEL, "--budget", "3600")]) as site:
        if site.disk is None:
            return NOT_ALLOWED
        problems = list(_problems(site, site.disk))
    print(*problems, sep="\n")
    return int(bool(problems))


def _problems(site: Site, disk: SmallDisk) -> Iterator[str]:
    site.install_tiny_model()
    folder = site.watched[0].folder
    site.start()
    thrown_in = throw_in(folder, "before-1.png", "before-2.png")
    yield from wait_for_answers(site.home, thrown_in, _ANSWER_S)

    disk.fill()
    meanwhile = throw_in(folder, *(f"meanwhile-{number}.png" for number in range(6)))
    time.sleep(_FULL_S)
    told = site.told("status", "--json")
    if told.returncode != ALARM or "disk-low" not in told.stdout:
        yield f"with a full disk status exits {told.returncode} and says: {told.stdout}{told.stderr}"
    if any(one.watcher is None or one.watcher.poll() is not None for one in site.watched):
        yield "the watcher has ended"

    disk.free()
    thrown_in |= meanwhile
    yield from (f"{path} has no answer" for path in wait_for_answers(site.home, thrown_in, _ANSWER_S))
    yield from (f"left: {process}" for process in site.stop())
    yield from problems_of_the_answers(site.home, thrown_in)
    yield from problems_of_the_record(site.home)


if __name__ == "__main__":
    sys.exit(main())
