"""A blob: an ellipsoid with lobes, the shape of nodules, plaques and patches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom import raster
from engine.learn.phantom.canvas import Floats, Grid
from engine.learn.phantom.thorax import LUNG, Thorax

Doubles = NDArray[np.float64]

LOBE_SHARPNESS = 4.0  # a lobe fades to 1/e at about 41 degrees from its middle


@dataclass(frozen=True, slots=True, eq=False)
class Blob:
    """Its surface lies at radius 1 + lobes in the frame that `turn` and `half_mm` make.

    Args:
        centre_mm: (3,) float64, (z, y, x) in the scanner's frame.
        half_mm: (3,) float64, half axes before the lobes.
        turn: (3, 3) float64, rotation; its rows are the axes.
        lobes: (n, 4) float64, unit direction and height of each.
    """

    centre_mm: Doubles
    half_mm: Doubles
    turn: Doubles
    lobes: Doubles

    @property
    def reach_mm(self) -> float:
        """No point of it is farther from its centre."""
        return float(self.half_mm.max() * (1 + np.clip(self.lobes[:, 3], 0, None).sum()))

    def rows(self) -> Doubles:
        """(5 + n, 4) float64 as kernels take it: centre, half axes, three rows of the turn, the lobes.

        The fourth column of the first row holds the sharpness of a lobe.
        """
        rows = np.zeros((5 + len(self.lobes), 4))
        rows[0, :3], rows[1, :3], rows[2:5, :3], rows[5:] = self.centre_mm, self.half_mm, self.turn, self.lobes
        rows[0, 3] = LOBE_SHARPNESS
        return rows

    def distance(self, points_mm: Doubles) -> Doubles:
        """(n,) float64, roughly the distance of (n, 3) points to its surface in mm, negative inside."""
        distance = np.empty(len(points_mm))
        raster.blob_distances(self.rows(), np.ascontiguousarray(points_mm), distance)
        return distance

    def _surface(self, way: Doubles) -> Doubles:
        near = np.exp(LOBE_SHARPNESS * (way @ self.lobes[:, :3].T - 1))
        radius: Doubles = 1 + near @ self.lobes[:, 3]
        return radius


def draw_blob(centre_mm: Doubles, half_mm: Doubles, lobe_height: float, draw: Generator) -> Blob:
    """A blob that lies anyhow, with lobes and dents up to a height."""
    return Blob(centre_mm, half_mm, draw_turn(draw), draw_lobes(lobe_height, draw))


def paint(hu: Floats, grid: Grid, blob: Blob, thorax: Thorax, look: tuple[float, float, bool]) -> None:
    """Paints a blob within the lungs; where it reaches the pleura it ends there.

    Args:
        hu: (D, H, W) float32 on the grid, changed in place.
        look: width of its edge in mm, its HU, and whether these are added to what is there.
    """
    soft_mm, value_hu, added = look
    reach = blob.reach_mm + soft_mm
    window = grid.cut(blob.centre_mm - reach, blob.centre_mm + reach)
    placement = grid.placement()
    placement[0] += placement[1] * [part.start for part in window]
    lung, coarse = thorax.fields[LUNG], thorax.grid.placement()
    raster.paint_blob(hu[window], placement, blob.rows(), lung, coarse, np.array([value_hu, soft_mm, float(added)]))


def draw_lobes(height: float, draw: Generator) -> Doubles:
    """(5, 4) float64, directions and heights."""
    way = draw.normal(size=(5, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    return np.column_stack([way, draw.uniform(-0.5 * height, height, 5)])


def draw_turn(draw: Generator) -> Doubles:
    """(3, 3) float64, a rotation, all alike likely."""
    matrix, upper = np.linalg.qr(draw.normal(size=(3, 3)))
    turn: Doubles = matrix * np.sign(np.diag(upper))
    return turn


def facing(normal: Doubles, draw: Generator) -> Doubles:
    """(3, 3) float64, a rotation whose first axis is a unit vector, turned about it by chance."""
    axes = np.linalg.qr(np.column_stack([normal, draw.normal(size=(3, 2))]))[0].T
    axes[0] = normal
    turn: Doubles = axes
    return turn


def sized(blob: Blob, diameter_mm: float) -> Blob:
    """The blob with the volume of a ball of that diameter; half axes and lobes keep their proportions."""
    index = np.arange(2000) + 0.5
    up = 1 - index / 1000  # a Fibonacci lattice: even over the sphere
    around = np.pi * (1 + 5**0.5) * index
    flat = np.sqrt(1 - up * up)
    way = np.column_stack([up, flat * np.cos(around), flat * np.sin(around)])
    share = float((blob._surface(way) ** 3).mean()) * float(blob.half_mm.prod())
    factor = (diameter_mm / 2) / share ** (1 / 3)
    return Blob(blob.centre_mm, blob.half_mm * factor, blob.turn, blob.lobes)
