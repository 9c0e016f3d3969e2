"""A day of a department, with a GPU that is gone for an hour, on a virtual clock; several seeds."""

from collections import Counter
from dataclasses import replace

import pytest

from engine.queue.schedule import Rules
from engine.queue.turn import ROUTINE, STAT
from tests.engine.queue.department import (
    BROKEN_S,
    Department,
    at,
    day_of,
    first_come,
    late_although_possible,
    plain_deadlines,
    seconds,
)

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def day(request):
    return list(Department().work_through(day_of(request.param)))


def test_every_case_is_answered_once(day):
    assert len(day) > 900
    assert max(Counter(one.case.waiting.arrival_id for one in day).values()) == 1


def test_no_stat_case_is_late_that_could_have_been_in_time(day):
    assert len([one for one in day if one.case.waiting.priority == STAT]) > 100
    assert late_although_possible(day) == []


def test_without_putting_studies_aside_stat_cases_are_late():
    cases = day_of(3)
    assert late_although_possible(Department(puts_aside=False).work_through(cases)) != []


def test_a_stat_case_begins_anew_with_less_where_another_would_be_late_behind_it(monkeypatch):
    cases = [case for case in day_of(15, per_hour=160.0) if at(48_000) <= case.waiting.arrived_at < at(50_500)]
    assert late_although_possible(Department().work_through(cases)) == []
    monkeypatch.setattr("tests.engine.queue.department.begins_anew", lambda *_: None)
    assert len(late_although_possible(Department().work_through(cases))) == 1


def test_the_oracle_finds_out_a_schedule_that_knows_no_stat_cases():
    answered = list(Department(picks=first_come, puts_aside=False).work_through(day_of(1)))
    assert len(late_although_possible(answered)) > 20


def test_fewer_routine_studies_are_late_than_with_plain_deadlines():
    ours, plain = (
        list(department.work_through(day_of(2)))
        for department in (Department(), Department(picks=plain_deadlines, puts_aside=False))
    )
    assert share(one.in_time for one in ours) > share(one.in_time for one in plain) + 0.05


def test_nobody_waits_for_more_than_twice_the_bound(day):
    assert max(one.waited_s for one in day) < 2 * Rules().longest_wait_s


def test_nine_of_ten_studies_take_no_longer_than_their_90_percent_forecast(day):
    done = [one for one in day if one.coverage == 1.0 and one.work.basis != "assumed"]
    assert 0.89 <= share(one.ended_s - one.began_s <= one.work.p90_s for one in done) <= 0.95


def test_nine_of_ten_studies_are_answered_by_the_90_percent_forecast_made_at_their_arrival(day):
    assert 0.89 <= share(at(one.ended_s) <= one.promised.at_latest for one in day) <= 0.95


def test_half_of_the_work_takes_less_than_its_median_forecast(day):
    done = [one for one in day if one.coverage == 1.0 and one.work.basis == "recorded"]
    assert 0.4 <= share(one.ended_s - one.began_s <= one.work.p50_s for one in done) <= 0.6


def test_without_the_gpu_studies_are_answered_with_less_effort_and_afterwards_in_full_again(day):
    broken = [one for one in day if BROKEN_S[0] <= seconds(one.case.waiting.arrived_at) < BROKEN_S[1] - 300]
    evening = [one for one in day if seconds(one.case.waiting.arrived_at) > BROKEN_S[1] + 3600]
    assert share(one.effort == "fast" for one in broken) > 2 * share(one.effort == "fast" for one in evening)


def test_a_flood_of_stat_cases_does_not_starve_a_routine_study():
    in_the_morning = [
        case for case in day_of(5, per_hour=900.0) if at(8 * 3600) <= case.waiting.arrived_at < at(8.5 * 3600)
    ]
    flood = [
        replace(case, waiting=replace(case.waiting, priority=STAT if number else ROUTINE))
        for number, case in enumerate(in_the_morning)
    ]
    rules = Rules(longest_wait_s=300.0, relief_every_s=120.0)
    answered = list(Department(rules).work_through(flood))
    routine = next(one for one in answered if one.case.waiting.priority == ROUTINE)
    assert sum(not one.in_time for one in answered) > len(answered) / 4, "there was no flood"
    assert routine.waited_s < 4 * rules.longest_wait_s + 2 * rules.relief_every_s


def share(held):
    held = list(held)
    return sum(held) / len(held)
