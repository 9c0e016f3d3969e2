"""Who works at the window: asked for at a site, locked after idle time, told to the engine with everything done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.sentences.told import told
from app.state.session import Trouble
from app.text import tr
from app.views.login import LoginDialog
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError
from engine.operators.session import Session, single_operator

if TYPE_CHECKING:
    from engine.store.database import Store

LOOKED_MS = 5000
"""How often it is looked whether the session has locked itself."""

SIGNS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove})
"""What shows that the person is there."""


class OperatorsWiring(QObject):
    """Locks and opens the window.

    Args:
        parts: of the desktop.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._who, self._window = parts.who, parts.window
        self._dialog: LoginDialog | None = None
        self._is_site = False
        self._look = QTimer(self)
        self._look.setInterval(LOOKED_MS)
        self._look.timeout.connect(self._lock_if_idle)
        parts.window.closed.connect(self._look.stop)
        self._who.changed.listen(self._changed)
        self._enable()
        # Nobody sees anything of a home that has records before it is known who may.
        if parts.room.home.database.exists():
            self._who.change(None)
            self._cover()
        self._window.first_painted.connect(self.ask_whether_site)

    def does(self) -> Does:
        """What the commands of this matter do."""
        return {"lock": self.lock, "log_in": self.lock}

    def lock(self) -> None:
        """Ends the session: whoever wants to go on logs in."""
        session = self._who.session
        if not self._is_site:
            return
        if session is not None:
            self._parts.records.ask(
                lambda store: _log_out(store, session),
                on_done=lambda _: None,
                on_failed=self._parts.on_fault,
                parent=self,
            )
        self._who.change(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() in SIGNS and self._who.session is not None:
            self._who.touch()
        return super().eventFilter(watched, event)

    def ask_whether_site(self) -> None:
        """Asks the records whether people log in here; until that is known, nothing of them shows."""
        if self._dialog is not None:
            self._dialog.show()
        self._parts.records.ask(_is_site, on_done=self._told, on_failed=self._cannot_tell, parent=self)

    def _told(self, is_site: bool) -> None:
        """A home without operators has one person, who need not log in."""
        became = is_site and not self._is_site
        self._is_site = is_site
        if not is_site:
            self._who.change(single_operator(self._parts.clock))
        elif became:
            self._look.start()
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one: it has windows
            self._who.change(None)
        self._enable()

    def _cannot_tell(self, error: FoveaError) -> None:
        """Without its records nothing of the home shows; the error says what to do."""
        self._cover().show_wrong(f"{error.code}: {error}")

    def _changed(self, session: Session | None) -> None:
        if session is not None and session.single and self._window.isVisible():
            # An operator may have been added: then this person has to log in as well.
            self._uncover()
            self._recheck(session)
        elif session is None:
            self._cover()
        else:
            self._uncover()
        self._enable()

    def _recheck(self, session: Session) -> None:
        def told(is_site: bool) -> None:
            if is_site and self._who.session is session:
                self._told(is_site=True)

        self._parts.records.ask(_is_site, on_done=told, on_failed=self._parts.on_fault, parent=self)

    def _lock_if_idle(self) -> None:
        session = self._who.session
        if session is not None and session.locked:
            self._who.change(None)

    def _cover(self) -> LoginDialog:
        """Lies over the window from its first painting on; asks for a name once it is known that this is a site."""
        if self._dialog is None:
            dialog = self._dialog = LoginDialog(self._window)
            dialog.asked.connect(self._log_in)
            dialog.left.connect(self._leave)
        if self._window.isVisible():
            self._dialog.show()
        if self._is_site:
            self._dialog.ask()
        return self._dialog

    def _uncover(self) -> None:
        if self._dialog is not None:
            self._window.removeEventFilter(self._dialog)
            self._dialog.hide()
            self._dialog.deleteLater()
            self._dialog = None

    def _leave(self) -> None:
        self._uncover()
        self._window.close()

    def _log_in(self, name: str, secret: str) -> None:
        self._parts.records.ask(
            lambda store: _log_in(store, name, secret),
            on_done=self._who.change,
            on_failed=self._refused,
            parent=self,
        )

    def _refused(self, error: FoveaError) -> None:
        if self._dialog is not None:
            trouble = told(Trouble.of(error))
            self._dialog.show_wrong(f"{trouble.sentence} {trouble.next_step} ({trouble.code})")

    def _enable(self) -> None:
        session = self._who.session
        named = session is not None and not session.single
        self._window.actions_["lock"].setEnabled(self._is_site)
        self._window.actions_["log_in"].setEnabled(self._is_site)
        self._window.actions_["log_in"].setText(tr("Log in as somebody else..."))
        role = session.operator.role if session is not None else None
        self._window.switch.show_person(f"{session.name} ({role.value})" if session and named and role else "")


def _is_site(store: Store) -> bool:
    from engine.store.operators import is_site  # noqa: PLC0415 -- start-up time: the window is shown first

    return is_site(store)


def _log_in(store: Store, name: str, secret: str) -> Session:
    from engine.store.login import log_in  # noqa: PLC0415 -- start-up time: the window is shown first

    return log_in(store, name, secret)


def _log_out(store: Store, session: Session) -> None:
    from engine.store.login import log_out  # noqa: PLC0415 -- start-up time: the window is shown first

    log_out(store, session)
