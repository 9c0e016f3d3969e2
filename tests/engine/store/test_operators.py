import json

import pytest

from engine.domain.operator import Action, Operator, Role
from engine.errors import UsageError
from engine.export.export import export
from engine.export.request import Kind, Request
from engine.operators.session import Session, single_operator
from engine.queue.feed import Feed
from engine.queue.locks import supervisor_lock, taken
from engine.registry.activate import import_package, require_right, roll_back
from engine.registry.shelf import Shelf
from engine.site_settings import SiteFile, keep_site
from engine.store import login, operators
from engine.store.copies import back_up
from engine.store.database import open_store
from engine.store.erase import erase
from engine.store.handover import forget_first_key
from engine.store.outcomes import record
from engine.store.restore import restore
from engine.store.reviews import save, sign
from engine.store.trail import entries
from engine.store.verify import verify
from engine.store.viewing import listed, opened
from engine.store.wanted import Wanted
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival, photograph
from tests.engine.store.decisions import review_of

SECRET = "correct horse"  # noqa: S105  # of nobody


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def site(home, clock, quick_hashing):
    """A site with an administrator and a reader."""
    with open_store(home, clock) as store:
        operators.add(store, single_operator(), "chief", Role.ADMINISTRATOR, SECRET)
        operators.add(store, login.log_in(store, "chief", SECRET), "ann", Role.READER, "123456")
        yield store


def _code(call, *arguments):
    with pytest.raises(UsageError) as caught:
        call(*arguments)
    assert caught.value.next_step
    return caught.value.code


def _log(store):
    with store.reading() as connection:
        return [(entry.actor, entry.action, entry.subject) for entry in entries(connection)]


def test_home_becomes_a_site_with_its_first_operator_who_is_an_administrator(store, quick_hashing):
    assert not operators.is_site(store)
    assert _code(operators.add, store, single_operator(), "ann", Role.READER, SECRET) == "US-ADMINISTRATOR"
    assert not operators.is_site(store)
    operators.add(store, single_operator(), "chief", Role.ADMINISTRATOR, SECRET)
    assert operators.is_site(store)
    assert _log(store)[-1] == (single_operator().name, "operator.added", "chief")


def test_login_gives_a_session_with_the_role_and_is_recorded(site):
    session = login.log_in(site, "ann", "123456")
    assert (session.name, session.operator.role) == ("ann", Role.READER)
    login.log_out(site, session)
    assert session.locked
    assert _log(site)[-2:] == [("ann", "operator.in", "ann"), ("ann", "operator.out", "ann")]
    assert verify(site) is None


def test_wrong_password_and_unknown_name_say_the_same_and_are_recorded(site):
    with pytest.raises(UsageError) as wrong:
        login.log_in(site, "ann", "654321")
    with pytest.raises(UsageError) as unknown:
        login.log_in(site, "my password", "123456")
    assert str(wrong.value) == str(unknown.value)
    assert _log(site)[-2:] == [("fovea", "login.failed", "ann"), ("fovea", "login.failed", "unknown")]
    assert "my password" not in json.dumps(_log(site))


def test_attempts_are_slowed_down_until_the_right_password(site, clock):
    for _ in range(login.FREE_FAILURES):
        assert _code(login.log_in, site, "ann", "654321") == "US-LOGIN"
    assert _code(login.log_in, site, "ann", "123456") == "US-WAIT"
    login.log_in(site, "chief", SECRET)
    clock.pass_s(5.0)
    assert _code(login.log_in, site, "ann", "654321") == "US-LOGIN"
    clock.pass_s(5.0)
    assert _code(login.log_in, site, "ann", "123456") == "US-WAIT"
    clock.pass_s(5.0)
    login.log_in(site, "ann", "123456")
    assert _code(login.log_in, site, "ann", "654321") == "US-LOGIN"
    assert verify(site) is None


def test_waiting_doubles_up_to_a_quarter_of_an_hour():
    assert [login.wait_s(failures) for failures in (0, 2, 3, 4, 5, 50)] == [0.0, 0.0, 5.0, 10.0, 20.0, 900.0]


def test_disabled_operator_cannot_log_in_and_is_still_listed(site):
    operators.disable(site, login.log_in(site, "chief", SECRET), "ann")
    assert _log(site)[-1] == ("chief", "operator.disabled", "ann")
    assert _code(login.log_in, site, "ann", "123456") == "US-LOGIN"
    assert [(one.name, one.disabled_at is None) for one in operators.listed(site)] == [("ann", False), ("chief", True)]
    assert verify(site) is None


def test_last_administrator_cannot_be_disabled(site):
    chief = login.log_in(site, "chief", SECRET)
    assert _code(operators.disable, site, chief, "chief") == "US-ADMINISTRATOR"
    login.log_in(site, "chief", SECRET)


def test_own_password_may_be_changed_and_others_only_by_an_administrator(site):
    ann = login.log_in(site, "ann", "123456")
    operators.change_password(site, ann, "ann", "battery staple")
    assert _log(site)[-1] == ("ann", "operator.password-changed", "ann")
    assert _code(login.log_in, site, "ann", "123456") == "US-LOGIN"
    assert _code(operators.change_password, site, ann, "chief", "battery staple") == "US-ROLE"
    operators.change_password(site, login.log_in(site, "chief", SECRET), "ann", "654321")
    login.log_in(site, "ann", "654321")
    assert verify(site) is None


@pytest.mark.parametrize("name", ["", " ann", "a" * 65, "a\nb"])
def test_what_is_no_name_is_refused(store, name):
    assert _code(operators.add, store, single_operator(), name, Role.ADMINISTRATOR, SECRET) == "US-OPERATOR"


def test_name_is_given_once(site):
    chief = login.log_in(site, "chief", SECRET)
    assert _code(operators.add, site, chief, "ann", Role.VIEWER, SECRET) == "US-OPERATOR"
    assert _code(operators.disable, site, chief, "nobody") == "US-OPERATOR"


def _feed(home, session):
    with taken(supervisor_lock(home)), Feed.open(home, as_whom=lambda _: session):  # nobody answers
        pass


def _export(store, session, out, *, deidentify):
    request = Request(Kind.AUDIT, out, deidentify=deidentify)
    return export(store, session, request, read=None, draw=None, on_progress=lambda *_: None)


def _deeds(store, home, tmp_path):
    """What the engine does for a person, by the right that it asks for: each of them."""
    record(store, came := arrival(), photograph(), answered(came))
    record(store, signed := arrival(), photograph(), answered(signed))
    review, amendment = review_of(came, 0), review_of(signed, 0, reason="seen again")
    sign(store, login.log_in(store, "ann", "123456"), review_of(signed, 0), "123456")
    nowhere = tmp_path / "nowhere"
    return {
        Action.VIEW: lambda session: opened(store, session, came.id),
        Action.ANSWER: lambda session: _feed(home, session),
        Action.REVIEW: lambda session: save(store, session, review),
        Action.SIGN: lambda session: sign(store, session, review, SECRET),
        Action.AMEND: lambda session: save(store, session, amendment),
        Action.EXPORT: lambda session: _export(store, session, tmp_path / "without-names", deidentify=True),
        Action.EXPORT_IDENTIFIED: lambda session: _export(store, session, tmp_path / "with", deidentify=False),
        Action.IMPORT_MODEL: lambda session: import_package(store, session, nowhere, ()),
        Action.IMPORT_UNSIGNED: lambda session: import_package(store, session, nowhere, (), unsigned_because="ours"),
        Action.ACTIVATE_MODEL: lambda session: roll_back(store, session, Shelf(()), "spots"),
        Action.OVERRIDE_GATE: lambda session: require_right(session, overrides=True),
        Action.CHANGE_SETTINGS: lambda session: keep_site(store, session, SiteFile.GENERAL, {}),
        Action.MANAGE_OPERATORS: lambda session: operators.disable(store, session, "ann"),
        Action.BACK_UP: lambda session: back_up(store, session, tmp_path / "copy.db"),
        Action.ERASE: lambda session: erase(store, session, came.id),
        Action.HAND_OVER_KEY: lambda session: forget_first_key(store, session),
        Action.RESTORE: lambda session: restore(home, tmp_path / "none.db", session, store.clock),
    }


@pytest.mark.parametrize("role", Role)
def test_engine_refuses_what_a_role_does_not_permit_and_changes_nothing(site, home, tmp_path, role):
    deeds = _deeds(site, home, tmp_path)
    assert set(deeds) == set(Action)
    somebody = Session(Operator("somebody", role), site.clock)
    before = len(_log(site))
    for action, deed in deeds.items():
        if not somebody.operator.may(action):
            assert _code(deed, somebody) == "US-ROLE"
    assert len(_log(site)) == before
    assert [path for path in tmp_path.rglob("*") if home.root not in (path, *path.parents)] == []
    assert home.audit_key.exists()
    assert not (home.root / SiteFile.GENERAL.value).exists()


@pytest.mark.parametrize("role", Role)
def test_what_a_role_permits_to_look_at_or_to_ask_for_is_done_and_recorded_by_name(site, home, tmp_path, role):
    deeds = _deeds(site, home, tmp_path)
    somebody = Session(Operator("somebody", role), site.clock)
    lines, after = listed(site, somebody, Wanted())
    assert (len(lines), after) == (2, None)
    deeds[Action.VIEW](somebody)
    assert _log(site)[-1][:2] == ("somebody", "study.viewed")
    if somebody.operator.may(Action.ANSWER):
        deeds[Action.ANSWER](somebody)
