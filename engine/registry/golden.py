"""Golden cases: inputs that a package carries, with the regions it must find in them on every machine.

A case is two files of one name: `golden/NAME.png`, answered as any photograph is, and `golden/NAME.json`:
`{"regions": [{"label": "pitting", "score": 0.91, "band": "sure", "box_px": [x0, y0, x1, y1]}, ...]}`, in the order of
an outcome. An answer agrees with it within the parity limits of the manifest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, get_args

from engine.domain.region import Band, Region
from engine.errors import ModelError
from engine.registry.package import GOLDEN, Package


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """One input and what must be found in it.

    Args:
        name: the files' name without folder and ending.
        image: the bytes of the PNG.
        regions: in the order of an outcome.
    """

    name: str
    image: bytes
    regions: tuple[Region, ...]


def golden_cases(package: Package) -> tuple[GoldenCase, ...]:
    """The golden cases of a package, by name, each byte checked.

    Raises:
        ModelError: MD-GOLDEN where half of a case is missing or its regions cannot be read; else as `Package.read`.
    """
    files = [name for name in package.names if name.startswith(GOLDEN)]
    names = sorted({name.removeprefix(GOLDEN).rpartition(".")[0] for name in files})
    if odd := set(files) ^ {f"{GOLDEN}{name}{ending}" for name in names for ending in (".png", ".json")}:
        raise _wrong(min(odd), "belongs to no pair of NAME.png and NAME.json")
    return tuple(
        GoldenCase(
            name,
            package.read(f"{GOLDEN}{name}.png"),
            read_regions(f"{name}.json", package.text(f"{GOLDEN}{name}.json")),
        )
        for name in names
    )


def read_regions(name: str, text: str) -> tuple[Region, ...]:
    """The regions of a case's JSON.

    Raises:
        ModelError: MD-GOLDEN, naming the file.
    """
    try:
        return tuple(_region(item) for item in json.loads(text)["regions"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _wrong(name, f"cannot be read as regions: {type(error).__name__} {error}") from error


def regions_json(regions: tuple[Region, ...]) -> str:
    """The content of a case's JSON; floats keep every bit."""
    items = [
        {"label": region.label, "score": region.score, "band": region.band, "box_px": region.box_px}
        for region in regions
    ]
    return json.dumps({"regions": items}, indent=1) + "\n"


def _region(item: dict[str, Any]) -> Region:
    x0, y0, x1, y1 = map(float, item["box_px"])
    if item["band"] not in get_args(Band):
        msg = f"band {item['band']!r}"
        raise ValueError(msg)
    return Region(str(item["label"]), float(item["score"]), item["band"], box_px=(x0, y0, x1, y1))


def _wrong(name: str, what: str) -> ModelError:
    return ModelError("MD-GOLDEN", f"The golden case {name} {what}.", "Correct the case and pack the model again.")
