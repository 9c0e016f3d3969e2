"""What can be seen of a volume: a cut along its grid or an oblique one, and which regions lie on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.state.geometry import View
from app.state.oblique import Oblique
from app.state.plane import Plane
from engine.domain.region import Region

Cut = Plane | Oblique


def seen_on(cut: Cut | None, regions: Sequence[Region]) -> tuple[Region, ...]:
    """Regions as they are seen on a cut: those that it passes through have a box in its pixels.

    The others stay as they are, without one, so that indices keep their meaning. None stands for a single picture.
    """
    if cut is None:
        return tuple(regions)
    return tuple(_seen(cut, region) for region in regions)


def _seen(cut: Cut, region: Region) -> Region:
    box = None if region.box_vox is None else cut.box(region.box_vox)
    return region if box is None else replace(region, box_px=box, box_vox=None)


def reframed(view: View, before: Cut, after: Cut) -> View | None:
    """The view of a cut, on another one of the same volume.

    It stays where both have the same shape. Where one of them is oblique the place in the middle and the size in
    millimetres stay. Otherwise there is nothing to be kept: None.
    """
    if (view.image_px, view.aspect) == (after.size_px, after.aspect) and _kind(before) == _kind(after):
        return view
    if isinstance(before, Plane) and isinstance(after, Plane):
        return None
    x, y, _ = after.frame.seen_at(before.frame.voxel_at(*view.center))
    scale = view.scale * _width(after) / _width(before)
    return replace(view, image_px=after.size_px, center=(x, y), scale=scale, fitted=False, aspect=after.aspect)


def _width(cut: Cut) -> float:
    """Of a pixel, in the grid's units."""
    return cut.pixel if isinstance(cut, Oblique) else Oblique.of(cut).spacing[cut.right.axis]


def _kind(cut: Cut) -> object:
    return (cut.right, cut.down) if isinstance(cut, Oblique) else cut.axis
