"""Percentiles of a study's own pixels: the window of images that have no fixed scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.prepare.pool import RowPool
from kernels.percentiles import BINS, count_halves, count_values, value_of

Counts = NDArray[np.int64]


class Counter(Protocol):
    """Counts the stored values of an image, wherever they lie."""

    @property
    def form(self) -> np.dtype[Any]:
        """uint8, uint16, int16 or float32."""

    def values(self) -> Counts:
        """(65536,) int64; see `kernels.percentiles.count_values`."""

    def halves(self, leading: Sequence[int]) -> Counts:
        """(len(leading), 65536) int64; see `kernels.percentiles.count_halves`."""


class PoolCounter:
    """Counts on the row pool.

    Args:
        pixels: uint8, uint16, int16 or float32, C order.
        pool: the count does not depend on its threads.
    """

    def __init__(self, pixels: NDArray[Any], pool: RowPool) -> None:
        self.form = pixels.dtype
        self._pixels = pixels
        self._pool = pool

    def values(self) -> Counts:
        return _counted(self._pixels, count_values, (BINS,), self._pool)

    def halves(self, leading: Sequence[int]) -> Counts:
        return _counted(self._pixels, lambda part: count_halves(part, leading), (len(leading), BINS), self._pool)


def percentiles(counter: Counter, shares: Sequence[float]) -> list[float]:
    """The values below which the given shares of the pixels lie, linear between neighbouring ranks.

    The ranks are exact. All channels count together; NaN and infinite values do not count. Without any number the
    answer is 0.

    Args:
        counter: of the pixels.
        shares: in percent, 0..100.
    """
    counts = counter.values()
    total = int(counts.sum())
    if total == 0:
        return [0.0] * len(shares)
    places = [share / 100.0 * (total - 1) for share in shares]
    ranks = sorted({rank for place in places for rank in (math.floor(place), math.ceil(place))})
    if counter.form == np.float32:
        value = dict(zip(ranks, _floats_at(ranks, counts, counter), strict=True))
    else:
        lowest = np.iinfo(counter.form).min
        value = {rank: float(bin_ + lowest) for rank, (bin_, _) in zip(ranks, _bins_at(ranks, counts), strict=True)}
    return [_between(value[math.floor(place)], value[math.ceil(place)], place % 1.0) for place in places]


def _between(low: float, high: float, share: float) -> float:
    return low * (1.0 - share) + high * share


def _bins_at(ranks: Sequence[int], counts: Counts) -> list[tuple[int, int]]:
    """For each rank (0 is the lowest value) the bin that holds it, and its rank within that bin."""
    through = np.cumsum(counts)
    bins = np.searchsorted(through, ranks, side="right")
    return [(int(bin_), rank - int(through[bin_] - counts[bin_])) for bin_, rank in zip(bins, ranks, strict=True)]


def _floats_at(ranks: Sequence[int], counts: Counts, counter: Counter) -> list[float]:
    """Values at ranks: the leading half of each says in which few bins the trailing halves are to be counted."""
    found = _bins_at(ranks, counts)
    leading = sorted({bin_ for bin_, _ in found})
    halves = counter.halves(leading)
    return [float(value_of(bin_, _bins_at([within], halves[leading.index(bin_)])[0][0])) for bin_, within in found]


def _counted(
    pixels: NDArray[Any], count: Callable[[NDArray[Any]], Counts], shape: tuple[int, ...], pool: RowPool
) -> Counts:
    """Counts of all pixels: those of row ranges, added up."""
    rows = pixels.reshape(-1, pixels.shape[-1])
    total, adding = np.zeros(shape, np.int64), Lock()

    def work(row0: int, row1: int) -> None:
        part = count(rows[row0:row1])
        with adding:
            np.add(total, part, out=total)

    pool.run(work, *rows.shape)
    return total
