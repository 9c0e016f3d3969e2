"""One process at a time fills Numba's cache."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

LONGEST_WAIT_S = 300.0
"""Several times what compiling everything takes. Whoever holds the lock for longer hangs, and the others go on."""

_LOOK_S = 0.05


@contextmanager
def alone_in_the_cache(longest_wait_s: float = LONGEST_WAIT_S) -> Iterator[None]:
    """Waits until no other process compiles into the cache that `NUMBA_CACHE_DIR` names, but not for ever."""
    # Two processes that fill one cache at once may mix up its files: https://github.com/numba/numba/issues/4807.
    # To be removed when Numba locks its cache itself.
    named = os.environ.get("NUMBA_CACHE_DIR")
    if not named:
        yield
        return
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "warming.lock").open("a") as lock:
        until_s = time.monotonic() + longest_wait_s
        while not _taken(lock) and time.monotonic() < until_s:
            time.sleep(_LOOK_S)
        yield


def _taken(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
