"""The lungs of a scan for the baselines: an even grid of 1 mm, and the mask within which they look."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import SimpleITK as sitk
from numpy.typing import NDArray

AIR_HU = -450.0
CLOSING_MM = 10.0  # nodules on the pleura and vessels up to 20 mm wide belong to the mask
MASK_MM = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Lungs:
    """One scan as the baselines see it.

    Args:
        hu: (D, H, W) float32 on a grid of 1 mm.
        mask: (D, H, W) bool, both lungs with what lies in them.
        shape: (z, y, x) of the stored grid.
        step_mm: (z, y, x) of the stored grid.
    """

    hu: NDArray[np.float32]
    mask: NDArray[np.bool_]
    shape: tuple[int, int, int]
    step_mm: tuple[float, float, float]

    def stored(self, boxes_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 6) boxes from corners on the 1 mm grid to voxels of the stored grid."""
        step = np.tile(self.step_mm, 2)
        stored: NDArray[np.float64] = boxes_mm / step
        return np.clip(stored, 0, np.tile(self.shape, 2))


def read_lungs(path: Path) -> Lungs:
    """Reads a volume and finds the lungs in it."""
    image = sitk.ReadImage(str(path), sitk.sitkFloat32)
    even = _even(image, 1.0)
    mask = _even(_lung_mask(_even(image, MASK_MM)), 1.0, like=even)
    x, y, z = image.GetSpacing()
    depth, height, width = sitk.GetArrayViewFromImage(image).shape
    return Lungs(sitk.GetArrayFromImage(even), sitk.GetArrayFromImage(mask) > 0, (depth, height, width), (z, y, x))


def _even(image: sitk.Image, step_mm: float, like: sitk.Image | None = None) -> sitk.Image:
    """The image on a grid of even steps whose voxels fill the same space; smoothed before it is thinned out."""
    if like is not None:
        return sitk.Resample(image, like, sitk.Transform(), sitk.sitkNearestNeighbor, 0)
    for axis, spacing in enumerate(image.GetSpacing()):
        if spacing < 0.9 * step_mm:
            sigma = 0.4 * step_mm
            image = sitk.RecursiveGaussian(image, sigma, False, sitk.RecursiveGaussianImageFilter.ZeroOrder, axis)
    spacing, size = np.array(image.GetSpacing()), np.array(image.GetSize())
    number = np.maximum(np.round(size * spacing / step_mm), 1).astype(int)
    origin = np.array(image.GetOrigin()) - spacing / 2 + step_mm / 2
    filled = sitk.ResampleImageFilter()
    filled.SetSize(number.tolist())
    filled.SetOutputSpacing((step_mm,) * 3)
    filled.SetOutputOrigin(origin.tolist())
    filled.SetInterpolator(sitk.sitkLinear)
    filled.UseNearestNeighborExtrapolatorOn()
    return filled.Execute(image)


def _lung_mask(image: sitk.Image) -> sitk.Image:
    """Air that does not reach the border of a slice, its two largest parts, closed over vessels and nodules."""
    air = sitk.GetArrayFromImage(image) < AIR_HU
    parts = sitk.GetArrayFromImage(sitk.ConnectedComponent(sitk.GetImageFromArray(air.astype(np.uint8))))
    sides = [parts[:, 0], parts[:, -1], parts[:, :, 0], parts[:, :, -1]]
    outside = np.unique(np.concatenate([side.ravel() for side in sides]))
    sizes = np.bincount(parts.ravel())
    sizes[outside] = 0
    sizes[0] = 0
    kept = [label for label in np.argsort(sizes)[::-1][:2] if sizes[label] > 0.1 * sizes.max()]
    mask = sitk.GetImageFromArray(np.isin(parts, kept).astype(np.uint8))
    radius = round(CLOSING_MM / MASK_MM)
    mask = sitk.BinaryFillhole(sitk.BinaryMorphologicalClosing(mask, [radius] * 3))
    mask.CopyInformation(image)
    return mask
