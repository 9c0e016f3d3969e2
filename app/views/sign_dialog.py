"""Asks once more before somebody answers for a judgement: what was decided, and what was perhaps never looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.decision_text import decision_named, verdict_named
from app.sentences.told import line_of
from app.state.judgement import Judgement
from app.state.session import Trouble
from app.text import capital, regions_counted, tr
from app.views.styled import label

NAMED = 8
"""So many regions are named by their number; of more, the rest is counted."""


class SignDialog(QDialog):
    """Shows what is signed; asks for the password where people log in.

    Args:
        judgement: what is to be signed.
        unseen: places of regions that were never looked at.
        operator: who signs.
        asks_secret: whether the password is asked for.
    """

    asked = Signal(str)
    """The password; empty where none is asked for. The dialog stays until it is told how it ended."""
    show_asked = Signal(int)
    """A region that the person wants to look at first."""

    def __init__(
        self, parent: QWidget, judgement: Judgement, unseen: Sequence[int], operator: str, *, asks_secret: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Sign"))
        self._open, self._unseen = judgement.open, tuple(unseen)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(tr("Password or PIN of %1").replace("%1", operator))
        self.secret.setAccessibleName(tr("Password or PIN"))
        self.secret.setVisible(asks_secret)
        self.trouble = label(wraps=True)
        self.trouble.hide()
        self.sign_button = QPushButton(tr("Sign as %1").replace("%1", operator))
        self.sign_button.setProperty("main", True)
        self.sign_button.setDefault(True)
        self.sign_button.clicked.connect(self._sign)
        self.show_button = QPushButton(tr("Show the first"))
        self.show_button.clicked.connect(self._show_first)
        self._build(judgement)
        if asks_secret:
            self.secret.setFocus()

    def refuse(self, trouble: Trouble) -> None:
        """Says why it was not signed; the person may try again."""
        self.trouble.setText(line_of(trouble))
        self.trouble.show()
        self.secret.clear()
        self.secret.setFocus()
        self._let(signing=True)

    def _build(self, judgement: Judgement) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        verdict = tr("no verdict yet") if judgement.verdict is None else verdict_named(judgement.verdict)
        layout.addWidget(label(f"{tr('Verdict')}: {verdict}", "title"))
        layout.addWidget(label(_counted(judgement), wraps=True))
        for words in self._warnings():
            layout.addWidget(label(words, wraps=True))
        layout.addWidget(self.secret)
        layout.addWidget(self.trouble)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.sign_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.show_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.show_button.setVisible(bool(self._open or self._unseen))
        self._let(signing=judgement.complete)
        self.setMinimumWidth(460)

    def _warnings(self) -> list[str]:
        """What speaks against signing, each in a sentence that needs no colour."""
        said = []
        if self._open:
            said.append(tr("Undecided: %1. Decide them before you sign.").replace("%1", _named(self._open)))
        if self._unseen:
            said.append(
                tr("Never looked at one by one: %1. You answer for them too.").replace("%1", _named(self._unseen))
            )
        return said

    def _sign(self) -> None:
        self._let(signing=False)
        self.asked.emit(self.secret.text())

    def _show_first(self) -> None:
        self.show_asked.emit((*self._open, *self._unseen)[0])
        self.reject()

    def _let(self, *, signing: bool) -> None:
        self.sign_button.setEnabled(signing)


def _counted(judgement: Judgement) -> str:
    counts = Counter(judgement.verdicts)
    said = [f"{count:,} {decision_named(decided)}" for decided, count in counts.items()]
    return ", ".join(said) if said else capital(regions_counted(0))


def _named(places: Sequence[int]) -> str:
    shown = ", ".join(f"{place + 1}" for place in places[:NAMED])
    if len(places) <= NAMED:
        return shown
    return tr("%1 and %2 more").replace("%1", shown).replace("%2", f"{len(places) - NAMED:,}")
