"""Which regions of the study are shown, which one comes next, and which were never looked at."""

from __future__ import annotations

from app.state.announce import Announcer
from app.state.judgement import Judgement
from app.state.session import Session
from engine.domain.region import Region


class Looking:
    """The threshold under which regions are hidden, one for each model, and the way from region to region.

    Args:
        session: the open studies; it says which study and which region is looked at.
    """

    def __init__(self, session: Session) -> None:
        self.threshold_changed: Announcer[float] = Announcer()
        self._session = session
        self._thresholds: dict[str, float] = {}
        self._seen: dict[tuple[str, int], set[int]] = {}
        session.region_chosen.listen(lambda chosen: self._see(chosen.index))

    @property
    def threshold(self) -> float:
        """Regions with a lower score are not shown; of the model that answered the study that is looked at."""
        row = self._session.row
        return 0.0 if row is None or row.outcome is None else self._thresholds.get(row.outcome.model, 0.0)

    def set_threshold(self, threshold: float) -> None:
        """Shows the regions from this score on; a chosen one that it hides is let go."""
        row, at = self._session.row, self._session.region
        if row is None or row.outcome is None or threshold == self.threshold:
            return
        self._thresholds[row.outcome.model] = threshold
        self.threshold_changed.announce(threshold)
        if at is not None and self.hides(row.regions[at]):
            self._session.choose_region(None)

    def hides(self, region: Region) -> bool:
        """Whether the threshold keeps a region from being shown; one that a person added has no score and is shown."""
        return region.score < self.threshold

    def go(self, step: int) -> None:
        """Chooses the next or previous region that is shown, around the ends."""
        row, at = self._session.row, self._session.region
        shown = [] if row is None else [place for place, one in enumerate(row.regions) if not self.hides(one)]
        if not shown:
            return
        if at is None:
            self._session.choose_region(shown[0 if step > 0 else -1])
        elif step > 0:
            self._session.choose_region(next((place for place in shown if place > at), shown[0]))
        else:
            self._session.choose_region(next((place for place in reversed(shown) if place < at), shown[-1]))

    def next_open(self, judgement: Judgement, after: int = -1) -> int | None:
        """The next undecided region that is shown, from the start again behind the last; None where there is none."""
        still = [place for place in judgement.open if not self.hides(judgement.regions[place])]
        return next((place for place in still if place > after), still[0] if still else None)

    def unseen(self, judgement: Judgement) -> tuple[int, ...]:
        """The model's regions that were neither chosen in this session nor decided in an earlier one."""
        seen = self._seen.get(judgement.key, set())
        return tuple(place for place in range(len(judgement.decisions)) if place not in seen)

    def take(self, judgement: Judgement) -> None:
        """What was decided before was looked at then."""
        decided = {place for place, said in enumerate(judgement.decisions) if said is not None}
        self._seen.setdefault(judgement.key, set()).update(decided)

    def _see(self, place: int | None) -> None:
        row = self._session.row
        if row is not None and row.judgement is not None and place is not None:
            self._seen.setdefault(row.judgement.key, set()).add(place)
