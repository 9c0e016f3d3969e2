"""The list that a region's label is chosen from, and the way to its box: a digit chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.text import tr
from app.views.key_menu import KeyMenu

MOST = 9
"""Labels that a digit chooses; a model with more offers the rest without one."""


def label_menu(
    parent: QWidget,
    labels: Sequence[str],
    current: str,
    on_label: Callable[[str], object],
    on_box: Callable[[], object],
) -> QMenu:
    """A menu of the labels; it goes away by itself.

    Args:
        parent: over which it opens.
        labels: of the model.
        current: what the region is called now.
        on_label: called with another label.
        on_box: called where the box is to be changed.
    """
    menu = KeyMenu(parent, tr("Label and box of the region"))
    for number, name in enumerate(labels, start=1):
        shown = name.replace("&", "&&")
        action = menu.addAction(f"&{number}   {shown}" if number <= MOST else f"     {shown}")
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda checked=False, name=name: on_label(name))  # noqa: ARG005 -- Qt passes it
    menu.addSeparator()
    menu.addAction(f"&L   {tr('Another label...')}").triggered.connect(lambda: _ask(parent, current, on_label))
    menu.addAction(f"&B   {tr('Move or resize the box')}").triggered.connect(
        lambda checked=False: on_box()  # noqa: ARG005 -- Qt passes it
    )
    chosen = next((action for action in menu.actions() if action.isChecked()), menu.actions()[0])
    menu.setActiveAction(chosen)
    return menu


def _ask(parent: QWidget, current: str, on_label: Callable[[str], object]) -> None:
    text, accepted = QInputDialog.getText(parent, tr("Label"), tr("What this region is"), text=current)
    if accepted and text.strip():
        on_label(text.strip())
