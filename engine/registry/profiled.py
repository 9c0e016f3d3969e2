"""What a profile timed, kept in the home beside the model: forecasts of a model that answered little begin with it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.domain.model_card import ModelCard
from engine.domain.outcome import StageTimes
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.places import Home
from engine.registry.kept import keep_text

_log = logging.getLogger(__name__)

_ENDING = ".profile.json"


def keep_timings(home: Home, card: ModelCard, timings: Sequence[Timing]) -> Path:
    """Keeps the timings of a model in place of those kept before, and returns their file.

    Raises:
        StoreError: ST-KEEP, the home cannot be written.
    """
    path = home.models / f"{card.id}-{card.version}-{card.hash[:12]}{_ENDING}"
    held = {"model": card.name, "model_hash": card.hash, "timings": [_written(timing) for timing in timings]}
    keep_text(home, path, json.dumps(held, indent=1) + "\n")
    return path


def profiled_timings(home: Home) -> tuple[Timing, ...]:
    """What is kept of all models; a file that is unsound tells nothing."""
    found: list[Timing] = []
    for path in sorted(home.models.glob(f"*{_ENDING}")):
        try:
            found += [_read(one) for one in json.loads(path.read_text(encoding="utf-8"))["timings"]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            _log.warning("The timings %s cannot be read: %s", path, error)
    return tuple(found)


def _written(timing: Timing) -> dict[str, Any]:
    held = asdict(timing)
    return {name: held[name] for name in ("model", "backend", "effort", "kind", "coverage", "workload", "ms")}


def _read(held: dict[str, Any]) -> Timing:
    workload = Workload(**{name: int(amount) for name, amount in held["workload"].items()})
    ms = StageTimes(**{name: float(took) for name, took in held["ms"].items()})
    named = (str(held["model"]), str(held["backend"]), str(held["effort"]), held["kind"])
    return Timing(*named, float(held["coverage"]), workload, ms)
