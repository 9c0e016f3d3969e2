"""How alike a study is to the training images: the distance of its sketch from theirs, and the limit that they set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.domain.sketch import NAMES, Sketch

LEAST_IMAGES = 50
"""From so many on a limit that one of a hundred exceeds says something."""

FALSE_SHARE = 0.01
"""Share of the training images that lie beyond the limit, each measured without itself."""

_SHRINK = 0.05
"""Share of the plain spreads in the joint ones: with few images some direction would look too narrow."""


_LEAST_VARIANCE = 1e-10
"""Of a number that all training images share, as the warmth of grey ones."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the sketches of the training images have in common.

    Args:
        names: of the numbers, in their order.
        centre: their medians.
        weights: (n, n) the inverse of their covariance, row by row.
        limit: distance that one of a hundred training images exceeds.
        images: how many were measured.
    """

    names: tuple[str, ...]
    centre: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    limit: float
    images: int

    def distance(self, sketch: Sketch) -> float:
        """In spreads of the training images, correlations taken into account (Mahalanobis)."""
        off = np.array(sketch.values()) - self.centre
        return float(np.sqrt(max(off @ np.array(self.weights) @ off, 0.0)))

    def furthest(self, sketch: Sketch) -> str:
        """Which number is off most, taken alone."""
        alone = np.abs(np.array(sketch.values()) - self.centre) / np.sqrt(
            np.diag(np.linalg.inv(np.array(self.weights)))
        )
        return self.names[int(alone.argmax())]


def likeness_of(sketches: Sequence[Sketch]) -> Likeness | None:
    """What some sketches have in common; None where they are too few to set a limit."""
    if len(sketches) < LEAST_IMAGES:
        return None
    table = np.array([sketch.values() for sketch in sketches])
    centre, weights = np.median(table, axis=0), _weights(table)
    distances = [_left_out(table, index) for index in range(len(table))]
    limit = float(np.quantile(distances, 1.0 - FALSE_SHARE, method="higher"))
    return Likeness(NAMES, tuple(centre.tolist()), tuple(map(tuple, weights.tolist())), limit, len(table))


def _left_out(table: NDArray[np.float64], index: int) -> float:
    """The distance of one image from the others."""
    others = np.delete(table, index, axis=0)
    off = table[index] - np.median(others, axis=0)
    return float(np.sqrt(off @ _weights(others) @ off))


def _weights(table: NDArray[np.float64]) -> NDArray[np.float64]:
    covariance = np.asarray(np.cov(table, rowvar=False), np.float64)
    plain = np.diag(np.diag(covariance)) + _LEAST_VARIANCE * np.eye(len(covariance))
    return np.asarray(np.linalg.inv((1.0 - _SHRINK) * covariance + _SHRINK * plain), np.float64)
