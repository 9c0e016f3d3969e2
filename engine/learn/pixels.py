"""Pixels for training, by the same readers and kernels as the product's: what is learned is what will be answered."""

from pathlib import Path

from engine.domain.model_card import Effort, InputSpec
from engine.domain.scan import Scan
from engine.intake.read import read
from engine.learn.dataset import Floats
from engine.learn.recipe import InputPart
from engine.prepare.layout import lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool


def prepared(path: Path, part: InputPart, pool: RowPool) -> Floats:
    """Reads and prepares one image as a single tile of its own size.

    Returns:
        (channels, *size) float32, normalised, without padding.

    Raises:
        InputError: the file cannot be read.
    """
    return whole(read(path).scan, part, pool)


def whole(scan: Scan, part: InputPart, pool: RowPool) -> Floats:
    """A scan as one normalised tile, (channels, *grid) float32."""
    spec = input_spec(part, scan.shape)
    layout = lay_out(scan, spec, 1, Effort("full", 0.0))
    tile: Floats = TileMaker(scan, spec, layout, pool).make(layout.origins)[0]
    return tile


def input_spec(part: InputPart, tile: tuple[int, ...]) -> InputSpec:
    """What the manifest will say of the input, for any tile."""
    return InputSpec(
        channels=len(part.mean),
        tile=tile,
        batch=part.batch,
        spacing_mm=None,
        low=part.low,
        high=part.high,
        mean=part.mean,
        std=part.std,
    )
