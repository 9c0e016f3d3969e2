"""Baseline: what is denser than a threshold within the lungs, opened, in connected parts judged by size and shape."""

from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk
from numpy.typing import NDArray

from tests.tools.answers import Answers, distinct
from tests.tools.lungs import Lungs

LEAST_MM, MOST_MM = 3.0, 24.0


@dataclass(frozen=True, slots=True)
class ThresholdSettings:
    """What is tuned.

    Args:
        threshold_hu: from which a voxel counts.
        opening_mm: radius of the ball that must fit into a part; 0 opens nothing.
        size_power: the score is roundness times diameter to this power.
    """

    threshold_hu: float = -450.0
    opening_mm: int = 1
    size_power: float = 0.0


def parts(lungs: Lungs, threshold_hu: float, opening_mm: int) -> NDArray[np.float64]:
    """(n, 8) float64: box in mm, diameter of the ball of the same volume in mm, roundness 0..1."""
    dense = sitk.GetImageFromArray(((lungs.hu > threshold_hu) & lungs.mask).astype(np.uint8))
    if opening_mm:
        dense = sitk.BinaryMorphologicalOpening(dense, [opening_mm] * 3)
    shapes = sitk.LabelShapeStatisticsImageFilter()
    shapes.Execute(sitk.RelabelComponent(sitk.ConnectedComponent(dense), minimumObjectSize=14))
    rows = []
    for label in shapes.GetLabels():
        x, y, z, width, height, depth = shapes.GetBoundingBox(label)
        diameter = 2 * shapes.GetEquivalentSphericalRadius(label)
        if not LEAST_MM <= diameter <= MOST_MM:
            continue
        long = np.linalg.norm([width, height, depth]) / np.sqrt(3)
        fill = diameter**3 * np.pi / 6 / (width * height * depth) / (np.pi / 6)
        roundness = min(float(diameter / long), 1.0) * min(float(fill), 1.0) * min(shapes.GetRoundness(label), 1.0)
        rows.append((z, y, x, z + depth, y + height, x + width, diameter, roundness))
    return np.array(rows, float).reshape(-1, 8)


def detect(found: NDArray[np.float64], settings: ThresholdSettings) -> Answers:
    """Boxes of the parts, the roundest first."""
    return distinct(Answers(found[:, :6], found[:, 7] * found[:, 6] ** settings.size_power))
