"""A recipe and its figures as the text of a package's `manifest.toml`, for the one reader in `engine.registry`."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from engine.domain.model_card import ModelCard
from engine.learn.recipe import Recipe
from engine.learn.recipe_parts import EffortPart
from engine.registry.manifest import read_manifest

NOT_PACKED = "0" * 64  # hash of a package that does not exist yet


Stated = Mapping[str, Mapping[str, float]]


def manifest_of(recipe: Recipe, sure: float, unsure: float, stated: Stated) -> str:
    """The manifest's text.

    Args:
        sure: score from which a region is sure.
        unsure: score from which it is kept as unsure.
        stated: for each effort its figures of the test split, by name.
    """
    part, answer, package = recipe.input, recipe.answer, recipe.package
    tables: dict[str, dict[str, object]] = {
        "model": {
            "id": recipe.id,
            "version": recipe.version,
            "task": package.task,
            "labels": recipe.data.labels,
            "licence": package.licence,
            "attribution": package.attribution,
        },
        "input": {
            "channels": len(part.mean),
            "tile": part.tile,
            "batch": part.batch,
            "low": part.low,
            "high": part.high,
            "mean": part.mean,
            "std": part.std,
            "range": part.range,
            "spacing_mm": part.spacing_mm,
        },
        "head": {
            "kind": "center",
            "stride": recipe.network.stride,
            "nms_iou": answer.nms_iou,
            "max_regions": package.max_regions,
        },
        "thresholds": {"sure": sure, "unsure": unsure},
        **{f"efforts.{effort.name}": _effort(effort) for effort in recipe.efforts},
        "domain": {
            "kinds": package.kinds,
            "modalities": package.modalities,
            "size_px": package.size_px,
            "spacing_mm": package.spacing_mm,
            "gap_mm": package.gap_mm,
            "brightness": package.brightness,
            "unlike": package.unlike,
        },
        "parity": {"score": package.parity_score, "box_px": package.parity_box_px},
        "acceptance": dict(stated.get("full", {})),
    }
    if recipe.size is not None:
        tables["size"] = asdict(recipe.size)
    if recipe.sanity is not None:
        tables["sanity"] = asdict(recipe.sanity)
    tables |= {f"efforts.{name}.figures": dict(figures) for name, figures in stated.items() if name != "full"}
    return "\n".join(f"[{name}]\n{_lines(table)}" for name, table in tables.items())


def _effort(effort: EffortPart) -> dict[str, object]:
    again = {"again_flips": effort.again_flips, "again_from": effort.again_from} if effort.again_flips else {}
    return {"overlap": effort.overlap, "flips": effort.flips, **again, "coarser": effort.coarser}


def _lines(table: Mapping[str, object]) -> str:
    """What is None is left out. A number, a text or a list of them is written the same in JSON as in TOML."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items() if value is not None)


def card_of(recipe: Recipe, sure: float, unsure: float) -> ModelCard:
    """The card of a model that is not packed yet, through the manifest's one reader.

    Raises:
        ModelError: the recipe asks for what a manifest does not allow.
    """
    return read_manifest(manifest_of(recipe, sure, unsure, {}), NOT_PACKED)
