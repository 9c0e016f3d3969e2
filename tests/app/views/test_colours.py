"""The colours of a picture of one channel."""

import numpy as np
import pytest

from app.paint.colour_map import COLOUR_MAPS
from app.paint.picture import Picture
from app.state.session import Look
from app.views.steered_sight import SteeredSight
from engine.domain.scan import Provenance, Scan


@pytest.fixture
def sight(qtbot, dressed):
    sight = SteeredSight()
    qtbot.addWidget(sight)
    sight.resize(200, 200)
    pixels = np.full((50, 50), 100, np.uint8)
    sight.show_picture(
        Picture.of(Scan(pixels, "photograph", "photo", "MONOCHROME2", Provenance(("a",), "test"))), Look()
    )
    return sight


def middle(sight):
    return sight.grab().toImage().pixelColor(120, 120).getRgb()[:3]


def test_tables_of_colours_come_one_after_the_other_and_begin_again(sight):
    seen = []
    for _ in range(len(COLOUR_MAPS) + 1):
        seen.append(middle(sight))
        sight.next_colours()
    assert len(set(seen)) == len(COLOUR_MAPS)
    assert seen[0] == seen[-1]
    assert len(set(seen[0])) == 1, "grey comes first"


def test_reset_takes_the_colours_away(sight):
    grey = middle(sight)
    sight.next_colours()
    assert middle(sight) != grey
    sight.reset()
    assert middle(sight) == grey
