"""The memory floor: how long this machine needs to move as many bytes as the work reads and writes."""

from collections.abc import Callable

import numpy as np

from engine.prepare.pool import RowPool

ROW_BYTES = 1 << 16


def copying(moved_bytes: int, pool: RowPool) -> Callable[[], None]:
    """A call that reads half of the bytes and writes the other half, on all threads of the pool."""
    rows = max(1, moved_bytes // 2 // ROW_BYTES)
    source, target = np.ones((rows, ROW_BYTES), np.uint8), np.ones((rows, ROW_BYTES), np.uint8)

    def call() -> None:
        # Counted in float32 values, as the pool's limits are.
        pool.run(lambda row0, row1: np.copyto(target[row0:row1], source[row0:row1]), rows, ROW_BYTES // 4)

    return call
