"""The order of peaks on the device: a key for each, the last key of those kept, and their sorting.

Highest score first, ties by place, as `kernels.peaks.find_peaks` has them. Keys are never equal, so the result does not
depend on the order in which they were collected.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.cuda_compiled import cuda_kernel, device_function

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

Floats = NDArray[np.float32]
Keys = NDArray[np.int64]

LAST_KEY = np.int64(2**63 - 1)
"""Comes after every key of a peak."""


@device_function
def rank_key(bits: np.int64, place: np.int64) -> np.int64:
    """Ascends with falling scores, and then with places.

    Args:
        bits: of the score, a float32.
        place: below 2**32.
    """
    # Bit patterns of negative numbers descend with them, and lie above all others.
    rising = bits ^ np.int64(0xFFFFFFFF) if bits >> 31 else bits ^ np.int64(0x80000000)
    return (np.int64(0x7FFFFFFF) - rising) * np.int64(0x100000000) + place


@cuda_kernel
def find_last_key(
    keys: Keys, total: NDArray[np.int32], most: int, count: NDArray[np.int32], last: NDArray[np.int64]
) -> None:
    """The key of the last peak that is kept: a radix select, eight bits a step from the top.

    One block: there are few peaks, and each step needs all of the one before.

    Args:
        keys: of all peaks, in any order.
        total: (1,) how many there are.
        most: how many are kept, at most.
        count: (1,) written: how many are kept.
        last: (1,) written; `LAST_KEY` where all are.
    """
    histogram = cuda.shared.array(256, np.int32)
    state = cuda.shared.array(2, np.int64)  # the leading part of the key, and its rank among those that begin so
    thread, threads = cuda.threadIdx.x, cuda.blockDim.x
    found, kept = total[0], min(total[0], most)
    if thread == 0:
        state[0], state[1] = 0, kept
        count[0] = kept
        if found == kept:
            last[0] = LAST_KEY
    if found == kept:
        return
    for step in range(8):
        shift = 56 - 8 * step
        for bin_ in range(thread, 256, threads):
            histogram[bin_] = 0
        cuda.syncthreads()
        for index in range(thread, found, threads):
            leading = keys[index] >> shift
            if step == 0:
                cuda.atomic.add(histogram, leading + 128, 1)
            elif leading >> 8 == state[0]:
                cuda.atomic.add(histogram, leading & 255, 1)
        cuda.syncthreads()
        if thread == 0:
            bin_, rank = 0, state[1]
            while rank > histogram[bin_]:
                rank -= histogram[bin_]
                bin_ += 1
            state[0] = bin_ - 128 if step == 0 else state[0] * 256 + bin_
            state[1] = rank
        cuda.syncthreads()
    if thread == 0:
        last[0] = state[0]


@cuda_kernel
def rank_peaks(
    heat: Floats,
    cells: int,
    keys: Keys,
    total: NDArray[np.int32],
    last: NDArray[np.int64],
    ranked: Keys,
    count: NDArray[np.int32],
    score: Floats,
    label: NDArray[np.int64],
    place: NDArray[np.int64],
) -> None:
    """Sorts the keys up to the last one kept, and writes what they stand for. One block, as above.

    Args:
        heat: (n,) float32.
        cells: of one label.
        keys: of all peaks, in any order.
        total: (1,) how many there are.
        last: (1,) the highest key that is kept.
        ranked: (a power of 2,) at least as many as are kept.
        count: (1,) how many are kept.
        score: (most,) float32, written, and so for `label` and `place`.
    """
    filled = cuda.shared.array(1, np.int64)
    thread, threads = cuda.threadIdx.x, cuda.blockDim.x
    kept = count[0]
    if thread == 0:
        filled[0] = 0
    size = 1
    while size < kept:
        size *= 2
    for index in range(thread, size, threads):
        ranked[index] = LAST_KEY
    cuda.syncthreads()
    for index in range(thread, total[0], threads):
        if keys[index] <= last[0]:
            ranked[cuda.atomic.add(filled, 0, 1)] = keys[index]
    cuda.syncthreads()
    # A bitonic sort: Batcher, "Sorting networks and their applications", 1968.
    run = 2
    while run <= size:
        reach = run // 2
        while reach > 0:
            for index in range(thread, size, threads):
                other = index ^ reach
                if other > index:
                    one, two = ranked[index], ranked[other]
                    if (one > two) == (index & run == 0):
                        ranked[index], ranked[other] = two, one
            cuda.syncthreads()
            reach //= 2
        run *= 2
    for index in range(thread, kept, threads):
        at = ranked[index] & np.int64(0xFFFFFFFF)
        score[index], label[index], place[index] = heat[at], at // cells, at
