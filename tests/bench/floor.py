"""The memory floor: how long this machine needs to read every stored byte and to write every byte of a new result."""

from collections.abc import Callable

import numpy as np

from engine.prepare.pool import RowPool

BLOCK_BYTES = 1 << 16


def moving(read_bytes: int, write_bytes: int, pool: RowPool) -> Callable[[], None]:
    """A call that copies as far as both reach, then only reads or only writes the rest, on all threads of the pool.

    The result is new memory, as every contender's is: the system's price for its pages is part of the floor.
    """
    source = np.ones((-(-read_bytes // BLOCK_BYTES), BLOCK_BYTES), np.uint8)
    blocks = -(-write_bytes // BLOCK_BYTES)

    def call() -> None:
        target = np.empty((blocks, BLOCK_BYTES), np.uint8)

        def move(block0: int, block1: int) -> None:
            both = max(block0, min(block1, len(source), blocks))
            np.copyto(target[block0:both], source[block0:both])
            target[both:block1] = 0
            for block in source[both:block1]:
                block.view(np.uint64).max()

        # Counted in float32 values, as the pool's limits are.
        pool.run(move, max(len(source), blocks), BLOCK_BYTES // 4)

    return call
