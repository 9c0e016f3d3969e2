from datetime import timedelta

import pytest

from engine.domain.activation import Cause, ModelChange, Release
from engine.domain.operator import Operator, Role
from engine.errors import UsageError
from engine.monitor.notice import begin_anew, notice
from engine.monitor.report import populations
from engine.operators.session import Session
from engine.queue.alarms import alarms_of, condition_of
from engine.queue.noticing import Noticing
from engine.queue.pulse import Pulse
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.model_changes import record_change
from engine.store.outcomes import record
from engine.store.source_changes import changed_sources
from engine.store.verify import verify
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival, photograph, spot

SOMEBODY = Session(Operator("nobody"))
LINE = "/in/line-1"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store(home, clock):
    with open_store(home, clock) as opened:
        yield opened


def answer(store, clock, count, source=f"{LINE}/a.png", **changes):
    for number in range(count):
        clock.pass_s(timedelta(hours=1).total_seconds())
        came = arrival(source)
        record(store, came, photograph(source), answered(came, [spot(0.9)] if number % 2 else [], **changes))


@pytest.fixture
def changed(store, clock):
    """A source whose lamp went dark."""
    answer(store, clock, 60)
    assert notice(store) == ()
    answer(store, clock, 60, doubts=("unlike-training",))
    return notice(store)


def test_what_is_noticed_is_told_once_and_stands_in_the_log(store, changed):
    assert [(one.source, one.model, one.what) for one in changed] == [
        (LINE, "surface-pitting 1.0.0", "unlike the training")
    ]
    assert notice(store) == ()
    assert changed_sources(store) == changed
    assert [one.action for one in page(store, 1000)].count("source.changed") == 1
    assert verify(store) is None


def test_it_stays_noticed_when_the_studies_are_as_before_again(store, clock, changed):
    answer(store, clock, 200)
    assert [one.name for one in populations(store)[0].changed] == ["unlike the training"]
    assert changed_sources(store) == changed


def test_an_alarm_names_the_source_and_ends_where_the_watch_begins_anew(store, clock, changed):
    pulse = Pulse(store.home)
    (alarm,) = [one for one in alarms_of(condition_of(store, pulse)) if one.name == "source-changed"]
    assert LINE in alarm.reason
    assert "unlike the training" in alarm.reason
    (begun,) = begin_anew(store, SOMEBODY, LINE, "another lamp")
    assert (begun.cause, begun.reason) == ("begun", "another lamp")
    assert changed_sources(store) == ()
    answer(store, clock, 100, doubts=("unlike-training",))
    assert notice(store) == ()
    assert populations(store)[0].studies == 100
    assert verify(store) is None
    pulse.close()


def test_what_another_version_saw_is_no_alarm_once_one_was_activated(store, changed):
    record_change(
        store,
        ModelChange(
            *("surface-pitting", Cause.ACTIVATED, Release("1.1.0", "ab" * 32), Release("1.0.0", "ef" * 32)),
            *("nobody", store.clock.now()),
        ),
    )
    assert changed
    assert changed_sources(store) == ()


def test_beginning_anew_takes_the_right_to_activate_and_a_source_that_is_watched(store, changed):
    reader = Session(Operator("ann", Role.READER))
    for session, source, code in ((reader, LINE, "US-ROLE"), (SOMEBODY, "/in/none", "US-SOURCE")):
        with pytest.raises(UsageError) as caught:
            begin_anew(store, session, source, "why")
        assert caught.value.code == code
    begin_anew(store, SOMEBODY, LINE, "why")
    with pytest.raises(UsageError) as caught:
        begin_anew(store, SOMEBODY, LINE, "why")
    assert caught.value.code == "US-CHANGED"


def test_a_worker_notices_at_its_end_what_many_studies_of_its_time_show(store, clock):
    answer(store, clock, 60)
    noticing = Noticing(store)
    answer(store, clock, 60, doubts=("unlike-training",))
    noticing.close()
    assert [one.what for one in changed_sources(store)] == ["unlike the training"]


def test_a_worker_looks_now_and_then_at_what_is_new(store, clock):
    answer(store, clock, 60)
    noticing = Noticing(store)
    noticing.look()
    assert changed_sources(store) == ()
    answer(store, clock, 60, doubts=("unlike-training",))
    noticing.look()
    assert len(changed_sources(store)) == 1
    noticing.close()
