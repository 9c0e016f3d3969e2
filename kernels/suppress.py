"""Greedy non-maximum suppression: of boxes that show the same thing, the one with the highest score stays."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import blocks_for, cuda_kernel
from kernels.device_arrays import DeviceArray, Stream, empty

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

THREADS = 256
"""Threads of a block."""

WORD_BITS = 32

Floats = NDArray[np.float32]


def suppress(boxes: Floats, labels: NDArray[np.int64], iou_limit: float) -> NDArray[np.bool_]:
    """Which boxes stay: those that overlap no better staying box of their label by more than the limit.

    Args:
        boxes: (n, 4) y0, x0, y1, x1 or (n, 6) z0, y0, x0, z1, y1, x1, float32, half open, highest score first.
        labels: (n,) int64.
        iou_limit: intersection over union from which, when exceeded, a box is dropped.

    Returns:
        (n,) bool.
    """
    keep = np.ones(boxes.shape[0], np.bool_)
    mark_suppressed(read_only(boxes), read_only(labels), iou_limit, keep)
    return keep


@kernel
def mark_suppressed(boxes: Floats, labels: NDArray[np.int64], iou_limit: float, keep: NDArray[np.bool_]) -> None:
    """Clears `keep` of each box that a better one covers.

    Args:
        boxes: (n, 2 * dims) float32, low faces and then high faces, best first.
        keep: (n,) bool, all true before.
    """
    for better in range(boxes.shape[0]):
        if not keep[better]:
            continue
        for box in range(better + 1, boxes.shape[0]):
            if keep[box] and labels[box] == labels[better]:
                keep[box] = not intersection_over_union(boxes[better], boxes[box]) > iou_limit


@kernel
def intersection_over_union(one: Floats, other: Floats) -> float:
    """0 for boxes that only touch, and for boxes without content."""
    dims = one.size // 2
    shared, content_one, content_other = 1.0, 1.0, 1.0
    for axis in range(dims):
        low, high = np.float64(one[axis]), np.float64(one[dims + axis])
        other_low, other_high = np.float64(other[axis]), np.float64(other[dims + axis])
        shared *= max(min(high, other_high) - max(low, other_low), 0.0)
        content_one *= max(high - low, 0.0)
        content_other *= max(other_high - other_low, 0.0)
    union = content_one + content_other - shared
    return shared / union if union > 0.0 else 0.0


def suppress_buffer(most: int) -> DeviceArray:
    """Scratch for `suppress_on_device`: a bit for each pair of boxes, and a row for those that are dropped."""
    return empty((most + 1, -(-most // WORD_BITS)), np.uint32)


def suppress_on_device(
    boxes: DeviceArray,
    labels: DeviceArray,
    count: DeviceArray,
    iou_limit: float,
    words: DeviceArray,
    keep: DeviceArray,
    stream: Stream = 0,
) -> None:
    """Marks the boxes that `suppress` keeps.

    Args:
        boxes: (most, 4) or (most, 6) float32, highest score first.
        labels: (most,) int64.
        count: (1,) int32, how many boxes there are; what lies behind them is not read.
        iou_limit: as for `suppress`.
        words: of `suppress_buffer(most)`.
        keep: (most,) bool, false from `count` on.
    """
    most = boxes.shape[0]
    if labels.shape[0] != most or keep.shape[0] != most or tuple(words.shape) != (most + 1, -(-most // WORD_BITS)):
        # The kernels read and write without bounds checks.
        raise ValueError(f"{boxes.shape} boxes, {labels.shape} labels and {words.shape} words do not fit")
    pairs = blocks_for((words.shape[1], most), (1, THREADS))
    mark_covered.launch(pairs, (1, THREADS), stream, boxes, labels, count, float(iou_limit), words)
    keep_uncovered.launch(1, THREADS, stream, count, words, keep)


@cuda_kernel
def mark_covered(
    boxes: Floats, labels: NDArray[np.int64], count: NDArray[np.int32], iou_limit: float, words: NDArray[np.uint32]
) -> None:
    """A thread compares one box with 32 worse ones: a bit is set where they overlap by more than the limit.

    Args:
        boxes: (most, 2 * dims) float32, best first.
        words: (most + 1, most / 32) uint32, all but the last row written, as far as boxes go.
    """
    word = cuda.blockIdx.x
    better = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    boxes_found = count[0]
    if better >= boxes_found:
        return
    covered = np.uint32(0)
    for bit in range(WORD_BITS):
        box = word * WORD_BITS + bit
        if not (better < box < boxes_found and labels[box] == labels[better] and touch(boxes[better], boxes[box])):
            continue
        if intersection_over_union(boxes[better], boxes[box]) > iou_limit:
            covered |= np.uint32(1) << np.uint32(bit)
    words[better, word] = covered


@cuda_kernel
def keep_uncovered(count: NDArray[np.int32], words: NDArray[np.uint32], keep: NDArray[np.bool_]) -> None:
    """The twin of `mark_suppressed`: one block goes through the boxes, best first; a box that stays drops others.

    Args:
        words: (most + 1, most / 32) uint32; the last row is scratch.
        keep: (most,) bool, written.
    """
    thread, threads = cuda.threadIdx.x, cuda.blockDim.x
    boxes_found, dropped = count[0], words.shape[0] - 1
    for word in range(thread, words.shape[1], threads):
        words[dropped, word] = np.uint32(0)
    for box in range(boxes_found + thread, keep.shape[0], threads):
        keep[box] = False
    cuda.syncthreads()
    for box in range(boxes_found):
        stays = words[dropped, box // WORD_BITS] >> np.uint32(box % WORD_BITS) & np.uint32(1) == np.uint32(0)
        if thread == 0:
            keep[box] = stays
        if stays:
            cuda.syncthreads()  # each thread has read the row
            for word in range(box // WORD_BITS + thread, words.shape[1], threads):
                words[dropped, word] |= words[box, word]
            cuda.syncthreads()


@kernel
def touch(one: Floats, other: Floats) -> bool:
    """Whether two boxes share any content: a comparison of their faces, much cheaper than the content."""
    dims, shared = one.size // 2, True
    for axis in range(dims):
        shared &= one[axis] < other[dims + axis] and other[axis] < one[dims + axis]
    return shared
