"""Copy-paste: findings cut out along their outline and laid onto other images, where such findings occur.

Few images show few findings in few places. Cutting them out and laying them, turned, shrunk and with another contrast,
onto the clean and the other images of the training split multiplies both. They are laid between the places of two
known findings in images of about the same size, so that context keeps its meaning.

Source: Ghiasi et al., "Simple Copy-Paste is a Strong Data Augmentation Method", arXiv 2012.07177.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.random import Generator
from torch.nn import functional

from engine.learn.augment import POOL, Matrix, moved, turn, warp
from engine.learn.dataset import Example, Finding, Floats
from engine.learn.recipe_parts import PastePart

ALIKE = 0.06  # images whose sides differ by less than this share show the same kind of scene


class Scrapbook:
    """All findings of a training set, ready to be pasted."""

    def __init__(self, examples: Sequence[Example], part: PastePart) -> None:
        self._part = part
        self._scraps = [(example, finding) for example in examples for finding in example.findings]

    def paste(self, example: Example, draw: Generator) -> Example:
        """The example with up to `most` more findings; itself where chance or the lack of room says so."""
        part = self._part
        if draw.random() >= part.chance:
            return example
        places = [
            finding.box().mean(axis=0).astype(np.float64)
            for other, finding in self._scraps
            if _alike(other.size, example.size)
        ]
        if not places:
            return example
        for _ in range(int(draw.integers(1, part.most + 1))):
            first, second = places[draw.integers(len(places))], places[draw.integers(len(places))]
            place = first + draw.random() * (second - first) + draw.normal(0, part.jitter_px, len(first))
            source, finding = self._scraps[draw.integers(len(self._scraps))]
            example = self._laid(example, source, finding, place, draw)
        return example

    def _laid(self, example: Example, source: Example, finding: Finding, place: Matrix, draw: Generator) -> Example:
        part, dims = self._part, len(example.size)
        factor = math.exp(draw.uniform(math.log(part.scale[0]), math.log(part.scale[1])))
        scales = np.full(dims, factor)
        for axis in range(dims):
            scales[axis] *= draw.choice((-1.0, 1.0))
        angle = math.radians(draw.uniform(-part.rotation_degrees, part.rotation_degrees))
        linear = turn(dims, angle) @ np.diag(scales)
        centre = finding.box().mean(axis=0).astype(np.float64)
        matrix = np.concatenate([linear, (place - linear @ centre)[:, None]], axis=1)
        laid = moved(finding, matrix)
        low = np.floor(laid.box()[0]).astype(int) - part.margin_px
        high = np.ceil(laid.box()[1]).astype(int) + part.margin_px
        if (low < 0).any() or (high > np.asarray(example.size)).any():
            return example
        window = tuple(slice(a, b) for a, b in zip(low, high, strict=True))
        if example.mask is None or example.mask[(slice(None), *window)].any():
            return example
        patch, inside = _cut(source, finding, matrix, low, high)
        alpha = _grown(inside)
        pixels, mask = example.pixels.copy(), example.inside()
        under = pixels[(slice(None), *window)]
        # Judged against its own surroundings: the patch keeps its contrast to the metal around it, not its light.
        shade = _around(under, alpha) - _around(patch, alpha)
        ground = _around(under, alpha)
        lit = (patch + shade - ground) * draw.uniform(*part.contrast) + ground
        pixels[(slice(None), *window)] = under + (lit - under) * alpha
        mask[finding.label][window] = inside[0]
        return replace(example, pixels=pixels, mask=mask, findings=(*example.findings, laid))


def _cut(source: Example, finding: Finding, matrix: Matrix, low: Matrix, high: Matrix) -> tuple[Floats, Floats]:
    """The source after the map, from low to high: pixels (channels, *window), inside of outlines (1, *window)."""
    dims = len(source.size)
    there = matrix.copy()
    there[:, dims] -= low
    stack = torch.from_numpy(np.concatenate([source.pixels, source.inside()[finding.label][None]]))
    cut: Floats = warp(stack, there, tuple(int(side) for side in high - low)).numpy()
    return cut[:-1], cut[-1:]


def _grown(inside: Floats) -> Floats:
    """A cover that is two pixels larger, with a soft edge."""
    largest = functional.max_pool2d if inside.ndim == 3 else functional.max_pool3d
    grown: Floats = POOL[inside.ndim - 1](largest(torch.from_numpy(inside), 5, 1, 2), 3, 1, 1).numpy()
    return grown


def _around(patch: Floats, alpha: Floats) -> Floats:
    """Mean of each channel where the cover is thin, (channels, 1, ...)."""
    thin = (1 - alpha) ** 2 + 1e-3
    axes = tuple(range(1, patch.ndim))
    mean: Floats = (patch * thin).sum(axis=axes, keepdims=True) / thin.sum(axis=axes, keepdims=True)
    return mean


def _alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= ALIKE * max(a, b) for a, b in zip(one, other, strict=True))
