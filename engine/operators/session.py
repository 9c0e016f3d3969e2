"""A session: who is working now, with which rights, and since when nothing was done."""

from __future__ import annotations

import os
import pwd
import threading

from engine.clock import Clock, SystemClock
from engine.domain.operator import Action, Operator
from engine.errors import UsageError

IDLE_LIMIT_S = 15 * 60.0
"""After this long without a sign of the person, a session of site mode asks for the password again."""


class Session:
    """One person at work. Every function of the engine that a person's right is needed for asks it.

    Args:
        operator: who.
        clock: the steady one decides about idle time; replaceable in tests.
        idle_limit_s: None for a session that does not lock.
    """

    def __init__(self, operator: Operator, clock: Clock | None = None, idle_limit_s: float | None = None) -> None:
        self.operator = operator
        self.idle_limit_s = idle_limit_s
        self._clock = clock or SystemClock()
        self._seen_s = self._clock.steady_s()
        self._ended = False
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Who, as the log says it."""
        return self.operator.name

    @property
    def single(self) -> bool:
        """Whether this is the one person of a single-operator home, who has no password here."""
        return self.operator.role is None

    @property
    def locked(self) -> bool:
        """Whether the password is needed before anything else."""
        with self._lock:
            return self._ended or self._idle_too_long()

    def require(self, action: Action) -> None:
        """Lets a permitted action through, which is a sign of the person.

        Raises:
            UsageError: US-IDLE where the session is locked, US-ROLE where the role does not permit the action.
        """
        self.seen()
        self.operator.require(action)

    def seen(self) -> None:
        """A sign of the person: the mouse moved, a key was pressed. A locked session stays locked.

        Raises:
            UsageError: US-IDLE where the session is locked.
        """
        with self._lock:
            if self._ended or self._idle_too_long():
                raise UsageError(
                    "US-IDLE",
                    f"The session of {self.name} is locked: it was ended, or nothing happened for too long.",
                    "Log in again.",
                )
            self._seen_s = self._clock.steady_s()

    def end(self) -> None:
        """Locks the session for good: the person has logged out."""
        with self._lock:
            self._ended = True

    def _idle_too_long(self) -> bool:
        if self.idle_limit_s is None:
            return False
        # Once locked it stays locked: the moment last seen does not move any more.
        return self._clock.steady_s() - self._seen_s > self.idle_limit_s


def single_operator(clock: Clock | None = None) -> Session:
    """The session of a home without operators: the user of the operating system, who may do everything."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name  # not getpass.getuser, which believes the environment
    except KeyError:
        name = f"uid {os.getuid()}"  # a container's user may have no name
    return Session(Operator(name), clock)
