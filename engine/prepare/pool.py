"""The engine's own threads for the kernels: rows are split by their number and length, never by the thread count."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

SERIAL_BELOW_VALUES = 1_000_000
"""Waking idle threads takes up to 1.9 ms, as long as a kernel needs for about a megapixel."""

CHUNK_VALUES = 1 << 18
"""A megabyte of float32: long beside the 10 microseconds of handing it out and beside what the kernel for volumes makes
twice where a chunk begins, and still a dozen chunks for a tile of 1024x1024 RGB."""

RowRange = Callable[[int, int], None]


def usable_cores() -> int:
    """Cores that this process may run on; containers and `taskset` give fewer than the machine has."""
    return len(os.sched_getaffinity(0))


class RowPool:
    """Runs a kernel over row ranges on several threads. Used as a context; the threads end with it.

    Args:
        threads: how many work at once, the calling one included; None for every usable core.
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = usable_cores() if threads is None else max(1, threads)
        self._helpers = ThreadPoolExecutor(self.threads - 1, "fovea-rows") if self.threads > 1 else None

    def __enter__(self) -> RowPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the threads; afterwards everything runs on the calling one."""
        if self._helpers is not None:
            self._helpers.shutdown()
            self._helpers = None

    def run(self, work: RowRange, rows: int, values_a_row: int) -> None:
        """Calls `work(row0, row1)` until every row was done once.

        Args:
            work: releases the interpreter lock, and gives the same for every split of the rows.
            rows: how many there are.
            values_a_row: how many values each writes; decides the split.

        Raises:
            Exception: what `work` raised; some rows are left undone then.
        """
        if self._helpers is None or rows * values_a_row < SERIAL_BELOW_VALUES:
            work(0, rows)
            return
        chunks = iter(row_chunks(rows, values_a_row))
        helpers = [self._helpers.submit(_drain, work, chunks) for _ in range(self.threads - 1)]
        try:
            _drain(work, chunks)
        finally:
            for _ in chunks:  # after an error here, the helpers find nothing left
                pass
            # What has not woken up by now is not needed any more, and must not be waited for.
            begun = [helper for helper in helpers if not helper.cancel()]
            errors = [error for helper in begun if (error := helper.exception()) is not None]
        if errors:
            raise errors[0]


def row_chunks(rows: int, values_a_row: int) -> list[tuple[int, int]]:
    """Ranges that cover all rows in order, each about `CHUNK_VALUES` long."""
    step = max(1, CHUNK_VALUES // max(1, values_a_row))
    edges = itertools.chain(range(0, rows, step), [rows])
    return list(itertools.pairwise(edges))


def _drain(work: RowRange, chunks: Iterator[tuple[int, int]]) -> None:
    # A list's iterator hands out each item once, whichever thread asks: taking the next is one step of the interpreter.
    for row0, row1 in chunks:
        work(row0, row1)
