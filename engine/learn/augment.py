"""Random changes of an image and its findings: one affine warp for pixels, masks and outlines, then light and focus."""

import itertools
import math
from dataclasses import replace

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.learn.dataset import Example, Finding, Floats
from engine.learn.recipe_parts import AugmentPart, InputPart

Matrix = NDArray[np.float64]

POOL = {2: functional.avg_pool2d, 3: functional.avg_pool3d}


def crop_matrix(example: Example, part: AugmentPart, crop: tuple[int, ...], draw: Generator) -> Matrix:
    """A random affine map from source pixels to crop pixels.

    Flips, stretches and scales about a focus (a finding, a hard or a bright place, or any place), turns in the plane of
    the last two axes, and lays the focus somewhere in the crop.

    Returns:
        (dims, dims + 1): the linear part and the shift, corner coordinates.
    """
    dims = len(crop)
    size = np.asarray(example.size, np.float64)
    places = _aimed_at(example, part, draw)
    factor = math.exp(draw.uniform(math.log(part.scale[0]), math.log(part.scale[1])))
    scales = factor * np.exp(draw.uniform(-part.stretch, part.stretch, dims))
    for axis in part.flip_axes:
        scales[axis] *= draw.choice((-1.0, 1.0))
    degrees = draw.uniform(-part.rotation_degrees, part.rotation_degrees)
    if part.quarter_turns:
        degrees += 90 * draw.integers(4)
    linear = turn(dims, math.radians(degrees)) @ np.diag(scales)
    if places is not None:
        focus = places[draw.integers(len(places))].astype(np.float64)
        target = np.asarray(crop) * draw.uniform(0.1, 0.9, dims)
    else:
        room = np.maximum(size - np.asarray(crop) / factor, 0) / 2
        focus = size / 2 + room * draw.uniform(-1, 1, dims)
        target = np.asarray(crop) / 2
    return np.concatenate([linear, (target - linear @ focus)[:, None]], axis=1)


def _aimed_at(example: Example, part: AugmentPart, draw: Generator) -> Floats | None:
    """Places of one kind, on one of which the crop is to lie; None for any place."""
    if example.findings and draw.random() < part.on_finding_chance:
        return np.stack([finding.box().mean(axis=0) for finding in example.findings])
    rest = 1 - part.on_finding_chance
    if len(example.hard) and draw.random() < part.on_hard_chance / rest:
        return example.hard
    if len(example.bright) and draw.random() < part.on_bright_chance / rest:
        return example.bright
    return None


def plain(part: AugmentPart) -> AugmentPart:
    """The same changes without those that lay pixels between pixels."""
    return replace(part, scale=(1.0, 1.0), stretch=0.0, rotation_degrees=0.0)


def turn(dims: int, angle: float) -> Matrix:
    """A rotation by `angle` in the plane of the last two axes, (dims, dims)."""
    linear = np.eye(dims)
    cosine, sine = math.cos(angle), math.sin(angle)
    linear[-2:, -2:] = [[cosine, sine], [-sine, cosine]]
    return linear


def needed(matrix: Matrix, crop: tuple[int, ...], size: tuple[int, ...]) -> tuple[slice, ...]:
    """The part of a source that a crop is made from, with a voxel around it for the interpolation; may be empty.

    Args:
        matrix: (dims, dims + 1) from source to crop, corner coordinates.
        crop: size of the crop.
        size: of the source.
    """
    dims = len(crop)
    back = np.linalg.inv(matrix[:, :dims])
    corners = np.array(list(itertools.product(*((0, side) for side in crop)))) - matrix[:, dims]
    places = corners @ back.T
    low = np.clip(np.floor(places.min(axis=0)).astype(int) - 1, 0, size)
    high = np.clip(np.ceil(places.max(axis=0)).astype(int) + 1, 0, size)
    return tuple(slice(int(a), int(max(a, b))) for a, b in zip(low, high, strict=True))


def warp(stack: Tensor, matrix: Matrix, crop: tuple[int, ...]) -> Tensor:
    """Sample channels linearly through an affine map; outside the source all is 0, which is the product's padding.

    Args:
        stack: (channels, *size) float32.
        matrix: (dims, dims + 1) from source to crop, corner coordinates.
        crop: size of the answer.
    """
    dims = len(crop)
    back = np.linalg.inv(matrix[:, :dims])
    shift = -back @ matrix[:, dims]
    # grid_sample counts in halves of the image, with the last axis first.
    source, target = np.asarray(stack.shape[1:], np.float64), np.asarray(crop, np.float64)
    linear = back * target[None, :] / source[:, None]
    offset = (2 * shift + back @ target) / source - 1
    theta = np.concatenate([linear[::-1, ::-1], offset[::-1, None]], axis=1)
    grid = functional.affine_grid(
        torch.from_numpy(np.ascontiguousarray(theta)).float()[None], [1, 1, *crop], align_corners=False
    )
    return functional.grid_sample(stack[None], grid, mode="bilinear", padding_mode="zeros", align_corners=False)[0]


def moved(finding: Finding, matrix: Matrix) -> Finding:
    """The finding after the affine map."""
    dims = matrix.shape[0]
    points: Floats = (finding.points @ matrix[:, :dims].T + matrix[:, dims]).astype(np.float32)
    return Finding(finding.label, points)


def relight(pixels: Tensor, scene: InputPart, part: AugmentPart, draw: Generator) -> Tensor:
    """Another light, camera and focus: gamma, contrast, brightness, colour, a ramp across the image, sharpness, noise.

    Args:
        pixels: (channels, *size) float32, normalised.
        scene: tells how to get back to 0..1 and forth.
    """
    shape = (-1,) + (1,) * (pixels.dim() - 1)
    mean, std = torch.tensor(scene.mean).view(shape), torch.tensor(scene.std).view(shape)
    if draw.random() < 0.5:
        pixels = torch.lerp(pixels, POOL[pixels.dim() - 1](pixels, 3, 1, 1), draw.uniform(*part.sharpness))
    light = (pixels * std + mean).clamp_(1e-3, 1.0)
    light = light.pow_(math.exp(draw.uniform(-part.gamma, part.gamma)))
    gain = math.exp(draw.uniform(-part.contrast, part.contrast))
    colour = np.exp(draw.uniform(-part.colour, part.colour, len(scene.mean)))
    field = gain * torch.tensor(colour, dtype=torch.float32).view(shape)
    for axis in range(1, pixels.dim()):
        line = torch.linspace(-1, 1, pixels.shape[axis]).view([-1 if k == axis else 1 for k in range(pixels.dim())])
        field = field * (1 + draw.uniform(-part.ramp, part.ramp) * line)
    light = (light - 0.5) * field + 0.5 + draw.uniform(-part.brightness, part.brightness)
    if draw.random() < 0.5:
        level = draw.uniform(0, part.noise)
        light = light + level * torch.from_numpy(draw.standard_normal(light.shape, np.float32))
    return (light.clamp_(0, 1) - mean) / std


def visible_share(finding: Finding, crop: tuple[int, ...]) -> float:
    """How much of the finding's box lies in the crop, 0..1."""
    low, high = finding.box()
    inside = np.clip(np.minimum(high, crop) - np.maximum(low, 0), 0, None)
    return float(np.prod(inside) / max(float(np.prod(high - low)), 1e-6))


def clipped(finding: Finding, crop: tuple[int, ...]) -> Finding:
    """The part of the finding's outline inside the crop (corners moved to the border)."""
    return Finding(finding.label, np.clip(finding.points, 0, np.asarray(crop, np.float32)))
