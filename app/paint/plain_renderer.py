"""Drawing by numpy alone, for the moments before the kernels are there: always the nearest value."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.paint.sheet import Sheet, offset
from app.state.frame import Frame
from kernels.screen import Line, Ramp

Argb = NDArray[np.uint32]
Floats = NDArray[np.float32]

LARGEST_CUT_PX = 200_000
"""Pixels of a cut at any angle that are worked out; it is enlarged from there, so that the window stays alive."""

ROWS_AT_ONCE = 256
"""Rows of the smaller picture averaged in one step."""


class PlainRenderer:
    """See `app.paint.renderer.Renderer`."""

    name = "numpy"
    smooth = False

    def show(self, sheet: Sheet, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb) -> None:
        """Draws the nearest values."""
        flat = sheet.values.reshape(-1)
        at = sheet.corner + _nearest(down)[:, None] + _nearest(across)
        if sheet.channels == 1:
            out[...] = colours[_tones(flat[at], ramp)]
            return
        red, green, blue = (np.minimum(_tones(flat[at + channel], ramp), 255) for channel in range(3))
        out[...] = np.uint32(0xFF000000) | red << 16 | green << 8 | blue

    def tint(self, cells: Floats, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb) -> None:
        """Lays the nearest cells over the screen."""
        near = cells.reshape(-1)[_nearest(down)[:, None] + _nearest(across)]
        over = colours[_tones(near, ramp)]
        opaque = over >> 24
        mixed = np.full_like(out, 0xFF000000)
        for shift in (16, 8, 0):
            below, above = (out >> shift) & 255, (over >> shift) & 255
            mixed |= (below * (255 - opaque) + above * opaque + 127) // 255 << shift
        out[...] = mixed

    def reslice(self, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int], *, smooth: bool) -> Floats:  # noqa: ARG002 -- see the top
        """The nearest voxels of the middle slice, more coarsely where the cut is large."""
        width, height = size_px
        step = max(1, int(np.ceil(np.sqrt(width * height / LARGEST_CUT_PX))))
        rows, columns = np.mgrid[0:height:step, 0:width:step]
        middle = np.array(frame.corner) + (frame.slices - 1) / 2 * np.array(frame.normal)
        places = (
            np.rint(start + rows * down + columns * right).astype(np.int64)
            for start, down, right in zip(middle, frame.down, frame.right, strict=True)
        )
        z, y, x = places
        depth, tall, wide = voxels.shape
        inside = (z >= 0) & (z < depth) & (y >= 0) & (y < tall) & (x >= 0) & (x < wide)
        cut = np.full(rows.shape, np.nan, np.float32)
        cut[inside] = voxels[z[inside], y[inside], x[inside]]
        return np.ascontiguousarray(cut.repeat(step, 0).repeat(step, 1)[:height, :width])

    def project(self, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int]) -> Floats:
        """Plane after plane."""
        width, height = size_px
        corner, down, right, normal = (
            offset(voxels, way) for way in (frame.corner, frame.down, frame.right, frame.normal)
        )
        flat = voxels.reshape(-1)
        at = corner + np.arange(height)[:, None] * down + np.arange(width) * right
        seen: Floats = flat[at].astype(np.float32)
        for plane in range(1, frame.slices):
            values = flat[at + plane * normal].astype(np.float32)
            seen = np.maximum(seen, values) if frame.mode == "max" else seen + values
        return seen if frame.mode == "max" else seen / np.float32(frame.slices)

    def shrink(self, pixels: NDArray[Any], factors: tuple[int, int], dtype: np.dtype[Any]) -> NDArray[Any]:
        """Strip by strip: the sums of a strip stay in the cache."""
        tall = factors[0]
        out = np.empty((-(-pixels.shape[0] // tall), -(-pixels.shape[1] // factors[1]), *pixels.shape[2:]), dtype)
        for row in range(0, out.shape[0], ROWS_AT_ONCE):
            part = out[row : row + ROWS_AT_ONCE]
            part[...] = _means(pixels[row * tall : (row + part.shape[0]) * tall], factors, dtype)
        return out


def _means(strip: NDArray[Any], factors: tuple[int, int], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Sums of the rows, then of the columns, that become one; the last ones count again where some lack."""
    total = strip
    for axis, factor in enumerate(factors):
        lacking = -total.shape[axis] % factor
        edge = np.repeat(np.take(total, [-1], axis), lacking, axis)
        whole = np.concatenate([total, edge], axis) if lacking else total
        parts = [whole[(slice(None),) * axis + (slice(tap, None, factor),)] for tap in range(factor)]
        total = parts[0].astype(np.float32)
        for part in parts[1:]:
            total += part
    mean = total / np.float32(factors[0] * factors[1])
    return mean if dtype.kind == "f" else np.floor(mean + np.float32(0.5))


def _nearest(line: Line) -> NDArray[np.int64]:
    """Offsets of the values nearest to the pixels' centres."""
    return np.where(line.share > 0.5, line.first + line.step, line.first)


def _tones(values: NDArray[Any], ramp: Ramp) -> NDArray[np.uint32]:
    """Of each value; looked up where there are few to choose from."""
    if values.dtype.kind == "f":
        return _worked_out(values, ramp)
    least, largest = np.iinfo(values.dtype).min, np.iinfo(values.dtype).max
    table = np.roll(_worked_out(np.arange(least, largest + 1, dtype=np.float32), ramp), least)
    unsigned = values.view(np.uint16) if values.dtype == np.int16 else values  # the table is rolled to match
    return np.take(table, unsigned)


def _worked_out(values: NDArray[Any], ramp: Ramp) -> NDArray[np.uint32]:
    tones = values.astype(np.float32) * np.float32(ramp.gain) + np.float32(ramp.bias)
    cut_off = np.clip(np.where(np.isnan(tones), 0.0, tones), 0.0, 255.0).astype(np.uint32)
    return np.where(np.isnan(values), np.uint32(256), cut_off)
