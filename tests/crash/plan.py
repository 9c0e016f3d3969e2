"""What happens in one round: which files come when, who is killed when, when the disk is full.

All of it follows from the run's seed and the round's number, so that a round can be played again.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

SPAN_S = 4.0
"""Within it files come and blows fall: longer than a start takes and than a round's files need."""

_FOLDERS = 2
_FULL_SHARE = 0.25
_SECOND_BLOW_SHARE = 0.3
_BY_HAND_SHARE = 0.3


class Victim(StrEnum):
    """Who is killed."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    WATCHER = "watcher"  # one that does not supervise
    EVERYONE = "everyone"  # as a power cut does


class Manner(StrEnum):
    """How a file comes into its folder."""

    AT_ONCE = "at once"
    SLOWLY = "slowly"  # written in parts, at its own name
    RENAMED = "renamed"  # written elsewhere on the same disk, then moved in


@dataclass(frozen=True, slots=True)
class Drop:
    """A file that comes.

    Args:
        at_s: after the round's begin.
        name: of the file; decides what is in it.
        folder: number of the watched folder.
        manner: how it comes.
    """

    at_s: float
    name: str
    folder: int
    manner: Manner


@dataclass(frozen=True, slots=True)
class Blow:
    """Somebody is killed; what is dead is started again after a while.

    Args:
        at_s: after the round's begin.
        victim: who.
        again_s: after the round's begin.
    """

    at_s: float
    victim: Victim
    again_s: float


@dataclass(frozen=True, slots=True)
class ByHand:
    """A person answers files with `fovea run`, beside the watchers.

    Args:
        at_s: after the round's begin.
        names: of the files.
    """

    at_s: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One round.

    Args:
        number: of the round in its run.
        is_fresh: everything is stopped before it, and started with it.
        drops: the files, the first first.
        blows: the kills, the first first.
        full_s: from when until when the home's disk is full, after the round's begin; None where it is not.
        by_hand: what a person does meanwhile; None for nothing.
    """

    number: int
    is_fresh: bool
    drops: tuple[Drop, ...]
    blows: tuple[Blow, ...]
    full_s: tuple[float, float] | None
    by_hand: ByHand | None

    def __str__(self) -> str:
        blows = ", ".join(f"{blow.victim} at {blow.at_s:.2f} s" for blow in self.blows)
        full = f", disk full {self.full_s[0]:.2f}-{self.full_s[1]:.2f} s" if self.full_s else ""
        begin = "a fresh start" if self.is_fresh else "all running"
        by_hand = f", {len(self.by_hand.names)} by hand at {self.by_hand.at_s:.2f} s" if self.by_hand else ""
        return f"round {self.number}: {len(self.drops)} files, {begin}, kills {blows}{full}{by_hand}"


def plan(seed: int, number: int) -> Round:
    """The round of that number."""
    chance = random.Random(f"{seed} {number}")
    drops = [
        Drop(
            at_s=chance.choice((0.0, chance.uniform(0.0, SPAN_S))),
            name=f"{number:04d}-{place:02d}.png",
            folder=chance.randrange(_FOLDERS),
            manner=chance.choice(list(Manner)),
        )
        for place in range(chance.randrange(4, 17))
    ]
    full_s = _full(chance) if chance.random() < _FULL_SHARE else None
    return Round(
        number=number,
        is_fresh=chance.random() < 0.5,
        drops=tuple(sorted(drops, key=lambda drop: drop.at_s)),
        blows=_blows(chance, most=1 if full_s else 2),
        full_s=full_s,
        by_hand=_by_hand(number, chance) if chance.random() < _BY_HAND_SHARE else None,
    )


def _blows(chance: random.Random, most: int) -> tuple[Blow, ...]:
    # A study that kills its worker twice is set aside, and it cannot be told from one that met two of our kills: in
    # one round the worker is killed once at most. A full disk may itself cost an attempt, by work that could not be
    # given back; then there is one blow.
    victims = [chance.choice(list(Victim))]
    if most > 1 and chance.random() < _SECOND_BLOW_SHARE:
        victims.append(chance.choice((Victim.SUPERVISOR, Victim.WATCHER)))
    chance.shuffle(victims)
    moments_s = sorted(chance.uniform(0.0, SPAN_S) for _ in victims)
    return tuple(
        Blow(at_s, victim, at_s + chance.uniform(0.0, 1.0)) for at_s, victim in zip(moments_s, victims, strict=True)
    )


def _by_hand(number: int, chance: random.Random) -> ByHand:
    names = tuple(f"{number:04d}-by-hand-{place}.png" for place in range(chance.randrange(2, 7)))
    return ByHand(chance.choice((0.0, chance.uniform(0.0, SPAN_S))), names)


def _full(chance: random.Random) -> tuple[float, float]:
    begins_s = chance.uniform(0.0, SPAN_S)
    return begins_s, begins_s + chance.uniform(0.5, 3.0)
