"""Counts of stored values, from which any percentile follows exactly.

Whole numbers of up to 16 bits have a count each. float32 is counted by halves: first by the leading 16 bits of its key,
then, within the few leading halves that matter, by the trailing ones. A key is the bit pattern, turned so that keys
ascend with the values. Counts of parts of an image add up to the counts of the image, in any order.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import cuda_kernel
from kernels.device_arrays import DeviceArray, Stream

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

BINS = 1 << 16

THREADS = 256
"""Threads of a block."""

MOST_BLOCKS = 2048
"""More would not keep a device busier, and each thread should see many values."""

Counts = NDArray[np.int64]


def count_values(values: NDArray[Any]) -> Counts:
    """How often each value occurs, or each leading half of a float32; NaN and infinite values are left out.

    Args:
        values: uint8, uint16, int16 or float32, C order.

    Returns:
        (65536,) int64; a bin is the value less the lowest of its type, or the leading half of the key.
    """
    counts = np.zeros(BINS, np.int64)
    if values.dtype == np.float32:
        count_leading(read_only(values).reshape(-1).view(np.uint32), counts)
    else:
        count_each(read_only(values).reshape(-1), np.iinfo(values.dtype).min, counts)
    return counts


def count_halves(values: NDArray[np.float32], leading: Sequence[int]) -> Counts:
    """How often each trailing half occurs within the given leading halves.

    Args:
        values: float32, C order.
        leading: leading halves of keys, none twice.

    Returns:
        (len(leading), 65536) int64.
    """
    counts = np.zeros((len(leading), BINS), np.int64)
    count_trailing(read_only(values).reshape(-1).view(np.uint32), np.array(leading, np.int64), counts)
    return counts


def value_of(leading: int, trailing: int) -> np.float32:
    """The float32 whose key has these halves."""
    key = leading << 16 | trailing
    bits = key ^ 0x80000000 if key >> 31 else key ^ 0xFFFFFFFF
    return np.uint32(bits).view(np.float32)


@kernel
def count_each(values: NDArray[Any], lowest: int, counts: Counts) -> None:
    """Counts whole numbers.

    Args:
        values: (n,) uint8, uint16 or int16.
        counts: (65536,) int64, added to.
    """
    for index in range(values.size):
        counts[np.int64(values[index]) - lowest] += 1


@kernel
def key_of(bits: np.uint32) -> np.int64:
    """The key of a float32, 0 to 2**32 - 1."""
    return np.int64(bits) ^ (np.int64(0xFFFFFFFF) if bits >> np.uint32(31) else np.int64(0x80000000))


@kernel
def is_number(bits: np.uint32) -> bool:
    """Neither NaN nor infinite."""
    return bool((bits & np.uint32(0x7F800000)) != np.uint32(0x7F800000))


@kernel
def count_leading(values: NDArray[np.uint32], counts: Counts) -> None:
    """Counts the leading halves of keys.

    Args:
        values: (n,) uint32, bit patterns of float32.
        counts: (65536,) int64, added to.
    """
    for index in range(values.size):
        if is_number(values[index]):
            counts[key_of(values[index]) >> 16] += 1


@kernel
def count_trailing(values: NDArray[np.uint32], leading: NDArray[np.int64], counts: Counts) -> None:
    """Counts the trailing halves of the keys that begin with one of a few leading halves.

    Args:
        values: (n,) uint32, bit patterns of float32.
        leading: (k,) int64, none twice.
        counts: (k, 65536) int64, added to.
    """
    row_of = np.full(BINS, -1, np.int64)
    row_of[leading] = np.arange(leading.size)
    for index in range(values.size):
        if is_number(values[index]):
            key = key_of(values[index])
            row = row_of[key >> 16]
            if row >= 0:
                counts[row, key & 0xFFFF] += 1


def count_values_on_device(values: DeviceArray, counts: DeviceArray, stream: Stream = 0) -> None:
    """Adds what `count_values` counts.

    Args:
        values: uint8, uint16, int16 or float32, C order, any shape.
        counts: (65536,) int64, added to.
    """
    flat = values.reshape(values.size)
    if values.dtype == np.float32:
        count_leading_twin.launch(_blocks(flat), THREADS, stream, flat.view(np.uint32), counts)
    else:
        count_each_twin.launch(_blocks(flat), THREADS, stream, flat, int(np.iinfo(values.dtype).min), counts)


def count_halves_on_device(values: DeviceArray, row_of: DeviceArray, counts: DeviceArray, stream: Stream = 0) -> None:
    """Adds what `count_halves` counts.

    Args:
        values: float32, C order, any shape.
        row_of: (65536,) int32, the row of `counts` for each leading half, -1 for those not asked for.
        counts: (k, 65536) int64, added to.
    """
    flat = values.reshape(values.size)
    count_trailing_twin.launch(_blocks(flat), THREADS, stream, flat.view(np.uint32), row_of, counts)


def _blocks(flat: DeviceArray) -> int:
    return int(min(-(-flat.shape[0] // THREADS), MOST_BLOCKS))


# In the first two below a thread adds up equal values in a row before it counts them: where an image has large even
# areas, as the air around a patient, all threads would otherwise wait for the same bin.


@cuda_kernel
def count_each_twin(values: NDArray[Any], lowest: int, counts: Counts) -> None:
    """The twin of `count_each`."""
    last, times = np.int64(0), np.int64(0)
    for index in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        bin_ = np.int64(values[index]) - lowest
        if bin_ != last and times > 0:
            cuda.atomic.add(counts, last, times)
            times = np.int64(0)
        last, times = bin_, times + 1
    if times > 0:
        cuda.atomic.add(counts, last, times)


@cuda_kernel
def count_leading_twin(values: NDArray[np.uint32], counts: Counts) -> None:
    """The twin of `count_leading`."""
    last, times = np.int64(0), np.int64(0)
    for index in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        if not is_number(values[index]):
            continue
        bin_ = key_of(values[index]) >> 16
        if bin_ != last and times > 0:
            cuda.atomic.add(counts, last, times)
            times = np.int64(0)
        last, times = bin_, times + 1
    if times > 0:
        cuda.atomic.add(counts, last, times)


@cuda_kernel
def count_trailing_twin(values: NDArray[np.uint32], row_of: NDArray[np.int32], counts: Counts) -> None:
    """The twin of `count_trailing`; few values lie in the halves asked for, so each is counted by itself.

    Args:
        row_of: (65536,) int32, -1 for halves not asked for.
    """
    for index in range(cuda.grid(1), values.size, cuda.gridsize(1)):
        if is_number(values[index]):
            key = key_of(values[index])
            row = row_of[key >> 16]
            if row >= 0:
                cuda.atomic.add(counts, (row, key & 0xFFFF), 1)
