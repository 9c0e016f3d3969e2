"""What is open: the studies of this session in their order, which one is looked at, and which of its regions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from app.state.announce import Announcer
from app.state.cut import Cut
from app.state.geometry import View
from app.state.judgement import Judgement
from app.state.status import Sign, Stage, sign_of
from app.state.window_level import WindowLevel
from engine.domain.outcome import Outcome
from engine.domain.region import Region
from engine.domain.review import RegionVerdict
from engine.errors import FoveaError


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be done, ready to be shown and copied."""

    code: str
    sentence: str
    next_step: str = ""

    @classmethod
    def of(cls, error: FoveaError) -> Trouble:
        """The three parts of an error."""
        return cls(error.code, error.message, error.next_step)


@dataclass(frozen=True, slots=True)
class Look:
    """How a person looks at one study; kept while the session lasts. None: as it opens."""

    view: View | None = None
    window: WindowLevel | None = None
    plane: Cut | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StudyRow:
    """One study of the session.

    Args:
        source: the path as found.
        stage: how far it has come.
        outcome: the answer, once there is one.
        thumbnail: (H, W, 3) uint8, sRGB, read-only; None where no pixel could be read.
        trouble: why there is no outcome, where the engine could not even start.
        look: window, level and view as last left.
        judgement: what was decided about the outcome; None while nothing is known of it.
    """

    source: str
    stage: Stage = Stage.WAITING
    outcome: Outcome | None = None
    thumbnail: NDArray[np.uint8] | None = None
    trouble: Trouble | None = None
    look: Look = Look()
    judgement: Judgement | None = None

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePath(self.source).name or self.source

    @property
    def sign(self) -> Sign:
        """Word, shape and colour."""
        return sign_of(self.stage, self.outcome)

    @property
    def regions(self) -> tuple[Region, ...]:
        """What was flagged, highest score first, as a person changed it, and then what a person added."""
        if self.judgement is not None:
            return self.judgement.regions
        return self.outcome.regions if self.outcome is not None else ()

    @property
    def decisions(self) -> tuple[RegionVerdict | None, ...]:
        """What was decided of each region."""
        return self.judgement.verdicts if self.judgement is not None else (None,) * len(self.regions)


@dataclass(frozen=True, slots=True)
class RowsAdded:
    """Rows `first` to `last`, both included, are new."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RowChanged:
    """One row says something else now."""

    index: int


@dataclass(frozen=True, slots=True)
class RegionChosen:
    """A region of the chosen study is looked at, or none.

    Args:
        index: in the study's regions.
        bring_in: the picture should move so that it is in the middle.
    """

    index: int | None
    bring_in: bool = True


class Session:
    """The open studies. Changed in the thread of the window only; every change is announced after it is made."""

    def __init__(self) -> None:
        self.rows_added: Announcer[RowsAdded] = Announcer()
        self.row_changed: Announcer[RowChanged] = Announcer()
        self.study_chosen: Announcer[int | None] = Announcer()
        self.region_chosen: Announcer[RegionChosen] = Announcer()
        self._rows: list[StudyRow] = []
        self._chosen: int | None = None
        self._region: int | None = None
        self._tally: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> StudyRow:
        return self._rows[index]

    @property
    def chosen(self) -> int | None:
        """Index of the study that is looked at."""
        return self._chosen

    @property
    def row(self) -> StudyRow | None:
        """The study that is looked at."""
        return None if self._chosen is None else self._rows[self._chosen]

    @property
    def region(self) -> int | None:
        """Index of the chosen region in the chosen study's regions."""
        return self._region

    def index_of(self, source: str) -> int | None:
        """Where a source is listed already."""
        return next((index for index, row in enumerate(self._rows) if row.source == source), None)

    def add(self, sources: list[str]) -> range:
        """Lists new studies at the end, waiting; chooses the first if none was chosen.

        Returns:
            Their indices.
        """
        first = len(self._rows)
        self._rows.extend(StudyRow(source) for source in sources)
        added = range(first, len(self._rows))
        self._tally.update(self._rows[index].sign.word for index in added)
        if added:
            self.rows_added.announce(RowsAdded(added[0], added[-1]))
            if self._chosen is None:
                self.choose(added[0])
        return added

    def wait(self, index: int) -> None:
        """A study is in line, for the first time or again."""
        self._put(index, replace(self._rows[index], stage=Stage.WAITING, outcome=None, trouble=None, judgement=None))

    def start(self, index: int) -> None:
        """A study is being answered."""
        self._put(index, replace(self._rows[index], stage=Stage.RUNNING))

    def answer(self, index: int, outcome: Outcome, thumbnail: NDArray[np.uint8] | None) -> None:
        """A study was answered."""
        row = self._rows[index]
        kept = thumbnail if thumbnail is not None else row.thumbnail
        self._put(index, replace(row, stage=Stage.DONE, outcome=outcome, thumbnail=kept, judgement=None))

    def stop(self, index: int, trouble: Trouble) -> None:
        """A study was not answered: a person cancelled, or the engine could not start."""
        self._put(index, replace(self._rows[index], stage=Stage.STOPPED, trouble=trouble))

    def judge(self, index: int, judgement: Judgement) -> None:
        """Something was decided about an answered study, or it became known what was."""
        self._put(index, replace(self._rows[index], judgement=judgement))

    def keep_look(self, index: int, look: Look) -> None:
        """Remembers how a study is looked at; nothing is announced, since only the picture shows it."""
        self._rows[index] = replace(self._rows[index], look=look)

    def choose(self, index: int | None) -> None:
        """Looks at another study; no region of it is chosen at first."""
        if index == self._chosen:
            return
        self._chosen = index
        self._region = None
        self.study_chosen.announce(index)

    def choose_by(self, step: int) -> None:
        """Looks at the next or previous study; stays at the ends."""
        if self._rows:
            at = -1 if self._chosen is None else self._chosen
            self.choose(min(max(at + step, 0), len(self._rows) - 1))

    def choose_region(self, index: int | None, *, bring_in: bool = True) -> None:
        """Chooses a region of the chosen study. Announced even if it was chosen, so that it is centred again."""
        row = self.row
        if index is not None and (row is None or not 0 <= index < len(row.regions)):
            return
        self._region = index
        self.region_chosen.announce(RegionChosen(index, bring_in))

    def tally(self) -> Counter[str]:
        """How many rows say each word; kept as rows change, since it is asked for with each of them."""
        return +self._tally

    def _put(self, index: int, row: StudyRow) -> None:
        before = self._rows[index]
        self._rows[index] = row
        self._tally[before.sign.word] -= 1
        self._tally[row.sign.word] += 1
        if index == self._chosen and (before.outcome is not row.outcome or len(row.regions) < len(before.regions)):
            self._region = None
        self.row_changed.announce(RowChanged(index))
