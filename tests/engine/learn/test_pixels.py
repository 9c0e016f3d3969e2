"""What is learned from is what will be answered: the tensors of both ways, bit for bit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk
from PIL import Image

from engine.domain.model_card import ModelCard
from engine.errors import LearnError
from engine.intake.read import read
from engine.learn.manifest import manifest_of
from engine.learn.pixels import prepared
from engine.learn.recipe import Recipe, read_recipe
from engine.prepare.layout import lay_out
from engine.prepare.make import TileMaker
from engine.prepare.pool import RowPool
from engine.registry.manifest import read_manifest


def _card(recipe: Recipe) -> ModelCard:
    return read_manifest(manifest_of(recipe, 0.5, 0.5, {}), "0" * 64)


def _assert_same_tensors(path: Path, recipe: Recipe) -> None:
    """Cuts what training sees into the product's tiles, and compares."""
    card = _card(recipe)
    with RowPool(2) as pool:
        learned = prepared(path, card.input, pool).pixels
        scan = read(path).scan
        layout = lay_out(scan, card.input, card.head.stride, card.effort("full"))
        maker = TileMaker(scan, card.input, layout, pool)
        tiles = np.concatenate([maker.make([origin])[:1] for origin in layout.origins])
    assert learned.shape[1:] == layout.grid_shape
    assert len(layout.origins) > 1, "a test of one tile would not see how tiles are cut"
    for tile, origin in zip(tiles, layout.origins, strict=True):
        inside = tuple(
            slice(low, min(low + side, size))
            for low, side, size in zip(origin, layout.tile, layout.grid_shape, strict=True)
        )
        shown = tuple(slice(0, side.stop - side.start) for side in inside)
        wanted = np.zeros_like(tile)
        wanted[(slice(None), *shown)] = learned[(slice(None), *inside)]
        assert tile.tobytes() == wanted.tobytes()


def test_a_colour_photograph_is_learned_from_as_it_is_answered(recipe_path: Path, tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (90, 130, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    _assert_same_tensors(tmp_path / "photo.png", read_recipe(recipe_path))


def test_a_picture_scaled_by_its_percentiles_is_learned_from_as_it_is_answered(
    recipe_path: Path, tmp_path: Path
) -> None:
    pixels = (np.random.default_rng(2).gamma(2.0, 9.0, (100, 140)) + 3).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "dark.png")
    text = recipe_path.read_text(encoding="utf-8")
    text = text.replace("[0.5, 0.5, 0.5]", "[0.1]").replace("[0.2, 0.2, 0.2]", "[0.2]")
    text = text.replace("low = 0.0\nhigh = 1.0", 'range = "percentiles"\nlow = 1.0\nhigh = 99.8')
    recipe_path.write_text(text, encoding="utf-8")
    recipe = read_recipe(recipe_path)
    assert _card(recipe).input.range == "percentiles"
    _assert_same_tensors(tmp_path / "dark.png", recipe)


def test_a_volume_of_another_spacing_is_learned_from_as_it_is_answered(
    volume_recipe_path: Path, tmp_path: Path
) -> None:
    image = sitk.GetImageFromArray(np.random.default_rng(3).integers(-1024, 600, (18, 61, 70), np.int16))
    image.SetSpacing((1.7, 1.7, 3.1))
    sitk.WriteImage(image, tmp_path / "volume.mha")
    recipe = read_recipe(volume_recipe_path)
    _assert_same_tensors(tmp_path / "volume.mha", recipe)
    with RowPool(1) as pool:
        whole = prepared(tmp_path / "volume.mha", _card(recipe).input, pool)
    assert whole.pixels.shape == (1, 28, 52, 60)
    assert whole.stored_size == (18, 61, 70)


def test_a_picture_in_a_set_of_volumes_is_refused(volume_recipe_path: Path, tmp_path: Path) -> None:
    Image.fromarray(np.zeros((20, 20), np.uint8)).save(tmp_path / "flat.png")
    spec = _card(read_recipe(volume_recipe_path)).input
    with RowPool(1) as pool, pytest.raises(LearnError, match="2 axes and 1 channels, the recipe learns from 3 axes"):
        prepared(tmp_path / "flat.png", spec, pool)


def test_a_spacing_is_asked_of_files_that_state_none(recipe_path: Path, tmp_path: Path) -> None:
    Image.fromarray(np.zeros((20, 20, 3), np.uint8)).save(tmp_path / "photo.png")
    spec = replace(_card(read_recipe(recipe_path)).input, spacing_mm=(1.0, 0.5, 0.5))
    with RowPool(1) as pool, pytest.raises(LearnError, match="states no spacing"):
        prepared(tmp_path / "photo.png", spec, pool)
