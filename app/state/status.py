"""What a study's row says about it: a word, a shape and a colour, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.state.words import later
from engine.domain.outcome import Outcome, Status


class Stage(StrEnum):
    """How far a study of this session has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "not answered"


class Shape(StrEnum):
    """The outline drawn beside the word."""

    TRIANGLE = "triangle"
    RING = "ring"
    HALF = "half"
    DASHED = "dashed"
    BARRED = "barred"
    CROSS = "cross"
    DOTS = "dots"
    ARC = "arc"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class Sign:
    """How one state of a study looks.

    Args:
        word: as in the design: `flagged`, `nothing flagged`, `incomplete`, ...
        shape: drawn beside the word.
        colour: name of a colour of the palette.
    """

    word: str
    shape: Shape
    colour: str


_STAGES = {
    Stage.WAITING: Sign("waiting", Shape.DOTS, "waiting"),
    Stage.RUNNING: Sign("running", Shape.ARC, "running"),
    Stage.STOPPED: Sign("not answered", Shape.SQUARE, "waiting"),
}

WORDS = (
    *(later("waiting"), later("running"), later("not answered"), later("flagged"), later("nothing flagged")),
    *(later("incomplete"), later("out of domain"), later("refused"), later("failed")),
    *(
        later("incomplete, flagged"),
        later("out of domain, flagged"),
        later("refused, flagged"),
        later("failed, flagged"),
    ),
)
"""Every word that a sign may say."""

_OUTCOMES = {
    Status.INCOMPLETE: (Shape.HALF, "incomplete"),
    Status.OUT_OF_DOMAIN: (Shape.DASHED, "out_of_domain"),
    Status.REFUSED: (Shape.BARRED, "refused"),
    Status.FAILED: (Shape.CROSS, "failed"),
}


def sign_of(stage: Stage, outcome: Outcome | None) -> Sign:
    """The sign of a study; what was flagged shows in the word whatever the status."""
    if outcome is None or stage is not Stage.DONE:
        return _STAGES.get(stage, _STAGES[Stage.STOPPED])
    return sign_of_reading(outcome.status, flagged=bool(outcome.flagged))


def sign_of_reading(status: Status, *, flagged: bool) -> Sign:
    """The sign of an answer."""
    if status is Status.ANSWERED:
        return Sign("flagged", Shape.TRIANGLE, "flagged") if flagged else Sign("nothing flagged", Shape.RING, "clear")
    shape, colour = _OUTCOMES[status]
    word = status.value.replace("-", " ")
    return Sign(f"{word}, flagged" if flagged else word, shape, colour)
