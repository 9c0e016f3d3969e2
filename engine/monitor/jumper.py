"""A test that notices when a stream of numbers or words changes, and may be looked at after each of them for ever.

Each number gets its rank among all before it, as a share from 0 to 1. As long as nothing changes, every order of the
numbers is as likely as any other, and these shares are even and independent, whatever the numbers are. Bets are laid
on shares that are too low or too high; some of the stake jumps between the bets, so that a change is noticed after a
long time without one as well. The wealth exceeds 1 / a in at most a share a of all streams that never change.

A word is ranked by how often it was seen so far, itself included: that does not depend on their order either.

Source:
    Vovk, Petej, Nouretdinov, Ahlberg, Carlsson, Gammerman: Retrain or not retrain: conformal test martingales for
    change-point detection, arXiv 2102.10439, algorithm 1 (simple jumper).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

JUMP = 0.01
_BETS = (-2.0, -1.0, 0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Noticed:
    """What came of one stream.

    Args:
        numbers: how many were looked at.
        wealth: the most that the bets ever came to.
        at: index of the first number at which the wealth reached the limit; None where it never did.
    """

    numbers: int
    wealth: float
    at: int | None


def watch(numbers: Iterable[float], limit: float, *, seed: int = 0) -> Noticed:
    """Bets against a stream of numbers staying as it is.

    Args:
        numbers: oldest first.
        limit: wealth from which a change is said to be noticed.
        seed: of the draws that break ties.
    """
    return _bet(_ranks(numbers, Random(seed)), limit)


def watch_words(words: Iterable[str], limit: float, *, seed: int = 0) -> Noticed:
    """The same of words: a new one is a change only where it keeps being used."""
    return _bet(_word_ranks(words, Random(seed)), limit)


def _bet(ranks: Iterable[float], limit: float) -> Noticed:
    stakes = [1.0 / len(_BETS)] * len(_BETS)
    most, at, seen = 1.0, None, 0
    for index, rank in enumerate(ranks):
        jumps = JUMP * sum(stakes) / len(_BETS)
        stakes = [
            ((1.0 - JUMP) * stake + jumps) * (1.0 + bet * (rank - 0.5))
            for stake, bet in zip(stakes, _BETS, strict=True)
        ]
        wealth = sum(stakes)
        if at is None and wealth >= limit:
            at = index
        most, seen = max(most, wealth), index + 1
    return Noticed(seen, most, at)


def _ranks(numbers: Iterable[float], draw: Random) -> Iterator[float]:
    """`draw` breaks ties; nothing is kept secret by it."""
    seen: list[float] = []
    for number in numbers:
        insort(seen, number)
        below, equal = bisect_left(seen, number), bisect_right(seen, number) - bisect_left(seen, number)
        yield (below + draw.random() * equal) / len(seen)


def _word_ranks(words: Iterable[str], draw: Random) -> Iterator[float]:
    counts: Counter[str] = Counter()
    for word in words:
        counts[word] += 1
        often = counts[word]
        below, equal = (
            sum(some for some in counts.values() if wanted(some, often)) for wanted in (int.__lt__, int.__eq__)
        )
        yield (below + draw.random() * equal) / counts.total()
