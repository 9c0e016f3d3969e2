"""Which version answers, changed at once: shadows, the way back, the gate overridden. And who may do so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.jobs import changing_models as changing
from app.jobs.changing_models import Judged
from app.jobs.installed import Installed
from app.model_place import Place
from app.state.session import Trouble
from app.text import tr
from app.views.models_page import ModelsPage
from app.views.reason_dialog import ReasonDialog
from app.wiring.parts import Parts
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.operators.session import Session
    from engine.store.database import Store


class ModelChanges(QObject):
    """Makes the changes that the page asks for, whatever long work goes on.

    Args:
        parts: of the desktop.
        page: what asks, and says what was not possible.
        on_changed: has the shelf read again.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, page: ModelsPage, on_changed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._page, self._on_changed = parts, page, on_changed
        page.pane.override_asked.connect(self._ask_override)
        page.pane.shadow_asked.connect(self._shadow)
        page.pane.roll_back_asked.connect(self._ask_roll_back)

    def session(self) -> Session | None:
        """Who works here; where nobody does, the page says so."""
        self._page.show_trouble(None)
        try:
            return self._parts.who.require()
        except FoveaError as error:
            self._page.show_trouble(Trouble.of(error))
            return None

    def ask_reason(self, title: str, words: str, button: str, do: Callable[[ReasonDialog, str], object]) -> None:
        """Asks for a reason, which stays visible.

        Args:
            title: what is done.
            words: what it means.
            button: the word on the button that does it.
            do: gets the dialog and the reason, and says to the dialog how it ended.
        """
        dialog = ReasonDialog(self._parts.window, title, words, button)
        dialog.asked.connect(lambda reason: do(dialog, reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_override(self, judged: Judged) -> None:
        words = tr("The gate refuses %1. An administrator's reason makes it answer all the same, and stays visible.")
        self.ask_reason(
            tr("Override the gate"),
            words.replace("%1", judged.name),
            tr("Activate it"),
            lambda dialog, reason: self._change(
                lambda store, session: changing.override_gate(store, session, judged, reason), dialog, judged.model_hash
            ),
        )

    def _shadow(self, each: Installed) -> None:
        card = each.card
        if card is None:
            return
        if each.place is Place.SHADOW:
            self._change(lambda store, session: changing.end_shadow(store, session, card.id))
        else:
            self._change(lambda store, session: changing.begin_shadow(store, session, card.hash))

    def _ask_roll_back(self, each: Installed) -> None:
        card = each.card
        if card is None:
            return
        words = tr("%1 answers again from the next study on, instead of %2.")
        self.ask_reason(
            tr("Roll back %1").replace("%1", card.id),
            words.replace("%1", each.back_to).replace("%2", each.answering),
            tr("Roll back"),
            lambda dialog, reason: self._change(
                lambda store, session: changing.take_back(store, session, card.id, reason), dialog
            ),
        )

    def _change(
        self, work: Callable[[Store, Session], object], dialog: ReasonDialog | None = None, judged: str = ""
    ) -> None:
        session = self.session()
        if session is None:
            return

        def done(_: object) -> None:
            if dialog is not None:
                dialog.accept()
            self._page.show_trouble(None)
            self._page.forget_judged(judged)
            self._on_changed()

        def failed(error: FoveaError) -> None:
            if dialog is not None:
                dialog.refuse(Trouble.of(error))
            else:
                self._page.show_trouble(Trouble.of(error))

        self._parts.records.ask(lambda store: work(store, session), on_done=done, on_failed=failed, parent=self)
