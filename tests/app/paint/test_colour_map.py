"""Tables of colours."""

import numpy as np
import pytest

from app.paint.colour_map import COLOUR_MAPS, GREY, HEAT, heat_table, table_of
from app.paint.palette import DARK


def brightness(table):
    """Relative luminance of each colour, weighted as the eye does (ITU-R BT.709)."""
    return 0.2126 * (table >> 16 & 255) + 0.7152 * (table >> 8 & 255) + 0.0722 * (table & 255)


def test_tones_of_grey_are_the_numbers_themselves():
    assert np.array_equal(table_of(GREY)[:256] & 0xFF, np.arange(256))


@pytest.mark.parametrize("colours", COLOUR_MAPS, ids=lambda colours: colours.name)
def test_more_is_never_darker(colours):
    assert (np.diff(brightness(table_of(colours)[:256].astype(float).astype(np.int64))) >= -0.5).all()


def test_what_has_no_value_has_the_colour_of_the_ground():
    assert f"#{int(table_of(GREY)[256]) & 0xFFFFFF:06x}" == DARK.ground


def test_weak_cells_of_a_heat_map_let_the_picture_through():
    opaque = (heat_table(0.5)[:256] >> 24).astype(int)
    assert (opaque[0], opaque[3], opaque[255]) == (0, 0, 128)
    assert (np.diff(opaque) >= 0).all()


def test_heat_can_be_read_by_brightness_alone():
    assert (np.diff(brightness(heat_table(1.0)[:256].astype(np.int64) & 0xFFFFFF)) >= -0.5).all()
    assert HEAT.stops[-1][1:] == (255, 245, 170)


def test_opacity_beyond_its_ends_is_the_end():
    assert np.array_equal(heat_table(1.7), heat_table(1.0))
    assert (heat_table(-1.0) >> 24).max() == 0
