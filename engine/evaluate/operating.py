"""The threshold for a stated requirement: chosen on a validation set and kept with the intervals of what it gives."""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from engine.domain.model_card import ModelCard
from engine.errors import UsageError
from engine.evaluate.froc import LEAST_SCORE, OperatingPoint, at_threshold, lowest_threshold
from engine.evaluate.interval import Interval, by_group
from engine.evaluate.match import Matched
from engine.export.finite import finite
from engine.places import Home
from engine.registry.kept import keep_text

_log = logging.getLogger(__name__)

Figure = Literal["sensitivity", "false_per_image"]

_STATED = re.compile(r"\s*(sensitivity)\s*>=\s*([0-9.]+)\s*|\s*(false_per_image)\s*<=\s*([0-9.]+)\s*")


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a threshold must give; the other figure is then as good as it can be.

    Args:
        figure: `sensitivity`, to be reached at the fewest false regions, or `false_per_image`, not to be exceeded at
            the highest sensitivity.
        limit: of it.
    """

    figure: Figure
    limit: float

    @classmethod
    def stated(cls, text: str) -> Requirement:
        """Reads `sensitivity >= 0.92` or `false_per_image <= 0.5`.

        Raises:
            UsageError: US-REQUIREMENT.
        """
        found = _STATED.fullmatch(text)
        try:
            figure, limit = (found[1] or found[3], float(found[2] or found[4])) if found else ("", -1.0)
        except ValueError:
            limit = -1.0
        if limit < 0.0 or (figure == "sensitivity" and limit > 1.0):
            raise UsageError(
                "US-REQUIREMENT",
                f"'{text}' is no requirement.",
                "Write 'sensitivity >= 0.92' or 'false_per_image <= 0.5'.",
            )
        return cls(cast("Figure", figure), limit)

    def __str__(self) -> str:
        return f"{self.figure} {'>=' if self.figure == 'sensitivity' else '<='} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class ChosenPoint:
    """A threshold and what it gives on the set that it was chosen on; another set will show less.

    Args:
        requirement: that it was chosen for.
        label: the class.
        at: the point.
        sensitivity: with its interval by group.
        false_per_image: the same.
    """

    requirement: str
    label: str
    at: OperatingPoint
    sensitivity: Interval
    false_per_image: Interval


def choose_point(images: Sequence[Matched], requirement: Requirement, label: str, *, seed: int) -> ChosenPoint:
    """The threshold that meets a requirement and is best in the other figure.

    Args:
        images: of a validation set, matched for one label, with scores down to well below any threshold of use.
        requirement: what is asked for.
        label: the class.
        seed: of the bootstrap.

    Raises:
        UsageError: US-UNREACHED, no threshold meets it.
    """
    if requirement.figure == "sensitivity":
        threshold = _highest(images, requirement.limit)
    else:
        # Below the lowest score that was kept nothing was counted.
        threshold = max(lowest_threshold(images, requirement.limit), LEAST_SCORE)
    return point_at(images, threshold, str(requirement), label, seed=seed)


def point_at(images: Sequence[Matched], threshold: float, requirement: str, label: str, *, seed: int) -> ChosenPoint:
    """What a threshold gives on a set, with its intervals; arguments as `choose_point`."""
    return ChosenPoint(
        requirement=requirement,
        label=label,
        at=at_threshold(images, threshold),
        sensitivity=by_group(images, lambda some: at_threshold(some, threshold).sensitivity, seed=seed),
        false_per_image=by_group(images, lambda some: at_threshold(some, threshold).false_per_image, seed=seed),
    )


def keep_points(home: Home, card: ModelCard, points: Sequence[ChosenPoint]) -> Path:
    """Keeps the points of a model beside it, in place of those kept before, and returns their file.

    Raises:
        StoreError: ST-KEEP, the home cannot be written.
    """
    path = _path(home, card)
    held = {"model": card.name, "model_hash": card.hash, "points": [finite(asdict(point)) for point in points]}
    keep_text(home, path, json.dumps(held, indent=1) + "\n")
    return path


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """A threshold that was chosen before.

    Args:
        requirement: that it was chosen for.
        label: the class.
        threshold: from which regions are kept.
        sensitivity: on the set that it was chosen on, with its interval.
        false_per_image: the same of the false regions.
    """

    requirement: str
    label: str
    threshold: float
    sensitivity: Interval
    false_per_image: Interval


def kept_points(home: Home, card: ModelCard) -> tuple[KeptPoint, ...]:
    """The points that are kept of a model; none where its file is missing, unsound or of another package."""
    path = _path(home, card)
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        points = tuple(
            KeptPoint(
                str(one["requirement"]),
                str(one["label"]),
                float(one["at"]["threshold"]),
                _interval_of(one["sensitivity"]),
                _interval_of(one["false_per_image"]),
            )
            for one in held["points"]
        )
        return points if held["model_hash"] == card.hash else ()
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.warning("The points %s cannot be read: %s", path, error)
        return ()


def _interval_of(held: Mapping[str, Any]) -> Interval:
    """As `finite` wrote it: what was no number is null."""
    return Interval(**{name: math.nan if value is None else float(value) for name, value in held.items()})


def _path(home: Home, card: ModelCard) -> Path:
    return home.models / f"{card.id}-{card.version}-{card.hash[:12]}.points.json"


def _highest(images: Sequence[Matched], sensitivity: float) -> float:
    """The highest threshold that still finds so large a share: fewer false regions go with a higher one."""
    found = np.sort(np.concatenate([image.found_at for image in images] or [np.zeros(0)]))[::-1]
    needed = max(1, int(np.ceil(sensitivity * len(found) - 1e-9)))
    if needed > len(found) or found[needed - 1] == -np.inf:
        reached = float((found > -np.inf).mean()) if len(found) else float("nan")
        raise UsageError(
            "US-UNREACHED",
            f"No threshold has a sensitivity of {sensitivity:g}; the model finds {reached:.3f} of {len(found)}.",
            "State less, or train the model further.",
        )
    return float(found[needed - 1])
