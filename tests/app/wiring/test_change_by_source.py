"""A source that changed: in the bar at the bottom, on the Monitor page, and begun anew for a reason."""

import pytest
from PySide6.QtCore import Qt

from app.state.pages import Page
from app.views.reason_dialog import ReasonDialog
from engine.monitor.notice import notice
from engine.store.database import open_store
from engine.store.logbook import page as log_page
from tests.app.two_cameras import LINES, fill_weeks

LEFT = Qt.MouseButton.LeftButton
READ_MS = 60_000


@pytest.fixture
def noticed(home):
    """A home in which the change was noticed, before the window opens."""
    fill_weeks(home)
    with open_store(home) as store:
        notice(store)


@pytest.fixture
def monitor(noticed, quiet_bench):
    """The page, reached by the alarm in the bar."""
    button = quiet_bench.window.alarm_button
    quiet_bench.qtbot.waitUntil(button.isVisible, timeout=READ_MS)
    quiet_bench.qtbot.mouseClick(button, LEFT)
    page = quiet_bench.window.pages.currentWidget()
    assert page is quiet_bench.window.pages.made(Page.MONITOR)
    quiet_bench.qtbot.waitUntil(lambda: bool(page.drift.plots.cards), timeout=READ_MS)
    return page


def test_the_alarm_in_the_bar_leads_to_what_changed_and_the_other_source_is_as_it_was(monitor, quiet_bench):
    assert "source-changed" in quiet_bench.window.alarm_button.accessibleName()
    assert monitor.tabs.currentWidget() is monitor.drift
    assert monitor.drift.chosen.source == LINES[1]
    changed = [card for card in monitor.drift.plots.cards if card.noticed.startswith("CHANGED")]
    assert {"dark", "middle", "unlike the training"} <= {card.accessibleName().partition(":")[0] for card in changed}
    assert monitor.drift.plots.cards[: len(changed)] == changed
    model = monitor.drift.unlike.model()
    assert {model.index(row, 1).data() for row in range(model.rowCount())} == {f"{LINES[1]}/part.png"}

    table = monitor.drift.sources
    row = next(row for row in range(2) if table.model().index(row, 0).data() == LINES[0])
    at = table.visualRect(table.model().index(row, 0)).center()
    quiet_bench.qtbot.mouseClick(table.viewport(), LEFT, pos=at)
    assert monitor.drift.chosen.source == LINES[0]
    assert not monitor.drift.begin_button.isEnabled()
    assert not any(card.noticed.startswith("CHANGED") for card in monitor.drift.plots.cards)


@pytest.mark.deep
def test_a_source_begins_anew_for_a_reason_and_its_alarm_ends(monitor, quiet_bench, home):
    qtbot = quiet_bench.qtbot
    qtbot.mouseClick(monitor.drift.begin_button, LEFT)
    (dialog,) = (each for each in quiet_bench.window.findChildren(ReasonDialog) if each.isVisible())
    qtbot.keyClicks(dialog.line, "the lamp is new")
    qtbot.mouseClick(dialog.do_button, LEFT)
    qtbot.waitUntil(lambda: not quiet_bench.window.alarm_button.isVisible(), timeout=READ_MS)
    with open_store(home) as store:
        assert "source.begun" in {entry.action for entry in log_page(store, 1000)}
