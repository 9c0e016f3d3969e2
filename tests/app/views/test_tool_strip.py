"""The tools beside the picture."""

import pytest
from PySide6.QtWidgets import QMainWindow, QToolButton

from app.views.actions import Actions
from app.views.tool_strip import SPARED, ToolStrip


@pytest.fixture
def strip(shown):
    window = shown(QMainWindow(), (200, 900))
    strip = ToolStrip(Actions(window))
    window.setCentralWidget(strip)
    return window, strip


def seen(strip):
    return [button.accessibleName() for button in strip.findChildren(QToolButton) if not button.isHidden()]


def test_every_tool_is_seen_in_a_high_window_and_has_a_name(strip, qtbot):
    _, tools = strip
    qtbot.waitUntil(lambda: tools.height() > 800)
    assert all(seen(tools))
    assert {"Fit to the window", "Zoom out", "Measure", "Show regions"} <= set(seen(tools))


def test_low_window_leaves_out_what_can_be_spared_and_shows_the_others_whole(strip, qtbot):
    window, tools = strip
    every = seen(tools)
    window.resize(200, tools.widget().sizeHint().height() - 70)
    qtbot.waitUntil(lambda: len(seen(tools)) < len(every))
    assert len(every) - len(seen(tools)) <= len(SPARED)
    assert tools.widget().sizeHint().height() <= tools.viewport().height()
    assert "Show regions" in seen(tools)
    window.resize(200, 900)
    qtbot.waitUntil(lambda: seen(tools) == every)
