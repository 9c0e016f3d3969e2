"""`second.toml` of a site: which model's answers get a second opinion, and whose."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from engine.domain.model_card import MODEL_ID
from engine.domain.opinion import By
from engine.errors import UsageError
from engine.places import Home

_TEXTS = {"model": ("model",), "template": ("folder",), "flips": ()}
"""Texts that each kind must state."""

_MORE = {"model": (), "template": ("name", "tolerance_px", "least_contrast", "least_px"), "flips": ()}
"""And what it may."""

PLACES = ("stem", "folder")
"""What the name of a template may be made of."""


@dataclass(frozen=True, slots=True)
class OpinionRule:
    """Whose opinion is wanted beside a model's answers.

    Args:
        by: see `By`.
        model: the other model, as `--model` takes it.
        folder: where the templates lie.
        name: file name of a study's template: `{stem}` stands for the name of the study's file without its ending,
            `{folder}` for that of the folder it lies in. Empty finds the template by its content.
        tolerance_px: how far an edge may lie from where the template has it and is no difference.
        least_contrast: share of the template's range of values from which a pixel differs.
        least_px: pixels that must differ for a region.
    """

    by: By
    model: str = ""
    folder: Path = Path()
    name: str = ""
    tolerance_px: int = 2
    least_contrast: float = 0.5
    least_px: int = 5


def rule_named(name: str) -> OpinionRule | None:
    """The rule that a person names for some studies alone: a model, `flips`, or `none` for no second opinion."""
    if name == "none":
        return None
    return OpinionRule("flips") if name == "flips" else OpinionRule("model", model=name)


def rule_for(home: Home, model_id: str) -> OpinionRule | None:
    """Whose opinion the site wants beside a model's answers; None where it wants none.

    Raises:
        UsageError: US-SECOND, the file cannot be read or says something unknown.
    """
    return read_rules(home).get(model_id)


def read_rules(home: Home) -> dict[str, OpinionRule]:
    """All rules of a home, by the id of the model; a home without the file has none.

    Raises:
        UsageError: as `rule_for`.
    """
    try:
        tables = tomllib.loads(home.second.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _wrong(home, str(error)) from error
    return rules_of(home, tables)


def rules_of(home: Home, tables: Mapping[str, Any]) -> dict[str, OpinionRule]:
    """The rules that such a file comes to, by the id of the model.

    Raises:
        UsageError: US-SECOND, they say something unknown.
    """
    return {model_id: _rule_of(home, model_id, table) for model_id, table in tables.items()}


def _rule_of(home: Home, model_id: str, table: Any) -> OpinionRule:
    if not re.fullmatch(MODEL_ID, model_id):
        raise _wrong(home, f"'{model_id}' is no id of a model")
    if not isinstance(table, dict):
        raise _wrong(home, f"'{model_id}' is no table")
    by = str(table.get("by"))
    if by not in get_args(By):
        raise _wrong(home, f"by of [{model_id}] is '{by}', and must be {', '.join(get_args(By))}")
    known = ("by", *_TEXTS[by], *_MORE[by])
    if unknown := sorted(set(table) - set(known)):
        raise _wrong(home, f"[{model_id}] by {by} knows no '{unknown[0]}'; there are {', '.join(known)}")
    if missing := [name for name in _TEXTS[by] if name not in table]:
        raise _wrong(home, f"[{model_id}] by {by} names no '{missing[0]}'")
    for name, value in table.items():
        if reason := _why_not(name, value):
            raise _wrong(home, f"{name} of [{model_id}] is {value!r}, and must be {reason}")
    if table.get("model") == model_id:
        raise _wrong(home, f"[{model_id}] asks itself; `flips` asks a model in the mirror")
    return OpinionRule(
        **table | ({"folder": home.root / Path(table["folder"]).expanduser()} if "folder" in table else {})
    )


def _why_not(name: str, value: Any) -> str | None:
    """What a field must be, where it is not that."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match name:
        case "by":
            return None
        case "name":
            return None if isinstance(value, str) and _is_pattern(value) else "a file name with {stem} or {folder}"
        case "tolerance_px":
            return None if isinstance(value, int) and number and 0 <= value <= 16 else "a whole number from 0 to 16"
        case "least_px":
            return None if isinstance(value, int) and number and value >= 1 else "a whole number from 1 on"
        case "least_contrast":
            return None if number and 0.0 < value <= 1.0 else "a share above 0 up to 1"
        case _:
            return None if isinstance(value, str) and value else "a text"


def _is_pattern(text: str) -> bool:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return False
    fields = [field for _, field, _, _ in parts if field is not None]
    plain = not any(spec or conversion for _, _, spec, conversion in parts)
    return bool(fields) and set(fields) <= set(PLACES) and plain and "/" not in text


def _wrong(home: Home, why: str) -> UsageError:
    return UsageError("US-SECOND", f"The second opinions in {home.second} cannot be used: {why}.", "Correct the file.")
