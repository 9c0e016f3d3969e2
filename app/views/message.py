"""What stands in the middle where no picture can: the code, the sentence, the next step, and a way to copy it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.paint.signs import draw_sign
from app.sentences.told import told
from app.state.session import StudyRow, Trouble
from app.state.status import Shape, Sign
from app.state.words import later
from app.text import capital, tr
from app.views.styled import frame, label, selectable
from app.views.theme import colours
from engine.program import program_version

FAULT = Sign(later("not possible"), Shape.CROSS, "failed")
"""Stands beside what could not be done."""

BESIDE_LETTERS = 60
"""In a banner that is narrower than so many letters the button stands below the words."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said about a study.

    Args:
        sign: word, shape and colour.
        code: stable, explained in the manual.
        sentence: what was found, with the limit.
        next_step: what a person can do; empty where the sentence says it.
        details: everything, for the clipboard.
    """

    sign: Sign
    code: str
    sentence: str
    next_step: str
    details: str


def message_of(row: StudyRow) -> Message | None:
    """What there is to say about a study beside its regions; None for a full answer."""
    if row.outcome is not None and row.outcome.code:
        outcome = row.outcome
        trouble = Trouble(outcome.code, outcome.reason)
        made_by = [part for part in (outcome.model, outcome.backend, f"Fovea {outcome.program_version}") if part]
    elif row.trouble is not None:
        trouble, made_by = row.trouble, []
    else:
        return None
    return _message(row.sign, trouble, [row.source, row.sign.word], made_by)


def message_of_trouble(trouble: Trouble) -> Message:
    """What there is to say about something that belongs to no study."""
    return _message(FAULT, trouble, [f"Fovea {program_version()}"], [])


def _message(sign: Sign, trouble: Trouble, of: list[str], made_by: list[str]) -> Message:
    """Shown in the language of the window; what is copied stays as the engine says it, for whoever helps."""
    shown = told(trouble)
    details = "\n".join([*of, trouble.code, f"{trouble.sentence} {trouble.next_step}".strip(), *made_by])
    return Message(sign, shown.code, shown.sentence, shown.next_step, details)


class SignMark(QWidget):
    """The shape of a status as a small widget."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign: Sign | None = None
        self.setFixedSize(side, side)

    def show_sign(self, sign: Sign) -> None:
        """Shows another status."""
        self._sign = sign
        self.setAccessibleName(tr(sign.word))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        if self._sign is not None:
            painter = QPainter(self)
            draw_sign(painter, self._sign, QRectF(self.rect()).adjusted(1, 1, -1, -1), colours())
            painter.end()


class MessagePage(QWidget):
    """A card in the middle of the ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = ""
        self._mark = SignMark(30)
        self._title = label(look="messageTitle", wraps=True, size=1.35)
        self._code = selectable(look="quiet")
        self._sentence = selectable()
        self._next_step = selectable()
        self.copy_button = copy_button(self._copy)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._build_card(), 8)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)

    def show_message(self, name: str, message: Message) -> None:
        """Says something else.

        Args:
            name: of the study.
            message: what to say about it.
        """
        self._details = message.details
        self._mark.show_sign(message.sign)
        self._title.setText(f"{name}: {tr(message.sign.word)}")
        self._code.setText(message.code)
        self._sentence.setText(message.sentence)
        self._next_step.setText(message.next_step)
        self._next_step.setVisible(bool(message.next_step))

    def _build_card(self) -> QWidget:
        card = frame("card")
        card.setMaximumWidth(680)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(28, 24, 28, 24)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._sentence)
        layout.addWidget(self._next_step)
        foot = QHBoxLayout()
        foot.addWidget(self._code, 1)
        foot.addWidget(self.copy_button)
        layout.addLayout(foot)
        return card

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class Banner(QFrame):
    """The same in one line above a picture that could be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._details = ""
        self._mark = SignMark(20)
        self._words = selectable()
        self.copy_button = copy_button(self._copy)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(14, 8, 14, 8)
        self._line.setSpacing(12)
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self._mark)
        said.addWidget(self._words, 1)
        self._line.addLayout(said, 1)
        self._line.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_message(self, message: Message | None) -> None:
        """Says something else; hidden where there is nothing to say."""
        self.setVisible(message is not None)
        if message is not None:
            self._details = message.details
            self._mark.show_sign(message.sign)
            self._words.setText(
                f"{capital(tr(message.sign.word))} ({message.code}). {message.sentence} {message.next_step}".strip()
            )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        super().resizeEvent(event)
        beside = self.width() >= BESIDE_LETTERS * self.fontMetrics().averageCharWidth()
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def copy_button(copy: Callable[[], None]) -> QPushButton:
    """The button that puts the details on the clipboard."""
    button = QPushButton(tr("Copy details"))
    button.clicked.connect(copy)
    return button
