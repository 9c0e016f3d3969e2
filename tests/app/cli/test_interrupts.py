import signal

import pytest

from app.cli.interrupts import ended_by_signals, interrupted_by_ctrl_c, nothing_kept_by_ctrl_c
from engine.errors import Cancelled


@pytest.fixture(autouse=True)
def listening():
    """A program that a shell starts in the background is told to ignore Ctrl+C, and so are its tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_first_ctrl_c_is_a_wish_and_the_second_stops_at_once():
    with interrupted_by_ctrl_c() as wanted:
        assert not wanted()
        signal.raise_signal(signal.SIGINT)
        assert wanted()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_afterwards_ctrl_c_does_what_it_did_before():
    before = signal.getsignal(signal.SIGINT)
    with interrupted_by_ctrl_c():
        pass
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_runs_until_it_is_ended_takes_both_signals_for_a_wish(number):
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    with ended_by_signals() as is_ended:
        assert not is_ended()
        signal.raise_signal(number)
        assert is_ended()
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


def test_work_that_writes_at_its_end_is_cancelled_after_the_step_that_it_is_at():
    with nothing_kept_by_ctrl_c() as check:
        check(1, 3)
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(Cancelled) as caught:
            check(2, 3)
    assert caught.value.code == "BU-CANCELLED"
    assert "2 of 3 images" in caught.value.message
