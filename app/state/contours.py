"""Contours of a study's regions as they lie on what is seen. Plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.state.cut import Cut
from app.state.plane import Plane, Way
from engine.detect.contour import rings_across
from engine.domain.region import BoxPx, BoxVox, Region

if TYPE_CHECKING:
    from engine.detect.measure import Extent

Box = BoxPx | BoxVox
Line = tuple[tuple[float, float], ...]
"""Points of a closed line, each once, in pixels of what is seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """Of one region, on what is seen.

    Args:
        lines: the outer one, and those of its holes.
    """

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Contours:
    """Of one study.

    Args:
        extents: what belongs to each region, by its box; None of one that does not stand out. Of a box that a person
            has changed since nothing is known.
    """

    extents: Mapping[Box, Extent | None]
    _known: dict[tuple[Box, Cut | None], Contour | None] = field(default_factory=dict)

    def seen_on(self, cut: Cut | None, regions: Sequence[Region]) -> tuple[Contour | None, ...]:
        """The contour of each region on a cut; None where it has none, or lies elsewhere.

        Args:
            cut: of a volume; None of a picture. An oblique one has no contours.
            regions: with their boxes in the study.
        """
        return tuple(self._seen(cut, region) for region in regions)

    def _seen(self, cut: Cut | None, region: Region) -> Contour | None:
        box: Box | None = region.box_px if cut is None else region.box_vox
        extent = None if box is None else self.extents.get(box)
        if box is None or extent is None or (cut is not None and _passes_by(cut, box)):
            return None
        key = box, cut
        if key not in self._known:
            lines = _lines(extent, cut)
            self._known[key] = Contour(lines) if lines else None
        return self._known[key]


def _passes_by(cut: Cut, box: Box) -> bool:
    """Whether a cut has nothing of a box, or no contours."""
    return not isinstance(cut, Plane) or len(box) != 6 or cut.box(box) is None


def _lines(extent: Extent, cut: Cut | None) -> tuple[Line, ...]:
    if cut is None:
        return tuple(tuple((x, y) for x, y in ring.tolist()) for ring in rings_across(extent, 0, 0, 1))
    if not isinstance(cut, Plane):
        return ()
    return tuple(_on(cut, ring.tolist()) for ring in rings_across(extent, cut.axis, *cut.slices))


def _on(plane: Plane, ring: list[tuple[float, float]]) -> Line:
    """Points along the later and the earlier axis of the grid, in the plane's pixels."""
    turned = plane.right.axis < plane.down.axis
    return tuple(
        (_along(plane, plane.right, early if turned else late), _along(plane, plane.down, late if turned else early))
        for late, early in ring
    )


def _along(plane: Plane, way: Way, at: float) -> float:
    return at if way.rising else plane.grid.shape[way.axis] - at
