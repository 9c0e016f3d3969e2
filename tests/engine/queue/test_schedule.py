"""Whose turn it is: classes, deadlines, who is late anyway, the bound on waiting; and what each has to expect."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.outcome import StageTimes
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.queue.forecast import Forecast, Forecaster
from engine.queue.plan import expect, plan
from engine.queue.schedule import Rules, begins_anew, gives_way, pick
from engine.queue.turn import ROUTINE, STAT, Progress, Turn, Waiting
from engine.queue.waiting_line import Ahead

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def minutes(number):
    return timedelta(minutes=number)


def waiting(name, due_min=3.0, priority=ROUTINE, waited_min=0.0, stored_bytes=1 << 20, **changes):
    deadline = None if due_min is None else NOW + minutes(due_min)
    return Waiting(
        **{
            "arrival_id": name,
            "arrived_at": NOW - minutes(waited_min),
            "deadline": deadline,
            "priority": priority,
            "kind": "volume",
            "stored_bytes": stored_bytes,
        }
        | changes
    )


def machine(full_s=20.0, fast_s=5.0):
    """A machine that takes so long for each mebibyte, and has been seen doing so often enough."""
    return Forecaster(
        tuple(
            Timing(
                model="nodule 1.0.0",
                backend="gpu",
                effort=effort,
                kind="volume",
                coverage=1.0,
                workload=Workload(files=1, read_bytes=1 << 20, pixels=1, tiles=1, calls=1, threads=2),
                ms=StageTimes(detect=1000.0 * took_s),
            )
            for effort, took_s in (("full", full_s), ("fast", fast_s))
            for _ in range(20)
        )
    )


def turns(some, forecaster):
    """Who is picked, one after the other, at one moment."""
    left = list(some)
    while left:
        one = pick(left, NOW, forecaster).waiting
        left.remove(one)
        yield one.arrival_id


def test_nobody_waits_nobody_is_picked():
    assert pick([], NOW, machine()) is None


def test_the_earliest_deadline_goes_first_and_those_without_one_last():
    some = [waiting("none", None), waiting("late", 9.0), waiting("soon", 2.0), waiting("middle", 4.0)]
    assert list(turns(some, machine())) == ["soon", "middle", "late", "none"]


def test_equal_deadlines_go_by_arrival():
    some = [waiting("second", 3.0, waited_min=1.0), waiting("first", 3.0, waited_min=2.0)]
    assert list(turns(some, machine())) == ["first", "second"]


def test_stat_goes_before_routine_whatever_the_deadlines():
    some = [waiting("routine", 1.0), waiting("stat", 60.0, STAT), waiting("stat without deadline", None, STAT)]
    assert list(turns(some, machine())) == ["stat", "stat without deadline", "routine"]


def test_who_is_late_anyway_goes_first_while_nobody_else_gets_late_by_it():
    some = [waiting("too late", -1.0), waiting("in time", 3.0)]
    assert list(turns(some, machine(full_s=20.0))) == ["too late", "in time"]


def test_who_is_late_anyway_makes_nobody_else_late():
    some = [waiting("too late", -1.0), waiting("in time", 0.4)]
    assert list(turns(some, machine(full_s=20.0, fast_s=15.0))) == ["in time", "too late"]


def test_a_backlog_of_late_studies_does_not_make_those_after_it_late():
    backlog = [waiting(f"late {number}", -number) for number in range(1, 20)]
    fresh = [waiting(f"fresh {number}", 1.0 + number / 10) for number in range(3)]
    assert pick(backlog + fresh, NOW, machine(full_s=50.0, fast_s=15.0)).waiting == fresh[0]


def test_what_is_known_too_little_about_gets_the_benefit_of_the_doubt():
    huge = waiting("unknown", 0.5, stored_bytes=1 << 30)
    assert Forecaster().quickest("volume", 1 << 30).p50_s > 30.0
    assert pick([huge, waiting("later", 3.0)], NOW, Forecaster()).waiting == huge


def test_a_turn_lasts_until_those_behind_have_to_begin():
    some = [waiting("first", 2.0), waiting("second", 3.0)]
    turn = pick(some, NOW, machine(full_s=20.0, fast_s=5.0))
    left_s = (turn.allowed_until - NOW).total_seconds()
    assert left_s == pytest.approx(180.0 - 5.0, abs=0.5)


def test_a_burst_leaves_each_study_only_the_quick_effort():
    burst = [waiting(f"{number}", 1.0) for number in range(6)]
    turn = pick(burst, NOW, machine(full_s=40.0, fast_s=9.0))
    assert turn.work.p50_s == pytest.approx(9.0, rel=0.06)
    assert turn.allowed_until < NOW + timedelta(seconds=20)


def test_routine_studies_do_not_shorten_a_stat_case():
    turn = pick([waiting("stat", 3.0, STAT), waiting("routine", 0.5)], NOW, machine())
    assert turn.allowed_until is None
    assert turn.work.p50_s == pytest.approx(20.0, rel=0.06)


def test_a_passed_deadline_does_not_shorten_the_work():
    assert pick([waiting("late", -1.0)], NOW, machine()).work.p50_s == pytest.approx(20.0, rel=0.06)


def test_what_is_at_work_already_takes_its_time_from_those_who_wait():
    some = [waiting("tight", 0.4), waiting("late", -1.0)]
    assert pick(some, NOW, machine(full_s=2.0, fast_s=1.0)).waiting.arrival_id == "late"
    assert pick(some, NOW, machine(full_s=2.0, fast_s=1.0), busy_s=22.0).waiting.arrival_id == "tight"


class TestBoundOnWaiting:
    rules = Rules(longest_wait_s=1800.0, relief_every_s=300.0)

    def picked(self, some, relieved_min_ago=None):
        relieved_at = None if relieved_min_ago is None else NOW - minutes(relieved_min_ago)
        return pick(some, NOW, machine(), self.rules, relieved_at=relieved_at)

    def test_who_waited_too_long_goes_before_stat_cases_that_have_time(self):
        turn = self.picked([waiting("old", -28.0, waited_min=31.0), waiting("stat", 3.0, STAT)])
        assert (turn.waiting.arrival_id, turn.relief) == ("old", True)

    def test_but_not_before_a_stat_case_that_would_be_late(self):
        turn = self.picked([waiting("old", -28.0, waited_min=31.0), waiting("stat", 0.3, STAT)])
        assert (turn.waiting.arrival_id, turn.relief) == ("stat", False)

    def test_such_turns_are_some_time_apart(self):
        some = [waiting("old", -28.0, waited_min=31.0), waiting("stat", 3.0, STAT)]
        assert self.picked(some, relieved_min_ago=4).waiting.arrival_id == "stat"
        assert self.picked(some, relieved_min_ago=5).waiting.arrival_id == "old"

    def test_after_twice_the_bound_it_is_its_turn_in_any_case(self):
        some = [waiting("old", -57.0, waited_min=61.0), waiting("stat", 0.3, STAT)]
        assert self.picked(some, relieved_min_ago=9).waiting.arrival_id == "stat"
        assert self.picked(some, relieved_min_ago=10).waiting.arrival_id == "old"


class TestGivingWay:
    machine = machine(full_s=60.0, fast_s=5.0)

    def gives_way(self, one, other, share=0.0, looked_s=0.0, now=NOW):
        turn = Turn(one, self.machine.work(one.kind, one.stored_bytes))
        return gives_way(Progress(turn, share, looked_s), other, now, self.machine)

    def test_a_routine_study_makes_way_for_a_stat_case_that_would_be_late_behind_it(self):
        assert self.gives_way(waiting("routine"), waiting("stat", 0.5, STAT))

    def test_it_does_not_where_there_is_time_for_both(self):
        assert not self.gives_way(waiting("routine"), waiting("stat", 3.0, STAT))
        assert not self.gives_way(waiting("routine"), waiting("stat", 0.5, STAT), share=0.8, looked_s=40.0)

    def test_it_does_where_it_turns_out_slower_than_forecast(self):
        assert self.gives_way(waiting("routine"), waiting("stat", 0.5, STAT), share=0.5, looked_s=60.0)

    def test_it_does_not_where_the_stat_case_is_late_anyway(self):
        assert not self.gives_way(waiting("routine"), waiting("stat", 0.05, STAT))
        assert not self.gives_way(waiting("routine"), waiting("stat", -1.0, STAT))

    def test_it_does_not_for_a_routine_study_or_one_without_a_deadline(self):
        assert not self.gives_way(waiting("routine"), waiting("other", 0.5))
        assert not self.gives_way(waiting("routine"), waiting("stat", None, STAT))

    def test_a_stat_case_makes_way_only_where_it_is_in_time_all_the_same(self):
        assert self.gives_way(waiting("stat", 3.0, STAT), waiting("sooner", 0.5, STAT))
        assert not self.gives_way(waiting("stat", 0.55, STAT), waiting("sooner", 0.5, STAT), now=NOW + minutes(0.4))

    def test_of_two_stat_cases_the_one_that_is_due_first_makes_no_way_so_that_they_do_not_do_it_in_turn(self):
        assert not self.gives_way(waiting("stat", 0.4, STAT), waiting("later", 0.5, STAT))
        assert self.gives_way(waiting("stat", None, STAT), waiting("later", 0.5, STAT))

    def test_how_fast_a_stat_case_goes_says_more_than_a_forecast_of_whether_it_is_in_time_afterwards(self):
        one, other = waiting("stat", 1.5, STAT, stored_bytes=40 << 20), waiting("sooner", 0.5, STAT)
        assert not self.gives_way(one, other)
        assert not self.gives_way(one, other, share=0.05, looked_s=2.5)
        assert self.gives_way(one, other, share=0.1, looked_s=5.0)

    def test_who_has_waited_for_four_times_the_bound_keeps_its_turn(self):
        assert self.gives_way(waiting("old", waited_min=119.0), waiting("stat", 0.5, STAT))
        assert not self.gives_way(waiting("old", waited_min=121.0), waiting("stat", 0.5, STAT))


class TestBeginningAnew:
    machine = machine(full_s=60.0, fast_s=20.0)

    def turn(self, one, other, share=0.0, looked_s=0.0, allowed_until=None, now=NOW):
        turn = Turn(one, self.machine.work(one.kind, one.stored_bytes), allowed_until)
        return begins_anew(Progress(turn, share, looked_s), other, now, self.machine)

    def test_a_stat_case_begins_anew_with_less_for_one_that_is_due_after_it_and_would_be_late(self):
        turn = self.turn(waiting("first", 1.2, STAT), waiting("second", 1.25, STAT), share=0.05, looked_s=3.0)
        assert turn.waiting.arrival_id == "first"
        assert turn.work.p50_s == pytest.approx(20.0, rel=0.06)
        assert (turn.allowed_until - NOW).total_seconds() == pytest.approx(75.0 - 20.0, abs=1.5)

    def test_it_goes_on_where_there_is_time_for_both(self):
        assert self.turn(waiting("first", 1.2, STAT), waiting("second", 1.5, STAT)) is None
        assert self.turn(waiting("first", 1.2, STAT), waiting("second", 1.25, STAT), share=0.5, looked_s=30.0) is None

    def test_it_goes_on_where_one_of_them_is_late_all_the_same(self):
        assert self.turn(waiting("first", 0.3, STAT), waiting("second", 1.25, STAT)) is None
        assert self.turn(waiting("first", 0.5, STAT), waiting("second", 0.6, STAT)) is None

    def test_it_goes_on_where_beginning_anew_takes_no_less(self):
        fast_at_times_slow = [*self.machine.timings, *machine(full_s=60.0, fast_s=40.0).timings[-3:]]
        turn = Turn(waiting("first", 1.2, STAT), self.machine.work("volume", 1 << 20))
        second, forecaster = waiting("second", 1.2, STAT), Forecaster(tuple(fast_at_times_slow))
        assert begins_anew(Progress(turn, 0.1, 6.0), second, NOW, forecaster) is not None
        assert begins_anew(Progress(turn, 0.4, 24.0), second, NOW, forecaster) is None

    def test_who_began_with_others_in_mind_does_not_so_that_each_does_it_once(self):
        first, second = waiting("first", 1.2, STAT), waiting("second", 1.25, STAT)
        assert self.turn(first, second, allowed_until=NOW + minutes(1.0)) is None

    def test_routine_studies_neither_do_it_nor_have_it_done(self):
        assert self.turn(waiting("first", 1.2), waiting("second", 1.25, STAT)) is None
        assert self.turn(waiting("first", 1.2, STAT), waiting("second", 1.25)) is None

    def test_it_makes_way_instead_for_one_that_is_due_before_it_and_without_deadlines_there_is_no_hurry(self):
        assert self.turn(waiting("first", 1.3, STAT), waiting("second", 1.25, STAT)) is None
        assert self.turn(waiting("first", None, STAT), waiting("second", 1.25, STAT)) is None
        assert self.turn(waiting("first", 1.2, STAT), waiting("second", None, STAT)) is None


def test_a_plan_adds_up_in_the_order_of_the_turns():
    planned = plan([waiting("second", 2.0), waiting("stat", 9.0, STAT), waiting("first", 1.0)], NOW, machine())
    assert [one.waiting.arrival_id for one in planned] == ["stat", "first", "second"]
    passed = [(one.expected_at - NOW).total_seconds() for one in planned]
    assert passed == pytest.approx([20.0, 40.0, 60.0], rel=0.06)


def test_a_plan_says_who_will_be_late_and_by_how_much():
    tight = [waiting("in time", 0.6), waiting("late", 0.7)]
    planned = plan(tight, NOW, machine(full_s=20.0, fast_s=20.0), busy_s=10.0)
    assert planned[0].late_s == 0.0
    assert planned[1].late_s == pytest.approx(10.0 + 40.0 - 42.0, abs=3.0)


def test_spreads_of_the_work_ahead_partly_cancel_out():
    work = Forecast(p10_s=8.0, p50_s=10.0, p90_s=13.0, most_s=14.0, basis="recorded")
    ahead = Ahead().with_work(work).with_work(work).with_work(work)
    planned = expect(waiting("one", 1.0), work, NOW, ahead)
    assert planned.expected_at == NOW + timedelta(seconds=40)
    assert planned.at_latest == NOW + timedelta(seconds=40 + 6)
    assert expect(waiting("one", 1.0), work, NOW, ahead, promise_times=2.0).at_latest == NOW + timedelta(seconds=52)
