"""Which studies may stand beside the one that is looked at, and which of them is to."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from app.jobs.earlier import Earlier
from app.paint.picture import Picture
from app.state.priors import Priors
from app.state.session import Session
from app.text import tr

if TYPE_CHECKING:
    from engine.store.persons import EarlierStudy


class Companions:
    """Keeps what was looked at before, what a person chose, and which studies are of the same patient.

    Args:
        session: the open studies.
        earlier: what the record knows of the patient.
    """

    def __init__(self, session: Session, earlier: Earlier) -> None:
        self._session, self._earlier = session, earlier
        self._priors = Priors()
        self.beside = ""
        """The one that stands beside, or stood there last; empty while there was none."""
        self.looked_at: str | None = None
        """Whose companions are meant."""
        self.by_hand = False
        """Whether a person chose what stands beside."""
        self._before: str | None = None

    def look(self, picture: Picture | None) -> None:
        """Another study is looked at, or its picture has come; what was chosen for the one before holds no longer."""
        row = self._session.row
        source = None if row is None else row.source
        if source != self.looked_at:
            self._before, self.looked_at, self.by_hand = self.looked_at, source, False
        if source is not None and picture is not None:
            self.learn(source, picture)
            self._earlier.look(source, picture.scan)

    def learn(self, source: str, picture: Picture) -> None:
        """Whose study it is, and of which day, is known from its picture."""
        self._priors.learn(source, picture.scan)

    def others(self) -> list[str]:
        """All studies but the one that is looked at: those of this session, then earlier ones of the patient."""
        row = self._session.row
        sources = [self._session[index].source for index in range(len(self._session))]
        known = (*sources, *(one.source for one in self._recorded()))
        return [source for source in dict.fromkeys(known) if row is None or source != row.source]

    def wanted(self) -> str:
        """What was chosen by hand, else a prior exam of the same patient, else what is beside now, such as a template,
        else the study that was looked at before, or the next in the list."""
        others, row = self.others(), self._session.row
        priors = [] if row is None else self._priors.of(row.source)
        priors += [one.source for one in self._recorded()]
        chosen = [self.beside] if self.by_hand else []
        likely = (*chosen, *priors, self.beside, self._before)
        at = min(self._session.chosen or 0, len(others) - 1)
        return next((source for source in likely if source in others), others[at] if others else "")

    def named(self, source: str) -> str:
        """What a study is called in the list of choices."""
        name, day = PurePath(source).name or source, self._priors.day(source)
        if day is not None:
            return f"{name}  {day.isoformat()}"
        return name if self._session.index_of(source) is not None else f"{name}  ({tr('earlier study')})"

    def to_list(self, source: str) -> EarlierStudy | None:
        """The record's own of a study that only the record knows; None of one that is open."""
        if self._session.index_of(source) is not None:
            return None
        return next((one for one in self._recorded() if one.source == source), None)

    def _recorded(self) -> tuple[EarlierStudy, ...]:
        row = self._session.row
        return () if row is None else self._earlier.of(row.source)
