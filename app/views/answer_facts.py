"""How an answer came to be: model, run time, share looked at, time by stage, doubts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.state.session import StudyRow
from app.text import runtime_named, tr
from app.views.styled import label, selectable
from engine.domain.outcome import Outcome


class AnswerFacts(QFrame):
    """A short table of names and values; empty and hidden while there is no answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 12)
        self._layout.setHorizontalSpacing(10)
        self._layout.setVerticalSpacing(4)
        self._layout.setColumnStretch(1, 1)

    def show_row(self, row: StudyRow | None) -> None:
        """Shows the facts of another answer."""
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        outcome = row.outcome if row is not None else None
        self.setVisible(outcome is not None)
        if outcome is None:
            return
        for line, (name, value) in enumerate(_facts(outcome)):
            self._layout.addWidget(label(name, "quiet"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addWidget(selectable(value), line, 1)


def _facts(outcome: Outcome) -> list[tuple[str, str]]:
    ms = outcome.ms
    facts = [
        (tr("Model"), outcome.model or tr("none")),
        (tr("Ran on"), runtime_named(outcome.backend) if outcome.backend else tr("nothing")),
        (tr("Looked at"), f"{outcome.coverage:.0%}"),
        (tr("Time"), f"{ms.total:,.0f} ms"),
        (tr("of it"), f"{tr('read')} {ms.read:.0f}, {tr('prepare')} {ms.prepare:.0f}, {tr('detect')} {ms.detect:.0f}"),
    ]
    if outcome.doubts:
        facts.append((tr("Doubts"), ", ".join(outcome.doubts)))
    if outcome.reused_from:
        facts.append((tr("Repeats"), outcome.reused_from))
    return facts
