"""Pictures made smaller by averaging: the levels that are shown below one to one, so that no small defect vanishes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kernels.compiled import kernel, read_only
from kernels.screen import check_rows

Pixels = NDArray[Any]
Floats = NDArray[np.float32]


def shrink(pixels: Pixels, factors: tuple[int, int], out: Pixels, row0: int, row1: int) -> None:
    """Writes rows `row0` to `row1` of the smaller picture; other rows stay as they are.

    Args:
        pixels: (H, W) or (H, W, 3) uint8, uint16, int16 or float32, C order.
        factors: so many rows, and so many columns, become one; where the last ones lack, the last counts again.
        out: (ceil(H / rows), ceil(W / columns)[, 3]), C order; float32, or the type of the pixels, rounded half up.
        row0: first row.
        row1: end of the rows.
    """
    check_rows(row0, row1, out.shape[0])
    tall, wide = factors
    smaller = (-(-pixels.shape[0] // tall), -(-pixels.shape[1] // wide), *pixels.shape[2:])
    if out.shape != smaller or out.dtype not in (pixels.dtype, np.float32) or not out.flags.c_contiguous:
        raise ValueError(f"{pixels.shape} {pixels.dtype} shrunk by {factors} is not {out.shape} {out.dtype}")
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    rows = out.reshape(out.shape[0], -1)
    half = np.float32(0.0 if out.dtype.kind == "f" else 0.5)
    shrink_rows(read_only(pixels).reshape(pixels.shape[0], -1), channels, tall, wide, half, rows, row0, row1)


@kernel
def shrink_rows(
    pixels: Pixels, channels: int, tall: int, wide: int, half: np.float32, out: Pixels, row0: int, row1: int
) -> None:
    """The definition; sums are float32, along y first.

    Args:
        pixels: (H, W * C).
        half: added before means are cut off to whole numbers; 0 where they stay as they are.
        out: (h, w * C).
    """
    height, length = pixels.shape
    line = np.empty(length, np.float32)
    share = np.float32(1.0) / np.float32(tall * wide)
    whole = length // (wide * channels)
    for row in range(row0, row1):
        line[:] = np.float32(0.0)
        for tap in range(tall):
            source = pixels[min(row * tall + tap, height - 1)]
            for place in range(length):
                line[place] += np.float32(source[place])
        target = out[row]
        for pixel in range(target.size // channels):
            for channel in range(channels):
                total = np.float32(0.0)
                for tap in range(wide):
                    place = (pixel * wide + tap) * channels + channel
                    if pixel >= whole and place >= length:
                        place = length - channels + channel
                    total += line[np.uint64(place)]
                mean = total * share + half
                target[pixel * channels + channel] = mean if half == np.float32(0.0) else np.floor(mean)
