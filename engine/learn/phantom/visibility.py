"""How visible a nodule is: contrast to noise at the filter that matches its shape.

The filter is the nodule itself as the scanner blurs it; its answer to the nodule is set beside the spread of its answer
to the scanner's noise. The lung's own texture and vessels are not noise here: they are what makes finding hard.

Source: Barrett, Yao, Rolland and Myers, "Model observers for assessment of image quality", PNAS 90 (1993): the
non-prewhitening ideal observer.
"""

from __future__ import annotations

import math

import numpy as np

from engine.learn.phantom.canvas import Canvas, Grid
from engine.learn.phantom.nodules import Nodule, paint_nodule
from engine.learn.phantom.scanner import (
    Acquisition,
    averaged,
    frequencies,
    noise_level,
    noise_map,
    noise_shape,
    stack_of,
    transfer,
)
from engine.learn.phantom.thorax import TONE, Thorax

SIDE_PX = 96


def contrast_to_noise(nodule: Nodule, thorax: Thorax, acquisition: Acquisition) -> float:
    """Of one nodule in even lung, over all slices that it touches."""
    pixel, spacing = acquisition.pixel_mm, acquisition.slices.spacing_mm
    depth = 2 * math.ceil((nodule.blob.reach_mm + acquisition.slices.thickness_mm) / spacing) + 1
    step, shape = (spacing, pixel, pixel), (depth, SIDE_PX, SIDE_PX)
    z, y, x = (float(v) for v in nodule.blob.centre_mm - (np.array(shape) - 1) / 2 * step)
    stack = stack_of(Grid((z, y, x), step, shape), acquisition.slices.thickness_mm)
    canvas = Canvas(stack.fine)
    around = thorax.at(TONE, nodule.blob.centre_mm[None])[0]
    canvas.hu[:] = around
    paint_nodule(canvas, nodule, thorax)
    canvas.hu -= np.float32(around)
    plane = (SIDE_PX, SIDE_PX)
    passes = transfer(acquisition.kernel, frequencies(plane, pixel))
    grain = noise_shape(acquisition.kernel, plane, pixel)
    answer, noise = 0.0, 0.0
    doubled = np.full(grain.shape[1], 2.0)
    doubled[[0, -1]] = 1.0
    for k in range(depth):
        spectrum = np.fft.rfft2(averaged(canvas.hu, stack, k)) * passes
        power = np.abs(spectrum) ** 2 * doubled / (SIDE_PX * SIDE_PX)
        answer += float(power.sum())
        noise += float((power * grain**2).sum())
    level = thorax.grid.cut(nodule.blob.centre_mm, nodule.blob.centre_mm)
    spread = noise_level(acquisition) * float(noise_map(thorax)[level].mean())
    return answer / (spread * math.sqrt(noise))
