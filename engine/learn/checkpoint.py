"""The state of a training between two epochs, written so that a crash leaves the last whole one."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.errors import LearnError

NAME = "checkpoint.pt"


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """Everything the next epoch depends on.

    Args:
        recipe: digest of the recipe, schedule included.
        epochs_done: whole epochs learned.
        epochs: how many there will be, which the learning rate depends on.
        weights: the network being trained.
        average: its moving average, which is what gets exported.
        optimiser: moments of the optimiser.
        loss: mean loss of each epoch so far.
        hard: (n, dims) float32 of each example, what the network got wrong after the last whole cycle; empty before.
        looked_back: after how many epochs that was looked for; 0 if it never was.
    """

    recipe: str
    epochs_done: int
    epochs: int
    weights: dict[str, Tensor]
    average: dict[str, Tensor]
    optimiser: dict[str, Any]
    loss: tuple[float, ...]
    hard: tuple[Tensor, ...] = ()
    looked_back: int = 0


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Write beside the old one, flush to the disk, then take its place."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / (NAME + ".new")
    state = {name: getattr(checkpoint, name) for name in Checkpoint.__slots__}
    with beside.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NAME)


def read_checkpoint(folder: Path) -> Checkpoint | None:
    """The last whole checkpoint of a folder, or None.

    Raises:
        LearnError: the file is there, but damaged.
    """
    path = folder / NAME
    if not path.exists():
        return None
    try:
        # Only tensors and plain values: a checkpoint from elsewhere cannot run code.
        # To the CPU, so that a checkpoint made on a GPU goes on anywhere.
        return Checkpoint(**torch.load(path, weights_only=True, map_location="cpu"))
    except Exception as error:
        raise LearnError("LE-CHECKPOINT", f"{path} is damaged: {error}.", "Remove it and train anew.") from error
