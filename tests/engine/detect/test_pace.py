from contextlib import nullcontext

import pytest

from engine.budget import Budget
from engine.detect.pace import ENDING_S, Pace
from engine.errors import BudgetExceeded, Cancelled
from tests.engine.hand_clock import HandClock


def batches(pace, clock, durations_s):
    for duration_s in durations_s:
        with pace.batch():
            clock.pass_s(duration_s)


def test_the_first_batch_is_begun_as_long_as_there_is_any_time():
    clock = HandClock()
    batches(Pace(Budget(0.001, clock)), clock, [5.0])
    with pytest.raises(BudgetExceeded):
        batches(Pace(Budget(0.0, clock)), clock, [5.0])


def test_a_batch_that_would_not_fit_with_the_ending_is_not_begun():
    clock = HandClock()
    budget = Budget(3.0 + ENDING_S, clock)
    pace = Pace(budget)
    batches(pace, clock, [1.0, 1.0, 1.0])
    assert budget.left_s() == pytest.approx(ENDING_S)
    with pytest.raises(BudgetExceeded, match=r"next step takes 1 s"):
        batches(pace, clock, [1.0])


def test_a_batch_slower_than_foretold_is_over_by_what_it_was_slower():
    clock = HandClock()
    budget = Budget(10.0, clock)
    pace = Pace(budget)
    batches(pace, clock, [2.0, 2.0, 2.0, 5.0])
    with pytest.raises(BudgetExceeded):
        batches(pace, clock, [2.0])
    assert budget.spent_s() == 11.0


def test_a_hiccup_does_not_end_the_look():
    clock = HandClock()
    budget = Budget(17.0, clock)
    pace = Pace(budget)
    batches(pace, clock, [1.0, 1.0, 8.0, 1.0, 1.0, 1.0])
    assert budget.left_s() == 4.0


def test_a_machine_that_gets_busy_is_noticed():
    clock = HandClock()
    pace = Pace(Budget(18.0, clock))
    batches(pace, clock, [1.0, 1.0, 6.0, 6.0])
    with pytest.raises(BudgetExceeded, match=r"has 4 s left and the next step takes 6 s"):
        batches(pace, clock, [1.0])


def test_what_is_queued_on_a_device_needs_its_time_too():
    clock = HandClock()
    pace = Pace(Budget(4.5, clock), queued=1)
    batches(pace, clock, [1.0, 1.0])
    with pytest.raises(BudgetExceeded, match=r"has 1\.5 s left and the next step takes 2 s"):
        batches(pace, clock, [1.0, 1.0])


@pytest.mark.parametrize(("limit_s", "fits"), [(9.0, False), (9.0 + 2 * ENDING_S, True)])
def test_the_next_batch_has_to_fit_with_the_most_views_whatever_those_before_had(limit_s, fits):
    clock = HandClock()
    pace = Pace(Budget(limit_s, clock), most_views=4)
    for views in (1, 4):
        with pace.batch() as batch:
            batch.views = views
            clock.pass_s(1.0 * views)
    with nullcontext() if fits else pytest.raises(BudgetExceeded, match=r"has 4 s left and the next step takes 4"):
        batches(pace, clock, [4.0])


def test_a_person_who_stops_it_is_heard_before_the_next_batch():
    clock = HandClock()
    budget = Budget(clock=clock)
    pace = Pace(budget)
    batches(pace, clock, [1.0])
    budget.cancel()
    with pytest.raises(Cancelled):
        batches(pace, clock, [1.0])
