"""What a lower precision costs, class by class, on annotated images: it is only chosen where nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from engine.clock import SystemClock
from engine.detect.choose import take_first
from engine.detect.loading import Detectors
from engine.detect.protocol import Backend
from engine.evaluate.ap import average_precision
from engine.evaluate.figures import STRICT_IOU
from engine.evaluate.froc import at_threshold
from engine.evaluate.match import HIT_IOU, ImageCase, match_all
from engine.evaluate.measure import Measured, measure
from engine.evaluate.truth import Truth
from engine.pipeline import Bench
from engine.prepare.pool import RowPool
from engine.registry.package import Package
from engine.registry.shelf import Shelf
from engine.registry.verdicts import FigurePair
from kernels.warm import warm


def figure_pairs(
    package: Package,
    full: Backend,
    lower: Backend,
    truth: Truth,
    folder: Path,
    *,
    threads: int | None = None,
    on_image: Callable[[int, int], None] = lambda _done, _of: None,
) -> tuple[FigurePair, ...]:
    """Figures of each class with both run times on the same images.

    Args:
        package: the model.
        full: computes in the model's own precision.
        lower: computes in a lower one.
        truth: what is annotated.
        folder: what its file names are relative to.
        threads: CPU threads; None takes all that this process may use.
        on_image: told how many of how many images one run time is done with.

    Raises:
        UsageError: US-EVALUATE, no image of the set could be answered.
        BackendError: a run time cannot load the model.
    """
    warm()
    ones, others = (_measured(package, backend, truth, folder, threads, on_image) for backend in (full, lower))
    pairs = []
    for label in package.card.labels:
        held = _figures(ones.cases[label], package.card.threshold, HIT_IOU[truth.dims])
        found = _figures(others.cases[label], package.card.threshold, HIT_IOU[truth.dims])
        pairs += [FigurePair(label, name, held[name], found[name]) for name in held]
    return tuple(pairs)


def _measured(
    package: Package,
    backend: Backend,
    truth: Truth,
    folder: Path,
    threads: int | None,
    on_image: Callable[[int, int], None],
) -> Measured:
    with RowPool(threads) as pool:
        detectors = Detectors((backend,), take_first, pool.threads)
        with closing(Bench(Shelf((package,)), detectors, pool, SystemClock())) as bench:
            return measure(bench, truth, folder, on_image=on_image)


def _figures(cases: Sequence[ImageCase], threshold: float, hit_iou: float) -> dict[str, float]:
    """Higher is better for each; the F score holds the false regions at the shipped threshold."""
    hits = match_all(cases, hit_iou)
    at = at_threshold(hits, threshold)
    marked = at.found + at.false_regions + at.findings
    return {
        "AP50": average_precision(match_all(cases, STRICT_IOU)),
        f"AP{round(hit_iou * 100)}": average_precision(hits),
        "sensitivity": at.sensitivity,
        "F score": 2.0 * at.found / marked if marked else float("nan"),
    }
