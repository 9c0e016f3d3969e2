"""Drawing by the kernels, on all cores. Only imported in the background: it takes Numba with it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.paint.sheet import Sheet, offset
from app.state.frame import Frame
from engine.prepare.pool import RowPool
from kernels.project import project
from kernels.reslice import reslice
from kernels.screen import Line, Ramp
from kernels.show import show, show_colour, tint
from kernels.shrink import shrink

Argb = NDArray[np.uint32]
Floats = NDArray[np.float32]

CUT_VALUES = 8
"""A pixel of a cut at any angle takes as long as so many others."""


class KernelRenderer:
    """See `app.paint.renderer.Renderer`.

    Args:
        pool: its threads; the one that draws is one of them.
    """

    name = "kernels"
    smooth = True

    def __init__(self, pool: RowPool) -> None:
        self._pool = pool

    def show(self, sheet: Sheet, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb) -> None:
        """Draws values between the pixels."""
        values, corner = sheet.values, sheet.corner
        if sheet.channels == 1:
            self._pool.run(
                lambda row0, row1: show(values, corner, down, across, ramp, colours, out, row0, row1), *out.shape
            )
        else:
            self._pool.run(
                lambda row0, row1: show_colour(values, corner, down, across, ramp, out, row0, row1),
                out.shape[0],
                3 * out.shape[1],
            )

    def tint(self, cells: Floats, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb) -> None:
        """Lays values between the cells over the screen."""
        self._pool.run(lambda row0, row1: tint(cells, down, across, ramp, colours, out, row0, row1), *out.shape)

    def reslice(self, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int], *, smooth: bool) -> Floats:
        """A cut at any angle."""
        width, height = size_px
        out = np.empty((height, width), np.float32)

        def work(row0: int, row1: int) -> None:
            reslice(
                voxels,
                frame.corner,
                frame.right,
                frame.down,
                frame.normal,
                frame.slices,
                out,
                row0,
                row1,
                largest=frame.mode == "max",
                smooth=smooth,
            )

        self._pool.run(work, height, width * frame.slices * CUT_VALUES)
        return out

    def project(self, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int]) -> Floats:
        """A slab along the grid."""
        width, height = size_px
        out = np.empty((height, width), np.float32)
        corner = offset(voxels, frame.corner)
        normal, down, right = (offset(voxels, way) for way in (frame.normal, frame.down, frame.right))

        def work(row0: int, row1: int) -> None:
            largest = frame.mode == "max"
            project(voxels, corner, (normal, down, right), frame.slices, out, row0, row1, largest=largest)

        self._pool.run(work, height, width * frame.slices)
        return out

    def shrink(self, pixels: NDArray[Any], factors: tuple[int, int], dtype: np.dtype[Any]) -> NDArray[Any]:
        """Fewer rows and columns."""
        tall, wide = factors
        out = np.empty((-(-pixels.shape[0] // tall), -(-pixels.shape[1] // wide), *pixels.shape[2:]), dtype)
        self._pool.run(
            lambda row0, row1: shrink(pixels, factors, out, row0, row1),
            out.shape[0],
            pixels.size // max(out.shape[0], 1),
        )
        return out
