"""Who works at the window: the engine's session of a person, or nobody while the window is locked."""

from __future__ import annotations

from app.state.announce import Announcer
from engine.domain.operator import Action
from engine.errors import FoveaError, UsageError
from engine.operators.session import Session


class SignedIn:
    """The one session of the window. Who may do what is the engine's to say; here it is only asked ahead.

    Args:
        session: of a single-operator home; None where nobody is known yet.
    """

    def __init__(self, session: Session | None = None) -> None:
        self._session = session
        self.changed: Announcer[Session | None] = Announcer()

    @property
    def session(self) -> Session | None:
        """Whose turn it is; None while nobody is logged in."""
        return self._session

    def require(self) -> Session:
        """The session to do something with.

        Raises:
            UsageError: US-IDLE where nobody is logged in, or the session is locked.
        """
        if self._session is None:
            raise UsageError("US-IDLE", "Nobody is logged in at this window.", "Log in first.")
        self._session.seen()
        return self._session

    def may(self, action: Action) -> bool:
        """Whether the person may do this: what cannot be done is not offered."""
        return self._session is not None and self._session.operator.may(action)

    def change(self, session: Session | None) -> None:
        """Another person works here now, or nobody."""
        self._session = session
        self.changed.announce(session)

    def touch(self) -> bool:
        """A sign of the person: a key, a button of the mouse.

        Returns:
            False where the session is locked and the sign came too late.
        """
        if self._session is None:
            return False
        try:
            self._session.seen()
        except FoveaError:
            return False
        return True
