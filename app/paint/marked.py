"""The pictures of a report: a study with its places, as overlays draw them. Needs no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image

from app.paint.overlay import REMINDER, burn
from app.paint.volume_sheet import burn_volume
from engine.domain.region import Region
from engine.domain.scan import Scan
from engine.export.findings import Finding

_MOST_ROWS = 3
"""Places of a volume with planes of their own: a page has no more room at a size that can be seen."""


def marked(scan: Scan, findings: Sequence[Finding]) -> Image.Image:
    """Draws the places on the study's pictures, with the numbers that they have in the table of the report.

    Args:
        scan: the study's pixels.
        findings: all of them, in order: the sheet of a volume numbers them itself.
    """
    flat = len(scan.shape) == 2
    regions = [_region(finding, f"{finding.number} " if flat else "") for finding in findings]
    if flat:
        return burn(scan, regions, title="", caption=REMINDER)
    return burn_volume(scan, regions, title="", caption=REMINDER, most=_MOST_ROWS)


def _region(finding: Finding, number: str) -> Region:
    """What is drawn of a place; one that a person has added has no score, and none is shown."""
    verdict = f", {finding.verdict.value}" if finding.verdict else ""
    return Region(
        label=f"{number}{finding.label}{verdict}",
        score=math.nan if finding.score is None else finding.score,
        band=finding.band or "sure",
        box_px=finding.box_px,
        box_vox=finding.box_vox,
        measures=finding.measures,
    )
