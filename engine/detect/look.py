"""Looks at every tile of a scan, batch by batch, for as long as the budget lasts."""

from __future__ import annotations

from dataclasses import dataclass

from engine.budget import Budget
from engine.detect.merge import Stitcher
from engine.detect.protocol import Detector, FloatArray
from engine.detect.views import mirrored, turned_back
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.errors import BudgetExceeded, Cancelled
from engine.prepare.layout import Layout
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What the network said about the whole grid.

    Args:
        heat: (labels, *cells) float32, 0 where no tile was looked at.
        box: (2 * dims, *cells) float32, network pixels.
        coverage: share of the scan that was looked at, 0..1.
        stopped_by: why not all of it was, or None.
    """

    heat: FloatArray
    box: FloatArray
    coverage: float
    stopped_by: BudgetExceeded | Cancelled | None


def look(
    scan: Scan,
    card: ModelCard,
    layout: Layout,
    detector: Detector,
    pool: RowPool,
    budget: Budget,
    watch: Stopwatch,
) -> Looked:
    """Prepares, answers and stitches all tiles in all their views; a budget that runs out ends it with what is done.

    Raises:
        BackendError: the run time failed.
    """
    maker = TileMaker(scan, card.input, layout, pool)
    stitcher = Stitcher(layout, len(card.labels))
    stopped_by: BudgetExceeded | Cancelled | None = None
    done = 0
    for first in range(0, len(layout.origins), card.input.batch):
        origins = layout.origins[first : first + card.input.batch]
        try:
            budget.check("detect")
        except (BudgetExceeded, Cancelled) as stop:
            stopped_by = stop
            break
        with watch.stage("prepare"):
            tiles = maker.make(origins)
        for flip in layout.flips:
            with watch.stage("detect"):
                raw = turned_back(detector.run(mirrored(tiles, flip)), flip)
            with watch.stage("merge"):
                stitcher.add(raw, origins)
        done += len(origins)
    heat, box = stitcher.maps()
    return Looked(heat=heat, box=box, coverage=layout.coverage(done), stopped_by=stopped_by)
