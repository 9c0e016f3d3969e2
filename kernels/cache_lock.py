"""One process at a time fills Numba's cache."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone_in_the_cache() -> Iterator[None]:
    """Waits until no other process compiles into the cache that `NUMBA_CACHE_DIR` names."""
    # Two processes that fill one cache at once may mix up its files: https://github.com/numba/numba/issues/4807.
    # To be removed when Numba locks its cache itself.
    named = os.environ.get("NUMBA_CACHE_DIR")
    if not named:
        yield
        return
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "warming.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
