"""How plain state tells others that it changed: listeners are called with one frozen value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Announcer(Generic[T]):
    """Calls its listeners, in the order in which they came, in the thread of the change."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> None:
        """Adds a listener; it lives as long as the state does."""
        self._listeners.append(listener)

    def announce(self, value: T) -> None:
        """Tells every listener."""
        for listener in self._listeners:
            listener(value)
