"""Heads that predict at every cell of several levels: YOLOX, FCOS, RetinaNet, and the layouts of YOLOv5 and YOLOv8."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detect.foreign.grids import anchors, cells, count
from engine.detect.foreign.protocol import Boxes, FloatArray, Outputs, Shape, from_centres, from_corners, sigmoid
from engine.domain.model_card import ModelCard
from engine.registry.fields import Choice, Field, Flag, ListOf, Number, Whole

Defaults = Mapping[str, Any]

_STRIDES = Field("strides", ListOf(Whole(1)), "Network pixels a cell, level after level.", False)
_POINTS = Field("points", Choice(("centre", "corner")), "Where in its cell a prediction is centred.", False)
_OFFSET = {"centre": 0.5, "corner": 0.0}
_LARGEST = math.log(1000.0 / 16.0)
"""By how much an anchor may grow, as its exponent; an untrained network must not give boxes without end."""


@dataclass(frozen=True, slots=True)
class Yolox:
    """One output (batch, n, 5 + labels): centre and size relative to the cell, object and class probabilities."""

    says: str = "YOLOX, raw: Ge et al., YOLOX: Exceeding YOLO Series in 2021, arXiv 2107.08430, section 2.1."
    fields: tuple[Field, ...] = (_STRIDES,)
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({"strides": (8, 16, 32)}))
    outputs: tuple[str, ...] = ("output",)
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        predictions = count(card.input.tile, card.head.options["strides"])
        return {"output": (card.input.batch, predictions, 5 + len(card.labels))}

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:
        raw = outputs["output"]
        place, stride = cells(card.input.tile, card.head.options["strides"])
        centres = (raw[..., :2] + place) * stride
        sizes = np.exp(np.minimum(raw[..., 2:4], _LARGEST)) * stride
        return Boxes(from_centres(np.concatenate([centres, sizes], axis=-1)), raw[..., 4:5] * raw[..., 5:])


@dataclass(frozen=True, slots=True)
class Fcos:
    """Class logits (batch, n, labels), distances left, top, right, bottom (batch, n, 4), centreness (batch, n, 1)."""

    says: str = "FCOS: Tian et al., FCOS: Fully Convolutional One-Stage Object Detection, arXiv 1904.01355, section 3."
    fields: tuple[Field, ...] = (
        _STRIDES,
        _POINTS,
        Field("distances", Choice(("pixels", "strides")), "The unit of the distances.", False),
        Field("score", Choice(("product", "root")), "Class times centreness, or its square root.", False),
    )
    defaults: Defaults = field(
        default_factory=lambda: MappingProxyType(
            {"strides": (8, 16, 32, 64, 128), "points": "centre", "distances": "pixels", "score": "product"}
        )
    )
    outputs: tuple[str, ...] = ("logits", "distances", "centreness")
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        batch, predictions = card.input.batch, count(card.input.tile, card.head.options["strides"])
        return {
            "logits": (batch, predictions, len(card.labels)),
            "distances": (batch, predictions, 4),
            "centreness": (batch, predictions, 1),
        }

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:
        options = card.head.options
        place, stride = cells(card.input.tile, options["strides"])
        points = (place + _OFFSET[options["points"]]) * stride
        reach = outputs["distances"] * (stride if options["distances"] == "strides" else 1.0)
        corners = np.concatenate([points - reach[..., :2], points + reach[..., 2:]], axis=-1)
        scores = sigmoid(outputs["logits"]) * sigmoid(outputs["centreness"])
        return Boxes(from_corners(corners), np.sqrt(scores) if options["score"] == "root" else scores)


@dataclass(frozen=True, slots=True)
class RetinaNet:
    """Class logits (batch, n, labels) and deltas dx, dy, dw, dh (batch, n, 4) to n anchors."""

    says: str = "RetinaNet: Lin et al., Focal Loss for Dense Object Detection, arXiv 1708.02002, section 4."
    fields: tuple[Field, ...] = (
        _STRIDES,
        _POINTS,
        Field("sizes", ListOf(ListOf(Number(above=0.0))), "For each level the sides of its square anchors.", False),
        Field("ratios", ListOf(Number(above=0.0)), "Height by width of the anchors.", False),
        Field("order", Choice(("sizes", "ratios")), "What changes last among the anchors of a cell.", False),
        Field("rounded", Flag(), "Whether anchors have whole pixels around their centre.", False),
    )
    defaults: Defaults = field(
        default_factory=lambda: MappingProxyType(
            {
                "strides": (8, 16, 32, 64, 128),
                "points": "centre",
                "sizes": tuple(
                    tuple(side * 2 ** (octave / 3) for octave in range(3)) for side in (32, 64, 128, 256, 512)
                ),
                "ratios": (0.5, 1.0, 2.0),
                "order": "sizes",
                "rounded": False,
            }
        )
    )
    outputs: tuple[str, ...] = ("logits", "deltas")
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        options = card.head.options
        predictions = sum(
            count(card.input.tile, (stride,)) * len(sizes) * len(options["ratios"])
            for stride, sizes in zip(options["strides"], options["sizes"], strict=False)
        )
        batch = card.input.batch
        return {"logits": (batch, predictions, len(card.labels)), "deltas": (batch, predictions, 4)}

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:
        options, deltas = card.head.options, outputs["deltas"]
        around = anchors(
            card.input.tile,
            options["strides"],
            options["sizes"],
            options["ratios"],
            offset=_OFFSET[options["points"]],
            sizes_first=options["order"] == "sizes",
            rounded=options["rounded"],
        )
        return Boxes(moved(around, deltas), sigmoid(outputs["logits"]))


def moved(around: NDArray[np.float64], deltas: NDArray[np.float32]) -> FloatArray:
    """Anchors after their deltas: shifted by shares of their sides, and grown by exponents.

    Args:
        around: (n, 4) x0, y0, x1, y1.
        deltas: (batch, n, 4) dx, dy, dw, dh.

    Returns:
        (batch, n, 4) y0, x0, y1, x1.
    """
    sides = around[:, 2:] - around[:, :2]
    centres = around[:, :2] + sides / 2 + deltas[..., :2] * sides
    sizes = sides * np.exp(np.minimum(deltas[..., 2:], _LARGEST))
    return from_centres(np.concatenate([centres, sizes], axis=-1))


@dataclass(frozen=True, slots=True)
class YoloV5:
    """One output (batch, n, 5 + labels): centre and size in pixels, object and class probabilities."""

    says: str = "YOLOv5 as exported: its maintainers on issue 7144; AMD XD056, YOLO Output Tensor Layout."
    fields: tuple[Field, ...] = ()
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({}))
    outputs: tuple[str, ...] = ("output0",)
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        return {"output0": (card.input.batch, None, 5 + len(card.labels))}

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:  # noqa: ARG002  # its layout depends on nothing else
        raw = outputs["output0"]
        return Boxes(from_centres(raw[..., :4]), raw[..., 4:5] * raw[..., 5:])


@dataclass(frozen=True, slots=True)
class YoloV8:
    """One output (batch, 4 + labels, n): centre and size in pixels, class probabilities; no object probability."""

    says: str = "YOLOv8 to 11 as exported, without suppression: AMD XD056, YOLO Output Tensor Layout."
    fields: tuple[Field, ...] = ()
    defaults: Defaults = field(default_factory=lambda: MappingProxyType({}))
    outputs: tuple[str, ...] = ("output0",)
    dims: tuple[int, ...] = (2,)

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        return {"output0": (card.input.batch, 4 + len(card.labels), None)}

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:  # noqa: ARG002  # as YOLOv5
        raw = np.moveaxis(outputs["output0"], 1, 2)
        return Boxes(from_centres(raw[..., :4]), np.ascontiguousarray(raw[..., 4:]))
