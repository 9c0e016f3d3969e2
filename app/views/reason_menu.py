"""The short list that a rejection asks its reason from: a digit chooses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from app.state.judgement import REASONS
from app.text import capital, tr
from app.views.key_menu import KeyMenu


def reason_menu(parent: QWidget, on_chosen: Callable[[str], object]) -> QMenu:
    """A menu of the reasons; it goes away by itself.

    Args:
        parent: over which it opens.
        on_chosen: called with the reason as it is recorded.
    """
    menu = KeyMenu(parent, tr("Why this is no finding"))
    for number, reason in enumerate(REASONS, start=1):
        action = menu.addAction(f"&{number}   {capital(tr(reason))}")
        action.triggered.connect(lambda checked=False, reason=reason: on_chosen(reason))  # noqa: ARG005 -- Qt passes it
    menu.setActiveAction(menu.actions()[0])
    return menu
