"""How an answer came to be: model, run time, share looked at, time by stage, doubts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

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
    """Names and values; what did not happen is left out."""
    ms = outcome.ms
    stages = [
        f"{name} {took:,.0f}"
        for name, took in ((tr("read"), ms.read), (tr("prepare"), ms.prepare), (tr("detect"), ms.detect))
        if took >= 0.5
    ]
    facts = [
        (tr("Model"), outcome.model),
        (tr("Ran on"), runtime_named(outcome.backend)),
        (tr("Looked at"), tr("%1 of the picture").replace("%1", f"{outcome.coverage:.0%}")),
        (tr("Time"), f"{ms.total:,.0f} ms" + (f" ({', '.join(stages)})" if stages else "")),
        (tr("Doubts"), ", ".join(outcome.doubts)),
        (tr("Repeats"), outcome.reused_from or ""),
    ]
    return [(name, value) for name, value in facts if value]
