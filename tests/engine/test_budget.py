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


def test_a_step_that_needs_more_than_is_left_is_not_begun_and_both_are_named():
    clock = HandClock()
    budget = Budget(10.0, clock)
    clock.pass_s(9.5)
    budget.check("detect", needs_s=0.5)
    with pytest.raises(BudgetExceeded, match=r"budget of 10 s has 0\.5 s left and the next step takes 0\.75 s"):
        budget.check("detect", needs_s=0.75)


def test_rest_is_no_work():
    clock = HandClock()
    budget = Budget(10.0, clock)
    clock.pass_s(4.0)
    budget.rest()
    clock.pass_s(100.0)
    assert budget.go_on()
    clock.pass_s(1.0)
    assert budget.left_s() == 5.0
    assert budget.limit_s == 10.0


def test_a_deadline_comes_nearer_during_a_rest():
    clock = HandClock()
    budget = Budget(10.0, clock, deadline_s=30.0)
    budget.rest()
    clock.pass_s(25.0)
    assert budget.go_on()
    assert budget.left_s() == 5.0


def test_a_deadline_that_passes_in_a_rest_is_told_and_one_that_passed_before_is_not():
    clock = HandClock()
    rested, late = Budget(clock=clock, deadline_s=2.0), Budget(clock=clock, deadline_s=2.0)
    rested.rest()
    clock.pass_s(3.0)
    late.rest()
    assert not rested.go_on()
    assert late.go_on()
    assert rested.left_s() == 0.0
    rested.lift_deadline()
    assert rested.left_s() == math.inf


def test_what_is_left_is_a_budget_of_its_own_that_nobody_has_cancelled():
    clock = HandClock()
    budget = Budget(10.0, clock, deadline_s=30.0)
    clock.pass_s(4.0)
    budget.rest()
    clock.pass_s(5.0)
    budget.go_on()
    budget.cancel()
    again = budget.again()
    again.check("detect")
    assert (again.total_s, again.deadline_s, again.left_s()) == (6.0, 21.0, 6.0)
    unlimited = Budget(clock=clock).again()
    assert unlimited.limit_s is None


def test_a_limit_is_told_without_milliseconds_where_it_is_long():
    for limit_s, told in ((38.2428, "38.2"), (3600.0, "3600"), (86400.0, "86400"), (0.0625, "0.0625")):
        clock = HandClock()
        budget = Budget(limit_s, clock)
        clock.pass_s(limit_s)
        with pytest.raises(BudgetExceeded, match=rf"budget of {told} s ran out"):
            budget.check("read")
