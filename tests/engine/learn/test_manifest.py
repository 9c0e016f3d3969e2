from dataclasses import replace
from pathlib import Path

import pytest

from engine.domain.model_card import SanitySpec, SizeSpec
from engine.learn.manifest import card_of, manifest_of
from engine.learn.recipe import read_recipe
from engine.registry.manifest import read_manifest

SHIPPED = Path(__file__).parents[3] / "resources" / "recipes"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_recipe_makes_a_manifest_that_can_be_read(path: Path) -> None:
    recipe = read_recipe(path)
    card = card_of(recipe, 0.5, 0.5)
    assert card.input.tile == recipe.input.tile
    assert {effort.name for effort in card.efforts} == {effort.name for effort in recipe.efforts}
    assert card.domain.spacing_mm == recipe.package.spacing_mm


def test_the_manifest_says_what_the_recipe_says(recipe_path: Path) -> None:
    recipe = read_recipe(recipe_path)
    card = card_of(recipe, 0.4, 0.2)
    assert (card.threshold, card.unsure_threshold) == (0.4, 0.2)
    assert card.input.tile == recipe.input.tile
    assert card.input.mean == recipe.input.mean
    assert card.head.nms_iou == recipe.answer.nms_iou
    assert card.domain.kinds == ("photograph",)
    assert (card.head.stride, card.input.range, card.input.spacing_mm) == (4, "values", None)


def test_the_manifest_carries_the_figures_of_each_effort(volume_recipe_path: Path) -> None:
    text = volume_recipe_path.read_text(encoding="utf-8")
    volume_recipe_path.write_text(text + "[efforts.fast]\noverlap = 0.1\ncoarser = 1.5\n", encoding="utf-8")
    recipe = read_recipe(volume_recipe_path)
    manifest = manifest_of(recipe, 0.4, 0.2, {"full": {"ap50": 0.9}, "fast": {"ap50": 0.8}})
    card = read_manifest(manifest, "0" * 64)
    assert (card.acceptance, card.effort("fast").figures) == ({"ap50": 0.9}, {"ap50": 0.8})
    assert (card.effort("fast").overlap, card.effort("fast").coarser) == (0.1, 1.5)
    assert (card.head.stride, card.input.spacing_mm) == (2, (2.0, 2.0, 2.0))


def test_what_is_looked_at_again_goes_from_the_recipe_into_the_manifest(volume_recipe_path: Path) -> None:
    text = volume_recipe_path.read_text(encoding="utf-8")
    again = '[efforts.twice]\noverlap = 0.1\nagain_flips = ["x", "zyx"]\nagain_from = 0.3\n'
    volume_recipe_path.write_text(text + again, encoding="utf-8")
    recipe = read_recipe(volume_recipe_path)
    effort = card_of(recipe, 0.5, 0.5).effort("twice")
    assert (effort.flips, effort.again_flips, effort.again_from) == (("",), ("x", "zyx"), 0.3)
    assert "again" not in manifest_of(replace(recipe, efforts=recipe.efforts[:1]), 0.5, 0.5, {})


def test_optional_limits_of_the_domain_go_from_the_recipe_into_the_manifest(volume_recipe_path: Path) -> None:
    plain = card_of(read_recipe(volume_recipe_path), 0.5, 0.5).domain
    assert (plain.gap_mm, plain.brightness) == (None, None)
    text = volume_recipe_path.read_text(encoding="utf-8")
    limited = text.replace("size_px =", "gap_mm = 5\nbrightness = [0.1, 0.4]\nsize_px =")
    volume_recipe_path.write_text(limited, encoding="utf-8")
    domain = card_of(read_recipe(volume_recipe_path), 0.5, 0.5).domain
    assert (domain.gap_mm, domain.brightness) == (5.0, (0.1, 0.4))


def test_what_a_size_says_goes_from_the_recipe_into_the_manifest(volume_recipe_path: Path) -> None:
    assert card_of(read_recipe(volume_recipe_path), 0.5, 0.5).size is None
    plain = read_recipe(volume_recipe_path).digest()
    text = volume_recipe_path.read_text(encoding="utf-8")
    volume_recipe_path.write_text(f"{text}[size]\nsmallest_mm = 4\nfull_mm = 20\nslope = 0.8\n", encoding="utf-8")
    recipe = read_recipe(volume_recipe_path)
    assert card_of(recipe, 0.5, 0.5).size == SizeSpec(4.0, 20.0, 0.8)
    assert recipe.digest() == plain, "the weights do not depend on it"


def test_rules_of_sanity_go_from_the_recipe_into_the_manifest(volume_recipe_path: Path) -> None:
    plain = card_of(read_recipe(volume_recipe_path), 0.5, 0.5)
    assert (plain.sanity, plain.domain.unlike) == (None, "doubt")
    text = volume_recipe_path.read_text(encoding="utf-8").replace("size_px =", 'unlike = "refuse"\nsize_px =')
    volume_recipe_path.write_text(f"{text}[sanity]\nsize_mm = [2, 60]\nleast_slices = 2\n", encoding="utf-8")
    card = card_of(read_recipe(volume_recipe_path), 0.5, 0.5)
    assert card.sanity == SanitySpec(size_mm=(2.0, 60.0), least_slices=2)
    assert card.domain.unlike == "refuse"
