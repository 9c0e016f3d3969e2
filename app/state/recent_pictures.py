"""The few pictures kept in memory, so that going back and forth between studies is instant."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def size_bytes(self) -> int:
        """Memory taken."""


P = TypeVar("P", bound=Sized)


class RecentPictures(Generic[P]):
    """Keeps what was used last, up to a size and a number; always the newest, however large.

    Args:
        limit_bytes: memory that all kept pictures may take together.
        most: how many are kept; a day of small studies then takes no more than its first hour.
    """

    def __init__(self, limit_bytes: int, most: int) -> None:
        self._limit_bytes = limit_bytes
        self._most = most
        self._kept: OrderedDict[Hashable, P] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> P | None:
        """The picture, which is then the newest; None if it is not kept."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Hashable, picture: P) -> None:
        """Keeps a picture and lets go of the oldest ones that no longer fit."""
        self._kept[key] = picture
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and self._is_too_much():
            self._kept.popitem(last=False)

    def _is_too_much(self) -> bool:
        taken_bytes = sum(kept.size_bytes for kept in self._kept.values())
        return len(self._kept) > self._most or taken_bytes > self._limit_bytes
