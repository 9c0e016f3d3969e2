"""What is minimised: focal heat that knows how good its box is, generalised IoU, and the outline's mask as an aid."""

from dataclasses import dataclass, fields

import torch
from torch import Tensor
from torch.nn import functional

from engine.learn.recipe_parts import LossPart


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Inputs and targets of one step, float32; see `targets.Targets` for the grids.

    Args:
        image: (N, channels, *crop).
        heat: (N, classes, *grid).
        care: (N, 1, *grid).
        box: (N, 2 * dims, *grid).
        box_weight: (N, *grid).
        mask: (N, classes, *grid), share of a cell that is inside an outline.
    """

    image: Tensor
    heat: Tensor
    care: Tensor
    box: Tensor
    box_weight: Tensor
    mask: Tensor

    def pinned(self) -> "Batch":
        """The same in memory that a GPU fetches from by itself."""
        return Batch(**{part.name: getattr(self, part.name).pin_memory() for part in fields(self)})

    def to(self, device: str) -> "Batch":
        """The same on a device; from pinned memory without waiting for it."""
        return Batch(**{part.name: getattr(self, part.name).to(device, non_blocking=True) for part in fields(self)})


def heat_loss(logits: Tensor, heat: Tensor, care: Tensor, focus: float) -> Tensor:
    """Cross entropy towards a soft target, weighted by how far off it is; over the findings' heat.

    Source: Li et al., "Generalized Focal Loss", arXiv 2006.04388, equation 4.
    """
    entropy = functional.binary_cross_entropy_with_logits(logits, heat, reduction="none")
    weight = (heat - torch.sigmoid(logits)).abs() ** focus
    return (entropy * weight * care).sum() / heat.sum().clamp(min=1.0)


def overlaps(distances: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """IoU and generalised IoU of the two boxes that share a cell, (N, *grid) each.

    Args:
        distances: (N, 2 * dims, *grid) in input pixels.
        wanted: the same for the truth; where there is none, any numbers above 0.

    Source: Rezatofighi et al., "Generalized Intersection over Union", arXiv 1902.09630.
    """
    dims = distances.shape[1] // 2
    overlap, hull = torch.minimum(distances, wanted), torch.maximum(distances, wanted)
    shared = (overlap[:, :dims] + overlap[:, dims:]).clamp(min=0).prod(dim=1)
    around = (hull[:, :dims] + hull[:, dims:]).prod(dim=1)
    ours = (distances[:, :dims] + distances[:, dims:]).prod(dim=1)
    theirs = (wanted[:, :dims] + wanted[:, dims:]).clamp(min=0).prod(dim=1)
    union = (ours + theirs - shared).clamp(min=1e-6)
    iou = shared / union
    return iou, iou - (around - union) / around.clamp(min=1e-6)


def mask_loss(logits: Tensor, mask: Tensor, care: Tensor) -> Tensor:
    """Soft focal cross entropy and Dice distance between the mask head and the outlines."""
    entropy = heat_loss(logits, mask, care, 1.0)
    inside = torch.sigmoid(logits) * care
    dice = 1 - (2 * (inside * mask).sum() + 1) / (inside.sum() + (mask * care).sum() + 1)
    return entropy + dice


def total_loss(answer: tuple[Tensor, Tensor, Tensor], batch: Batch, part: LossPart) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum, and its parts for the log."""
    logits, distances, mask = answer
    iou, giou = overlaps(distances, batch.box)
    heat = batch.heat * (1 - part.quality + part.quality * iou.detach().unsqueeze(1))
    parts = {
        "heat": heat_loss(logits, heat, batch.care, part.focus) * part.heat,
        "box": ((1 - giou) * batch.box_weight).sum() / batch.box_weight.sum().clamp(min=1.0) * part.box,
        "mask": mask_loss(mask, batch.mask, batch.care) * part.mask,
    }
    return torch.stack(list(parts.values())).sum(), {name: float(value.detach()) for name, value in parts.items()}
