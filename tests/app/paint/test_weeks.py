"""The plot of weekly means."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.paint.palette import DARK, LIGHT
from app.paint.weeks import draw_weeks
from app.state.drift import week_plot

WEEKS = {"2026-W01": 0.1, "2026-W02": 0.1, "2026-W03": 0.4}


def drawn(plot, palette):
    image = QImage(240, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.panel))
    painter = QPainter(image)
    draw_weeks(painter, plot, QRectF(image.rect()), palette)
    painter.end()
    return {QColor(image.pixel(x, y)).name() for x in range(240) for y in range(100)}


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_a_change_is_marked_and_nothing_is_where_none_was(dressed, palette):
    changed = week_plot("dark", WEEKS, datetime(2026, 1, 14, tzinfo=UTC))
    assert {palette.accent, palette.refused} <= drawn(changed, palette)
    found = drawn(week_plot("dark", WEEKS, None), palette)
    assert palette.accent in found
    assert palette.refused not in found
