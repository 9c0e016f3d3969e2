"""A claim in hand: what a process has taken upon itself to answer, and how far the work on it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from engine.attempt import Attempt
from engine.domain.arrival import Arrival
from engine.domain.request import Request
from engine.intake.find import Found
from engine.stopwatch import Stage


class Claim(Protocol):
    """A study that this process has taken upon itself to answer."""

    @property
    def arrival(self) -> Arrival:
        """What is to be answered."""

    @property
    def found(self) -> Found:
        """Its files."""

    @property
    def request(self) -> Request:
        """What is wanted of the answer."""

    @property
    def attempt(self) -> int:
        """1 for the first try. A later one is answered alone: what killed its process before kills no others."""


C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, slots=True)
class AtWork:
    """How far the work on a study is.

    Args:
        arrival_id: the study's.
        attempt: 1 for the first try.
        stage: which it is at.
        share: of the scan that was looked at, 0..1.
    """

    arrival_id: str
    attempt: int
    stage: Stage
    share: float


@dataclass(slots=True, eq=False)
class InHand(Generic[C]):
    """A claim that is being worked on.

    Args:
        claim: the claim.
        attempt: begun.
        number: rises with every claim.
        unlooked: it is being read, or waits to be looked at.
        cancelled: a person does not want it any more.
        put_aside: it gives way to a more urgent study, and is given back.
        anew: it is looked at once more, with less, since another is urgent too.
        looked_at_since_s: of the bench's clock, once it is looked at.
    """

    claim: C
    attempt: Attempt
    number: int
    unlooked: bool = True
    cancelled: bool = False
    put_aside: bool = False
    anew: bool = False
    looked_at_since_s: float = 0.0

    @property
    def urgency(self) -> tuple[int, int]:
        """Lowest first: urgent studies, then those claimed earlier."""
        return (self.claim.arrival.priority, self.number)

    @property
    def held_bytes(self) -> int:
        """Of its pixels, while they are held."""
        scan = self.attempt.scan
        return 0 if scan is None else scan.pixels.nbytes
