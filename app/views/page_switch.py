"""The row of pages at the top of the window: one button each, and who works here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QToolButton, QWidget

from app.state.pages import Page
from app.text import tr
from app.views.actions import Actions


class PageSwitch(QWidget):
    """The menus on the left, the pages on the right; in a narrow window the buttons keep their icons alone.

    Args:
        actions: of the window; those named as pages are shown.
        menus: the window's menus.
    """

    def __init__(self, actions: Actions, menus: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageSwitch")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons = {page: _button(actions, page) for page in Page}
        self.person = QToolButton()
        self.person.setDefaultAction(actions["log_in"])
        self.person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.person.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.person.setAccessibleName(tr("Who works here"))
        self.person.hide()
        self._menus = menus
        menus.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 10, 3)
        layout.setSpacing(3)
        layout.addWidget(menus, 1)
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addSpacing(6)
        layout.addWidget(self.person)
        self._fit_icons()

    def show_page(self, page: Page) -> None:
        """Marks the page that is looked at."""
        self.buttons[page].defaultAction().setChecked(True)

    def show_person(self, words: str) -> None:
        """Who works here; hidden where there is only one person."""
        self.person.setVisible(bool(words))
        self.person.setText(words)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.FontChange:
            self._fit_icons()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        # As narrow as the icons alone: the words are what gives way.
        icons = len(self.buttons) * (self.fontMetrics().height() + 24)
        return QSize(icons + self._menus.minimumSizeHint().width(), super().minimumSizeHint().height())

    def _fit_icons(self) -> None:
        """As tall as the letters beside them."""
        side = self.fontMetrics().height()
        for button in self.buttons.values():
            button.setIconSize(QSize(side, side))
        self._make_room()

    def _make_room(self) -> None:
        style = Qt.ToolButtonStyle
        words = sum(_width_with_words(button) for button in self.buttons.values()) + 40
        metrics = self._menus.fontMetrics()
        menus = sum(metrics.horizontalAdvance(action.text()) + 22 for action in self._menus.actions()) + 30
        person = self.person.sizeHint().width() if self.person.isVisibleTo(self) else 0
        fits = self.width() >= menus + words + person
        for button in self.buttons.values():
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if fits else style.ToolButtonIconOnly)


def _button(actions: Actions, page: Page) -> QToolButton:
    button = QToolButton()
    button.setObjectName("pageButton")
    button.setDefaultAction(actions[page.value])
    button.setAccessibleName(actions[page.value].text())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _width_with_words(button: QToolButton) -> int:
    return button.fontMetrics().horizontalAdvance(button.text()) + button.iconSize().width() + 26
