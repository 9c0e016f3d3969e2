"""The part of a heat map that is seen."""

import numpy as np
import pytest

from app.paint.heat import Heat
from app.paint.heat_sheet import heat_sheet
from app.paint.picture import Picture
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def test_cells_of_a_photograph_are_taken_as_they_are():
    picture = Picture.of(Scan(np.zeros((60, 90), np.uint8), "photograph", "photo", "MONOCHROME2", FILE))
    heat = Heat(np.random.default_rng(0).random((15, 18)))
    sheet = heat_sheet(heat, picture)
    assert sheet.values is heat.values
    assert (sheet.size_px, sheet.pitch) == ((18, 15), (5.0, 4.0))


@pytest.mark.usefixtures("renderer")
def test_cells_of_a_volume_are_cut_where_the_picture_is():
    picture = Picture.of(Scan(np.zeros((8, 16, 24), np.int16), "volume", "MR", "MONOCHROME2", FILE))
    cells = np.broadcast_to(np.arange(4, dtype=np.float32)[:, None, None] / 4, (4, 4, 6))
    sheet = heat_sheet(Heat(cells), picture.on(picture.plane.at(5)))
    assert sheet.pitch == (2.0, 2.0)
    assert sheet.size_px == (12, 8)
    assert np.abs(sheet.values - 0.5625).max() <= 0.07, "slice 5 of 8 lies at cell 2.25"


def test_heat_map_of_another_form_is_refused():
    picture = Picture.of(Scan(np.zeros((8, 16, 24), np.int16), "volume", "MR", "MONOCHROME2", FILE))
    with pytest.raises(ValueError, match=r"\(4, 4\) does not belong to a study \(8, 16, 24\)"):
        heat_sheet(Heat(np.zeros((4, 4))), picture)
