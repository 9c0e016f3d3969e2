from dataclasses import replace
from datetime import timedelta

import pytest

from engine.domain.acquisition import Acquisition
from engine.domain.operator import Operator
from engine.domain.outcome import Status
from engine.domain.review import Verdict
from engine.domain.sketch import Sketch, Sketched
from engine.monitor import report
from engine.monitor.report import populations
from engine.operators.session import Session
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from engine.store.reviews import sign
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival, photograph, refused, spot
from tests.engine.store.decisions import confirmed, rejected, review_of

SOMEBODY = Session(Operator("nobody"))


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store(home, clock):
    with open_store(home, clock) as opened:
        yield opened


def answer(store, clock, regions=(), source="/in/line-1/a.png", sketched=None, **changes):
    clock.pass_s(timedelta(hours=12).total_seconds())
    came = arrival(source)
    record(store, came, photograph(source), answered(came, regions, **changes), sketched=sketched)
    return came


def seen(dark=0.1, **acquisition):
    sketch = Sketch(dark, 0.4, 0.9, 0.2, 0.0, 0.01, 0.02, 0.5, 0.0)
    return Sketched(sketch, Acquisition(**acquisition), distance=3.0)


def watched(population):
    return {one.name: one for one in population.watched}


def test_a_home_without_answers_has_nothing_to_watch(store):
    assert populations(store) == ()


def test_each_folder_and_version_is_watched_by_itself(store, clock):
    answer(store, clock)
    answer(store, clock, source="/in/line-2/a.png")
    answer(store, clock, model="surface-pitting 1.1.0")
    answer(store, clock, reused_from="another")
    came = arrival("/in/line-3/a.png")
    record(store, came, None, refused(came))
    found = {(one.source, one.model): one.studies for one in populations(store)}
    assert found == {
        ("/in/line-1", "surface-pitting 1.0.0"): 1,
        ("/in/line-2", "surface-pitting 1.0.0"): 1,
        ("/in/line-1", "surface-pitting 1.1.0"): 1,
    }


def test_means_are_told_by_week(store, clock):
    for regions in ((), [spot(0.5)], [spot(0.9), spot(0.7)]):
        answer(store, clock, regions)
    clock.pass_s(timedelta(days=7).total_seconds())
    answer(store, clock, [spot(0.9)], doubts=("unlike-training",))
    (one,) = populations(store)
    assert watched(one)["regions"].weeks == {"2026-W01": 1.0, "2026-W02": 1.0}
    assert watched(one)["unlike the training"].weeks == {"2026-W01": 0.0, "2026-W02": 1.0}
    assert list(watched(one)["best score"].weeks.values()) == pytest.approx([(0.5 + 0.9) / 3, 0.9])


def test_what_people_let_stand_is_watched_where_they_signed(store, clock):
    came = answer(store, clock, [spot(0.9), spot(0.7)])
    answer(store, clock, [spot(0.9)])
    review = replace(review_of(came, 0), regions=(confirmed(0), rejected(1)), verdict=Verdict.ACCEPT)
    sign(store, SOMEBODY, review)
    (one,) = populations(store)
    decided = watched(one)["confirmed regions"]
    assert (decided.noticed.numbers, list(decided.weeks.values())) == (1, [0.5])


def test_a_lamp_that_fails_is_noticed_with_its_time_and_the_rest_is_as_it_was(store, clock):
    for number in range(60):
        answer(store, clock, [spot(0.9)] if number % 2 else [])
    (before,) = populations(store)
    assert before.changed == ()
    for _ in range(60):
        answer(store, clock, doubts=("unlike-training",))
    (after,) = populations(store)
    changed = {one.name: one for one in after.changed}
    assert 60 < changed["unlike the training"].noticed.at < 100
    assert changed["unlike the training"].since > max(one.recorded_at for one in newest(store, 120)[60:])
    assert "seconds" not in changed
    assert populations(store, 20)[0].changed == ()


def test_inputs_are_watched_as_far_as_they_are_known(store, clock):
    answer(store, clock, sketched=seen(dark=0.25, tube_kv=120.0, scanner="M N"))
    answer(store, clock)
    (one,) = populations(store)
    found = watched(one)
    assert list(found["dark"].weeks.values()) == [0.25]
    assert (found["tube_kv"].noticed.numbers, found["scanner"].noticed.numbers) == (1, 1)
    assert not {"ctdi_mgy", "kernel", "confirmed regions"} & found.keys()
    assert {name: found[name].about for name in ("dark", "scanner", "regions")} == {
        "dark": "inputs",
        "scanner": "inputs",
        "regions": "answers",
    }


def test_a_study_that_its_model_refuses_as_unlike_is_watched_and_one_that_cannot_be_read_is_not(store, clock):
    sketched, changes = seen(), {"coverage": 0.0, "flagged": None, "reason": "Unlike.", "code": "OD-UNLIKE"}
    answer(store, clock, sketched=sketched, status=Status.OUT_OF_DOMAIN, **changes)
    (one,) = populations(store)
    shares = {name: list(watched(one)[name].weeks.values()) for name in ("answered", "unlike the training")}
    assert shares == {"answered": [0.0], "unlike the training": [1.0]}
    assert "regions" not in watched(one)


def test_another_scanner_is_noticed_and_one_study_of_it_is_not(store, clock):
    for number in range(40):
        answer(store, clock, sketched=seen(scanner="other" if number == 20 else "usual"))
    assert populations(store)[0].changed == ()
    for _ in range(30):
        answer(store, clock, sketched=seen(scanner="other"))
    (one,) = populations(store)
    assert [some.name for some in one.changed] == ["scanner"]


def test_a_later_run_looks_at_its_own_studies_and_some_of_the_run_before(store, clock, monkeypatch):
    monkeypatch.setattr(report, "RUN", 20)
    monkeypatch.setattr(report, "SHARED", 5)
    for _ in range(41):
        answer(store, clock)
    (one,) = populations(store)
    assert (one.studies, watched(one)["regions"].noticed.numbers) == (41, 6)
    assert report.alarm_limit(2) == 6 * report.alarm_limit(0)


def test_the_shares_of_all_runs_together_are_all_false_alarms_that_may_be():
    spent = sum(len(report.ABOUT) / report.alarm_limit(run) for run in range(10_000))
    assert report.FALSE_SHARE * 0.999 < spent <= report.FALSE_SHARE
