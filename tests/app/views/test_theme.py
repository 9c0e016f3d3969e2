"""The look of the application."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.paint.palette import DARK


def test_no_default_grey_is_left_in_the_window(bench):
    image = bench.window.grab().toImage()
    corners = {image.pixelColor(x, y).name() for x in (3, image.width() - 4) for y in (3, image.height() - 4)}
    assert corners <= {DARK.panel, DARK.ground}


def test_everything_that_takes_the_focus_has_a_name_to_be_read_out(bench):
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in bench.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
        and not widget.objectName().startswith("qt_")
    ]
    assert [name for name in nameless if not name.startswith(("QMenu", "QScrollBar", "QAbstract"))] == []
