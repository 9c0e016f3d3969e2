"""Dresses the application: Fusion with our palette and style sheet, so that nothing is left in the default grey."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from app.paint.icons import drawn
from app.paint.palette import DARK, Palette, palette_named
from engine.places import RESOURCES

_WORN, _OWN_SIZE = "fovea_palette", "fovea_text_pt"
"""Properties of the application: the name of what it wears, and the size of text that the system gave it."""


def dress(application: QApplication, theme: str = "dark", text_percent: int = 100) -> None:
    """Sets style, colours, size of text and icon of the whole application; may be called again for others."""
    palette = palette_named(theme)
    if application.property(_OWN_SIZE) is None:
        application.setStyle("Fusion")
        application.setProperty(_OWN_SIZE, application.font().pointSizeF())
    application.setProperty(_WORN, theme)
    font = application.font()
    font.setPointSizeF(float(application.property(_OWN_SIZE)) * text_percent / 100)
    application.setFont(font)
    application.setPalette(_qt_palette(palette))
    sheet = (RESOURCES / "themes" / "window.qss").read_text("utf-8")
    application.setStyleSheet(
        Template(sheet).substitute(palette.names(), arrow=(RESOURCES / "themes" / f"arrow-{theme}.svg").as_posix())
    )
    application.setWindowIcon(QIcon(drawn("fovea", palette.accent, 64)))


def colours() -> Palette:
    """What the application wears now. Behind pictures and on them it is always `DARK`."""
    application = QApplication.instance()
    worn = None if application is None else application.property(_WORN)
    return palette_named(str(worn)) if worn else DARK


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
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(palette.disabled))
    return made
