"""Drawing by the kernels as well as by numpy."""

from collections.abc import Iterator

import pytest

from app.paint.kernel_renderer import KernelRenderer
from app.paint.plain_renderer import PlainRenderer
from app.paint.renderer import DRAWING, Renderer
from engine.prepare.pool import RowPool


@pytest.fixture(scope="session")
def kernels() -> Iterator[KernelRenderer]:
    """The kernels on two threads."""
    with RowPool(2) as pool:
        yield KernelRenderer(pool)


@pytest.fixture(params=["numpy", "kernels"])
def renderer(request: pytest.FixtureRequest, kernels: KernelRenderer, monkeypatch: pytest.MonkeyPatch) -> Renderer:
    """Draws with each of the two."""
    chosen: Renderer = kernels if request.param == "kernels" else PlainRenderer()
    monkeypatch.setattr(DRAWING, "renderer", chosen)
    return chosen


@pytest.fixture
def drawn_by_kernels(kernels: KernelRenderer, monkeypatch: pytest.MonkeyPatch) -> KernelRenderer:
    """Draws with the kernels."""
    monkeypatch.setattr(DRAWING, "renderer", kernels)
    return kernels
