import pytest

from engine.stopwatch import Stopwatch
from tests.engine.hand_clock import HandClock


def test_a_stage_entered_twice_adds_up_and_the_total_counts_the_waiting():
    clock = HandClock()
    watch = Stopwatch(clock)
    for _ in range(2):
        with watch.stage("detect"):
            clock.pass_s(0.5)
        clock.pass_s(0.25)
    times = watch.times()
    assert times.detect == 1000.0
    assert times.prepare == 0.0
    assert times.total == 1500.0


def test_a_stage_that_ends_by_an_error_is_counted():
    clock = HandClock()
    watch = Stopwatch(clock)

    def fail():
        with watch.stage("read"):
            clock.pass_s(0.1)
            raise ValueError("out of range")

    with pytest.raises(ValueError, match="out of range"):
        fail()
    assert watch.times().read == pytest.approx(100.0)


def test_for_a_second_look_the_time_of_reading_and_the_total_go_on():
    clock = HandClock()
    watch = Stopwatch(clock)
    for stage in ("read", "detect"):
        with watch.stage(stage):
            clock.pass_s(0.5)
    watch.share = 0.7
    again = watch.again()
    clock.pass_s(0.25)
    times = again.times()
    assert (times.read, times.detect, times.total, again.share) == (500.0, 0.0, 1250.0, 0.0)
