"""Quarter turns and mirroring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.state.geometry import View
from app.state.turn import Turn

TURNS = st.builds(Turn, st.integers(0, 3), st.booleans())
SIDES = ("R", "A", "L", "P")


@given(turn=TURNS, x=st.floats(-5, 5), y=st.floats(-5, 5))
def test_undoing_a_turn_leads_back(turn, x, y):
    assert turn.undo(*turn.apply(x, y)) == pytest.approx((x, y))


@given(turn=TURNS)
def test_two_flips_of_the_same_kind_change_nothing(turn):
    assert turn.flipped().flipped() == turn
    assert turn.flipped(upside_down=True).flipped(upside_down=True) == turn


@given(turn=TURNS)
def test_flips_exchange_what_is_seen_at_opposite_edges_whatever_came_before(turn):
    left, top, right, bottom = turn.sides(SIDES)
    assert turn.flipped().sides(SIDES) == (right, top, left, bottom)
    assert turn.flipped(upside_down=True).sides(SIDES) == (left, bottom, right, top)
    assert turn.turned(1).sides(SIDES) == (bottom, left, top, right)


@given(turn=TURNS, x=st.floats(0, 400), y=st.floats(0, 300), aspect=st.floats(0.2, 5))
def test_turned_view_leads_to_the_screen_and_back(turn, x, y, aspect):
    view = View.fit((400, 300), (824, 624), aspect, turn)
    at = view.to_screen(x, y)
    assert view.to_image(*at) == pytest.approx((x, y), abs=1e-6)
    a, b, c, d, e, f = view.affine
    assert (a * at[0] + b * at[1] + c, d * at[0] + e * at[1] + f) == pytest.approx((x, y), abs=1e-6)


@given(turn=TURNS)
def test_fitted_picture_is_whole_on_the_screen_however_it_lies(turn):
    view = View.fit((1000, 200), (824, 624), turn=turn)
    x0, y0, x1, y1 = view.box_to_screen((0, 0, 1000, 200))
    assert (x0 + x1, y0 + y1) == pytest.approx((824, 624))
    assert min(x0, y0) >= 12 - 1e-6
    assert view.visible() == (0, 0, 1000, 200)


@given(turn=TURNS, about=st.tuples(st.floats(300, 500), st.floats(200, 400)))
def test_place_under_the_pointer_stays_when_a_turned_picture_is_zoomed_or_dragged(turn, about):
    view = View.fit((4000, 3000), (824, 624), turn=turn).at_scale(1.0)
    held = view.to_image(*about)
    assert view.zoomed(1.3, about).to_screen(*held) == pytest.approx(about, abs=1e-6)
    assert view.panned(20, -8).to_screen(*held) == pytest.approx((about[0] + 20, about[1] - 8), abs=1e-6)


def test_turning_right_brings_the_top_to_the_right():
    view = View.fit((100, 100), (224, 224), turn=Turn().turned(1))
    x, y = view.to_screen(50, 0)
    assert (x, y) == pytest.approx((212, 112))
