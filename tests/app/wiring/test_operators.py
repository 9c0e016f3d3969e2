"""Logging in at the window: covered until somebody is known, locked after idle time, the engine refuses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.state.pages import Page
from app.views.login import LoginDialog
from engine.domain.operator import Role
from engine.operators import password
from engine.operators.session import single_operator
from engine.store import operators
from engine.store.database import open_store

LEFT = Qt.MouseButton.LeftButton
ASKED_MS = 60_000


@pytest.fixture
def bench(quiet_bench):
    """These pages need no engine."""
    return quiet_bench


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """The real hash at its least cost: what it costs is tested where it is made."""
    from argon2 import PasswordHasher  # noqa: PLC0415 -- only here

    monkeypatch.setattr(password, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def site(home, _quick_hashes):
    """A home where Anna is the administrator and Rita a reader."""
    with open_store(home) as store:
        one = single_operator()
        operators.add(store, one, "anna", Role.ADMINISTRATOR, "a long password")
        operators.add(store, one, "rita", Role.READER, "another password")
    return home


def dialog(bench):
    return next((each for each in bench.window.findChildren(LoginDialog) if each.isVisible()), None)


def asked(bench):
    bench.qtbot.waitUntil(lambda: dialog(bench) is not None and dialog(bench).name.isVisible(), timeout=ASKED_MS)
    return dialog(bench)


def log_in(bench, name, secret):
    form = asked(bench)
    form.name.clear()
    bench.qtbot.keyClicks(form.name, name)
    bench.qtbot.keyClicks(form.secret, secret)
    bench.qtbot.keyClick(form.secret, Qt.Key.Key_Return)


@pytest.fixture
def logged_in(site, bench):
    log_in(bench, "rita", "another password")
    bench.qtbot.waitUntil(lambda: dialog(bench) is None, timeout=ASKED_MS)
    return bench


def test_site_asks_who_works_before_anything_of_it_shows(site, bench):
    form = asked(bench)
    assert bench.desktop.parts.who.session is None
    assert (form.width(), form.height()) == (bench.window.width(), bench.window.height())
    bench.qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert dialog(bench) is form
    bench.qtbot.keyClick(bench.window, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activeModalWidget() is form


def test_wrong_password_is_refused_with_its_code(site, bench):
    log_in(bench, "rita", "guess")
    bench.qtbot.waitUntil(lambda: "US-LOGIN" in dialog(bench)._wrong.text(), timeout=ASKED_MS)
    assert dialog(bench).secret.text() == ""


def test_person_who_logged_in_is_named_at_the_top(logged_in):
    who = logged_in.desktop.parts.who.session
    assert (who.name, who.single) == ("rita", False)
    assert logged_in.window.switch.person.text() == "rita (reader)"


def test_window_is_locked_by_its_key_and_opened_by_another_person(logged_in):
    logged_in.window.actions_["lock"].trigger()
    assert logged_in.desktop.parts.who.session is None
    log_in(logged_in, "anna", "a long password")
    logged_in.qtbot.waitUntil(lambda: dialog(logged_in) is None, timeout=ASKED_MS)
    assert logged_in.desktop.parts.who.session.name == "anna"


def test_idle_session_locks_the_window(logged_in):
    logged_in.desktop.parts.who.session.idle_limit_s = 0.0
    logged_in.desktop.operators._lock_if_idle()
    assert asked(logged_in).isVisible()


def test_reader_who_changes_settings_is_refused_by_the_engine(logged_in):
    logged_in.desktop.parts.pages.show(Page.SETTINGS)
    page = logged_in.window.pages.currentWidget()
    section = logged_in.desktop.pages[4]._operators
    logged_in.qtbot.waitUntil(lambda: section.table.model().rowCount() == 2, timeout=ASKED_MS)
    section.add_asked.emit("mallory", Role.ADMINISTRATOR, "a third password")
    logged_in.qtbot.waitUntil(page.trouble.isVisible, timeout=ASKED_MS)
    assert "US-ROLE" in page.trouble._words.text()


def test_first_operator_makes_it_a_site_and_has_to_log_in(bench):
    bench.qtbot.waitUntil(lambda: bench.desktop.parts.who.session is not None, timeout=ASKED_MS)
    bench.desktop.parts.pages.show(Page.SETTINGS)
    page = bench.window.pages.currentWidget()
    page.show_section(6)
    section = bench.desktop.pages[4]._operators
    bench.qtbot.waitUntil(lambda: section._words.text() != "", timeout=ASKED_MS)
    bench.qtbot.keyClicks(section.name, "anna")
    bench.qtbot.keyClicks(section.first, "a long password")
    bench.qtbot.keyClicks(section.second, "a long passw")
    assert not section.add_button.isEnabled()
    bench.qtbot.keyClicks(section.second, "ord")
    bench.qtbot.mouseClick(section.add_button, LEFT)
    log_in(bench, "anna", "a long password")
    bench.qtbot.waitUntil(lambda: dialog(bench) is None, timeout=ASKED_MS)
    assert bench.desktop.parts.who.session.operator.role is Role.ADMINISTRATOR
