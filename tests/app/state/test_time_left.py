"""Time left of long work, by a clock in the hand."""

from app.state.time_left import TimeLeft


class Hand:
    def __init__(self):
        self.now_s = 100.0

    def __call__(self):
        return self.now_s


def test_rest_takes_as_long_as_its_pieces_took_so_far():
    clock = Hand()
    left = TimeLeft(clock)
    assert left.left_s(0, 10) is None
    clock.now_s += 6.0
    assert left.left_s(2, 10) == 24.0
    clock.now_s += 2.0
    assert left.left_s(4, 10) == 12.0
    assert left.left_s(10, 10) is None


def test_nothing_is_said_at_once_or_where_the_end_is_not_known():
    clock = Hand()
    left = TimeLeft(clock)
    left.left_s(0, 10)
    clock.now_s += 1.0
    assert left.left_s(5, 10) is None
    assert left.left_s(500, 0) is None


def test_other_work_begins_anew():
    clock = Hand()
    left = TimeLeft(clock)
    left.left_s(0, 10)
    clock.now_s += 50.0
    left.left_s(10, 10)
    left.left_s(0, 4)
    clock.now_s += 4.0
    assert left.left_s(1, 4) == 12.0


def test_pieces_that_were_done_before_anybody_looked_count_for_nothing():
    clock = Hand()
    left = TimeLeft(clock)
    left.left_s(7, 10)
    clock.now_s += 4.0
    assert left.left_s(8, 10) == 8.0
