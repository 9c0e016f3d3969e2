"""What a profile answers: golden cases as files, some images of an annotated set, and tiles to calibrate int8 with."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.detect.protocol import FloatArray
from engine.domain.model_card import ModelCard
from engine.domain.request import FULL
from engine.errors import FoveaError, UsageError
from engine.evaluate.truth import Truth
from engine.intake.find import Found, find, find_one
from engine.intake.read import Loaded, read_study
from engine.prepare.layout import lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.registry.golden import golden_cases
from engine.registry.package import Package

MOST_TIMED = 8
"""Images whose answers are timed, spread over a set: more of them tell little more, and take their time."""

MOST_BATCHES = 64
"""Batches that int8 is calibrated on, spread over the images."""


@contextmanager
def golden_files(package: Package) -> Iterator[tuple[Found, ...]]:
    """The golden cases of a package as files, for as long as the block lasts.

    Raises:
        ModelError: as `golden_cases`.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for case in golden_cases(package):
            path = Path(folder) / f"{case.name}{case.ending}"
            path.write_bytes(case.image)
            found.append(find_one(path))
        yield tuple(found)


def some_of(truth: Truth, folder: Path) -> tuple[Found, ...]:
    """At most `MOST_TIMED` images of a set, spread evenly over it."""
    images = truth.images
    most = min(MOST_TIMED, len(images))
    chosen = sorted({number * (len(images) - 1) // max(1, most - 1) for number in range(most)})
    return tuple(find_one(folder / images[number].file_name) for number in chosen)


def calibration_images(folder: Path) -> tuple[Found, ...]:
    """What lies in a folder.

    Raises:
        UsageError: US-CALIBRATE, there is nothing that can be read.
    """
    found = tuple(one for one in find([folder]) if one.refusal is None)
    if not found:
        raise UsageError(
            "US-CALIBRATE",
            f"{folder} holds no image to calibrate on.",
            "Name a folder with images like those that the model was trained on.",
        )
    return found


def loaded_images(images: Sequence[Found], modality: str | None = None) -> Iterator[Loaded]:
    """Those that can be read, one after the other."""
    for image in images:
        try:
            yield read_study(image, modality=modality)
        except FoveaError:  # one that cannot be read calibrates nothing; the others do
            continue


def tiles_of(
    images: Sequence[Found], card: ModelCard, pool: RowPool, modality: str | None = None
) -> Callable[[], Iterator[FloatArray]]:
    """Batches of tiles of some images, as the network takes them; at most `MOST_BATCHES`.

    Args:
        images: as many of each as their share.
        card: the model.
        pool: threads.
        modality: of volumes that name none.
    """

    def batches() -> Iterator[FloatArray]:
        of_each = max(1, MOST_BATCHES // max(1, len(images)))
        left = MOST_BATCHES
        for loaded in loaded_images(images, modality):
            layout = lay_out(loaded.scan, card.input, card.head.stride, card.effort(FULL))
            maker = TileMaker(loaded.scan, card.input, layout, pool)
            starts = range(0, len(layout.origins), card.input.batch)
            for number in range(min(of_each, left, len(starts))):
                start = starts[number * len(starts) // min(of_each, len(starts))]
                yield maker.make(layout.origins[start : start + card.input.batch])
                left -= 1

    return batches
