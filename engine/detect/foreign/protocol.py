"""What a head for other people's networks is: a Protocol, its options as manifest fields, and nothing to inherit from.

A head only says what its raw outputs mean. Which boxes count, how the answers of overlapping tiles become one and what
is a repeat of what is decided by this program, so that a model behaves alike whichever head and run time it has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from engine.domain.model_card import ModelCard
from engine.registry.fields import Field, ListOf, Text

FloatArray = NDArray[np.float32]
Outputs = Mapping[str, NDArray[Any]]
Shape = tuple[int | None, ...]
"""None stands for any length."""

TENSORS = (
    Field("input", Text(), "Name of the graph's input; image unless given.", False),
    Field("outputs", ListOf(Text()), "Names of the graph's outputs, in the order of the head's list.", False),
)
"""Options of every such head."""


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """What a network says of each tile of a batch, repeats and all.

    Args:
        boxes: (batch, n, 4) float32, network pixels of the tile, low faces and then high faces in axis order (y0, x0,
            y1, x1), half open.
        scores: (batch, n, labels) float32, 0..1.
    """

    boxes: FloatArray
    scores: FloatArray


class Head(Protocol):
    """What every head tells of itself."""

    @property
    def says(self) -> str:
        """What it is for, one sentence with its source."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its options in the manifest's `[head]`."""

    @property
    def defaults(self) -> Mapping[str, Any]:
        """The value of each option that the manifest leaves out."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """What its outputs are called here; the manifest says what the graph calls them."""

    @property
    def dims(self) -> tuple[int, ...]:
        """Axes of the tiles that it takes."""

    def shapes(self, card: ModelCard) -> Mapping[str, Shape]:
        """Shape of each output by the name that it has here."""


@runtime_checkable
class BoxHead(Head, Protocol):
    """A head whose outputs are boxes."""

    def boxes(self, outputs: Outputs, card: ModelCard) -> Boxes:
        """The boxes of a batch; `outputs` by the names that they have here, in the shapes that `shapes` tells."""


@runtime_checkable
class MapHead(Head, Protocol):
    """A head whose outputs are maps, in which regions are what hangs together."""

    def maps(self, outputs: Outputs, card: ModelCard) -> FloatArray:
        """(batch, labels, *cells) float32, 0..1, a cell every `stride` pixels; 0 where a cell is not of the label."""


def tensor_names(head: Head, card: ModelCard) -> tuple[str, Sequence[str]]:
    """What the graph calls the input and each of the head's outputs."""
    options = card.head.options
    return options.get("input", "image"), options.get("outputs", head.outputs)


def sigmoid(values: NDArray[Any]) -> FloatArray:
    """Of logits of any size, without overflow."""
    small = np.exp(-np.abs(values.astype(np.float32)))
    return np.where(values >= 0, 1.0 / (1.0 + small), small / (1.0 + small)).astype(np.float32)


def softmax(values: NDArray[Any], axis: int) -> FloatArray:
    """Of logits of any size, without overflow."""
    raised = np.exp(values.astype(np.float32) - values.max(axis=axis, keepdims=True))
    shares: FloatArray = (raised / raised.sum(axis=axis, keepdims=True)).astype(np.float32)
    return shares


def from_centres(centres_sizes: NDArray[Any]) -> FloatArray:
    """(..., 4) cx, cy, w, h to y0, x0, y1, x1."""
    cx, cy, width, height = np.moveaxis(centres_sizes.astype(np.float32), -1, 0)
    return np.stack([cy - height / 2, cx - width / 2, cy + height / 2, cx + width / 2], axis=-1)


def from_corners(corners: NDArray[Any]) -> FloatArray:
    """(..., 4) x0, y0, x1, y1 to y0, x0, y1, x1."""
    return np.ascontiguousarray(corners.astype(np.float32)[..., [1, 0, 3, 2]])
