"""A series while it is read: its volume, of which some slices are there and the others still empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.domain.scan import Scan
from engine.intake.assemble import scan_of
from engine.intake.decoded import Decoded, Pixels
from engine.intake.grid import Grid
from engine.intake.plane import Plan
from engine.intake.volume import in_terms_of


@dataclass(frozen=True, slots=True, eq=False)
class Arriving:
    """What there is so far, to be looked at and for nothing else: the series may still be refused.

    Args:
        scan: the whole volume; its pixels fill up, and those that are not there yet are 0.
        first: the first slice that is there.
        end: behind the last one that is there.
    """

    scan: Scan
    first: int
    end: int


OnArriving = Callable[[Arriving], None]


def arriving_scan(middle: Decoded, voxels: Pixels, plan: Plan, grid: Grid) -> Scan:
    """The scan that a series is going to be, as far as its middle slice tells.

    Args:
        middle: that slice.
        voxels: of the whole series, being written.
        plan: of the series.
        grid: where its slices lie.
    """
    return scan_of(in_terms_of(middle, voxels, plan, grid), (plan.source,), grid.slices)
