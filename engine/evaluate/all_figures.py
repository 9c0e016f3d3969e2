"""Everything that an evaluation states of one label, worked out from the cases in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.evaluate.ap import ROUNDS, at_overlaps, mean_average_precision
from engine.evaluate.calibration import calibration
from engine.evaluate.figures import figures
from engine.evaluate.froc import at_threshold
from engine.evaluate.gallery import gallery
from engine.evaluate.guard import cautions
from engine.evaluate.interval import by_group
from engine.evaluate.match import match_all
from engine.evaluate.measure import Measured
from engine.evaluate.operating import KeptPoint, Requirement, choose_point, point_at
from engine.evaluate.overall import precision
from engine.evaluate.report import LabelReport
from engine.evaluate.subgroups import BUILT_IN, parts


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked of an evaluation.

    Args:
        hit_iou: overlap from which a finding is found.
        seed: of the bootstrap.
        columns: what the set is cut by.
        requirement: what a threshold is chosen for.
        pictures: the folder that file names are relative to, where misses and false alarms are to be shown.
        noun: what an image of the set is called.
        known_trained: the package says what it was trained on.
        kept: thresholds that were chosen before, to be measured on this set.
    """

    hit_iou: float
    seed: int = 0
    columns: Sequence[str] = BUILT_IN
    requirement: Requirement | None = None
    pictures: Path | None = None
    noun: str = "image"
    known_trained: bool = False
    kept: Sequence[KeptPoint] = ()


def report_of(measured: Measured, label: str, wanted: Wanted) -> LabelReport:
    """All figures of one label.

    Raises:
        UsageError: US-COLUMN, US-UNREACHED.
    """
    cases, card, seed = measured.cases[label], measured.card, wanted.seed
    hits = match_all(cases, wanted.hit_iou)
    return LabelReport(
        label=label,
        figures=figures(cases, card.threshold, hit_iou=wanted.hit_iou, seed=seed),
        ap_overlaps=by_group(at_overlaps(cases), mean_average_precision, seed=seed, rounds=ROUNDS),
        precision=by_group(hits, lambda some: precision(at_threshold(some, card.threshold)), seed=seed),
        calibration=calibration(hits, card.unsure_threshold),
        parts=parts(cases, measured.facts, card.threshold, hit_iou=wanted.hit_iou, seed=seed, columns=wanted.columns),
        cautions=cautions(cases, wanted.noun, known_trained=wanted.known_trained),
        with_unsure=at_threshold(hits, card.unsure_threshold),
        plates=gallery(cases, card, wanted.pictures, hit_iou=wanted.hit_iou) if wanted.pictures else (),
        point=choose_point(hits, wanted.requirement, label, seed=seed) if wanted.requirement else None,
        kept=tuple(
            point_at(hits, one.threshold, one.requirement, label, seed=seed)
            for one in wanted.kept
            if one.label == label
        ),
    )
