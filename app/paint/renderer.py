"""Who fills the screen: numpy from the first moment on, the kernels once they are compiled.

`DRAWING.renderer` is what draws now. `jobs.warm_drawing` changes it, once, in the background.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.paint.plain_renderer import PlainRenderer
from app.paint.sheet import Sheet
from app.state.frame import Frame
from kernels.screen import Line, Ramp

Argb = NDArray[np.uint32]
Floats = NDArray[np.float32]


class Renderer(Protocol):
    """What the viewport asks for; all give the same pictures, but numpy shows the nearest value throughout."""

    name: str
    smooth: bool
    """Whether it shows values between the pixels."""

    def show(self, sheet: Sheet, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb) -> None:
        """Draws a flat picture; see `kernels.show`."""

    def tint(self, cells: Floats, down: Line, across: Line, ramp: Ramp, colours: Argb, out: Argb) -> None:
        """Lays a heat map over what is drawn; see `kernels.show`."""

    def reslice(self, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int], *, smooth: bool) -> Floats:
        """(height, width) of a cut at any angle; see `kernels.reslice`."""

    def project(self, voxels: NDArray[Any], frame: Frame, size_px: tuple[int, int]) -> Floats:
        """(height, width) of a slab along the grid; see `kernels.project`."""

    def shrink(self, pixels: NDArray[Any], factors: tuple[int, int], dtype: np.dtype[Any]) -> NDArray[Any]:
        """Fewer rows and columns by averaging; see `kernels.shrink`."""


@dataclass(slots=True)
class Drawing:
    """The renderer of this process: compiled code belongs to it as imported modules do."""

    renderer: Renderer


DRAWING = Drawing(PlainRenderer())
