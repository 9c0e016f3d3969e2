"""Has the kernels draw as soon as they are there; until then numpy does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.jobs.run import Job, Lane, Task, run
from app.paint.renderer import DRAWING, Renderer
from engine.errors import FoveaError


def warm_drawing(parent: QObject, lane: Lane, on_ready: Callable[[], None]) -> Job[Renderer]:
    """Loads the kernels that draw, or compiles them where no start before did, and lets them draw.

    Args:
        parent: with its end nothing is called back any more.
        lane: of its own: compiling takes long.
        on_ready: what is on the screen may be drawn again, better.
    """

    def use(renderer: Renderer) -> None:
        DRAWING.renderer = renderer
        on_ready()

    return run(_warmed, on_done=use, on_failed=_numpy_stays, parent=parent, lane=lane)


def _warmed(task: Task) -> Renderer:
    if DRAWING.renderer.smooth:  # a window of this process had them loaded before
        return DRAWING.renderer
    from app.paint.kernel_renderer import KernelRenderer  # noqa: PLC0415 -- start-up time: numpy draws first
    from engine.prepare.pool import RowPool  # noqa: PLC0415 -- as above
    from kernels.warm import warm_drawing as warm  # noqa: PLC0415 -- as above

    warm(lambda: task.budget.check("warming"))
    return KernelRenderer(RowPool())


def _numpy_stays(error: FoveaError) -> None:
    """The lane has logged it; the pictures are the same, made more slowly."""
