"""Who works at the window."""

import pytest

from app.state.signed_in import SignedIn
from engine.domain.operator import Action, Operator, Role
from engine.errors import UsageError
from engine.operators.session import Session
from tests.engine.hand_clock import HandClock


def test_while_nobody_is_logged_in_nothing_may_be_done():
    who = SignedIn()
    assert not who.may(Action.VIEW)
    assert not who.touch()
    with pytest.raises(UsageError) as refusal:
        who.require()
    assert refusal.value.code == "US-IDLE"


def test_role_says_what_is_offered():
    who = SignedIn(Session(Operator("vera", Role.VIEWER)))
    assert who.may(Action.VIEW)
    assert not who.may(Action.REVIEW)


def test_sign_of_the_person_keeps_the_session_open_and_comes_too_late_after_idle_time():
    clock = HandClock()
    who = SignedIn(Session(Operator("rita", Role.READER), clock, idle_limit_s=60.0))
    for _ in range(3):
        clock.pass_s(50.0)
        assert who.touch()
    clock.pass_s(61.0)
    assert not who.touch()
    with pytest.raises(UsageError):
        who.require()


def test_change_is_told():
    who = SignedIn()
    told = []
    who.changed.listen(told.append)
    session = Session(Operator("rita", Role.READER))
    who.change(session)
    who.change(None)
    assert told == [session, None]
