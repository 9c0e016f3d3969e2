"""What is decoded twice: the first image of each kind of stream that a pool meets, and scans of a single value.

The second decoder runs in another process while the rest of a series is read. Where it crashes or cannot read the file,
it has no opinion; where it sees other pixels, the study is refused.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.domain.exam import Exam
from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.isolated.jobs import Compare
from engine.intake.isolated.line import Line, Pending
from engine.intake.limits import Limits
from engine.intake.plane import Plane
from engine.intake.read import Loaded

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """What images of one kind share: if one of them is decoded rightly, so are the others.

    Args:
        codec: what decodes their transfer syntax.
        lossy: they have lost information.
        stored_max: largest value that their bits can hold.
        vendor: manufacturer (0008,0070).
    """

    codec: str
    lossy: bool
    stored_max: float
    vendor: str

    @classmethod
    def of(cls, codec: str, stored_max: float, exam: Exam, *, lossy: bool) -> Kind:
        """The kind of an image."""
        return cls(codec, lossy, stored_max, exam.manufacturer)


class Kinds:
    """The kinds that the processes of a line have compared; safe to use from several threads."""

    def __init__(self) -> None:
        self._met: set[Kind] = set()
        self._lock = threading.Lock()

    def is_new(self, kind: Kind) -> bool:
        """Whether it has not been met; now it has."""
        with self._lock:
            fresh = kind not in self._met
            self._met.add(kind)
            return fresh

    def forget(self, kind: Kind) -> None:
        """Has the next of this kind compared as well."""
        with self._lock:
            self._met.discard(kind)


class Crosscheck:
    """The comparisons of one study.

    Args:
        line: the processes.
        kinds: those that were met before.
        limits: for each file.
    """

    def __init__(self, line: Line, kinds: Kinds, limits: Limits) -> None:
        self._line = line
        self._kinds = kinds
        self._limits = limits
        self._asked: list[tuple[Pending, Kind | None]] = []

    def see_plane(self, plane: Plane, entry: Entry) -> None:
        """Asks for a comparison where a series turns out to be of a new kind, while its other planes are read."""
        if (middle := plane.middle) is not None and (exam := middle.facts.exam) is not None:
            self._see(Kind.of(middle.codec, middle.stored_max, exam, lossy=middle.lossy), entry)

    def settle(self, loaded: Loaded, entries: Sequence[Entry], on_slice: Callable[[], None]) -> None:
        """Asks for what is left to compare of a study that has been read, and waits for all of it.

        Args:
            loaded: the study.
            entries: its files.
            on_slice: called now and then; may raise to stop.

        Raises:
            InputError: IN-DECODE-DIFFERS.
        """
        scan = loaded.scan
        if len(entries) == 1 and scan.exam is not None:
            provenance = scan.provenance
            self._see(Kind.of(provenance.codec, scan.stored_max, scan.exam, lossy=provenance.lossy), entries[0])
        if "constant-frame" in loaded.doubts and (scan.pixels == scan.pixels[(0,) * len(scan.shape)]).all():
            self._asked += [(self._line.ask(Compare(entry, self._limits)), None) for entry in entries]
        try:
            while self._asked:
                pending, kind = self._asked[0]
                self._judge(pending, kind, on_slice)
                del self._asked[0]
        finally:
            self.drop()

    def drop(self) -> None:
        """Says that nobody waits for the comparisons any more."""
        for pending, kind in self._asked:
            pending.drop()
            if kind is not None:
                self._kinds.forget(kind)
        self._asked.clear()

    def _see(self, kind: Kind, entry: Entry) -> None:
        if self._kinds.is_new(kind):
            self._asked.append((self._line.ask(Compare(entry, self._limits)), kind))

    def _judge(self, pending: Pending, kind: Kind | None, on_slice: Callable[[], None]) -> None:
        try:
            (compared,) = pending.results(on_slice)
        except InputError as refusal:
            if refusal.code == "IN-DECODE-DIFFERS":
                raise
            compared = False
            _log.warning("The second decoder has no opinion: %s", refusal.code)
        _log.debug("Compared %s: %s", kind, compared)
