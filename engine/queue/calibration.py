"""What makes nine of ten forecasts hold: the right rank among few draws, and learning from those that did not hold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

_MISS_ALLOWED = 0.08
"""A little less than a tenth: nine of ten are to hold within a day as well, not only in the long run."""

_STEP = 0.05
_NARROWEST, _WIDEST = 0.5, 8.0
"""Each forecast that did not hold widens the next by 4.6 %, each that did narrows them by 0.4 %."""


def upper_quantile(sorted_draws: Sequence[float], share: float) -> float | None:
    """What the next draw stays below with at least this probability, if it is one of the same kind; None of too few.

    Source:
        The rank ceil(share (n + 1)) of split conformal prediction: Lei et al., J. Am. Stat. Assoc. 113 (2018) 1094.
    """
    rank = math.ceil(share * (len(sorted_draws) + 1))
    return sorted_draws[rank - 1] if rank <= len(sorted_draws) else None


def steered(held: Iterable[bool | None]) -> float:
    """By how much to widen forecasts for nine of ten to hold in the long run, whatever happens.

    Args:
        held: whether each forecast held, oldest first; None where there was none.

    Source:
        The quantile tracker of Angelopoulos, Candes and Tibshirani, Conformal PID Control, NeurIPS 2023, on a
        logarithmic scale.
    """
    log_times = 0.0
    for one in held:
        if one is not None:
            log_times += _STEP * (-_MISS_ALLOWED if one else 1.0 - _MISS_ALLOWED)
            log_times = min(max(log_times, math.log(_NARROWEST)), math.log(_WIDEST))
    return math.exp(log_times)
