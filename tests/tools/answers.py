"""What a baseline answers: boxes and scores, with those of lower score left out that overlap a better one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluate.match import overlap

MOST = 60
SAME_IOU = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Boxes (n, 6) float64, low corners (z, y, x), then high ones; scores (n,) float64."""

    boxes: NDArray[np.float64]
    scores: NDArray[np.float64]


def distinct(answers: Answers) -> Answers:
    """The best, at most 60, none of which overlaps a better one."""
    order = np.argsort(-answers.scores, kind="stable")[: 20 * MOST]
    boxes, kept = answers.boxes[order], []
    free = np.ones(len(order), bool)
    for index in range(len(order)):
        if free[index]:
            kept.append(index)
            free &= overlap(boxes[index : index + 1], boxes)[0] < SAME_IOU
            if len(kept) == MOST:
                break
    return Answers(boxes[kept], answers.scores[order][kept])
