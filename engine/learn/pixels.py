"""Pixels for training, by the same readers and kernels as the product's: what is learned is what will be answered."""

from dataclasses import replace
from pathlib import Path

from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Scan
from engine.errors import LearnError
from engine.intake.read import read
from engine.learn.dataset import Prepared
from engine.prepare.layout import lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool

WHOLE = Effort("full", 0.0)


def prepared(path: Path, spec: InputSpec, pool: RowPool) -> Prepared:
    """Reads and prepares one image as a single tile of its own size.

    Args:
        spec: the input as the manifest states it.

    Raises:
        InputError: the file cannot be read.
        LearnError: it is none that the recipe can learn from.
    """
    scan = read(path).scan
    wanted = f"{len(spec.tile)} axes and {spec.channels} channels"
    if (len(scan.shape), scan.channels) != (len(spec.tile), spec.channels):
        raise LearnError(
            "LE-IMAGE",
            f"{path} has {len(scan.shape)} axes and {scan.channels} channels, the recipe learns from {wanted}.",
            "Take it off the set, or correct the recipe.",
        )
    if spec.spacing_mm is not None and scan.spacing_mm is None:
        raise LearnError(
            "LE-IMAGE",
            f"{path} states no spacing, the recipe resamples to {list(spec.spacing_mm)} mm.",
            "Export it with its spacing.",
        )
    return whole(scan, spec, pool)


def whole(scan: Scan, spec: InputSpec, pool: RowPool) -> Prepared:
    """A scan as one normalised tile, resampled where the model has a spacing."""
    grid = lay_out(scan, spec, 1, WHOLE).grid_shape
    spec = replace(spec, tile=grid, batch=1)
    layout = lay_out(scan, spec, 1, WHOLE)
    return Prepared(TileMaker(scan, spec, layout, pool).make(layout.origins)[0], layout.scale)
