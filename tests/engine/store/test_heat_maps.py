"""Heat maps as files of a cache."""

import os
import zlib

import numpy as np
import pytest

from engine.domain.heat_map import HeatMap
from engine.store import heat_maps
from engine.store.heat_maps import forget_heat_maps, heat_map_of, keep_heat_map

MAP = HeatMap(np.arange(12, dtype=np.uint8).reshape(3, 4))


def test_kept_map_comes_back_as_it_was(home):
    keep_heat_map(home, "a", 2, MAP)
    found = heat_map_of(home, "a", 2)
    assert np.array_equal(found.values, MAP.values)
    assert not found.values.flags.writeable
    assert heat_map_of(home, "a", 1) is None


@pytest.mark.parametrize("content", [b"", b"no zlib", zlib.compress(b"no array"), zlib.compress(bytes(1000))])
def test_damaged_map_is_none(home, content):
    keep_heat_map(home, "a", 1, MAP)
    (file,) = home.heat_maps.iterdir()
    file.write_bytes(content)
    assert heat_map_of(home, "a", 1) is None


def test_oldest_maps_are_forgotten(home, monkeypatch):
    monkeypatch.setattr(heat_maps, "MOST", 10)
    for number in range(12):
        keep_heat_map(home, str(number), 1, MAP)
        os.utime(home.heat_maps / f"{number}-1.heat", (number, number))
    assert heat_map_of(home, "0", 1) is None
    assert heat_map_of(home, "11", 1) is not None
    assert len(list(home.heat_maps.iterdir())) == 10


def test_maps_are_private_and_go_with_the_small_pictures(home):
    keep_heat_map(home, "a", 1, MAP)
    assert [path.stat().st_mode & 0o077 for path in (home.heat_maps, *home.heat_maps.iterdir())] == [0, 0]
    assert home.thumbnails in home.heat_maps.parents


def test_maps_of_an_erased_arrival_are_gone(home):
    for name in ("a", "ab"):
        keep_heat_map(home, name, 1, MAP)
    forget_heat_maps(home, "a")
    assert heat_map_of(home, "a", 1) is None
    assert heat_map_of(home, "ab", 1) is not None
