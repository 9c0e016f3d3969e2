"""Contours of a study's regions as they lie on what is seen, in the window and on overlays. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.state.cut import Cut
from app.state.plane import Plane, Way
from engine.detect.contour import rings_across
from engine.domain.region import BoxPx, BoxVox, Region
from engine.domain.scan import Scan

if TYPE_CHECKING:
    from engine.detect.measure import Extent

Box = BoxPx | BoxVox
Line = tuple[tuple[float, float], ...]
"""Points of a closed line, each once, in pixels of what is seen."""

SMALLEST_PX = 12.0
"""A box with a shorter side, as it is drawn, has no contour: it could not be told from the box."""


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


def contours_of(
    regions: Sequence[Region], scan: Scan, check: Callable[[], None], before: Contours | None = None
) -> Contours:
    """The contours of regions, those of a picture to the end: of a volume each slice is done when it is seen.

    Args:
        regions: as they are now.
        scan: the study's pixels, all of them.
        check: called between two regions; raises where the contours are not wanted any more.
        before: of the same scan, whatever its regions were then: a box that is known is not worked out again.
    """
    from engine.detect.measure import extent_of  # noqa: PLC0415 -- start-up time: the window is shown first

    known = {} if before is None else before.extents
    extents = {}
    for region in regions:
        check()
        box = region.box_px or region.box_vox
        if box is not None:
            extents[box] = known[box] if box in known else extent_of(region, scan)
    contours = Contours(extents)
    if len(scan.shape) == 2:
        contours.seen_on(None, regions)
    return contours


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
