"""Heads that give maps: heat of each label, how unlike normal parts a place is, and the class of each pixel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.detect.foreign.protocol import FloatArray, Outputs, Shape, sigmoid, softmax
from engine.domain.model_card import ModelCard
from engine.registry.fields import Choice, Field, Number

Defaults = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """One output (batch, labels, *cells)."""

    says: str = "A map of each label, probabilities or logits; a region is what hangs together in it."
    fields: tuple[Field, ...] = (Field("values", Choice(("probabilities", "logits")), "What the map holds.", False),)
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({"values": "probabilities"}))
    outputs: tuple[str, ...] = ("heat",)
    dims: tuple[int, ...] = (2, 3)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        return {"heat": (card.input.batch, len(card.labels), *_cells(card))}

    def maps(self, outputs: Outputs, card: ModelCard) -> FloatArray:
        heat = outputs["heat"]
        return sigmoid(heat) if card.head.options["values"] == "logits" else np.asarray(heat, np.float32)


@dataclass(frozen=True, slots=True)
class AnomalyMap:
    """One output (batch, 1, *cells) of distances without an upper end, brought to 0..1 between two of them."""

    says: str = "How far each place is from what normal parts look like; low becomes 0 and high becomes 1."
    fields: tuple[Field, ...] = (
        Field("low", Number(), "The distance that becomes 0, e.g. the median over normal parts."),
        Field("high", Number(), "The distance that becomes 1; above low."),
    )
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({}))
    outputs: tuple[str, ...] = ("anomaly",)
    dims: tuple[int, ...] = (2, 3)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        return {"anomaly": (card.input.batch, 1, *_cells(card))}

    def maps(self, outputs: Outputs, card: ModelCard) -> FloatArray:
        low, high = card.head.options["low"], card.head.options["high"]
        shares: FloatArray = np.clip((outputs["anomaly"] - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
        return shares


@dataclass(frozen=True, slots=True)
class ClassMask:
    """One output (batch, classes, *cells), the labels and maybe a background; a cell is of its best class alone."""

    says: str = "The class of each cell, as probabilities or logits; a region is what hangs together of one class."
    fields: tuple[Field, ...] = (
        Field("values", Choice(("logits", "probabilities")), "What the map holds.", False),
        Field("background", Choice(("first", "last", "none")), "Which class stands for nothing.", False),
    )
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({"values": "logits", "background": "first"}))
    outputs: tuple[str, ...] = ("mask",)
    dims: tuple[int, ...] = (2, 3)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        nothing = 0 if card.head.options["background"] == "none" else 1
        return {"mask": (card.input.batch, len(card.labels) + nothing, *_cells(card))}

    def maps(self, outputs: Outputs, card: ModelCard) -> FloatArray:
        mask = outputs["mask"]
        shares = softmax(mask, axis=1) if card.head.options["values"] == "logits" else np.asarray(mask, np.float32)
        best = shares.argmax(axis=1)[:, None] == np.arange(shares.shape[1]).reshape(1, -1, *(1,) * (shares.ndim - 2))
        labels = {"first": slice(1, None), "last": slice(None, -1), "none": slice(None)}
        return np.ascontiguousarray(np.where(best, shares, np.float32(0.0))[:, labels[card.head.options["background"]]])


def _cells(card: ModelCard) -> tuple[int, ...]:
    return tuple(side // card.head.stride for side in card.input.tile)
