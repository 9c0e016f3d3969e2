"""What an answer on an altered study is worth: findings, found ones and false regions at the shipped threshold."""

from dataclasses import replace

import numpy as np

from engine.evaluate.cases import case_of
from engine.evaluate.match import HIT_IOU, match
from tests.bench.altered import OTHER_SPACING, SMALLER


def left_over(image, truth, card, regions, what):
    """Of all labels together; where the spacing is another one the findings lie at other pixels, in the same slices."""
    in_plane = SMALLER if what == OTHER_SPACING else 1.0
    scale = np.tile([*(1.0 for _ in range(image.dims - 2)), in_plane, in_plane], 2)
    findings = found = false = 0
    for label in card.labels:
        case = case_of(image, truth, label, [region for region in regions if region.score >= card.threshold])
        matched = match(replace(case, truth=case.truth * scale), HIT_IOU[image.dims])
        findings += matched.findings
        found += int(np.isfinite(matched.found_at).sum())
        false += int((matched.counted & ~matched.hit).sum())
    return {"findings": findings, "found": found, "false": false}
