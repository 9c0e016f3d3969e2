"""The scanner: slices of a thickness, the blur of a kernel, noise with the kernel's texture, whole numbers of HU.

The transfer of a kernel is exp(-ln 2 (f / f50)^s), raised around 0.7 f50 where it enhances edges. Noise has the
spectrum of filtered back projection: the frequency times the transfer squared. It grows with what the rays have passed.

Source: Riederer, Pelc and Chesler, "The noise power spectrum in computed X-ray tomography", Phys. Med. Biol. 23 (1978).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learn.phantom.canvas import Floats, Grid
from engine.learn.phantom.profile import NOISE_HU, PIXEL_MM, Kernel, Scanners, Slices
from engine.learn.phantom.thorax import BLOOD, FLESH, LUNG, SPINE, Thorax

LOWEST_HU, HIGHEST_HU = -1024, 3071
FINEST_SLICE_MM = 1.0
WATER_PER_MM = 0.0195  # attenuation of water at about 70 keV, the mean energy of a 120 kV beam
REFERENCE_MM = 200.0


@dataclass(frozen=True, slots=True)
class Acquisition:
    """How one scan is made.

    Args:
        noise_hu: standard deviation with the standard kernel at 1 mm behind 200 mm of water: the dose.
    """

    kernel: Kernel
    slices: Slices
    pixel_mm: float
    noise_hu: float


def draw_acquisition(scanners: Scanners, draw: Generator) -> Acquisition:
    """A kernel, slices, a field of view and a dose of a set's scanners."""
    low, high = np.log(NOISE_HU)
    return Acquisition(
        scanners.kernels[draw.integers(len(scanners.kernels))],
        scanners.slices[draw.integers(len(scanners.slices))],
        draw.uniform(*PIXEL_MM),
        float(np.exp(draw.uniform(low, high))),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The slices of a scan, and the canvas that they are averaged from.

    Args:
        slices: grid of the scan, its step along z the distance of the slices.
        fine: grid of the canvas, finer along z, and as far beyond the outermost slices as they are thick.
        parts: fine slices from one slice to the next.
        weights: (n,) float32; slice k is the weighted sum of the n fine slices from k * parts on.
    """

    slices: Grid
    fine: Grid
    parts: int
    weights: Floats


def stack_of(slices: Grid, thickness_mm: float) -> Stack:
    """Slices of a thickness; the fine slices lie at most 1 mm apart, and what is painted onto them looks between."""
    spacing = slices.step_mm[0]
    parts = math.ceil(spacing / FINEST_SLICE_MM)
    step = spacing / parts
    half = math.ceil(thickness_mm / 2 / step)
    place = np.arange(-half, half + 1) * step
    # A box of the slice's thickness; the outermost fine slices lie in it by a part.
    weights = np.clip((thickness_mm / 2 - np.abs(place)) / step + 0.5, 0, 1)
    depth = (slices.shape[0] - 1) * parts + 2 * half + 1
    z, y, x = slices.origin_mm
    fine = Grid((z - half * step, y, x), (step, *slices.step_mm[1:]), (depth, *slices.shape[1:]))
    return Stack(slices, fine, parts, (weights / weights.sum()).astype(np.float32))


def averaged(fine_hu: Floats, stack: Stack, k: int) -> Floats:
    """(H, W) float32, slice k before the kernel."""
    part = fine_hu[k * stack.parts : k * stack.parts + len(stack.weights)]
    plane: Floats = np.tensordot(stack.weights, part, axes=1)
    return plane


def transfer(kernel: Kernel, frequency_per_mm: Floats) -> Floats:
    """What the kernel leaves of each frequency; 1 at 0."""
    plain = np.exp(-math.log(2) * (frequency_per_mm / kernel.f50_per_mm) ** kernel.sharpness)
    peak, width = 0.7 * kernel.f50_per_mm, 0.4 * kernel.f50_per_mm
    raised = np.exp(-(((frequency_per_mm - peak) / width) ** 2)) - math.exp(-((peak / width) ** 2))
    result: Floats = (plain * (1 + kernel.overshoot * raised)).astype(np.float32)
    return result


def frequencies(shape: tuple[int, int], pixel_mm: float) -> Floats:
    """(H, W // 2 + 1) float32, per mm, as `rfft2` orders them."""
    fy, fx = np.fft.fftfreq(shape[0], pixel_mm), np.fft.rfftfreq(shape[1], pixel_mm)
    grid: Floats = np.hypot(fy[:, None], fx[None, :]).astype(np.float32)
    return grid


def noise_shape(kernel: Kernel, shape: tuple[int, int], pixel_mm: float) -> Floats:
    """Amplitudes for `rfft2` of white noise of spread 1, so that the result has spread 1 too."""
    frequency = frequencies(shape, pixel_mm)
    amplitude = np.sqrt(frequency) * transfer(kernel, frequency)
    doubled = np.full(amplitude.shape[1], 2.0)
    doubled[0] = 1.0
    if shape[1] % 2 == 0:
        doubled[-1] = 1.0
    power = float((amplitude**2 * doubled).sum()) / (shape[0] * shape[1])
    result: Floats = (amplitude / np.float32(math.sqrt(power))).astype(np.float32)
    return result


def noise_level(acquisition: Acquisition) -> float:
    """Standard deviation in HU behind 200 mm of water, of this kernel and slice."""
    return acquisition.noise_hu * acquisition.kernel.noise / math.sqrt(acquisition.slices.thickness_mm)


def noise_map(thorax: Thorax) -> Floats:
    """(d, h, w) float32 on the grid of the thorax: noise beside that behind 200 mm of water.

    The variance at a point is the mean over rays through it of the inverse of what arrives; two rays stand for all.
    The tube current follows the thickness of the patient by half, as its automatic control does.
    """
    fields, step = thorax.fields, thorax.grid.step_mm[0]
    water = np.where(fields[FLESH] < 0, 1.0, np.where(fields[0] < 0, 0.92, 0.0)).astype(np.float32)
    water[fields[LUNG] < 0] = 0.15
    water[(fields[SPINE] < 0) & (fields[LUNG] > 0)] = 1.25
    water[fields[BLOOD] < 0] = 1.05
    along_x = water.sum(axis=2, keepdims=True) * step
    along_y = water.sum(axis=1, keepdims=True) * step
    variance = 0.5 * sum(np.exp(WATER_PER_MM * (along - REFERENCE_MM)) for along in (along_x, along_y))
    control = np.exp(0.25 * WATER_PER_MM * (along_x.max(axis=1, keepdims=True) - REFERENCE_MM))
    level: Floats = np.clip(np.sqrt(variance) / control, 0.3, 3.0).astype(np.float32)
    return level


def scan(fine_hu: Floats, stack: Stack, acquisition: Acquisition, thorax: Thorax, draw: Generator) -> NDArray[np.int16]:
    """A canvas as the scanner shows it.

    Args:
        fine_hu: (d, H, W) float32 on the grid `stack.fine`.

    Returns:
        (D, H, W) int16 on the grid `stack.slices`, HU.
    """
    depth, height, width = stack.slices.shape
    passes = transfer(acquisition.kernel, frequencies((height, width), acquisition.pixel_mm))
    grain = noise_shape(acquisition.kernel, (height, width), acquisition.pixel_mm)
    levels, shared = noise_map(thorax) * np.float32(noise_level(acquisition)), _shared(acquisition.slices)
    result = np.empty(stack.slices.shape, np.int16)
    before = _white(height, width, draw)
    for k in range(depth):
        fresh = _white(height, width, draw)
        mixed = np.float32(shared) * before + np.float32(math.sqrt(1 - shared**2)) * fresh
        before = fresh
        noise = np.fft.irfft2(mixed * grain, s=(height, width)) * _plane(levels, thorax.grid, stack.slices, k)
        shown = np.fft.irfft2(np.fft.rfft2(averaged(fine_hu, stack, k)) * passes, s=(height, width))
        result[k] = np.clip(np.rint(shown + noise), LOWEST_HU, HIGHEST_HU)
    return result


def _shared(slices: Slices) -> float:
    """How much of the noise of a slice is that of the slice before, where they overlap."""
    overlap = max(1 - slices.spacing_mm / slices.thickness_mm, 0.0)
    return math.sqrt((1 - math.sqrt(1 - 4 * min(overlap, 0.5) ** 2)) / 2)


def _white(height: int, width: int, draw: Generator) -> NDArray[np.complex64]:
    """`rfft2` of white noise of spread 1."""
    return np.fft.rfft2(draw.standard_normal((height, width), np.float32)).astype(np.complex64, copy=False)


def _plane(levels: Floats, coarse: Grid, slices: Grid, k: int) -> Floats:
    """(H, W) float32, the level map at one slice, linear between its samples."""
    z = (slices.origin_mm[0] + k * slices.step_mm[0] - coarse.origin_mm[0]) / coarse.step_mm[0]
    z = min(max(z, 0.0), coarse.shape[0] - 1.001)
    near = levels[int(z)] + np.float32(z - int(z)) * (levels[int(z) + 1] - levels[int(z)])
    for axis in (0, 1):
        place = slices.origin_mm[axis + 1] + slices.step_mm[axis + 1] * np.arange(slices.shape[axis + 1])
        place = np.clip((place - coarse.origin_mm[axis + 1]) / coarse.step_mm[axis + 1], 0, near.shape[axis] - 1.001)
        cell = place.astype(int)
        share = (place - cell).astype(np.float32)
        share = share[:, None] if axis == 0 else share[None, :]
        near = np.take(near, cell, axis) * (1 - share) + np.take(near, cell + 1, axis) * share
    plane: Floats = near.astype(np.float32)
    return plane
