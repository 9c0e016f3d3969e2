"""A test that may be looked at after every study: has one model been seen to be better than the other?

Only a study that one of both answers better than the other tells them apart. Were they alike, each such study would
fall to either like a coin. The wealth of somebody who bets on one side, with all coins that favour it mixed evenly,
grows beyond 40 in fewer than one of forty comparisons, however often it is looked at: so much is enough.

Source:
    Ville, Étude critique de la notion de collectif (1939); Shafer, Testing by betting, J. R. Stat. Soc. A 184 (2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

_COINS = 0.5 + (np.arange(64) + 0.5) / 128.0
"""Chances of the coins that favour a side, from an even one to a certain one."""

ENOUGH = 40.0
"""Wealth from which on it is said: a wrong word, of either side, in at most one of twenty comparisons."""

Word = Literal["better", "worse", "not enough seen"]


@dataclass(frozen=True, slots=True)
class Sequential:
    """What was seen so far of one question.

    Args:
        name: the question.
        better: studies that the new one answers better.
        worse: studies that the old one answers better.
        wealth: of who bets on the new one, the most it ever was.
        wealth_against: of who bets on the old one.
    """

    name: str
    better: int
    worse: int
    wealth: float
    wealth_against: float

    @property
    def word(self) -> Word:
        """What may be said."""
        if self.wealth >= ENOUGH and self.wealth >= self.wealth_against:
            return "better"
        return "worse" if self.wealth_against >= ENOUGH else "not enough seen"

    @property
    def says(self) -> str:
        """The same with how far it is, for a person."""
        if self.word != "not enough seen":
            return self.word
        leads = self.wealth if self.better >= self.worse else self.wealth_against
        return f"not enough seen ({leads:.1f} of {ENOUGH:g})"


def sequential(name: str, falls: Sequence[bool]) -> Sequential:
    """Looks after each study.

    Args:
        name: the question.
        falls: of the studies that tell both apart, in their order, whether each falls to the new one.
    """
    won = np.array(falls, bool)
    return Sequential(name, int(won.sum()), int((~won).sum()), _most_wealth(won), _most_wealth(~won))


def _most_wealth(won: NDArray[np.bool_]) -> float:
    """The most that betting on one side ever came to; it starts with 1."""
    bets = np.where(won[:, None], np.log(2.0 * _COINS), np.log(2.0 * (1.0 - _COINS)))
    return float(np.exp(bets.cumsum(axis=0)).mean(axis=1).max(initial=1.0))
