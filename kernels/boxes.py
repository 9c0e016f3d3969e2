"""Boxes of peaks: what the cells around each peak say about its faces, weighted by their heat."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.cuda_compiled import cuda_kernel, product64
from kernels.device_arrays import DeviceArray, Stream
from kernels.peaks import DevicePeaks, Peaks

if TYPE_CHECKING:
    from kernels.cuda_compiled import cuda

Floats = NDArray[np.float32]

THREADS = 128
"""Threads of a block."""

SMALLEST = np.finfo(np.float32).tiny
"""Least score that a neighbour's heat is divided by."""


def peak_boxes(heat: Floats, box: Floats, peaks: Peaks, first_plane: int, stride: int) -> Floats:
    """The mean of what the 3x3 (3x3x3) cells around each peak say, weighted by the fourth power of their heat.

    Each cell gives the faces from its own centre, so that their errors differ, and those of hot cells are small. The
    peak counts 1, a neighbour the fourth power of its share of the peak's heat; powers from 3 to 6 gave the same
    figures on the folds of surface-pitting.

    Args:
        heat: (labels, H, W) or (labels, D, H, W) float32, stitched maps.
        box: (2 * dims, H, W) or (2 * dims, D, H, W) float32, network pixels from a cell's centre to the low faces, then
            to the high faces, in axis order.
        peaks: of these maps.
        first_plane: place of the maps' first plane along the grid's first axis, in cells.
        stride: network pixels a cell.

    Returns:
        (n, 2 * dims) float32, network pixels, low faces and then high faces, half open.
    """
    dims = heat.ndim - 1
    boxes = np.empty((peaks.score.size, 2 * dims), np.float32)
    flat = dims == 2
    cell = np.column_stack((np.zeros(peaks.score.size, np.int64), peaks.cell)) if flat else peaks.cell
    write_boxes(
        read_only(heat[:, None] if flat else heat),
        read_only(box[:, None] if flat else box),
        read_only(peaks.label),
        read_only(cell),
        first_plane,
        stride,
        boxes,
    )
    return boxes


@kernel
def write_boxes(
    heat: Floats,
    box: Floats,
    label: NDArray[np.int64],
    cell: NDArray[np.int64],
    first_plane: int,
    stride: int,
    boxes: Floats,
) -> None:
    """Writes the boxes of all peaks.

    Args:
        heat: (labels, D, H, W) float32, read-only.
        box: (2 * dims, D, H, W) float32, read-only.
        label: (n,) int64, read-only.
        cell: (n, 3) int64, z, y, x in the maps, read-only.
        boxes: (n, 2 * dims) float32, written.
    """
    faces = box.shape[0]
    for peak in range(label.size):
        z, y, x = cell[peak, 0], cell[peak, 1], cell[peak, 2]
        for face in range(faces):
            boxes[peak, face] = weighted_face(heat, box, label[peak], z, y, x, face, first_plane, stride)


@kernel
def weighted_face(
    heat: Floats, box: Floats, label: int, z: int, y: int, x: int, face: int, first_plane: int, stride: int
) -> np.float32:
    """One face of the box of the peak at (z, y, x)."""
    faces, depth, height, width = box.shape
    dims = faces // 2
    axis = face % dims
    score = np.float64(max(heat[label, z, y, x], SMALLEST))
    place, total = 0.0, 0.0
    for near_z in range(max(z - 1, 0), min(z + 2, depth)):
        for near_y in range(max(y - 1, 0), min(y + 2, height)):
            for near_x in range(max(x - 1, 0), min(x + 2, width)):
                weight = 1.0
                if near_z != z or near_y != y or near_x != x:
                    share = np.float64(heat[label, near_z, near_y, near_x]) / score
                    weight = (share * share) * (share * share)
                along = near_x
                if axis == dims - 2:
                    along = near_y
                if axis == dims - 3:
                    along = near_z
                if axis == 0:
                    along += first_plane
                centre = product64(along + 0.5, np.float64(stride))
                distance = np.float64(box[face, near_z, near_y, near_x])
                place += product64(weight, centre - distance if face < dims else centre + distance)
                total += weight
    return np.float32(place / total)


def boxes_on_device(
    stitched: DeviceArray, labels: int, found: DevicePeaks, stride: int, boxes: DeviceArray, stream: Stream = 0
) -> None:
    """Writes the boxes that `peak_boxes` gives, of maps that hold the whole grid.

    Args:
        stitched: (labels + 2 * dims, H, W) or (labels + 2 * dims, D, H, W) float32.
        labels: how many of the maps are heat.
        found: of `kernels.peaks.find_peaks_on_device`.
        stride: network pixels a cell.
        boxes: (most, 2 * dims) float32, written as far as there are peaks.
    """
    dims = len(stitched.shape) - 1
    if stitched.shape[0] != labels + 2 * dims or tuple(boxes.shape) != (found.place.shape[0], 2 * dims):
        # The kernel reads and writes without bounds checks.
        raise ValueError(f"{boxes.shape} boxes do not fit maps {stitched.shape} of {labels} labels")
    if dims == 2:
        stitched = stitched.reshape(stitched.shape[0], 1, *stitched.shape[1:])
    write_boxes_twin.launch(
        -(-boxes.shape[0] // THREADS),
        THREADS,
        stream,
        stitched[:labels],
        stitched[labels:],
        found.place,
        found.count,
        stride,
        boxes,
    )


@cuda_kernel
def write_boxes_twin(
    heat: Floats, box: Floats, place: NDArray[np.int64], count: NDArray[np.int32], stride: int, boxes: Floats
) -> None:
    """The twin of `write_boxes`: a thread writes the box of one peak.

    Args:
        heat: (labels, D, H, W) float32.
        box: (2 * dims, D, H, W) float32.
        place: (most,) int64, index into the flattened heat.
        count: (1,) int32.
        boxes: (most, 2 * dims) float32.
    """
    _, depth, height, width = heat.shape
    peak = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if peak >= count[0]:
        return
    at = place[peak]
    label, z, y, x = at // (depth * height * width), at // (height * width) % depth, at // width % height, at % width
    for face in range(box.shape[0]):
        boxes[peak, face] = weighted_face(heat, box, label, z, y, x, face, 0, stride)
