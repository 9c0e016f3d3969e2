"""What overlays say of a second opinion: which places only one of the two answers has. Needs no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.paint.ink import scored
from app.state.opinion import FIRST_ONLY, SECOND_ONLY, SecondMark, contested, second_marks
from engine.domain.outcome import Outcome
from engine.domain.region import Region


@dataclass(frozen=True, slots=True)
class Second:
    """The second answer beside the first one.

    Args:
        marks: what it has flagged.
        contested: positions of the first answer's regions that it does not have.
    """

    marks: tuple[SecondMark, ...] = ()
    contested: frozenset[int] = frozenset()

    @classmethod
    def of(cls, outcome: Outcome) -> Second:
        """That of an outcome; empty where it has none."""
        return cls(second_marks(outcome), contested(outcome))

    def words(self, position: int, region: Region, words: str | None = None) -> str:
        """The label of a region of the first answer."""
        label = scored(region.label if words is None else words, region.score)
        return f"{label}, {FIRST_ONLY}" if position in self.contested else label

    def own_words(self, mark: SecondMark) -> str:
        """That of a region of the second one: none where both have the place."""
        return f"{scored(mark.region.label, mark.region.score)}, {SECOND_ONLY}" if mark.alone else ""


NO_SECOND = Second()
