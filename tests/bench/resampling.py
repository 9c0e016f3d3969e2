"""A CT of 300 slices of 512x512 to 1 mm float32, windowed to 0..1: the kernel beside SimpleITK, OpenCV and torch."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import SimpleITK

from engine.prepare.pool import RowPool
from kernels.prepare import prepare
from kernels.weights import AxisWeights, axis_weights
from kernels.window import value_window
from tests.bench.floor import moving
from tests.bench.race import Contender

SHAPE = (300, 512, 512)
LOW_HU, HIGH_HU, INTERCEPT = -1000.0, 400.0, -1024.0

GOAL_FLOOR_RATIO = 1.8


class Volume:
    """The case at one spacing.

    Args:
        spacing_mm: (z, y, x) of the stored voxels.
        slices: how many; fewer for a quick look.
    """

    def __init__(self, spacing_mm: tuple[float, float, float], slices: int = SHAPE[0]) -> None:
        self.spacing_mm = spacing_mm
        self.voxels = _voxels((slices, *SHAPE[1:]))
        self.axes = tuple(
            axis_weights(length, 1.0 / step) for length, step in zip(self.voxels.shape, spacing_mm, strict=True)
        )
        self.size = tuple(axis.outputs for axis in self.axes)
        shape = "x".join(map(str, self.voxels.shape))
        self.title = f"CT {shape} int16 at {spacing_mm} mm -> {'x'.join(map(str, self.size))} float32 at 1 mm"

    def contenders(self, pool: RowPool, torch: Any) -> list[Contender]:
        """The memory floor, Fovea, then its peers."""
        return [
            Contender("memory floor", moving(self.voxels.nbytes, int(np.prod(self.size)) * 4, pool)),
            Contender("Fovea, area and linear", self._fovea(pool)),
            Contender("OpenCV area by slices, numpy in z and window", self._opencv()),
            Contender(
                "torch trilinear and window",
                self._torch(torch),
                same_filter=False,
                missing="" if torch else "torch is not installed",
            ),
            Contender("SimpleITK linear and window", self._simpleitk(), same_filter=False),
        ]

    def _fovea(self, pool: RowPool) -> Callable[[], np.ndarray]:
        window = value_window(LOW_HU, HIGH_HU, intercept=INTERCEPT)
        rows = self.size[0] * self.size[1]

        def call() -> np.ndarray:
            out = np.empty((1, *self.size), np.float32)
            pool.run(
                lambda row0, row1: prepare(self.voxels, self.axes, window, (0, 0, 0), out, row0, row1),
                rows,
                self.size[2],
            )
            return out

        return call

    def _opencv(self) -> Callable[[], np.ndarray]:
        _, height, width = self.size
        low, gain = np.float32(LOW_HU - INTERCEPT), np.float32(1 / (HIGH_HU - LOW_HU))

        def flat(index: int) -> np.ndarray:
            return cv2.resize(self.voxels[index], (width, height), interpolation=cv2.INTER_AREA)

        def call() -> np.ndarray:
            out = np.empty(self.size, np.float32)
            kept: dict[int, np.ndarray] = {}
            for z in range(self.size[0]):
                _weigh_slices(self.axes[0], z, flat, kept, out[z])
                np.subtract(out[z], low, out=out[z])
                np.multiply(out[z], gain, out=out[z])
                np.clip(out[z], 0, 1, out=out[z])
            return out

        return call

    def _torch(self, torch: Any) -> Callable[[], np.ndarray]:
        def call() -> np.ndarray:
            voxels = torch.from_numpy(self.voxels)[None, None].float()
            small = torch.nn.functional.interpolate(voxels, self.size, mode="trilinear", align_corners=False)
            return np.asarray(small.sub_(LOW_HU - INTERCEPT).mul_(1 / (HIGH_HU - LOW_HU)).clamp_(0, 1)[0])

        return call

    def _simpleitk(self) -> Callable[[], np.ndarray]:
        image = SimpleITK.GetImageFromArray(self.voxels)
        image.SetSpacing(self.spacing_mm[::-1])
        origin = tuple(0.5 - step / 2 for step in self.spacing_mm[::-1])

        def call() -> np.ndarray:
            small = SimpleITK.Resample(
                image,
                self.size[::-1],
                SimpleITK.Transform(),
                SimpleITK.sitkLinear,
                origin,
                (1.0,) * 3,
                (1.0, 0, 0, 0, 1, 0, 0, 0, 1),
                0.0,
                SimpleITK.sitkFloat32,
            )
            windowed = SimpleITK.IntensityWindowing(small, LOW_HU - INTERCEPT, HIGH_HU - INTERCEPT, 0.0, 1.0)
            return SimpleITK.GetArrayFromImage(windowed)

        return call


def _weigh_slices(
    axis: AxisWeights, z: int, flat: Callable[[int], np.ndarray], kept: dict[int, np.ndarray], out: np.ndarray
) -> None:
    """Weighs the resized slices that output slice z needs, each resized once."""
    needed = range(axis.first[z], axis.first[z] + axis.weight.shape[1])
    for index in set(kept) - set(needed):
        del kept[index]
    for index in needed:
        if index not in kept:
            kept[index] = flat(index)
    if len(needed) == 1:
        np.copyto(out, kept[needed[0]])
        return
    np.multiply(kept[needed[0]], axis.weight[z, 0], out=out)
    for tap, index in enumerate(needed[1:], start=1):
        out += kept[index] * axis.weight[z, tap]


def _voxels(shape: tuple[int, int, int]) -> np.ndarray:
    z, y, x = np.ogrid[0 : shape[0], 0 : shape[1], 0 : shape[2]]
    smooth = 900 + 500 * np.sin(x / 31.0) * np.cos(y / 23.0) + 3.0 * (z % 97)
    noise = np.random.default_rng(7).integers(-40, 40, shape, np.int16)
    return smooth.astype(np.int16) + noise
