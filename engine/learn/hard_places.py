"""Places that the network got wrong on the images that it learns from: what it marked falsely, and what it missed.

Between two cycles of the schedule the averaged network looks at every image; in the next cycle crops lie on these
places too. It looks as the product does: overlapping tiles, stitched, with the product's peaks and suppression, in one
view.

Source: Felzenszwalb et al., "Object Detection with Discriminatively Trained Part-Based Models", PAMI 32 (2010): hard
negatives.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.detect.heads import Candidates, Proposals, decide, propose
from engine.detect.merge import Stitcher
from engine.detect.protocol import RawOutput
from engine.domain.model_card import ModelCard
from engine.evaluate.match import overlap
from engine.learn.dataset import Example, Finding, Floats
from engine.learn.device import Device, mixed_precision
from engine.learn.manifest import card_of
from engine.learn.networks import Detector
from engine.learn.recipe import Recipe
from engine.prepare.layout import laid_over


def hard_places(network: Detector, example: Example, recipe: Recipe, device: Device) -> Floats:
    """Centres of false regions from `augment.hard_score` on, and of findings that no region from there on hits.

    Args:
        network: in evaluation mode, on the device.

    Returns:
        (n, dims) float32, network pixels; by label, false ones first.
    """
    found = _looked_at(network, example, card_of(recipe, recipe.augment.hard_score, recipe.augment.hard_score), device)
    places = [np.empty((0, 2, recipe.network.dims))]
    for label in range(len(recipe.data.labels)):
        given = found.boxes[found.labels == label].astype(np.float64)
        wanted, crowds = _boxes(example.findings, label, recipe), _boxes(example.ignored, label, recipe)
        hits = overlap(given, wanted) >= recipe.answer.hit_iou
        false = ~hits.any(axis=1) & (overlap(given, crowds) == 0).all(axis=1)
        wrong = np.concatenate([given[false], wanted[~hits.any(axis=0)]])
        places.append(wrong.reshape(-1, 2, recipe.network.dims))
    centres: Floats = np.concatenate(places).mean(axis=1).astype(np.float32)
    return centres[
        ((centres >= 0) & (centres < example.size)).all(axis=1)
    ]  # the product leaves out what lies in padding


def _boxes(findings: Sequence[Finding], label: int, recipe: Recipe) -> NDArray[np.float64]:
    """(n, 2 * dims), low faces, then high faces."""
    boxes = [finding.box().ravel() for finding in findings if finding.label == label]
    return np.array(boxes, np.float64).reshape(-1, 2 * recipe.network.dims)


def _looked_at(network: Detector, example: Example, card: ModelCard, device: Device) -> Candidates:
    layout = laid_over(
        example.size,
        example.size,
        card.input.tile,
        card.head.stride,
        card.effort("full").in_views(("",)),
    )
    stitcher = Stitcher(layout, len(card.labels))
    proposals: list[Proposals] = []
    for number, origin in enumerate(layout.origins, 1):
        stitcher.add(_answer(network, example.pixels, origin, card.input.tile, device), [origin])
        upcoming = layout.origins[number:]
        slabs = stitcher.settled_before(upcoming[0]) if upcoming else stitcher.rest()
        proposals += [propose(slab, card) for slab in slabs]
    return decide(proposals, card)


def _answer(
    network: Detector, pixels: NDArray[Any], origin: tuple[int, ...], tile: tuple[int, ...], device: Device
) -> RawOutput:
    """What the network says of one tile; beyond the image it is 0, which is the product's padding."""
    part = pixels[(slice(None), *(slice(low, low + side) for low, side in zip(origin, tile, strict=True)))]
    lacks = [(0, whole - have) for whole, have in zip((len(pixels), *tile), part.shape, strict=True)]
    seen = np.pad(part.astype(np.float32), lacks)[None]
    with torch.inference_mode(), mixed_precision(device):
        heat, box = network(torch.from_numpy(seen).to(device.kind))
    return RawOutput(heat.float().cpu().numpy(), box.float().cpu().numpy())
