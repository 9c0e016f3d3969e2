"""Does a score mean what it says: of the regions with a score of about 0.7, are 70 % right?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.evaluate.interval import Interval, exact_share
from engine.evaluate.match import Matched

BINS = 10


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Regions with a score in one tenth.

    Args:
        low: least score.
        high: score below which it ends; the last bin holds 1 too.
        regions: how many there are.
        score: their mean.
        right: share that found something, exact limits.
    """

    low: float
    high: float
    regions: int
    score: float
    right: Interval


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far scores and shares are apart.

    Args:
        error: mean distance of score and share over all regions (expected calibration error); NaN without regions.
        bins: those that hold a region.
    """

    error: float
    bins: tuple[CalibrationBin, ...]


def calibration(images: Sequence[Matched], least: float) -> Calibration:
    """Compares the scores of regions with how often they are right.

    Args:
        images: matched for one label.
        least: regions below this score are not shown to anybody and left out.

    Source:
        Guo et al., On Calibration of Modern Neural Networks (2017), section 3, with regions in place of pictures
    """
    scores = np.concatenate([image.scores[image.counted] for image in images] or [np.zeros(0)])
    hit = np.concatenate([image.hit[image.counted] for image in images] or [np.zeros(0, bool)])
    scores, hit = scores[scores >= least], hit[scores >= least]
    number = np.minimum((scores * BINS).astype(int), BINS - 1)
    bins, error = [], 0.0
    for tenth in np.unique(number):
        inside = number == tenth
        mean, right = float(scores[inside].mean()), int(hit[inside].sum())
        share = exact_share(right, int(inside.sum()))
        bins.append(CalibrationBin(tenth / BINS, (tenth + 1) / BINS, int(inside.sum()), mean, share))
        error += inside.sum() * abs(mean - share.value)
    return Calibration(float(error / len(scores)) if len(scores) else float("nan"), tuple(bins))
