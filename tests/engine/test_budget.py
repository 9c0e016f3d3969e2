import math

import pytest

from engine.budget import Budget
from engine.errors import BudgetExceeded, Cancelled
from tests.engine.hand_clock import HandClock


def test_without_a_limit_there_is_always_time_left():
    clock = HandClock()
    budget = Budget(clock=clock)
    clock.pass_s(1e9)
    budget.check("detect")
    assert budget.left_s() == math.inf
    assert budget.limit_s is None


def test_time_left_falls_as_the_clock_runs_and_ends_at_zero():
    clock = HandClock()
    budget = Budget(10.0, clock)
    clock.pass_s(4.0)
    assert budget.left_s() == 6.0
    clock.pass_s(7.0)
    assert budget.left_s() == 0.0
    with pytest.raises(BudgetExceeded, match=r"10 s ran out at stage 'detect'"):
        budget.check("detect")


def test_a_cancelled_budget_stops_at_the_next_check():
    budget = Budget(clock=HandClock())
    budget.check("read")
    budget.cancel()
    with pytest.raises(Cancelled) as caught:
        budget.check("detect")
    assert caught.value.code == "BU-CANCELLED"
