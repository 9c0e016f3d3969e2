"""Headers that are laid out alike: the slices of a series differ in values and hardly ever in anything else.

A walk is led by the tags, lengths and items that it meets. Where all of these bytes are the same in another file, it
would meet the same elements at the same places, so they need not be walked to again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.intake.dicom.elements import Walked
from engine.intake.dicom.plain_values import is_plain

_MOST = 16
"""Layouts that are kept: numbers of one digit more or less make a few of them in a series."""

Chosen = tuple[str, int, str, int, int]
"""Keyword, tag and value representation of an element, and where its value begins and ends."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What one walk found, and the bytes that led it there.

    Args:
        keywords: that were looked for.
        places: (n,) of the bytes that led the walk.
        guides: these n bytes; the last of them are the tag and length of the pixels.
        last: how many these are.
        size_bytes: of the header, up to the pixels.
        found: what the walk gave.
        chosen: the elements that were there.
    """

    keywords: tuple[str, ...]
    places: NDArray[np.int64]
    guides: bytes
    last: int
    size_bytes: int
    found: Walked
    chosen: tuple[Chosen, ...]

    def read(self, data: bytes) -> Walked | None:
        """The elements of a header that is laid out alike; None of any other."""
        end = int(self.places[-1]) + 1
        if len(data) < self.size_bytes or not data.startswith(self.guides[-self.last :], end - self.last):
            return None  # as nearly all others are told at once
        if np.frombuffer(data, np.uint8)[self.places].tobytes() != self.guides:
            return None
        raw = {}
        for keyword, tag, vr, begin, end in self.chosen:
            value = data[begin:end]
            if not is_plain(vr, value):
                return None
            raw[keyword] = (tag, vr, value)
        known = self.found
        return Walked(known.syntax, known.sop_class, known.pixels, known.chosen, raw)


class Layouts:
    """The layouts met last, for one search."""

    def __init__(self) -> None:
        self._met: list[Layout] = []

    def read(self, data: bytes, keywords: tuple[str, ...], more: Callable[[int], bytes]) -> Walked | None:
        """The elements of a header that is laid out like one of them.

        Args:
            data: the file from its first byte on.
            keywords: the elements to look at.
            more: gives the file from its first byte up to at least that size, or all of it where it is smaller.
        """
        for index, layout in enumerate(self._met):
            if layout.keywords != keywords:
                continue
            walked = layout.read(data if len(data) >= layout.size_bytes else more(layout.size_bytes))
            if walked is not None:
                self._met.insert(0, self._met.pop(index))
                return walked
        return None

    def add(
        self,
        keywords: tuple[str, ...],
        data: bytes,
        spans: Sequence[tuple[int, int]],
        found: Walked,
        chosen: Sequence[Chosen],
    ) -> None:
        """Remembers a walk.

        Args:
            keywords: that were looked for.
            data: the file, as far as it was walked.
            spans: begin and end of all bytes that led the walk.
            found: what it gave, up to the pixels.
            chosen: the elements that were there.
        """
        if found.pixels is None:
            return
        places = np.concatenate([np.arange(begin, end) for begin, end in spans])
        guides = np.frombuffer(data, np.uint8)[places].tobytes()
        last = spans[-1][1] - spans[-1][0]
        size_bytes = max(found.pixels.begin, int(places.max()) + 1)
        self._met.insert(0, Layout(keywords, places, guides, last, size_bytes, found, tuple(chosen)))
        del self._met[_MOST:]
