"""Pixels for training, prepared as the product prepares them."""

from pathlib import Path

import numpy as np
from PIL import Image

from engine.learn.dataset import Floats
from engine.learn.recipe import InputPart


def prepared(path: Path, part: InputPart) -> Floats:
    with Image.open(path) as image:
        stored = np.asarray(image.convert("RGB"), np.float32) / 255
    normal = (stored - np.asarray(part.mean, np.float32)) / np.asarray(part.std, np.float32)
    return np.ascontiguousarray(normal.transpose(2, 0, 1))
