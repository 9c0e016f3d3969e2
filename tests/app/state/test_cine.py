"""Volumes that play by themselves."""

from app.state.cine import FASTEST, SLOWEST, Cine


def test_slices_come_at_their_pace_and_begin_again_behind_the_last():
    cine = Cine(first=38, count=40, started_s=100.0, slices_a_second=10)
    assert [cine.due(100.0 + tenth / 10) for tenth in range(4)] == [38, 39, 0, 1]


def test_slices_that_could_not_be_drawn_are_left_out():
    assert Cine(0, 1000, 5.0, 20).due(7.0) == 40


def test_another_pace_goes_on_from_the_slice_that_is_seen():
    faster = Cine(0, 100, 0.0, 10).paced(20, now_s=3.0)
    assert faster.due(3.0) == 30
    assert faster.due(4.0) == 50


def test_pace_has_its_limits():
    assert Cine(0, 10, 0.0).paced(1000, 0.0).slices_a_second == FASTEST
    assert Cine(0, 10, 0.0).paced(-3, 0.0).slices_a_second == SLOWEST
