"""Records what is decided, at once and in order, and finds what was decided before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs.placing import Placing
from app.jobs.records import Records
from app.state.judgement import Judgement
from app.state.judging import Decided, Judging
from app.state.session import Session, Trouble
from app.state.signed_in import SignedIn
from engine.domain.outcome import Outcome
from engine.domain.review import Review
from engine.domain.scan import Scan
from engine.errors import FoveaError, StoreError

if TYPE_CHECKING:
    from engine.domain.study import Study
    from engine.store.database import Store

RETRY_MS = 2000
"""After so long a decision that could not be recorded is tried again: the disk may have room by then."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store says of an answered study."""

    study: Study | None
    review: Review | None

    def judgement(self, outcome: Outcome) -> Judgement:
        """What was decided according to the store."""
        return Judgement.of(outcome) if self.review is None else Judgement.resumed(outcome, self.review)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Decisions that are to be recorded, in the name of who made them."""

    judgement: Judgement
    name: str


class Reviewing(QObject):
    """Between the decisions of the window and the reviews of the store.

    Several decisions that come while one is being recorded are recorded together, as one version.

    Args:
        session: the open studies.
        judging: what is decided about them.
        records: the store, in a lane that nothing else holds up.
        who: who decides.
        scan: the pixels of a source, where they are at hand: drawn boxes get their place in the patient from them.
        parent: with its end nothing is called back any more.
    """

    recorded = Signal(str)
    """All decisions about this source are on the disk."""
    refused = Signal(str, object)
    """The decisions about this source since the last record do not hold, for this `Trouble`."""
    delayed = Signal(object)
    """Decisions cannot be recorded now, for this `Trouble`; they are kept here and tried again."""

    def __init__(
        self,
        session: Session,
        judging: Judging,
        records: Records,
        who: SignedIn,
        scan: Callable[[str], Scan | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._judging = judging
        self._records = records
        self._who = who
        self._scan = scan
        self._wanted: dict[str, _Waiting] = {}
        self._asked: set[tuple[str, int]] = set()
        self._studies: dict[str, Study | None] = {}
        self._placing = Placing()
        self._busy = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._next)
        session.row_changed.listen(lambda changed: self._find_out(changed.index))
        session.study_chosen.listen(self._find_out)
        judging.decided.listen(self._want)
        who.changed.listen(lambda session: self._next())  # noqa: ARG005 -- asked for

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Sources with decisions that are not on the disk yet."""
        return tuple(self._wanted)

    def sign(
        self, source: str, secret: str, *, on_done: Callable[[], None], on_failed: Callable[[Trouble], None]
    ) -> None:
        """Records a signed version of what was decided about a source.

        Args:
            source: of the study.
            secret: the person's password or PIN; empty in a single-operator home.
            on_done: called once it is on the disk.
            on_failed: called with the reason why not.
        """
        index = self._session.index_of(source)
        judgement = None if index is None else self._session[index].judgement
        if judgement is None:
            return

        # What is signed holds everything that was still to be recorded; recorded after it, it would change it.
        waiting = self._wanted.pop(source, None)

        def signed(review: Review) -> None:
            self._judging.settle(source, Judgement.resumed(judgement.outcome, review))
            self.recorded.emit(source)
            on_done()

        def failed(error: FoveaError) -> None:
            if waiting is not None:
                self._wanted[source] = waiting
                self._next()
            on_failed(Trouble.of(error))

        self._ask(source, judgement, signed, failed, secret)

    def hand_over(self) -> None:
        """Puts everything that is not recorded yet in line: before the lane is closed, which then works it off."""
        for source, waiting in self._wanted.items():
            if self._is_theirs(waiting):
                self._ask(source, waiting.judgement, _ignore, _ignore)

    def _find_out(self, index: int | None) -> None:
        """An answered study may have been reviewed before."""
        if index is None:
            return
        row = self._session[index]
        outcome = row.outcome
        if outcome is None or row.judgement is not None or (outcome.arrival_id, outcome.attempt) in self._asked:
            return
        self._asked.add((outcome.arrival_id, outcome.attempt))

        def take(known: _Known) -> None:
            self._studies[row.source] = known.study
            modality = known.study.modality if known.study is not None else ""
            self._judging.take(index, outcome, known.judgement(outcome), modality)

        def failed(error: FoveaError) -> None:
            self._asked.discard((outcome.arrival_id, outcome.attempt))  # asked again when it is looked at again
            self.refused.emit(row.source, Trouble.of(error))

        self._records.ask(lambda store: _known(store, outcome), on_done=take, on_failed=failed, parent=self)

    def _want(self, decided: Decided) -> None:
        """A decision is recorded in the name of who made it, and of nobody who comes later."""
        try:
            name = self._who.require().name
        except FoveaError as error:
            self._fall_back(decided.source, decided.judgement.outcome, error)
            return
        self._wanted[decided.source] = _Waiting(decided.judgement, name)
        self._next()

    def _is_theirs(self, waiting: _Waiting) -> bool:
        """Whether who works here now is who decided."""
        return self._who.session is not None and self._who.session.name == waiting.name

    def _next(self) -> None:
        """Records the decisions that wait longest, unless some are being recorded."""
        wanted = (source for source, waiting in self._wanted.items() if self._is_theirs(waiting))
        if self._busy or (source := next(wanted, None)) is None:
            return
        judgement = self._wanted[source].judgement
        self._busy = True
        self._ask(
            source,
            judgement,
            lambda _: self._done(source, judgement),
            lambda error: self._failed(source, judgement.outcome, error),
        )

    def _done(self, source: str, judgement: Judgement) -> None:
        self._busy = False
        if source in self._wanted and self._wanted[source].judgement is judgement:
            del self._wanted[source]
            self.recorded.emit(source)
        self._next()

    def _failed(self, source: str, outcome: Outcome, error: FoveaError) -> None:
        self._busy = False
        if isinstance(error, StoreError) or error.code == "US-IDLE":
            self.delayed.emit(Trouble.of(error))
            self._retry.start()
            return
        self._wanted.pop(source, None)
        self._fall_back(source, outcome, error)
        self._next()

    def _fall_back(self, source: str, outcome: Outcome, error: FoveaError) -> None:
        """What is recorded holds, which somebody else may have changed or signed since."""
        self._records.ask(
            lambda store: _known(store, outcome),
            on_done=lambda known: self._judging.settle(source, known.judgement(outcome)),
            on_failed=_ignore,
            parent=self,
        )
        self.refused.emit(source, Trouble.of(error))

    def _ask(
        self,
        source: str,
        judgement: Judgement,
        on_done: Callable[[Review], None],
        on_failed: Callable[[FoveaError], None],
        secret: str | None = None,
    ) -> None:
        """Puts one version in line: signed where there is a secret, even an empty one."""
        scan, study = self._scan(source), self._studies.get(source)

        def work(store: Store) -> Review:
            from engine.store import reviews  # noqa: PLC0415 -- start-up time: the window is shown first

            person = self._who.require()
            review = self._placing.completed(source, judgement.review(), scan, study)
            if secret is None:
                return reviews.save(store, person, review).review
            return reviews.sign(store, person, review, secret).review

        self._records.ask(work, on_done=on_done, on_failed=on_failed, parent=self)


def _known(store: Store, outcome: Outcome) -> _Known:
    """In the lane."""
    from engine.store import outcomes, reviews  # noqa: PLC0415 -- start-up time: the window is shown first

    recorded = outcomes.find(store, outcome.arrival_id, outcome.attempt)
    kept = reviews.versions(store, outcome.arrival_id, outcome.attempt)
    return _Known(recorded.study if recorded else None, kept[-1].review if kept else None)


def _ignore(result: object) -> None:
    """Nothing is left to be told."""
