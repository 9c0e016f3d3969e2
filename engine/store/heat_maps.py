"""Heat maps of what was answered last, one file each: a cache that may be thrown away, and no part of the record."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import numpy as np

from engine.domain.heat_map import HeatMap
from engine.places import Home

MOST = 1000
"""Maps kept; with a tenth more the oldest are removed, down to this number."""

_LARGEST_BYTES = 64 * 2**20
"""No map that is kept unpacks to more."""


def keep_heat_map(home: Home, arrival_id: str, attempt: int, heat_map: HeatMap) -> None:
    """Keeps the map of an outcome.

    Raises:
        OSError: it cannot be written; the outcome does not need it.
    """
    home.heat_maps.mkdir(parents=True, exist_ok=True, mode=0o700)
    packed = io.BytesIO()
    np.save(packed, heat_map.values, allow_pickle=False)
    path = _path(home, arrival_id, attempt)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(zlib.compress(packed.getvalue(), 1))
    fresh.replace(path)
    _forget_the_oldest(home.heat_maps)


def heat_map_of(home: Home, arrival_id: str, attempt: int) -> HeatMap | None:
    """The map of an outcome; None where none is kept (any more), or it is damaged."""
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(_path(home, arrival_id, attempt).read_bytes(), _LARGEST_BYTES)
        values = np.load(io.BytesIO(content), allow_pickle=False)
    except (OSError, ValueError, EOFError, zlib.error):
        return None
    if values.dtype != np.uint8 or values.ndim not in (2, 3) or values.size == 0:
        return None
    return HeatMap(values)


def forget_heat_maps(home: Home, arrival_id: str) -> None:
    """Removes the maps of an arrival.

    Raises:
        OSError: one cannot be removed.
    """
    if home.heat_maps.is_dir():
        for path in home.heat_maps.iterdir():
            if path.name.startswith(f"{arrival_id}-"):
                path.unlink(missing_ok=True)


def _path(home: Home, arrival_id: str, attempt: int) -> Path:
    return home.heat_maps / f"{arrival_id}-{attempt}.heat"


def _forget_the_oldest(folder: Path) -> None:
    with os.scandir(folder) as entries:
        names = [entry.path for entry in entries]
    if len(names) > MOST + MOST // 10:
        for name in sorted(names, key=lambda name: Path(name).stat().st_mtime)[: len(names) - MOST]:
            Path(name).unlink(missing_ok=True)
