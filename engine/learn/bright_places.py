"""Places of a volume that look like findings and mostly are none: small bright things amid dark tissue, as vessels are.

Most of a chest is easy. A detector that only sees random crops learns late that a vessel is no nodule; crops on bright
places show it hundreds of them.
"""

from typing import Any

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch.nn import functional

from engine.domain.model_card import InputSpec
from engine.learn.dataset import Floats

BLOCK = 4  # voxels along each axis; a place is the middle of a block
MOST_PLACES = 2000  # a volume; more would only cost memory


def bright_places(pixels: NDArray[Any], spec: InputSpec, bright: tuple[float, float], draw: Generator) -> Floats:
    """Blocks with a value above `bright` amid blocks whose means all lie between the two values.

    So the air around a body is left out by the lower value, its wall and its organs by the upper one.

    Args:
        pixels: (1, depth, height, width), normalised.
        spec: tells what the real values are.
        bright: real values: lowest mean of the blocks around, and what is bright.
        draw: chooses where there are more than `MOST_PLACES`.

    Returns:
        (n, 3) float32, voxels.
    """
    darkest, lowest = (((value - spec.low) / (spec.high - spec.low) - spec.mean[0]) / spec.std[0] for value in bright)
    volume = torch.from_numpy(pixels.astype(np.float32))[None]
    if min(volume.shape[2:]) < BLOCK:
        return np.empty((0, 3), np.float32)
    means = functional.avg_pool3d(volume, BLOCK)
    top = functional.max_pool3d(volume, BLOCK)
    around = functional.avg_pool3d(means, 3, 1, 1, count_include_pad=False)
    least = -functional.max_pool3d(-means, 3, 1, 1)
    places = torch.nonzero(((top > lowest) & (around < lowest) & (least > darkest))[0, 0]).numpy()
    if len(places) > MOST_PLACES:
        places = places[np.sort(draw.choice(len(places), MOST_PLACES, replace=False))]
    centres: Floats = ((places + 0.5) * BLOCK).astype(np.float32)
    return centres
