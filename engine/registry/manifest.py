"""`manifest.toml` to a `ModelCard`: the one reader, used by training and by this program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any, NoReturn, cast, get_args

from engine.domain.model_card import DomainSpec, Effort, HeadSpec, InputSpec, ModelCard, ParityLimits, Range
from engine.domain.study import Kind
from engine.errors import ModelError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FLIP = re.compile(r"z?y?x?")
_COARSEST = 8.0
_NUMBER_MAX = 1e30
_VERSION = re.compile(r"\d+\.\d+\.\d+")


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
        _wrong("the file", f"is not TOML: {error}")
    model = _Table(tables, "model")
    card = ModelCard(
        id=model.matching("id", _ID, "lower case words joined by hyphens"),
        version=model.matching("version", _VERSION, "three numbers joined by points"),
        hash=package_hash,
        task=model.text("task"),
        input=_input(_Table(tables, "input")),
        head=_head(_Table(tables, "head")),
        labels=model.texts("labels"),
        threshold=_Table(tables, "thresholds").share("sure"),
        unsure_threshold=_Table(tables, "thresholds").share("unsure"),
        efforts=_efforts(tables),
        domain=_domain(_Table(tables, "domain")),
        parity=_parity(_Table(tables, "parity")),
        licence=model.text("licence"),
        attribution=model.text("attribution"),
        acceptance=_figures(tables, "acceptance"),
    )
    _check_agreement(card)
    return card


def _check_agreement(card: ModelCard) -> None:
    _check_input(card)
    dims = len(card.input.tile)
    if volumes := [kind for kind in card.domain.kinds if (kind == "volume") != (dims == 3)]:
        _wrong("[domain] kinds", f"names '{volumes[0]}' for tiles of {dims} axes")
    if card.unsure_threshold > card.threshold:
        _wrong("[thresholds] unsure", "must not be above sure")
    if dims == 2 and any("z" in flip for effort in card.efforts for flip in effort.flips):
        _wrong("[efforts] flips", "names z for tiles of two axes")
    if "full" not in {effort.name for effort in card.efforts}:
        _wrong("[efforts]", "names no effort 'full'")


def _check_input(card: ModelCard) -> None:
    taken = card.input
    if len(taken.tile) not in (2, 3):
        _wrong("[input] tile", f"has {len(taken.tile)} axes, allowed are 2 or 3")
    if any(side % card.head.stride for side in taken.tile):
        _wrong("[input] tile", f"{list(taken.tile)} is not divisible by the stride {card.head.stride}")
    for name, values in (("mean", taken.mean), ("std", taken.std)):
        if len(values) != taken.channels:
            _wrong(f"[input] {name}", f"has {len(values)} values for {taken.channels} channels")
    if any(value <= 0 for value in taken.std):
        _wrong("[input] std", "must be above 0")
    if taken.high <= taken.low:
        _wrong("[input] high", "must be above low")
    if taken.range == "percentiles" and not 0.0 <= taken.low <= taken.high <= 100.0:
        _wrong("[input] low and high", f"are {taken.low:g} and {taken.high:g}, percentiles are 0 to 100")
    if taken.spacing_mm is not None and any(step <= 0 for step in taken.spacing_mm):
        _wrong("[input] spacing_mm", "must be above 0")


def _input(table: _Table) -> InputSpec:
    spacing = table.get("spacing_mm", None)
    return InputSpec(
        channels=table.whole("channels", 1),
        tile=tuple(table.wholes("tile")),
        batch=table.whole("batch", 1),
        spacing_mm=None if spacing is None else _triple(table.numbers("spacing_mm")),
        low=table.number("low"),
        high=table.number("high"),
        mean=table.numbers("mean"),
        std=table.numbers("std"),
        range=_range(table),
    )


def _range(table: _Table) -> Range:
    name = table.get("range", "values")
    if name not in get_args(Range):
        _wrong("[input] range", f"is {name!r}, known are {', '.join(get_args(Range))}")
    return cast("Range", name)


def _head(table: _Table) -> HeadSpec:
    kind = table.text("kind")
    if kind != "center":
        _wrong("[head] kind", f"is '{kind}', known is 'center'")
    return HeadSpec(
        kind="center",
        stride=table.whole("stride", 1),
        nms_iou=table.share("nms_iou"),
        max_regions=table.whole("max_regions", 1),
    )


def _efforts(tables: dict[str, Any]) -> tuple[Effort, ...]:
    efforts = _Table(tables, "efforts")
    return tuple(_effort(name, _Table(efforts.values, name, "efforts")) for name in efforts.values)


def _effort(name: str, table: _Table) -> Effort:
    flips = table.get("flips", [""])
    if not isinstance(flips, list) or len(set(map(str, flips))) != len(flips) or not flips:
        _wrong(f"{table.name} flips", "must be a list without repeats")
    for flip in flips:
        if not isinstance(flip, str) or not _FLIP.fullmatch(flip):
            _wrong(f"{table.name} flips", f"names {flip!r}, known are z, y, x, each at most once and in this order")
    coarser = table.number("coarser") if "coarser" in table.values else 1.0
    if not 1.0 <= coarser <= _COARSEST:
        _wrong(f"{table.name} coarser", f"is {coarser:g}, allowed is 1 to {_COARSEST:g}")
    return Effort(name, table.share("overlap"), tuple(flips), coarser, _figures(table.values, "figures", table.name))


def _figures(tables: dict[str, Any], name: str, parent: str = "") -> dict[str, float]:
    if name not in tables:
        return {}
    figures = _Table(tables, name, parent.strip("[]"))
    return {figure: figures.number(figure) for figure in figures.values}


def _domain(table: _Table) -> DomainSpec:
    kinds = table.texts("kinds")
    if unknown := [kind for kind in kinds if kind not in get_args(Kind)]:
        _wrong("[domain] kinds", f"names '{unknown[0]}', known are {', '.join(get_args(Kind))}")
    if "stack" in kinds:  # a network sees a picture or a volume, and a stack is neither
        _wrong("[domain] kinds", "names 'stack', which is not answered")
    sizes = table.wholes("size_px")
    spacings = table.get("spacing_mm", None)
    if len(sizes) != 2 or sizes[0] > sizes[1]:
        _wrong("[domain] size_px", "must be the smallest and the largest side")
    return DomainSpec(
        kinds=tuple(cast("Kind", kind) for kind in kinds),
        modalities=table.texts("modalities"),
        size_px=(sizes[0], sizes[1]),
        spacing_mm=None if spacings is None else _pair(table.numbers("spacing_mm")),
        gap_mm=_gap_mm(table),
        brightness=_brightness(table),
    )


def _gap_mm(table: _Table) -> float | None:
    if "gap_mm" not in table.values:
        return None
    gap_mm = table.number("gap_mm")
    if gap_mm <= 0.0:
        _wrong("[domain] gap_mm", "must be above 0")
    return gap_mm


def _brightness(table: _Table) -> tuple[float, float] | None:
    if "brightness" not in table.values:
        return None
    values = table.numbers("brightness")
    if len(values) != 2 or not 0.0 <= values[0] < values[1] <= 1.0:
        _wrong("[domain] brightness", "must be the darkest and the brightest mean, shares from 0 to 1")
    return values[0], values[1]


def _parity(table: _Table) -> ParityLimits:
    optional = {name: table.number(name) for name in ("prepare", "figure") if name in table.values}
    return ParityLimits(score=table.number("score"), box_px=table.number("box_px"), **optional)


def _pair(values: tuple[float, ...]) -> tuple[float, float]:
    if len(values) != 2:
        _wrong("spacing_mm", f"has {len(values)} values, wanted 2")
    return values[0], values[1]


def _triple(values: tuple[float, ...]) -> tuple[float, float, float]:
    if len(values) != 3:
        _wrong("spacing_mm", f"has {len(values)} values, wanted 3")
    return values[0], values[1], values[2]


class _Table:
    """One table of the manifest; every reader names the field when it is missing or wrong."""

    def __init__(self, tables: dict[str, Any], name: str, parent: str = "") -> None:
        self.name = f"[{parent}.{name}]" if parent else f"[{name}]"
        values = tables.get(name)
        if not isinstance(values, dict):
            _wrong(self.name, "is missing")
        self.values: dict[str, Any] = values

    def get(self, field: str, default: object = ...) -> Any:
        if field not in self.values:
            if default is ...:
                _wrong(f"{self.name} {field}", "is missing")
            return default
        return self.values[field]

    def text(self, field: str) -> str:
        value = self.get(field)
        if not isinstance(value, str) or not value.strip():
            _wrong(f"{self.name} {field}", "must be text")
        return value

    def matching(self, field: str, pattern: re.Pattern[str], wanted: str) -> str:
        value = self.text(field)
        if not pattern.fullmatch(value):
            _wrong(f"{self.name} {field}", f"is '{value}', wanted {wanted}")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        value = self.get(field)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) and item for item in value):
            _wrong(f"{self.name} {field}", "must be a list of texts")
        return tuple(value)

    def number(self, field: str) -> float:
        return _as_number(self.get(field), f"{self.name} {field}")

    def share(self, field: str) -> float:
        value = self.number(field)
        if not 0.0 <= value <= 1.0:
            _wrong(f"{self.name} {field}", f"is {value:g}, allowed is 0 to 1")
        return value

    def numbers(self, field: str) -> tuple[float, ...]:
        return tuple(_as_number(item, f"{self.name} {field}") for item in _as_list(self.get(field), self.name, field))

    def whole(self, field: str, least: int) -> int:
        return _as_whole(self.get(field), f"{self.name} {field}", least)

    def wholes(self, field: str) -> list[int]:
        return [_as_whole(item, f"{self.name} {field}", 1) for item in _as_list(self.get(field), self.name, field)]


def _as_list(value: object, table: str, field: str) -> Iterable[object]:
    if not isinstance(value, list):
        _wrong(f"{table} {field}", "must be a list")
    return value


def _as_number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _wrong(where, "must be a number")
    if not -_NUMBER_MAX <= value <= _NUMBER_MAX:  # NaN as well, which TOML can write
        _wrong(where, f"is beyond +-{_NUMBER_MAX:g}")
    return float(value)


def _as_whole(value: object, where: str, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        _wrong(where, f"must be a whole number of at least {least}")
    return value


def _wrong(where: str, what: str) -> NoReturn:
    raise ModelError("MD-MANIFEST", f"manifest.toml: {where} {what}.", "Correct the manifest and pack the model again.")
