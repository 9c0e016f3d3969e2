"""Works out the contours of a study's regions. Called in a lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.state.contours import Contours
from engine.domain.region import Region
from engine.domain.scan import Scan


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
