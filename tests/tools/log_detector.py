"""Baseline: the Laplacian of Gaussians at many scales, its peaks within the lungs, the better of two that overlap."""

import math
from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk
from numpy.typing import NDArray

from tests.tools.answers import Answers, distinct
from tests.tools.lungs import Lungs

DIAMETERS_MM = (4.0, 5.0, 6.3, 8.0, 10.0, 12.6, 16.0, 20.0)
COARSE_FROM_MM = 6.0  # scales from here on are as exact on a grid of 2 mm, and eight times as fast
LEAST_RESPONSE = 60.0
LUNG_HU = -870.0


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What is tuned.

    Args:
        ceiling_hu: values above are cut, so that bone and contrast agent count no more than tissue.
        scale_power: the response is weighed by diameter to this power.
        box: side of the box beside the diameter of the scale.
    """

    ceiling_hu: float = 0.0
    scale_power: float = 0.0
    box: float = 1.0


def peaks(lungs: Lungs, ceiling_hu: float) -> NDArray[np.float64]:
    """(n, 5) float64: z, y, x in mm, diameter in mm, and scale-normalised response; of each scale by itself."""
    hu = np.where(lungs.mask, np.clip(lungs.hu, -1000, ceiling_hu), LUNG_HU).astype(np.float32)
    fine = sitk.GetImageFromArray(hu)
    coarse = sitk.BinShrink(fine, (2, 2, 2))
    found = []
    for diameter in DIAMETERS_MM:
        image, step = (coarse, 2) if diameter >= COARSE_FROM_MM else (fine, 1)
        sigma = diameter / (2 * math.sqrt(3))  # at which the response to a ball of that diameter is highest
        response = -sitk.GetArrayFromImage(sitk.LaplacianRecursiveGaussian(image, sigma)) * np.float32(sigma**2)
        cells = _peaks(response)
        mm = (cells + 0.5) * step
        near = tuple(np.minimum(mm.astype(int), np.array(lungs.mask.shape) - 1).T)
        kept = lungs.mask[near]
        strength = response[tuple(cells.T)]
        found.append(np.column_stack([mm, np.full(len(mm), diameter), strength])[kept])
    return np.concatenate(found)


def detect(found: NDArray[np.float64], settings: LogSettings) -> Answers:
    """Boxes of the peaks, highest score first, none within another's reach."""
    score = found[:, 4] * found[:, 3] ** settings.scale_power
    half = found[:, 3:4] * settings.box / 2
    return distinct(Answers(np.concatenate([found[:, :3] - half, found[:, :3] + half], axis=1), score))


def _peaks(response: NDArray[np.float32]) -> NDArray[np.int64]:
    """(n, 3) cells that none of their 26 neighbours beats."""
    inner = response[1:-1, 1:-1, 1:-1]
    cells = np.argwhere(inner > LEAST_RESPONSE) + 1
    own = response[tuple(cells.T)]
    for step in np.ndindex(3, 3, 3):
        near = response[tuple((cells + step - 1).T)]
        cells, own = cells[own >= near], own[own >= near]
    return cells
