"""The heat map that is kept of the stitched maps."""

import numpy as np

from engine.detect import warmth
from engine.detect.merge import Slab
from engine.detect.warmth import Warmth
from engine.domain.model_card import Effort
from engine.domain.scan import Provenance, Scan
from engine.prepare.layout import lay_out
from tests.engine.tiny_model import CARD


def layout(shape=(30, 20)):
    scan = Scan(np.zeros(shape, np.uint8), "photograph", "photo", "MONOCHROME2", Provenance(("a",), "made here"))
    return lay_out(scan, CARD.input, 4, Effort("full", 0.25))


def slab(heat, first=0, begin=0, end=None):
    values = np.asarray(heat, np.float32)
    return Slab(
        values, np.zeros((4, *values.shape[1:]), np.float32), first, begin, values.shape[1] if end is None else end
    )


def test_strongest_label_of_each_final_plane_is_kept_in_255ths():
    over = layout()
    gathered = Warmth(over)
    planes, columns = over.cells_shape
    first = np.zeros((2, 3, columns))
    first[0, 0], first[1, 0], first[0, 2] = 0.2, 1.0, 0.9  # the last plane is not final yet
    gathered.add(slab(first, end=2))
    rest = np.zeros((2, planes - 1, columns))
    rest[1, 1] = 0.4
    gathered.add(slab(rest, first=1, begin=1))
    kept = gathered.heat_map().values
    assert kept.shape == (8, 5)  # 30 by 20 pixels at four a cell
    assert kept[:3, 0].tolist() == [255, 0, 102]


def test_place_that_nobody_looked_at_is_cold():
    assert not Warmth(layout()).heat_map().values.any()


def test_large_map_is_kept_smaller_and_as_hot(monkeypatch):
    monkeypatch.setattr(warmth, "MOST_CELLS", 12)
    over = layout()
    gathered = Warmth(over)
    heat = np.zeros((1, *over.cells_shape))
    heat[0, 7, 4] = 1.0
    gathered.add(slab(heat))
    kept = gathered.heat_map().values
    assert kept.shape == (4, 3)
    assert kept[3, 2] == 255
    assert kept.astype(int).sum() == 255
