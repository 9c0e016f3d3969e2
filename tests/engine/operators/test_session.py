import os
import pwd

import pytest

from engine.domain.operator import Action, Operator, Role
from engine.errors import UsageError
from engine.operators.session import Session, single_operator
from tests.engine.hand_clock import HandClock


def test_one_person_of_a_home_is_the_user_of_the_operating_system_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("LOGNAME", "somebody")
    monkeypatch.setenv("USER", "somebody")
    assert single_operator().name == pwd.getpwuid(os.getuid()).pw_name
    assert single_operator().single


def test_session_locks_after_idle_time_and_stays_locked():
    clock = HandClock()
    session = Session(Operator("a", Role.READER), clock, idle_limit_s=60.0)
    clock.pass_s(59.0)
    session.require(Action.REVIEW)
    clock.pass_s(59.0)
    session.seen()
    assert not session.locked
    clock.pass_s(61.0)
    assert session.locked
    with pytest.raises(UsageError) as caught:
        session.seen()
    assert caught.value.code == "US-IDLE"
    with pytest.raises(UsageError):
        session.require(Action.VIEW)


def test_session_without_a_limit_never_locks():
    clock = HandClock()
    session = single_operator(clock)
    clock.pass_s(1e9)
    session.require(Action.SIGN)


def test_ended_session_is_locked():
    session = single_operator()
    session.end()
    assert session.locked
    with pytest.raises(UsageError, match="Log in again"):
        session.require(Action.VIEW)
