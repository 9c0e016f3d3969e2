"""What a package states about the images that had a part in its model: their reference, and which they were."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engine.checks.sketch import sketch_of
from engine.domain.acquisition import Acquisition
from engine.evaluate.truth import read_truth
from engine.intake.read import read
from engine.learn.manifest import card_of
from engine.learn.pixels import whole
from engine.learn.recipe import Recipe
from engine.prepare.pool import RowPool
from engine.registry.likeness import likeness_of
from engine.registry.reference import Reference, measure, with_scanners


def described(recipe: Recipe, data_dir: Path) -> tuple[Reference, tuple[str, ...]]:
    """What the training images look like, and the content hashes of all that had a part in the model.

    Pictures are measured as shares of what their stored form can hold, volumes windowed and resampled, as the model
    sees them. Folds are of the training images; a validation split has images of its own. Each image is read once.
    """
    spec = card_of(recipe, 0.0, 0.0).input
    sketches, acquisitions, digests = [], [], []

    def levels(pool: RowPool) -> Iterator[NDArray[Any]]:
        for path in _paths(recipe, data_dir, recipe.data.learned):
            loaded = read(path)
            scan = loaded.scan
            sketches.append(sketch_of(scan, spec))
            acquisitions.append(Acquisition.of(scan))
            digests.append(loaded.study.content_hash)
            if recipe.network.dims == 2:
                yield scan.pixels / scan.stored_max
            else:
                seen = whole(scan, spec, pool).pixels[0] * spec.std[0] + spec.mean[0]
                yield seen.reshape(len(seen), -1)

    with RowPool() as pool:
        measured = measure(levels(pool), stored_max=1.0)
    chosen_on = [recipe.data.validation] if recipe.data.validation else []
    digests += [read(path).study.content_hash for path in _paths(recipe, data_dir, chosen_on)]
    reference = replace(measured, likeness=likeness_of(sketches))
    return with_scanners(reference, acquisitions), tuple(digests)


def _paths(recipe: Recipe, data_dir: Path, splits: Sequence[str]) -> Iterator[Path]:
    for split in splits:
        folder = recipe.data.images_of(split, data_dir)
        yield from (folder / image.file_name for image in read_truth(data_dir / split).images)
