"""Looks at every tile of a scan, batch by batch, for as long as the budget lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from engine.budget import Budget
from engine.detect.heads import Candidates, Proposals, decide, propose
from engine.detect.merge import Slab, Stitcher
from engine.detect.pace import Pace
from engine.detect.protocol import Detector, FloatArray, RawOutput
from engine.detect.views import mirrored, turned_back
from engine.detect.warmth import Warmth
from engine.domain.heat_map import HeatMap
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.errors import BudgetExceeded, Cancelled
from engine.prepare.layout import Layout
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.stopwatch import Stopwatch
from kernels.reach import reaches

Origin = tuple[int, ...]
"""Low corner of a tile in the grid."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What the network found in the grid.

    Args:
        candidates: boxes in the grid.
        coverage: share of the scan that was looked at, 0..1.
        stopped_by: why not all of it was, or None.
        tiles: how many were looked at, in the order of the layout.
        backend: what answered, as written into outcomes.
        doubts: what doubts the answer, where another than the chosen back end had to give it.
        heat_map: how strongly the model responded; None where its maps never left the device.
    """

    candidates: Candidates
    coverage: float
    stopped_by: BudgetExceeded | Cancelled | None
    tiles: int
    backend: str = ""
    doubts: tuple[str, ...] = ()
    heat_map: HeatMap | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StandIn:
    """Who answers in place of a detector that cannot at the moment; nothing of what that one found is kept.

    Args:
        detector: looks batch by batch, and slower: what it is to do is chosen anew.
        doubt: of its answer.
    """

    detector: Detector
    doubt: str


@runtime_checkable
class Looker(Protocol):
    """A detector that looks at whole scans by itself, since their pixels never leave its device."""

    def look(
        self, scan: Scan, card: ModelCard, layout: Layout, pool: RowPool, budget: Budget, watch: Stopwatch
    ) -> Looked | StandIn:
        """What `look_in_batches` does, with the same answer within the model's parity limits, if the device can."""


def look(
    scan: Scan,
    card: ModelCard,
    layout: Layout,
    detector: Detector,
    pool: RowPool,
    budget: Budget,
    watch: Stopwatch,
) -> Looked | StandIn:
    """Looks at all tiles as the detector does it: by itself where it can, else batch by batch.

    Raises:
        BackendError: the run time failed.
    """
    if isinstance(detector, Looker):
        return detector.look(scan, card, layout, pool, budget, watch)
    return look_in_batches(scan, card, layout, detector, pool, budget, watch)


def look_in_batches(
    scan: Scan,
    card: ModelCard,
    layout: Layout,
    detector: Detector,
    pool: RowPool,
    budget: Budget,
    watch: Stopwatch,
) -> Looked:
    """Prepares, answers, stitches and decodes all tiles, slab by slab; what shows something, in further views.

    A budget that runs out ends it with what is done, before a batch that would not fit.

    Raises:
        BackendError: the run time failed.
    """
    with watch.stage("prepare"):
        maker = TileMaker(scan, card.input, layout, pool)
    stitcher = Stitcher(layout, len(card.labels))
    warmth = Warmth(layout)
    proposals: list[Proposals] = []

    def settle(slabs: Iterator[Slab]) -> None:
        for slab in slabs:
            proposals.append(propose(slab, card))
            warmth.add(slab)

    stopped_by: BudgetExceeded | Cancelled | None = None
    pace = Pace(budget, most_views=layout.most_views)
    done, of = 0, len(layout.origins)
    try:
        while done < of:
            origins = layout.origins[done : done + card.input.batch]
            with pace.batch() as batch:
                with watch.stage("prepare"):
                    tiles = maker.make(origins)
                views = _stitched(tiles, layout.flips, origins, detector, stitcher, watch)
                if any(showing := _showing(views, origins, layout)):
                    _stitched(tiles, layout.again_flips, showing, detector, stitcher, watch)
                else:
                    batch.views = len(layout.flips)
                done += len(origins)
                if done < of:
                    with watch.stage("merge"):
                        settle(stitcher.settled_before(layout.origins[done]))
            watch.share = done / of
    except (BudgetExceeded, Cancelled) as stop:
        stopped_by = stop
    with watch.stage("merge"):
        settle(stitcher.rest())
        candidates = decide(proposals, card)
        heat_map = warmth.heat_map()
    return Looked(candidates, layout.coverage(done), stopped_by, done, detector.backend, heat_map=heat_map)


def _stitched(
    tiles: FloatArray,
    flips: tuple[str, ...],
    origins: Sequence[Origin | None],
    detector: Detector,
    stitcher: Stitcher,
    watch: Stopwatch,
) -> list[RawOutput]:
    """The answers to a batch in some views, those of the tiles that have an origin stitched."""
    answers = []
    for flip in flips:
        with watch.stage("detect"):
            answers.append(turned_back(detector.run(mirrored(tiles, flip)), flip))
        with watch.stage("merge"):
            stitcher.add(answers[-1], origins)
    return answers


def _showing(views: Sequence[RawOutput], origins: Sequence[Origin], layout: Layout) -> list[Origin | None]:
    """The origins of the tiles to be looked at again, None for the others."""
    if not layout.again_flips:
        return []
    shows = np.any([reaches(view.heat, layout.again_from) for view in views], axis=0)
    return [origin if shown else None for origin, shown in zip(origins, shows, strict=False)]
