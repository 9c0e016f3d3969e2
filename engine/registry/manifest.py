"""`manifest.toml` to a `ModelCard`: the one reader, used by training and by this program.

`TABLES` says what each field may hold; the reader and `docs/manifest.schema.json`, which
`engine.registry.manifest_schema` writes, both come from it. What two fields must agree on stands in `_check_agreement`,
which a schema cannot hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, get_args

from engine.detect.foreign.table import CENTER, head_named
from engine.domain.model_card import (
    MODEL_ID,
    DomainSpec,
    Effort,
    HeadSpec,
    InputSpec,
    ModelCard,
    ParityLimits,
    Range,
    SanitySpec,
    SizeSpec,
    Unlike,
)
from engine.domain.study import Kind
from engine.registry.fields import SHARE, Choice, Field, Fields, Form, ListOf, Named, Number, Text, Whole, wrong
from engine.registry.head_fields import HeadFields

COARSEST = 8.0

_FIGURES = Named(Number())
_PAIR = "the smallest and the largest"

MODEL = Fields(
    (
        Field("id", Text(MODEL_ID, "lower case words joined by hyphens"), "Short name of the model."),
        Field("version", Text(r"\d+\.\d+\.\d+", "three numbers joined by points"), "Semantic version."),
        Field("task", Text(), "What it does, one sentence."),
        Field("labels", ListOf(Text(), wanted="a list of texts"), "Names of the classes, in the order of the outputs."),
        Field("licence", Text(), "SPDX expression of the weights."),
        Field("attribution", Text(), "Who made the data that the weights come from."),
    )
)

INPUT = Fields(
    (
        Field("channels", Whole(1), "1 for grey, 3 for colour."),
        Field("tile", ListOf(Whole(1)), "Height and width, or depth, height and width, of the network's input."),
        Field("batch", Whole(1), "Tiles in one call; the graph has exactly this batch."),
        Field("low", Number(), "What becomes 0 before normalising."),
        Field("high", Number(), "What becomes 1 before normalising."),
        Field("mean", ListOf(Number()), "Subtracted after the window, one for each channel."),
        Field("std", ListOf(Number(above=0.0)), "Divided by, one for each channel."),
        Field(
            "range", Choice(get_args(Range)), "What low and high are: real values, or percentiles of a study.", False
        ),
        Field("spacing_mm", ListOf(Number(above=0.0), 3, 3), "Spacing (z, y, x) of the network's grid.", False),
    )
)

THRESHOLDS = Fields(
    (
        Field("sure", SHARE, "Score from which a region is sure."),
        Field("unsure", SHARE, "Score from which a region is kept as unsure; not above sure."),
    )
)

_FLIPS = ListOf(Choice(("", "x", "y", "yx", "z", "zx", "zy", "zyx"), "names"), wanted="a list", unique=True)

EFFORT = Fields(
    (
        Field("overlap", SHARE, "Share of a tile's side that neighbours share at least."),
        Field(
            "flips",
            _FLIPS,
            "The views whose mean is the answer: axes that are reversed, the empty text for the tile as it is.",
            False,
        ),
        Field("again_flips", _FLIPS, "Further views, of tiles with a heat of again_from or more.", False),
        Field("again_from", SHARE, "Heat of a cell from which on a tile is looked at again.", False),
        Field("coarser", Number(1.0, COARSEST), "By how much larger the network's pixels are than its own.", False),
        Field("figures", _FIGURES, "Measured on the test split with this effort, by name.", False),
    )
)

DOMAIN = Fields(
    (
        Field(
            "kinds",
            # A network sees a picture or a volume, and a stack is neither.
            ListOf(
                Choice(
                    tuple(kind for kind in get_args(Kind) if kind != "stack"),
                    "names",
                    (("stack", "which is not answered"),),
                )
            ),
            "Forms of study that the model was validated on.",
        ),
        Field("modalities", ListOf(Text(), wanted="a list of texts"), "DICOM modalities, or photo."),
        Field("size_px", ListOf(Whole(1), 2, 2, f"{_PAIR} side"), "Smallest and largest side of a study, in pixels."),
        Field("spacing_mm", ListOf(Number(), 2, 2), "Smallest and largest spacing between pixels.", False),
        Field("gap_mm", Number(above=0.0), "Largest step between two slices of a volume.", False),
        Field(
            "brightness",
            ListOf(SHARE, 2, 2, "the darkest and the brightest mean, shares from 0 to 1"),
            "Darkest and brightest mean of a study's stored values, as a share of what their form can hold.",
            False,
        ),
        Field("unlike", Choice(get_args(Unlike)), "What becomes of a study unlike the training images.", False),
    )
)

PARITY = Fields(
    (
        Field("score", Number(), "How far a probability of the network and the score of a region may be off."),
        Field("box_px", Number(), "How far a face of a box may be off, in network pixels."),
        Field("prepare", Number(), "How far a value of the network's input may be off.", False),
        Field("figure", Number(), "By how much a figure of a class may be lower in a lower precision.", False),
    )
)

SANITY = Fields(
    (
        Field("size_mm", ListOf(Number(0.0), 2, 2, f"{_PAIR} side"), "Longest side of a region, in mm.", False),
        Field("size_px", ListOf(Number(0.0), 2, 2, f"{_PAIR} side"), "Longest side of a region, in pixels.", False),
        Field(
            "body_above",
            Number(),
            "Value from which a pixel belongs to the body or part; of photographs a share of the full range.",
            False,
        ),
        Field("most_regions", Whole(1), "Most sure regions of one study.", False),
        Field("least_slices", Whole(1), "Slices of a volume that a region spans at least.", False),
        Field("repeated", SHARE, "Share of a box in another one of its class, from which it is a repeat.", False),
    )
)

SIZE = Fields(
    (
        Field("smallest_mm", Number(above=0.0), "Mean side below which a region is left out."),
        Field("full_mm", Number(above=0.0), "Mean side from which a score counts as it is."),
        Field("slope", Number(0.0), "The odds of a smaller region are multiplied by (side / full_mm) ** slope."),
    )
)

HEAD: Form = HeadFields()

TABLES = Fields(
    (
        Field("model", MODEL, "What the model is."),
        Field("input", INPUT, "What the network takes, and how pixels become it."),
        Field("head", HEAD, "How the network's outputs become boxes."),
        Field("thresholds", THRESHOLDS, "From which score on a region counts."),
        Field("efforts", Named(EFFORT, ("full",), "effort", tables=True), "Work variants of the model, by name."),
        Field("domain", DOMAIN, "What the model was validated on; anything else is out of domain."),
        Field("parity", PARITY, "How far a run time may be from the reference."),
        Field("acceptance", _FIGURES, "Figures measured on the test split, by name.", False),
        Field("size", SIZE, "For volumes: what the mean side of a region says of it.", False),
        Field("sanity", SANITY, "What no region can be; one that breaks a rule stays and is doubted.", False),
    )
)
"""The whole manifest; a field's default is that of the card's field of the same name."""


def read_manifest(text: str, package_hash: str) -> ModelCard:
    """Reads a manifest.

    Args:
        text: the file's content, TOML.
        package_hash: hexadecimal SHA-256 of the package's `SHA256SUMS`.

    Raises:
        ModelError: MD-MANIFEST, with the table and field that is missing or wrong.
    """
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        wrong("the file", f"is not TOML: {error}")
    card = _card(_read(tables), package_hash)
    _check_agreement(card)
    return card


def _read(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all tables, each table told of as in the file."""
    held = {
        field.name: field.form.read(tables.get(field.name), f"[{field.name}]")
        for field in TABLES.fields
        if field.required or field.name in tables
    }
    if odd := [name for name in tables if name not in held]:
        wrong(f"[{odd[0]}]", "is not known to this version of Fovea")
    return held


def _card(held: Mapping[str, Any], package_hash: str) -> ModelCard:
    efforts = {name: {"flips": ("",)} | values for name, values in held["efforts"].items()}
    return ModelCard(
        **held["model"],
        hash=package_hash,
        input=InputSpec(**({"spacing_mm": None} | held["input"])),
        head=HeadSpec(**held["head"]),
        threshold=held["thresholds"]["sure"],
        unsure_threshold=held["thresholds"]["unsure"],
        efforts=tuple(Effort(name, **values) for name, values in efforts.items()),
        domain=DomainSpec(**({"spacing_mm": None} | held["domain"])),
        parity=ParityLimits(**held["parity"]),
        acceptance=held.get("acceptance", {}),
        sanity=SanitySpec(**held["sanity"]) if "sanity" in held else None,
        size=SizeSpec(**held["size"]) if "size" in held else None,
    )


def _check_agreement(card: ModelCard) -> None:
    _check_input(card)
    _check_head(card)
    dims = len(card.input.tile)
    if volumes := [kind for kind in card.domain.kinds if (kind == "volume") != (dims == 3)]:
        wrong("[domain] kinds", f"names '{volumes[0]}' for tiles of {dims} axes")
    if card.unsure_threshold > card.threshold:
        wrong("[thresholds] unsure", "must not be above sure")
    if card.size is not None and (dims == 2 or card.input.spacing_mm is None):
        wrong("[size]", "is for volumes of a stated [input] spacing_mm")
    for effort in card.efforts:
        _check_views(effort, dims)
    if card.domain.size_px[0] > card.domain.size_px[1]:
        wrong("[domain] size_px", f"must be {_PAIR} side")
    if (limits := card.domain.brightness) is not None and limits[0] >= limits[1]:
        wrong("[domain] brightness", "must be the darkest and the brightest mean")
    _check_sanity(card)


def _check_views(effort: Effort, dims: int) -> None:
    for name, flips in (("flips", effort.flips), ("again_flips", effort.again_flips)):
        if dims == 2 and any("z" in flip for flip in flips):
            wrong(f"[efforts] {name}", "names z for tiles of two axes")
    if effort.again_flips and effort.again_from >= 1.0:
        wrong("[efforts] again_from", "must be below 1 beside again_flips")
    if twice := set(effort.flips) & set(effort.again_flips):
        wrong("[efforts] again_flips", f"names '{min(twice)}', in which every tile is looked at already")


def _check_sanity(card: ModelCard) -> None:
    rules = card.sanity
    if rules is None:
        return
    for name, limits in (("size_mm", rules.size_mm), ("size_px", rules.size_px)):
        if limits is not None and limits[0] >= limits[1]:
            wrong(f"[sanity] {name}", f"must be {_PAIR} side")
    if rules.least_slices is not None and len(card.input.tile) == 2:
        wrong("[sanity] least_slices", "is for volumes")


def _check_head(card: ModelCard) -> None:
    if card.head.kind == CENTER:
        return
    head, dims = head_named(card.head.kind), len(card.input.tile)
    if dims not in head.dims:
        wrong("[head] kind", f"'{card.head.kind}' does not take tiles of {dims} axes")
    if any(effort.flips != ("",) or effort.again_flips for effort in card.efforts):
        wrong("[efforts] flips", f"mirrors tiles, which is done for the head '{CENTER}' only")
    names = card.head.options.get("outputs", head.outputs)
    if len(names) != len(head.shapes(card)):
        wrong("[head] outputs", f"has {len(names)} names, the head has {', '.join(head.shapes(card))}")
    if (low := card.head.options.get("low")) is not None and low >= card.head.options.get("high", low):
        wrong("[head] high", "must be above low")


def _check_input(card: ModelCard) -> None:
    taken = card.input
    if len(taken.tile) not in (2, 3):
        wrong("[input] tile", f"has {len(taken.tile)} axes, allowed are 2 or 3")
    if any(side % card.head.stride for side in taken.tile):
        wrong("[input] tile", f"{list(taken.tile)} is not divisible by the stride {card.head.stride}")
    for name, values in (("mean", taken.mean), ("std", taken.std)):
        if len(values) != taken.channels:
            wrong(f"[input] {name}", f"has {len(values)} values for {taken.channels} channels")
    if taken.high <= taken.low:
        wrong("[input] high", "must be above low")
    if taken.range == "percentiles" and not 0.0 <= taken.low <= taken.high <= 100.0:
        wrong("[input] low and high", f"are {taken.low:g} and {taken.high:g}, percentiles are 0 to 100")
