"""The look of the application."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.paint.palette import DARK
from app.state.pages import Page


def test_no_default_grey_is_left_in_the_window(bench):
    image = bench.window.grab().toImage()
    corners = {image.pixelColor(x, y).name() for x in (3, image.width() - 4) for y in (3, image.height() - 4)}
    assert corners <= {DARK.panel, DARK.ground}


def nameless(window):
    """What can be seen now and takes the focus, and would be read out as nothing."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and not widget.objectName().startswith("qt_")
    ]


def test_everything_that_takes_the_focus_on_any_page_has_a_name_to_be_read_out(quiet_bench):
    found, window = [], quiet_bench.window
    for page in Page:
        quiet_bench.desktop.parts.pages.show(page)
        shown = window.pages.currentWidget()
        quiet_bench.qtbot.waitUntil(lambda shown=shown: not getattr(shown, "is_reading", False), timeout=60_000)
        found += nameless(window)
    for section in range(shown.list.count()):
        shown.show_section(section)
        found += nameless(window)
    assert section == 7
    assert [name for name in found if not name.startswith(("QMenu", "QScrollBar", "QAbstract"))] == []
