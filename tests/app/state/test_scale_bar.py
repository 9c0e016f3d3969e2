"""The bar that tells the scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.state.geometry import View
from app.state.scale_bar import SHORTEST_PX, scale_bar


def view(scale):
    return View((512, 512), (800, 800), (256.0, 256.0), scale)


@given(scale=st.floats(0.01, 64), spacing=st.floats(0.001, 20))
def test_bar_is_round_and_neither_too_short_nor_too_long(scale, spacing):
    bar = scale_bar(view(scale), (spacing, spacing))
    assert SHORTEST_PX * 0.999 <= bar.length_px <= SHORTEST_PX * 2.51
    number, unit = bar.words.split()
    assert unit in ("mm", "µm")
    assert number.replace(".", "").strip("0")[:1] in ("1", "2", "5") or "e" in number
    length_mm = float(number) / (1000 if unit == "µm" else 1)
    assert bar.length_px == pytest.approx(length_mm / spacing * scale)


@given(scale=st.floats(0.01, 64), width=st.integers(120, 300))
def test_bar_of_a_narrow_picture_does_not_reach_the_middle_of_the_edge(scale, width):
    narrow = View((512, 512), (width, 200), (256.0, 256.0), scale)
    assert scale_bar(narrow, (0.7, 0.7)).length_px <= width * 0.38


def test_bar_of_a_chest_says_centimetres_in_millimetres():
    assert scale_bar(view(1.5), (0.7, 0.7)).words == "50 mm"


def test_bar_of_fine_structures_is_in_micrometres():
    assert scale_bar(view(1.0), (0.0005, 0.0005)).words == "50 µm"


def test_bar_of_a_photograph_counts_pixels_and_never_less_than_one():
    assert scale_bar(view(1.0), None).words == "100 px"
    assert scale_bar(view(64.0), None).words == "1 px"
