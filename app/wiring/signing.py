"""Signing what was decided, and opening again what was signed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from app.jobs.reviewing import Reviewing
from app.state.judging import Judging
from app.text import tr
from app.views.sign_dialog import SignDialog
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError


class Signing(QObject):
    """Joins the dialog of the signature with the decisions and the store.

    Args:
        parts: of the desktop.
        judging: the decisions.
        reviewing: records them.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, judging: Judging, reviewing: Reviewing, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._judging, self._reviewing = parts, judging, reviewing
        self._session, self._window = parts.session, parts.window

    def does(self) -> Does:
        """What the commands of signing do."""
        return {"sign": self._sign, "amend": self._amend}

    def sign_or_amend(self) -> None:
        """What the one button for both does."""
        judgement = self._judging.judgement
        signed = judgement is not None and judgement.signature is not None
        (self._amend if signed else self._sign)()

    def _sign(self) -> None:
        row, judgement = self._session.row, self._judging.changeable
        if row is None or judgement is None:
            return
        try:
            person = self._parts.who.require()
        except FoveaError as error:
            self._parts.on_fault(error)
            return
        unseen = self._judging.looking.unseen(judgement)
        dialog = SignDialog(self._window, judgement, unseen, person.name, asks_secret=not person.single)
        dialog.asked.connect(
            lambda secret: self._reviewing.sign(row.source, secret, on_done=dialog.accept, on_failed=dialog.refuse)
        )
        dialog.show_asked.connect(self._show_region)
        dialog.accepted.connect(self._signed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _signed(self) -> None:
        if self._parts.preferred.now.next_by_itself:
            self._judging.go_to_next_study()

    def _show_region(self, place: int) -> None:
        row = self._session.row
        if row is not None and self._judging.looking.hides(row.regions[place]):
            self._judging.looking.set_threshold(0.0)
        self._session.choose_region(place)

    def _amend(self) -> None:
        judgement = self._judging.judgement
        if judgement is None or judgement.signature is None:
            return
        asked = tr("Why is what %1 signed changed?").replace("%1", judgement.signature.operator)
        reason, accepted = QInputDialog.getText(self._window, tr("Change what is signed"), asked)
        if accepted:
            self._judging.amend(reason)
