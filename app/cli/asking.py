"""Studies asked for and their answers, in the order in which they were asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.cli.printing import printable
from engine.domain.outcome import Outcome, StageTimes
from engine.domain.request import Request
from engine.domain.study import Study
from engine.errors import FoveaError, StoreError
from engine.intake.find import Found
from engine.queue.feed import Feed
from engine.store.outcomes import Recorded, last_id

_WORD_S = 0.5
"""How often it is looked whether a person wants to stop, and whether something keeps the worker from answering."""

_CANCELLED_S = 60.0
"""For what is at work to come to the end of its tile, once it is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One study with its outcome, as the command line shows it.

    Args:
        found: what was asked for.
        study: what was seen there; None where nothing could be read.
        outcome: the recorded answer, with the time of its own commit.
    """

    found: Found
    study: Study | None
    outcome: Outcome

    @property
    def source(self) -> str:
        """The path as given or found."""
        return self.found.source


class Asking:
    """The studies of one command on their way through the queue.

    Args:
        feed: the queue.
        request: what is wanted of each answer.
        priority: 0 stat, 1 routine.
    """

    def __init__(self, feed: Feed, request: Request, priority: int) -> None:
        self._feed = feed
        self._request = request
        self._priority = priority
        self._after = last_id(feed.store)
        self._open: dict[str, Found] = {}
        self._there: dict[str, Recorded] = {}
        self._said: set[str] = set()

    def ask(self, found: Found) -> None:
        """Asks for the answer to a study."""
        self._open[self._feed.submit(found, self._request, priority=self._priority).id] = found

    def there(self) -> Iterator[Answer]:
        """What is answered, as far as nothing that was asked for earlier is still open."""
        while page := self._feed.changed(self._after):
            self._after = page[-1].id
            self._there |= {recorded.arrival.id: recorded for recorded in page if recorded.arrival.id in self._open}
        yield from self._in_order()

    def rest(self, is_stopped: Callable[[], bool]) -> Iterator[Answer]:
        """Waits for all the others, unless it is to be stopped."""
        while self._open and not is_stopped():
            awaited = [arrival_id for arrival_id in self._open if arrival_id not in self._there]
            for recorded in self._feed.outcomes(awaited, _WORD_S):
                self._there[recorded.arrival.id] = recorded
                yield from self._in_order()
                if is_stopped():
                    return
            for arrival_id in self._feed.withdrawn(self._open):  # by somebody else
                del self._open[arrival_id]
            yield from self._in_order()
            self._say_trouble()

    def withdraw(self) -> None:
        """Takes back the wish for everything that is not answered; what is at work ends after its current tile."""
        try:
            for arrival_id in reversed(list(self._open)):
                if self._feed.withdraw(arrival_id) == "withdrawn":
                    del self._open[arrival_id]
        except StoreError:
            return  # then it is answered for nobody, and recorded

    def cancelled(self) -> Iterator[Answer]:
        """What was at work when the rest was withdrawn, as it stands now."""
        awaited = [arrival_id for arrival_id in self._open if arrival_id not in self._there]
        try:
            self._there |= {recorded.arrival.id: recorded for recorded in self._feed.outcomes(awaited, _CANCELLED_S)}
        except FoveaError:
            return  # the worker is gone: what it had stays in the queue
        yield from self._in_order()

    def _in_order(self) -> Iterator[Answer]:
        while self._open and (first := next(iter(self._open))) in self._there:
            recorded, found = self._there.pop(first), self._open.pop(first)
            note = self._feed.note_on(recorded)
            for sentence in note.passed_over:
                self._say_once(sentence)
            yield Answer(found, recorded.study, replace(recorded.outcome, ms=StageTimes(**note.ms)))

    def _say_trouble(self) -> None:
        """Why nothing goes on, once."""
        trouble = self._feed.health().trouble
        if trouble:
            self._say_once(f"Waiting: {trouble}")

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            print(printable(sentence), file=sys.stderr, flush=True)
