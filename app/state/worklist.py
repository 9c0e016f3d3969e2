"""The worklist: what waits and what was answered, as it is filtered and ordered; read from the records in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from app.state.announce import Announcer
from app.state.status import Shape, Sign, sign_of_reading
from engine.domain.outcome import Status

if TYPE_CHECKING:
    from engine.store.worklist_line import After, Line


class Period(StrEnum):
    """How far back the list goes."""

    ALL = "all"
    TODAY = "today"
    WEEK = "week"


class Show(StrEnum):
    """Which answers are listed."""

    ALL = "all"
    CONTESTED = "contested"
    FLAGGED = "flagged"
    CLEAR = "clear"
    INCOMPLETE = "incomplete"
    OUT_OF_DOMAIN = "out-of-domain"
    REFUSED = "refused"
    FAILED = "failed"


class Column(StrEnum):
    """The columns, from the left."""

    STUDY = "study"
    PERSON = "person"
    MODALITY = "modality"
    ARRIVED = "arrived"
    DEADLINE = "deadline"
    STATUS = "status"
    REGIONS = "regions"
    DOUBTS = "doubts"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for.

    Args:
        show: which answers.
        period: how far back.
        text: part of a path.
    """

    show: Show = Show.ALL
    period: Period = Period.ALL
    text: str = ""

    @property
    def lists_waiting(self) -> bool:
        """Whether what has no answer yet belongs to it."""
        return self.show is Show.ALL


@dataclass(frozen=True, slots=True)
class Order:
    """How the list is ordered.

    Args:
        column: by what.
        falling: the largest, newest or last first.
    """

    column: Column = Column.ARRIVED
    falling: bool = True

    @property
    def is_stored(self) -> bool:
        """Whether the records come in this order by themselves, page by page."""
        return self == Order()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: an answer, or a study that waits for its own.

    Args:
        arrival_id: what arrived.
        source: the path as given or found.
        sign: its status as word, shape and colour.
        arrived_at: UTC.
        deadline: UTC; None without one.
        line: what is recorded; None for what waits.
        expected_at: when the answer of what waits is expected, UTC.
        late_s: by how much it is expected to be late.
    """

    arrival_id: str
    source: str
    sign: Sign
    arrived_at: datetime
    deadline: datetime | None
    line: Line | None = None
    expected_at: datetime | None = None
    late_s: float = 0.0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePath(self.source).name or self.source

    @property
    def place(self) -> str:
        """The folder that it lies in: of a part its line or lot, of an image its exam."""
        return PurePath(self.source).parent.name

    @property
    def key(self) -> str:
        """What tells one line from another for good."""
        return f"{self.arrival_id} {self.line.id if self.line else 0}"


WAITING = Sign("waiting", Shape.DOTS, "waiting")
WORKING = Sign("running", Shape.ARC, "running")


def entry_of(line: Line) -> Entry:
    """An answer as a line of the list."""
    sign = sign_of_reading(line.status, flagged=bool(line.flagged))
    return Entry(line.arrival_id, line.source, sign, line.arrived_at, line.deadline, line)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown.

    Args:
        waiting: what has no answer yet, the next one first.
        answered: the answers so far, in the order asked for.
        after: from where the next page goes on; None where there is nothing more, or nothing was read yet.
        complete: whether all that fits the filter is there.
    """

    waiting: tuple[Entry, ...] = ()
    answered: tuple[Entry, ...] = ()
    after: After | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a study beyond its record, once its file was looked into.

    Args:
        person: patient, or what stands for one; empty where the file does not say.
        thumbnail: PNG; None where no pixel could be read.
    """

    person: str = ""
    thumbnail: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """What of the list is new.

    Args:
        first: from this row on.
        inserted: rows that came at the end; None where the list is another one.
    """

    first: int = 0
    inserted: int | None = None


class Worklist:
    """The list of the page; changed in the thread of the window, every change announced after it is made."""

    def __init__(self) -> None:
        self.filter = Filter()
        self.order = Order()
        self._listing = Listing()
        self.changed: Announcer[Changed] = Announcer()

    def __len__(self) -> int:
        return len(self._listing.waiting) + len(self._listing.answered)

    def __getitem__(self, row: int) -> Entry:
        waiting = self._listing.waiting
        return waiting[row] if row < len(waiting) else self._listing.answered[row - len(waiting)]

    @property
    def listing(self) -> Listing:
        """All of it."""
        return self._listing

    def show(self, listing: Listing) -> None:
        """Shows another list."""
        self._listing = listing
        self.changed.announce(Changed())

    def add(self, entries: Sequence[Entry], after: After | None) -> None:
        """Adds a page at the end; one without a successor is the last."""
        first = len(self)
        listing = self._listing
        answered = listing.answered + tuple(entries)
        self._listing = replace(listing, answered=answered, after=after, complete=after is None)
        self.changed.announce(Changed(first, len(entries)))

    def row_of(self, key: str) -> int | None:
        """Where a line is now."""
        return next((row for row in range(len(self)) if self[row].key == key), None)


def in_order(entries: Sequence[Entry], order: Order, persons: dict[str, str]) -> tuple[Entry, ...]:
    """The entries by a column; equal ones stay as they were.

    Args:
        entries: newest first.
        order: by what.
        persons: what is known of whom an entry is about, by its key.
    """

    values = [(_value(entry, order.column, persons), entry) for entry in entries]
    known: list[tuple[Any, Entry]] = [pair for pair in values if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=order.falling)
    # What has no value comes last, whichever way the others go.
    return (*(entry for _, entry in known), *(entry for value, entry in values if value is None))


def _value(entry: Entry, column: Column, persons: dict[str, str]) -> Any:
    line = entry.line
    known: dict[Column, Any] = {
        Column.STUDY: entry.name.casefold(),
        Column.PERSON: persons.get(entry.key, entry.place).casefold() or None,
        Column.ARRIVED: entry.arrived_at,
        Column.DEADLINE: entry.deadline,
        Column.STATUS: entry.sign.word,
    }
    if line is not None:
        known |= {
            Column.MODALITY: line.modality,
            Column.REGIONS: (line.region_count, line.best_score or 0.0),
            Column.DOUBTS: ", ".join(line.doubts) or None,
            Column.REVIEW: line.reviewed or None,
        }
    return known.get(column)


STATUS_OF = {
    Show.INCOMPLETE: Status.INCOMPLETE,
    Show.OUT_OF_DOMAIN: Status.OUT_OF_DOMAIN,
    Show.REFUSED: Status.REFUSED,
    Show.FAILED: Status.FAILED,
    Show.CONTESTED: None,
    Show.FLAGGED: None,
    Show.CLEAR: Status.ANSWERED,
    Show.ALL: None,
}
"""The status that a choice asks for; what was flagged is never hidden behind one."""
