"""A 4096x3000 RGB photograph to 1024x1024 float32 planes in 0..1: the kernel beside OpenCV, torch and others."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import SimpleITK
from PIL import Image

from engine.prepare.pool import RowPool
from kernels.prepare import prepare
from kernels.weights import axis_weights
from kernels.window import value_window
from tests.bench.floor import moving
from tests.bench.race import Contender

TITLE = "photograph 4096x3000 RGB uint8 -> 3x1024x1024 float32"
HEIGHT, WIDTH, SIDE = 3000, 4096, 1024

GOAL_FLOOR_RATIO = 3.0


def contenders(pool: RowPool, torch: Any) -> list[Contender]:
    """The memory floor, Fovea, then its peers."""
    photo = _photo()
    return [
        Contender("memory floor", moving(photo.nbytes, 3 * SIDE * SIDE * 4, pool)),
        Contender("Fovea, area", _fovea(photo, pool)),
        Contender("OpenCV area, then blobFromImage", lambda: _opencv_blob(photo, cv2.INTER_AREA)),
        Contender("OpenCV area, then split and scale", _opencv_split(photo)),
        Contender(
            "OpenCV linear, then blobFromImage", lambda: _opencv_blob(photo, cv2.INTER_LINEAR), same_filter=False
        ),
        Contender("Pillow box, then numpy", lambda: _pillow(photo)),
        _torch_area(photo, torch),
        _torch_antialiased(photo, torch),
        Contender("SimpleITK linear, then numpy", _simpleitk(photo), same_filter=False),
    ]


def _photo() -> np.ndarray:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    smooth = 128 + 60 * np.sin(x / 97) * np.cos(y / 61)
    noise = np.random.default_rng(7).normal(0, 12, (HEIGHT, WIDTH, 3)).astype(np.float32)
    return np.clip(smooth[..., None] + noise, 0, 255).astype(np.uint8)


def _fovea(photo: np.ndarray, pool: RowPool) -> Callable[[], np.ndarray]:
    window = value_window(0.0, 1.0, slope=1 / 255, mean=(0.0,) * 3, std=(1.0,) * 3)

    def call() -> np.ndarray:
        out = np.empty((3, SIDE, SIDE), np.float32)
        axes = (axis_weights(HEIGHT, HEIGHT / SIDE, SIDE), axis_weights(WIDTH, WIDTH / SIDE, SIDE))
        pool.run(lambda row0, row1: prepare(photo, axes, window, (0, 0), out, row0, row1), SIDE, 3 * SIDE)
        return out

    return call


def _opencv_blob(photo: np.ndarray, interpolation: int) -> np.ndarray:
    return cv2.dnn.blobFromImage(cv2.resize(photo, (SIDE, SIDE), interpolation=interpolation), 1 / 255)


def _opencv_split(photo: np.ndarray) -> Callable[[], np.ndarray]:
    def call() -> np.ndarray:
        out = np.empty((3, SIDE, SIDE), np.float32)
        for channel, plane in enumerate(cv2.split(cv2.resize(photo, (SIDE, SIDE), interpolation=cv2.INTER_AREA))):
            np.multiply(plane, np.float32(1 / 255), out=out[channel])
        return out

    return call


def _pillow(photo: np.ndarray) -> np.ndarray:
    small = np.asarray(Image.fromarray(photo).resize((SIDE, SIDE), Image.Resampling.BOX))
    return np.multiply(small.transpose(2, 0, 1), np.float32(1 / 255), order="C")


def _torch_area(photo: np.ndarray, torch: Any) -> Contender:
    def call() -> np.ndarray:
        planes = torch.from_numpy(photo).permute(2, 0, 1)[None].float()
        return np.asarray(torch.nn.functional.interpolate(planes, (SIDE, SIDE), mode="area")[0].mul_(1 / 255))

    # Its area mode rounds the cells outwards to whole pixels.
    return Contender("torch area", call, same_filter=False, missing="" if torch else "torch is not installed")


def _torch_antialiased(photo: np.ndarray, torch: Any) -> Contender:
    def call() -> np.ndarray:
        planes = torch.from_numpy(photo).permute(2, 0, 1)[None]
        small = torch.nn.functional.interpolate(planes, (SIDE, SIDE), mode="bilinear", antialias=True)
        return np.asarray(small[0].float().mul_(1 / 255).contiguous())

    name = "torch uint8 bilinear antialiased"
    return Contender(name, call, same_filter=False, missing="" if torch else "torch is not installed")


def _simpleitk(photo: np.ndarray) -> Callable[[], np.ndarray]:
    image = SimpleITK.GetImageFromArray(photo, isVector=True)
    spacing = (WIDTH / SIDE, HEIGHT / SIDE)
    origin = tuple(step / 2 - 0.5 for step in spacing)

    def call() -> np.ndarray:
        small = SimpleITK.Resample(image, (SIDE, SIDE), SimpleITK.Transform(), SimpleITK.sitkLinear, origin, spacing)
        planes = SimpleITK.GetArrayViewFromImage(small).transpose(2, 0, 1)
        return np.multiply(planes, np.float32(1 / 255), order="C")

    return call
