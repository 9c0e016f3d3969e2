"""`requirements.toml` of a site: what it demands of each model before that may answer, and the images to show it on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.places import Home

SHARES = ("sensitivity", "clean_marked", "hit_iou")
LIMITS = ("false_per_image", "latency_p95_s", "memory_mib")


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a site demands of one model; None demands nothing.

    Args:
        truth: annotations of a validation set, COCO JSON.
        images: the folder that its file names start from.
        sensitivity: least, of each class at the shipped threshold.
        false_per_image: most false regions an image of each class.
        clean_marked: largest share of the images without findings that are marked.
        latency_p95_s: seconds that 95 % of the answers take at most, reading included.
        memory_mib: most memory of the process while it answers.
        no_worse: neither a class nor a part of the set is worse than with the version that answers now, by more than
            that one's interval.
        hit_iou: overlap from which a finding is found; None takes that of `fovea evaluate`.
        effort: work variant that is measured.
    """

    truth: Path
    images: Path
    sensitivity: float | None = None
    false_per_image: float | None = None
    clean_marked: float | None = None
    latency_p95_s: float | None = None
    memory_mib: float | None = None
    no_worse: bool = True
    hit_iou: float | None = None
    effort: str = "full"


def requirements_of(home: Home, model_id: str) -> Requirements | None:
    """What the site demands of a model; None where it states nothing.

    Raises:
        UsageError: US-REQUIREMENTS, the file cannot be read or says something unknown.
    """
    try:
        tables = tomllib.loads(home.requirements.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _wrong(home, str(error)) from error
    table = tables.get(model_id)
    if table is None:
        return None
    if not isinstance(table, dict):
        raise _wrong(home, f"'{model_id}' is no table")
    known = {field.name for field in fields(Requirements)}
    if unknown := sorted(set(table) - known):
        raise _wrong(home, f"[{model_id}] knows no '{unknown[0]}'; there are {', '.join(sorted(known))}")
    for name, value in table.items():
        if reason := _why_not(name, value):
            raise _wrong(home, f"{name} of [{model_id}] is {value!r}, and must be {reason}")
    if missing := [name for name in ("truth", "images") if name not in table]:
        raise _wrong(home, f"[{model_id}] names no '{missing[0]}'")
    paths = {name: home.root / Path(table[name]).expanduser() for name in ("truth", "images")}
    return Requirements(**(table | paths))


def _why_not(name: str, value: Any) -> str | None:
    """What a field must be, where it is not that."""
    if name in ("truth", "images", "effort"):
        return None if isinstance(value, str) and value else "a text"
    if name == "no_worse":
        return None if isinstance(value, bool) else "true or false"
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in SHARES:
        return None if number and 0.0 <= value <= 1.0 else "a share from 0 to 1"
    return None if number and value >= 0.0 else "a number from 0 on"


def _wrong(home: Home, why: str) -> UsageError:
    return UsageError(
        "US-REQUIREMENTS", f"The requirements in {home.requirements} cannot be used: {why}.", "Correct the file."
    )
