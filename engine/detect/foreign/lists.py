"""Heads that give a list of boxes: DETR's set of queries, and boxes with scores and labels as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.detect.foreign.protocol import (
    Boxes,
    FloatArray,
    Outputs,
    Shape,
    from_centres,
    from_corners,
    sigmoid,
    softmax,
)
from engine.domain.model_card import ModelCard
from engine.registry.fields import Choice, Field, Whole

Defaults = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Detr:
    """Logits (batch, queries, labels and maybe none) and boxes (batch, queries, 4) as centre and size in 0..1."""

    says: str = "DETR: Carion et al., End-to-End Object Detection with Transformers, arXiv 2005.12872, section 3."
    fields: tuple[Field, ...] = (
        Field(
            "scores",
            Choice(("softmax", "sigmoid")),
            "softmax: one class more, the last, stands for nothing; sigmoid: each class by itself.",
            False,
        ),
    )
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({"scores": "softmax"}))
    outputs: tuple[str, ...] = ("logits", "boxes")
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        nothing = 1 if card.head.options["scores"] == "softmax" else 0
        return {
            "logits": (card.input.batch, None, len(card.labels) + nothing),
            "boxes": (card.input.batch, None, 4),
        }

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:
        logits = outputs["logits"]
        alone = card.head.options["scores"] == "sigmoid"
        scores = sigmoid(logits) if alone else softmax(logits, axis=-1)[..., :-1]
        return Boxes(from_centres(outputs["boxes"]) * _sides(card), np.ascontiguousarray(scores))


@dataclass(frozen=True, slots=True)
class BoxList:
    """Boxes (batch, n, 4), scores (batch, n) and, with several labels, classes (batch, n), by number."""

    says: str = "Boxes with scores and classes, as a network that decodes its own outputs gives them."
    fields: tuple[Field, ...] = (
        Field("corners", Choice(("xyxy", "yxyx", "cxcywh")), "What the four numbers of a box are.", False),
        Field("unit", Choice(("pixels", "shares")), "Whether they are pixels or shares of the tile's sides.", False),
        Field("first", Whole(0), "Number of the first label; lower and higher ones count as nothing.", False),
    )
    defaults: Defaults = field(
        default_factory=lambda: MappingProxyType({"corners": "xyxy", "unit": "pixels", "first": 0})
    )
    outputs: tuple[str, ...] = ("boxes", "scores", "classes")
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        shapes: dict[str, Shape] = {"boxes": (card.input.batch, None, 4), "scores": (card.input.batch, None)}
        return shapes if len(card.labels) == 1 else shapes | {"classes": (card.input.batch, None)}

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:
        options, corners = card.head.options, outputs["boxes"]
        boxes = {"xyxy": from_corners, "cxcywh": from_centres}.get(options["corners"], np.asarray)(corners)
        scores = outputs["scores"][..., None]
        if len(card.labels) > 1:
            numbers = outputs["classes"][..., None] - options["first"]
            scores = np.where(numbers == np.arange(len(card.labels)), scores, 0.0)
        scale = _sides(card) if options["unit"] == "shares" else np.float32(1.0)
        return Boxes((boxes * scale).astype(np.float32), scores.astype(np.float32))


def _sides(card: ModelCard) -> FloatArray:
    """Height, width, height, width of a tile."""
    return np.array([*card.input.tile, *card.input.tile], np.float32)
