"""Dresses the application: Fusion with our palette and style sheet, so that nothing is left in the default grey."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.paint.icons import icon
from app.paint.palette import DARK, Palette
from engine.places import RESOURCES


def dress(application: QApplication, palette: Palette = DARK) -> None:
    """Sets style, colours and icon of the whole application."""
    application.setStyle("Fusion")
    application.setPalette(_qt_palette(palette))
    sheet = (RESOURCES / "themes" / "window.qss").read_text("utf-8")
    application.setStyleSheet(Template(sheet).substitute(palette.names()))
    application.setWindowIcon(icon("fovea", palette.accent))


def _qt_palette(palette: Palette) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: palette.panel,
        role.Base: palette.panel,
        role.AlternateBase: palette.raised,
        role.Button: palette.raised,
        role.ToolTipBase: palette.raised,
        role.WindowText: palette.text,
        role.Text: palette.text,
        role.ButtonText: palette.text,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.quiet,
        role.Highlight: palette.accent_ground,
        role.HighlightedText: palette.text,
        role.Link: palette.accent,
    }.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(palette.quiet).darker(150))
    return made
