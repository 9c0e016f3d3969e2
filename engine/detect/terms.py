"""The terms that every back end keeps: which graphs it loads, what it takes, and what it may answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from engine.detect.protocol import RawOutput
from engine.domain.model_card import ModelCard
from engine.errors import BackendError, ModelError

INPUT, HEAT, BOX = "image", "heat", "box"
"""Names of the tensors of every graph."""


def input_shape(card: ModelCard) -> tuple[int, ...]:
    """(batch, channels, *tile)."""
    return (card.input.batch, card.input.channels, *card.input.tile)


def require_graph(card: ModelCard, found: Mapping[str, tuple[Sequence[object], bool]]) -> None:
    """Lets a graph through whose tensors are those of the manifest.

    Args:
        card: what the manifest says.
        found: shape of each input and output by name, and whether it is float32.

    Raises:
        ModelError: MD-GRAPH, naming the tensor.
    """
    dims = len(card.input.tile)
    cells = [side // card.head.stride for side in card.input.tile]
    wanted = {
        INPUT: list(input_shape(card)),
        HEAT: [card.input.batch, len(card.labels), *cells],
        BOX: [card.input.batch, 2 * dims, *cells],
    }
    for name, shape in wanted.items():
        if name not in found:
            _misfit(card, f"has no tensor '{name}' (it has {', '.join(found)})")
        stated, is_float32 = found[name]
        if list(stated) != shape or not is_float32:
            type_name = "float32" if is_float32 else "another type"
            _misfit(card, f"has '{name}' as {list(stated)} {type_name}, the manifest wants {shape} float32")


def require_tiles(card: ModelCard, tiles: NDArray[Any]) -> None:
    """Lets a batch through that has the model's shape and holds numbers.

    A network can swallow what is no number: the maximum of NaN and 0 is 0 in some run times, and such a tile would
    come out as "nothing flagged".

    Args:
        card: the model.
        tiles: (batch, channels, *tile) float32.

    Raises:
        BackendError: BE-SHAPE or BE-VALUES.
    """
    shape = input_shape(card)
    if tiles.shape != shape or tiles.dtype != np.float32:
        raise BackendError(
            "BE-SHAPE",
            f"{card.name} takes {shape} float32, it was given {tiles.shape} {tiles.dtype}.",
            "This is a fault in Fovea: report it with the log.",
        )
    with np.errstate(invalid="ignore", over="ignore"):
        total = float(tiles.sum())  # one pass without a copy; a single NaN or infinity makes the sum none either
    if not math.isfinite(total):
        raise BackendError(
            "BE-VALUES",
            f"{card.name} was given pixels that are no numbers.",
            "Check the pixel values of the study and its rescale slope and intercept.",
        )


def require_answer(card: ModelCard, raw: RawOutput) -> None:
    """Lets an answer through whose heat is made of probabilities and whose boxes are numbers.

    Raises:
        BackendError: BE-VALUES.
    """
    heat, box = raw.heat, raw.box
    if not (np.isfinite(heat).all() and np.isfinite(box).all() and heat.min() >= 0.0 and heat.max() <= 1.0):
        raise BackendError(
            "BE-VALUES",
            f"{card.name} returned values that are no probabilities or no numbers.",
            "Verify the package with `fovea models verify`.",
        )


def _misfit(card: ModelCard, what: str) -> NoReturn:
    raise ModelError(
        "MD-GRAPH",
        f"The graph of {card.name} {what}.",
        "Correct the manifest or export the graph again, then pack the model.",
    )
