"""Two answers to one study side by side: which places both have, and the words for those that only one has."""

from __future__ import annotations

from dataclasses import dataclass

from app.state.words import later
from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome
from engine.domain.region import Region

FIRST_ONLY = later("first answer only")
SECOND_ONLY = later("second answer only")
BOTH = later("both answers")

ASKED = {
    "model": later("another model"),
    "template": later("its template"),
    "flips": later("the mirror"),
}
"""Who gave a second opinion."""


@dataclass(frozen=True, slots=True)
class SecondMark:
    """A region of the second answer as it is shown.

    Args:
        region: boxes alone.
        alone: the first answer has nothing there.
    """

    region: Region
    alone: bool


def second_marks(outcome: Outcome | None) -> tuple[SecondMark, ...]:
    """What the second answer has flagged; nothing where there is none."""
    opinion = outcome.opinion if outcome is not None else None
    if opinion is None:
        return ()
    return tuple(SecondMark(region, place in opinion.alone) for place, region in enumerate(opinion.regions))


def contested(outcome: Outcome | None) -> frozenset[int]:
    """Positions of the answer's regions that the second one does not have."""
    opinion = outcome.opinion if outcome is not None else None
    return frozenset(opinion.missing) if opinion is not None else frozenset()


def summary(opinion: Opinion) -> str:
    """One line: who was asked, and whether the two agree."""
    asked = f"second opinion, {ASKED[opinion.by]}{f' ({opinion.name})' if opinion.name else ''}"
    if opinion.code:
        return f"{asked}: not in full, {opinion.code}"
    if not opinion.differs:
        return f"{asked}: agrees"
    return f"{asked}: {len(opinion.missing)} {FIRST_ONLY}, {len(opinion.alone)} {SECOND_ONLY}"
