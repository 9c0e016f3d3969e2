"""One simulated person: sizes, pose and what flows in the vessels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom.profile import VesselRange, draw_within


@dataclass(frozen=True, slots=True)
class Habitus:
    """Sizes of a person, in mm, HU and degrees.

    Args:
        half_width_mm: of the inside of the rib cage, where it is widest.
        half_depth_mm: likewise, front to back.
        height_mm: of the lungs, from their base to the apex.
        muscle_mm: thickness of the chest wall within the fat.
        fat_mm: thickness of the fat under the skin.
        heart_mm: mean radius of the heart.
        lung_hu: mean of the parenchyma.
        blood_hu: of heart, aorta and lung vessels.
        tilt_degrees: how the person lies, about the axes z, y and x.
    """

    half_width_mm: float
    half_depth_mm: float
    height_mm: float
    muscle_mm: float
    fat_mm: float
    heart_mm: float
    lung_hu: float
    blood_hu: float
    tilt_degrees: tuple[float, float, float]

    def turn(self) -> NDArray[np.float64]:
        """(3, 3) float64, rotation of (z, y, x) from the person's axes into the scanner's."""
        matrix = np.eye(3)
        for axis, degrees in enumerate(self.tilt_degrees):
            angle = math.radians(degrees)
            first, second = [other for other in range(3) if other != axis]
            step = np.eye(3)
            step[first, first] = step[second, second] = math.cos(angle)
            step[first, second], step[second, first] = -math.sin(angle), math.sin(angle)
            matrix = step @ matrix
        return matrix


def draw_habitus(vessels: VesselRange, draw: Generator) -> Habitus:
    """A person, slim or large, with or without contrast agent."""
    width = draw.uniform(112, 142)
    agent = draw.random() < 0.45
    return Habitus(
        half_width_mm=width,
        half_depth_mm=width * draw.uniform(0.64, 0.76),
        height_mm=draw.uniform(205, 275),
        muscle_mm=draw.uniform(13, 25),
        fat_mm=float(np.exp(draw.uniform(np.log(5), np.log(35)))),
        heart_mm=draw.uniform(44, 57),
        lung_hu=float(np.clip(draw.normal(-870, 14), -900, -835)),
        blood_hu=draw_within(vessels.contrast_hu if agent else vessels.plain_hu, draw),
        tilt_degrees=(draw.normal(0, 2.5), draw.normal(0, 1.5), draw.normal(0, 2.0)),
    )
