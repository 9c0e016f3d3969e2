"""The tools at the left edge of the picture: one button each, or one for a few that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.paint.icons import icon
from app.state.words import later
from app.text import tr
from app.views.actions import Actions
from app.views.theme import colours


@dataclass(frozen=True, slots=True)
class Tool:
    """A button with a menu.

    Args:
        title: what it is called.
        icon: file in `resources/icons` without ending.
        commands: of its menu, in order; an empty name is a line.
    """

    title: str
    icon: str
    commands: tuple[str, ...]


TOOLS: tuple[str | Tool, ...] = (
    "fit",
    "actual",
    "zoom_in",
    "zoom_out",
    "",
    Tool(
        later("Window and level"),
        "window",
        (
            "soft_tissue_window",
            "lung_window",
            "liver_window",
            "bone_window",
            "brain_window",
            "",
            "own_window",
            "auto_window",
            "whole_window",
            "",
            "brighter",
            "darker",
            "more_contrast",
            "less_contrast",
        ),
    ),
    "invert",
    Tool(later("Flip and rotate"), "rotate", ("flip", "flip_down", "rotate_right", "rotate_left")),
    "",
    "three_planes",
    Tool(
        later("Slab and tilt"),
        "slab",
        (
            "slab",
            "slab_thicker",
            "slab_thinner",
            "",
            "tilt_up",
            "tilt_down",
            "tilt_left",
            "tilt_right",
            "straighten",
        ),
    ),
    "cine",
    "",
    Tool(later("Measure"), "measure", ("probe_length", "probe_angle", "probe_area", "probe_value", "", "probe_remove")),
    "magnifier",
    Tool(later("Compare"), "compare", ("compare", "flicker", "difference")),
    "",
    "reset",
    "show_regions",
)
"""From top to bottom; an empty name is a gap."""

ICON_PX = 18
SPACING_PX = 1

SPARED = ("zoom_out", "zoom_in", "actual", "magnifier", "invert", "cine")
"""Left out one after the other where the window is too low for all: wheel, keys and the menu do the same."""


class ToolStrip(QScrollArea):
    """Leaves out what can be spared where the window is too low for all of it, and scrolls where that is not enough.

    Args:
        actions: of the window.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._actions = actions
        self._menus: list[tuple[QToolButton, Tool]] = []
        self._spared: dict[str, QToolButton] = {}
        self._held = QWidget()
        column = QVBoxLayout(self._held)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(SPACING_PX)
        for tool in TOOLS:
            if tool == "":
                column.addSpacing(5)
            else:
                column.addWidget(self._button(tool, actions))
        column.addStretch(1)
        self.setWidget(self._held)
        self.setFixedWidth(self._held.sizeHint().width())
        self.wear_icons()

    def wear_icons(self) -> None:
        """Draws the icons of its own anew, in the colours that are worn now."""
        for button, tool in self._menus:
            button.setIcon(icon(tool.icon, colours().text, colours().line))

    def menu(self, parent: QWidget) -> QMenu:
        """The same tools as a menu, those that belong together in menus of their own."""
        made = QMenu(parent)
        for tool in TOOLS:
            if tool == "":
                made.addSeparator()
            elif isinstance(tool, str):
                made.addAction(self._actions[tool])
            else:
                inner = _menu(made, [self._actions[name] if name else None for name in tool.commands])
                inner.setTitle(tr(tool.title))
                made.addMenu(inner)
        return made

    def show_enabled(self) -> None:
        """A menu of which nothing can be chosen cannot be opened."""
        for button, _ in self._menus:
            button.setEnabled(any(action.isEnabled() for action in button.menu().actions() if action.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        super().resizeEvent(event)
        room = event.size().height() - self._held.sizeHint().height()
        for name in SPARED:
            button = self._spared[name]
            if room < 0 and not button.isHidden():
                button.hide()
                room += button.sizeHint().height() + SPACING_PX
        for name in reversed(SPARED):
            button = self._spared[name]
            needed = button.sizeHint().height() + SPACING_PX
            if room >= needed and button.isHidden():
                button.show()
                room -= needed

    def _button(self, tool: str | Tool, actions: Actions) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(ICON_PX, ICON_PX))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if isinstance(tool, str):
            button.setDefaultAction(actions[tool])
            button.setAccessibleName(actions[tool].text())
            if tool in SPARED:
                self._spared[tool] = button
            return button
        button.setObjectName("toolMenu")
        button.setToolTip(tr(tool.title))
        button.setAccessibleName(tr(tool.title))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(_menu(button, [actions[name] if name else None for name in tool.commands]))
        self._menus.append((button, tool))
        return button


def _menu(parent: QWidget, entries: Sequence[QAction | None]) -> QMenu:
    menu = QMenu(parent)
    for action in entries:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
    return menu
