"""Judging by hand: which decision a key makes, what it moves on to, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from app.state.announce import Announcer
from app.state.history import History, Step
from app.state.judgement import Judgement, verdicts_for
from app.state.looking import Looking
from app.state.session import Session, StudyRow
from engine.domain.operator import Operator
from engine.domain.outcome import Outcome
from engine.domain.review import Mark, RegionVerdict, Verdict
from engine.domain.study import PHOTO

RASTER_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision was made, or taken back; it is to be recorded.

    Args:
        source: of the study.
        judgement: all decisions about it as they are now.
    """

    source: str
    judgement: Judgement


class Judging:
    """The decisions about the studies of a session. Changed in the thread of the window only.

    Args:
        session: the open studies; each answered one holds its judgement.
        operator: who decides, asked when it matters; None while nobody is logged in.
        next_by_itself: whether a study that is judged makes way for the next one, asked each time.
    """

    def __init__(
        self,
        session: Session,
        operator: Callable[[], Operator | None] = lambda: None,
        next_by_itself: Callable[[], bool] = lambda: True,
    ) -> None:
        self.decided: Announcer[Decided] = Announcer()
        self.looking = Looking(session)
        self.history = History()
        self._session = session
        self._operator = operator
        self._next_by_itself = next_by_itself
        self._modalities: dict[str, str] = {}

    @property
    def judgement(self) -> Judgement | None:
        """Of the study that is looked at; None while it cannot be judged."""
        row = self._session.row
        return None if row is None else row.judgement

    @property
    def changeable(self) -> Judgement | None:
        """The same, while keys may change it: what is signed is first opened again, with a reason."""
        judgement = self.judgement
        return judgement if judgement is not None and judgement.signature is None else None

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What may be said of the study that is looked at."""
        row = self._session.row
        modality = "" if row is None else self._modalities.get(row.source) or _modality_named(row.source)
        return verdicts_for(modality, self._operator())

    @property
    def proposed(self) -> Verdict | None:
        """The verdict that the next confirmation takes."""
        judgement = self.changeable
        if judgement is None or judgement.verdict is not None:
            return None
        return judgement.proposed(self.verdicts)

    def take(self, index: int, outcome: Outcome, judgement: Judgement, modality: str) -> None:
        """An answered study may be judged from now on, going on from what was recorded of it."""
        row = self._session[index]
        if row.outcome is not outcome or row.judgement is not None:
            return
        self._modalities[row.source] = modality
        self.looking.take(judgement)
        self._session.judge(index, judgement)

    def confirm(self) -> None:
        """The one key that goes on: confirms the chosen region, else goes to the next undecided one, takes the
        proposed verdict once all are decided, and opens the next study once the verdict is given."""
        judgement, at = self.changeable, self._session.region
        if judgement is None:
            if self.judgement is not None:
                self.go_to_next_study()
        elif at is not None and judgement.verdicts[at] in (None, RegionVerdict.REJECTED):
            self._decide(judgement.confirm(at))
        elif (found := self.looking.next_open(judgement)) is not None:
            self._session.choose_region(found)
        elif judgement.verdict is not None:
            self.go_to_next_study()
        elif (proposed := self.proposed) is not None:
            self.give(proposed)

    def reject(self, reason: str) -> None:
        """The chosen region is nothing; one that a person added is taken away."""
        judgement, at = self.changeable, self._session.region
        if judgement is not None and at is not None:
            self._decide(judgement.reject(at, reason))

    def change(self, mark: Mark, *, moves_on: bool = False) -> None:
        """The chosen region is something else, or lies elsewhere."""
        judgement, at = self.changeable, self._session.region
        if judgement is not None and at is not None:
            self._decide(judgement.change(at, mark), moves_on=moves_on)

    def add(self, mark: Mark) -> None:
        """A region that the model missed; it is chosen, so that its label can be given."""
        if (judgement := self.changeable) is not None:
            self._decide(judgement.add(mark), moves_on=False)
            self._session.choose_region(len(judgement.regions), bring_in=False)

    def confirm_open(self) -> None:
        """Every region that is still undecided is what the model says; what the threshold hides stays undecided."""
        if (judgement := self.changeable) is not None:
            hides = self.looking.hides
            shown = {place for place in judgement.open if not hides(judgement.regions[place])}
            self._decide(judgement.confirm_all(shown))

    def give(self, verdict: Verdict) -> None:
        """The verdict of the whole. Judged studies make way for the next, where a person wants that and no signature is
        to come."""
        judgement = self.changeable
        if judgement is None or verdict not in self.verdicts:
            return
        self._decide(replace(judgement, verdict=verdict), moves_on=False)
        operator = self._operator()
        signs = operator is not None and operator.role is not None
        if _is_judged(self._session.row) and self._next_by_itself() and not signs:
            self.go_to_next_study()

    def comment(self, text: str) -> None:
        """Free text about the whole."""
        if (judgement := self.changeable) is not None and text != judgement.comment:
            self._decide(replace(judgement, comment=text), moves_on=False)

    def amend(self, reason: str) -> None:
        """Opens a signed review again; the reason is recorded with the new version."""
        judgement, index = self.judgement, self._session.chosen
        if judgement is not None and index is not None and judgement.signature is not None and reason.strip():
            self._session.judge(index, replace(judgement, signature=None, reason=reason.strip()))

    def undo(self) -> None:
        """Takes the last decision back, of whichever study it was."""
        if (step := self.history.back()) is not None:
            self._travel(step, step.before)

    def redo(self) -> None:
        """Makes the decision again that was taken back last."""
        if (step := self.history.forth()) is not None:
            self._travel(step, step.after)

    def settle(self, source: str, judgement: Judgement) -> None:
        """What is recorded holds: it was signed, or what was decided since was refused. No step leads behind it."""
        index = self._session.index_of(source)
        now = None if index is None else self._session[index].judgement
        if index is not None and now is not None and now.key == judgement.key:
            self.history.forget(source)
            self._session.judge(index, judgement)

    def go_to_next_study(self) -> None:
        """Opens the next study that is not judged yet, at its first undecided region; stays where there is none."""
        at = self._session.chosen
        rest = range(0 if at is None else at + 1, len(self._session))
        found = next((index for index in rest if not _is_judged(self._session[index])), None)
        if found is not None:
            self._session.choose(found)
            self.go_to_open()

    def go_to_open(self) -> None:
        """Chooses the first undecided region."""
        judgement = self.judgement
        if judgement is not None and (place := self.looking.next_open(judgement)) is not None:
            self._session.choose_region(place)

    def _decide(self, after: Judgement, *, moves_on: bool = True) -> None:
        row, index, at = self._session.row, self._session.chosen, self._session.region
        if row is None or index is None or row.judgement is None or after == row.judgement:
            return
        self.history.did(Step(row.source, row.judgement, after))
        self._session.judge(index, after)
        self.decided.announce(Decided(row.source, after))
        if moves_on and at is not None:
            self._session.choose_region(self.looking.next_open(after, at))

    def _travel(self, step: Step, to: Judgement) -> None:
        index = self._session.index_of(step.source)
        now = None if index is None else self._session[index].judgement
        if index is None or now is None or now.key != to.key:
            self.history.forget(step.source)  # it was answered anew since
            return
        self._session.choose(index)
        self._session.judge(index, to)
        self.decided.announce(Decided(step.source, to))
        self._session.choose_region(step.place)


def _modality_named(source: str) -> str:
    """Of a file that could not be read: what its name lets expect."""
    return PHOTO if PurePath(source).suffix.lower() in RASTER_SUFFIXES else ""


def _is_judged(row: StudyRow | None) -> bool:
    return row is not None and row.judgement is not None and row.judgement.complete
