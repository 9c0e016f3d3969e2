from datetime import UTC, datetime

import pytest

from engine.domain.activation import Cause, GateLine, ModelChange, Release, Standing

ONE, TWO, THREE = Release("1.0.0", "a1"), Release("1.1.0", "b2"), Release("1.2.0", "c3")
AT = datetime(2026, 1, 31, tzinfo=UTC)


def change(cause, release, previous=None, model="spots", **more):
    return ModelChange(model, cause, release, previous, "ada", AT, **more)


def test_without_a_change_nothing_is_said_of_any_model():
    assert Standing.after([]) == Standing()


def test_an_import_makes_nothing_answer():
    standing = Standing.after([change(Cause.IMPORTED, TWO)])
    assert (standing.active, standing.imported) == ({}, {"b2"})


def test_the_version_that_answered_before_the_first_activation_is_the_way_back():
    standing = Standing.after([change(Cause.ACTIVATED, TWO, ONE)])
    assert (standing.active["spots"], standing.before["spots"]) == (TWO, ONE)


@pytest.mark.parametrize("cause", [Cause.ROLLED_BACK, Cause.FAILURES, Cause.PARITY, Cause.SELF_TEST])
def test_going_back_goes_back_step_by_step(cause):
    forward = [change(Cause.ACTIVATED, TWO, ONE), change(Cause.OVERRIDDEN, THREE, TWO)]
    once = [*forward, change(cause, TWO, THREE)]
    standing = Standing.after(once)
    assert (standing.active["spots"], standing.before["spots"]) == (TWO, ONE)
    standing = Standing.after([*once, change(cause, ONE, TWO)])
    assert (standing.active["spots"], "spots" in standing.before) == (ONE, False)
    assert bool(standing.taken_back) == (cause is not Cause.ROLLED_BACK)


def test_activating_what_answers_already_adds_no_step_and_ends_the_alarm():
    changes = [change(Cause.ACTIVATED, TWO, ONE), change(Cause.FAILURES, ONE, TWO), change(Cause.ACTIVATED, ONE, ONE)]
    standing = Standing.after(changes)
    assert (standing.active["spots"], "spots" in standing.before, standing.taken_back) == (ONE, False, ())


def test_a_shadow_ends_when_it_is_ended_or_becomes_the_one_that_answers():
    begun = [change(Cause.SHADOWED, TWO)]
    assert Standing.after(begun).shadow == {"spots": TWO}
    assert Standing.after([*begun, change(Cause.ENDED, TWO, TWO)]).shadow == {}
    assert Standing.after([*begun, change(Cause.ACTIVATED, TWO, ONE)]).shadow == {}
    assert Standing.after([*begun, change(Cause.ACTIVATED, THREE, ONE)]).shadow == {"spots": TWO}


def test_models_do_not_touch_each_other():
    standing = Standing.after([change(Cause.ACTIVATED, TWO, ONE), change(Cause.ACTIVATED, THREE, model="rust")])
    assert standing.active == {"spots": TWO, "rust": THREE}
    assert standing.before == {"spots": ONE}


def test_the_lines_that_were_overridden_are_those_that_fail():
    lines = (GateLine("latency", True, "ok"), GateLine("memory", False, "too much"))
    assert change(Cause.OVERRIDDEN, TWO, lines=lines).failed == lines[1:]
