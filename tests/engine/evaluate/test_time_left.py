import pytest

from engine.evaluate.time_left import TimeLeft
from tests.engine.hand_clock import HandClock


def test_the_rest_takes_as_long_an_image_as_those_after_the_first_did():
    clock = HandClock()
    left = TimeLeft(clock)
    clock.pass_s(60.0)  # a model is loaded
    assert left.after(1, 5) is None
    clock.pass_s(2.0)
    assert left.after(2, 5) == pytest.approx(6.0)
    clock.pass_s(4.0)
    assert left.after(3, 5) == pytest.approx(6.0)
    clock.pass_s(3.0)
    assert left.after(5, 5) == 0.0


def test_of_a_single_image_nothing_is_left_after_it():
    assert TimeLeft(HandClock()).after(1, 1) == 0.0
