"""Under the list of regions: the threshold, the verdict, a comment, and whether it is recorded and signed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.decision_text import verdict_named
from app.sentences.told import line_of
from app.state.judgement import Judgement
from app.state.session import Trouble
from app.text import tr
from app.views.actions import Actions
from app.views.styled import frame, label
from app.views.threshold_slider import OperatingPoints, ThresholdSlider
from engine.domain.review import RegionVerdict, Verdict

VERDICT_KEYS = ("verdict_1", "verdict_2", "verdict_3")
"""The commands that give the verdicts, in the order of the buttons."""


class JudgeBar(QWidget):
    """Shows a judgement and says what the person wants of it; hidden while there is none.

    Args:
        actions: of the window; the buttons name their keys.
    """

    given = Signal(object)
    """A `Verdict`."""
    commented = Signal(str)
    threshold_moved = Signal(float)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._verdicts: tuple[Verdict, ...] = ()
        self._threshold_words = label(look="quiet", wraps=True)
        self.slider = ThresholdSlider()
        self.slider.moved.connect(self.threshold_moved)
        self.buttons = [QPushButton() for _ in VERDICT_KEYS]
        self._group = QButtonGroup(self)
        self.comment = QLineEdit()
        self.comment.setPlaceholderText(tr("Comment"))
        self.comment.setAccessibleName(tr("Comment"))
        self.comment.editingFinished.connect(lambda: self.commented.emit(self.comment.text().strip()))
        self.count, self.state = label(look="quiet", wraps=True), label(look="quiet", wraps=True)
        self.sign_button = QPushButton(tr("Sign..."))
        self.sign_button.setAutoDefault(False)
        self._build()
        self.hide()

    def show_judgement(
        self, judgement: Judgement | None, verdicts: tuple[Verdict, ...], proposed: Verdict | None
    ) -> None:
        """Shows what was decided; the proposed verdict is the one that the next confirmation gives."""
        self.setVisible(judgement is not None)
        if judgement is None:
            return
        self._show_verdicts(judgement, verdicts, proposed)
        signature = judgement.signature
        if not self.comment.hasFocus():
            self.comment.setText(judgement.comment)
        self.comment.setReadOnly(signature is not None)
        self.count.setText(_counted(judgement, proposed))
        wanted = self._actions["amend" if signature is not None else "sign"]
        self.sign_button.setText(tr("Change...") if signature is not None else tr("Sign..."))
        self.sign_button.setToolTip(wanted.toolTip())
        self.sign_button.setEnabled(signature is not None or judgement.verdict is not None)
        if signature is not None:
            said = tr("Signed by %1, %2 UTC, version %3").replace("%1", signature.operator)
            self.state.setText(
                said.replace("%2", f"{signature.at:%Y-%m-%d %H:%M}").replace("%3", str(signature.version))
            )

    def show_recorded(self, *, begun: bool, recorded: bool) -> None:
        """Says that every decision is on the disk, or will be in a moment; nothing where there is none."""
        self.state.setToolTip("")
        said = tr("Recorded") if recorded else tr("Recording...")
        self.state.setText(said if begun else "")

    def show_trouble(self, trouble: Trouble) -> None:
        """Says why decisions are not on the disk, and what to do about it."""
        self.state.setText(line_of(trouble))
        self.state.setToolTip(self.state.text())

    def show_threshold(self, points: OperatingPoints | None, threshold: float) -> None:
        """Shows from which score on regions are shown; without a known model nothing can be set."""
        for widget in (self.slider, self._threshold_words):
            widget.setVisible(points is not None)
        if points is not None:
            self.slider.show_points(points, max(threshold, points.unsure))
            shown = tr("Shown from %1").replace("%1", f"{max(threshold, points.unsure):.2f}")
            band = tr("unsure %1 to %2").replace("%1", f"{points.unsure:.2f}").replace("%2", f"{points.sure:.2f}")
            self._threshold_words.setText(f"{shown}, {band}" if points.unsure < points.sure else shown)

    def _show_verdicts(self, judgement: Judgement, verdicts: tuple[Verdict, ...], proposed: Verdict | None) -> None:
        self._verdicts = verdicts
        self._group.setExclusive(False)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(verdicts))
            if place >= len(verdicts):
                continue
            verdict = verdicts[place]
            key = self._actions[VERDICT_KEYS[place]].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setText(verdict_named(verdict))
            button.setAccessibleName(f"{tr('Verdict')}: {verdict_named(verdict)}")
            button.setToolTip(f"{verdict_named(verdict)} ({key})" if key else verdict_named(verdict))
            button.setChecked(judgement.verdict is verdict)
            button.setEnabled(judgement.signature is None)
            button.setProperty("proposed", verdict is proposed)
            button.style().unpolish(button)
            button.style().polish(button)
            button.updateGeometry()  # the words decide how narrow the pane may be
        self._group.setExclusive(judgement.verdict is not None)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        for place, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.setAccessibleName(tr("Verdict"))
            button.setAutoDefault(False)
            button.setProperty("verdict", True)
            button.clicked.connect(lambda checked=False, place=place: self.given.emit(self._verdicts[place]))  # noqa: ARG005 -- Qt passes it
            self._group.addButton(button)
            row.addWidget(button, 1)
        last = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.count)
        words.addWidget(self.state)
        last.addLayout(words, 1)
        last.addWidget(self.sign_button)
        box = frame("judge")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(14, 8, 14, 10)
        inner.setSpacing(7)
        inner.addWidget(self._threshold_words)
        inner.addWidget(self.slider)
        inner.addLayout(row)
        inner.addWidget(self.comment)
        inner.addLayout(last)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)


def _counted(judgement: Judgement, proposed: Verdict | None) -> str:
    """How far it is, and what the next confirmation does."""
    of, still = len(judgement.decisions), len(judgement.open)
    parts = [tr("%1 of %2 decided").replace("%1", f"{of - still:,}").replace("%2", f"{of:,}")] if of else []
    if added := judgement.verdicts.count(RegionVerdict.ADDED):
        parts.append(tr("%1 added").replace("%1", f"{added:,}"))
    if proposed is not None:
        parts.append(tr("Return: %1").replace("%1", verdict_named(proposed)))
    elif not still and judgement.verdict is None:
        parts.append(tr("the verdict is open"))
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]
