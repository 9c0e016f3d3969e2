"""Opens paths: finds the studies there, answers them one after the other, and writes what happened into the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.jobs.engine_room import Answered, EngineRoom
from app.jobs.run import Job, Lane, Task, run
from app.state.session import Session, Trouble
from app.state.signed_in import SignedIn
from engine.budget import Budget
from engine.domain.outcome import Outcome
from engine.errors import Cancelled, FoveaError, ProgramError

if TYPE_CHECKING:
    from engine.intake.find import Found

FOUND_AT_ONCE = 50
"""Studies listed in one step while a large folder is searched."""

FILES_AT_ONCE = 500
"""Files after which a search says how far it has come, even if no study was complete."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the studies that were asked for have come.

    Args:
        done: answered or stopped.
        total: asked for since the line was last empty.
        searching: folders are still being searched, so `total` may grow.
        files: looked into by the searches that go on.
    """

    done: int
    total: int
    searching: bool
    files: int = 0

    @property
    def busy(self) -> bool:
        """Whether anything is still to come."""
        return self.searching or self.done < self.total


@dataclass(frozen=True, slots=True)
class Listed:
    """What a search has come to.

    Args:
        found: since it last spoke.
        files: looked into since it last spoke.
    """

    found: tuple[Found, ...]
    files: int


class Answering(QObject):
    """The line of studies waiting for their answer.

    Args:
        session: written to; in the thread of the window.
        room: the engine.
        who: works here; what is opened before that is known is answered for whoever logs in.
        search_lane: where folders are searched, beside the answering.
        engine_lane: where studies are answered; the same one always, since the store and the models belong to one
            thread.
        parent: with its end nothing is called back any more.
    """

    progressed = Signal(object)
    """A `Progress`."""
    worker_changed = Signal(bool)
    """The worker is gone while a study waits for it (False), or another one answers (True)."""
    failed = Signal(object)
    """A `FoveaError` that belongs to no study: the paths could not be searched, or our own fault."""

    def __init__(
        self,
        session: Session,
        room: EngineRoom,
        who: SignedIn,
        *,
        search_lane: Lane,
        engine_lane: Lane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._room = room
        room.on_worker_changed = self.worker_changed.emit
        self._who = who
        self._held: dict[int, str | None] = {}
        who.changed.listen(lambda person: self._go_on() if person else None)
        self._search_lane = search_lane
        self._engine_lane = engine_lane
        self._found: dict[str, Found] = {}
        self._in_line: dict[int, Budget] = {}
        self._searches: list[Job[None]] = []
        self._done = 0
        self._total = 0
        self._files = 0

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return Progress(self._done, self._total + len(self._held), bool(self._searches), self._files)

    def found(self, source: str) -> Found | None:
        """What intake found under this name."""
        return self._found.get(source)

    def open(self, paths: Sequence[Path]) -> None:
        """Lists what lies there and answers it. What is listed already is chosen instead of being answered twice."""
        wanted = list(paths)
        if not wanted:
            return
        search: Job[None]

        def over(error: FoveaError | None) -> None:
            self._searches.remove(search)
            if not self._searches:
                self._files = 0
            if error is not None and error.code != "BU-CANCELLED":
                self.failed.emit(error)
            self._tell()

        search = run(
            lambda task: self._search(task, wanted),
            on_done=over,
            on_failed=over,
            on_progress=self._list,
            parent=self,
            lane=self._search_lane,
        )
        self._searches.append(search)
        self._tell()

    def recall(self, found: Found, outcome: Outcome, *, look: bool = True) -> None:
        """Lists a study that was answered before, with its answer; nothing is answered again.

        Args:
            found: its files.
            outcome: its answer.
            look: it is looked at now.
        """
        self._found[found.source] = found
        index = self._session.index_of(found.source)
        if index is None:
            index = self._session.add([found.source])[0]
            self._session.answer(index, outcome, None)
        if look:
            self._session.choose(index)

    def again(self, index: int, modality: str | None = None) -> None:
        """Answers a listed study once more, unless it is in line already.

        Args:
            index: of the study.
            modality: what the person says that it is, where its file does not.
        """
        if index in self._in_line or index in self._held:
            return
        self._session.wait(index)
        self._line_up([index], modality)
        self._tell()

    def cancel(self) -> None:
        """Stops the search and every study that is not answered yet."""
        for search in self._searches:
            search.cancel()
        held, self._held = self._held, {}
        for index in held:
            self._session.stop(index, Trouble.of(Cancelled("BU-CANCELLED", "It was cancelled before work began.")))
        for budget in self._in_line.values():
            budget.cancel()
        if held:
            self._tell()

    def _search(self, task: Task, paths: list[Path]) -> None:
        """In the lane."""
        batch: list[Found] = []
        files = 0

        def tell() -> None:
            nonlocal files
            task.report(Listed(tuple(batch), files))
            batch.clear()
            files = 0

        def see(_: Path) -> None:
            nonlocal files
            task.budget.check("find")
            files += 1
            if files == FILES_AT_ONCE:
                tell()

        for found in self._room.find(paths, see):
            batch.append(found)
            if len(batch) == FOUND_AT_ONCE:
                tell()
        tell()

    def _list(self, listed: Listed) -> None:
        fresh = [found for found in listed.found if found.source not in self._found]
        self._found.update({found.source: found for found in fresh})
        self._files += listed.files
        self._line_up(self._session.add([found.source for found in fresh]))
        if listed.found and not fresh:
            self._session.choose(self._session.index_of(listed.found[0].source))
        self._tell()

    def _line_up(self, indices: Iterable[int], modality: str | None = None) -> None:
        """Has all of them taken in before the first is waited for, so that the worker has the next at hand."""
        by = self._who.session
        if by is None:
            self._held |= dict.fromkeys(indices, modality)
            return
        fresh = {index: (self._found[self._session[index].source], Budget()) for index in indices}
        if not fresh:
            return
        run(
            lambda _: self._room.submit(list(fresh.values()), by, modality),
            on_done=lambda _: None,
            on_failed=lambda _: None,  # each of them says so when its turn comes
            parent=self,
            lane=self._engine_lane,
        )
        for index, (found, budget) in fresh.items():
            self._wait_for(index, budget, partial(self._room.answer, found, budget, by, modality))

    def _go_on(self) -> None:
        """Somebody works here now: what was opened before is theirs."""
        held, self._held = self._held, {}
        for index, modality in held.items():
            self._line_up([index], modality)
        self._tell()

    def _wait_for(self, index: int, budget: Budget, answer: Callable[[], Answered]) -> None:
        """In its turn; also where it was cancelled, since what was taken in has to be withdrawn."""
        self._total += 1
        self._in_line[index] = budget

        def work(task: Task) -> Answered:
            task.report(index)
            return answer()

        run(
            work,
            on_done=lambda answered: self._answered(index, answered),
            on_failed=lambda error: self._stopped(index, error),
            on_progress=self._session.start,
            parent=self,
            lane=self._engine_lane,
        )

    def _answered(self, index: int, answered: Answered) -> None:
        self._session.answer(index, answered.outcome, answered.thumbnail)
        self._finish(index)

    def _stopped(self, index: int, error: FoveaError) -> None:
        self._session.stop(index, Trouble.of(error))
        if isinstance(error, ProgramError):
            self.failed.emit(error)
        self._finish(index)

    def _finish(self, index: int) -> None:
        del self._in_line[index]
        self._done += 1
        self._tell()

    def _tell(self) -> None:
        progress = self.progress
        self.progressed.emit(progress)
        if not progress.busy:
            self._done = self._total = 0
