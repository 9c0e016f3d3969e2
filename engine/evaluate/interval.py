"""How sure a figure is: resampling whole groups, and exact limits for a share."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray


class Grouped(Protocol):
    """What belongs to a group: an image matched for one label, or for all."""

    @property
    def group(self) -> str:
        """What is drawn together."""


Item = TypeVar("Item", bound=Grouped)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its limits at `level` confidence."""

    value: float
    low: float
    high: float
    level: float = 0.95


def by_group(
    images: Sequence[Item],
    figure: Callable[[Sequence[Item]], float],
    *,
    seed: int,
    rounds: int = 2000,
    level: float = 0.95,
) -> Interval:
    """Percentile bootstrap over groups: images of one position are alike, so whole positions are drawn.

    With few groups the interval is rough (four groups give 35 different draws) and usually too narrow.

    Args:
        figure: computes the figure from matched images; draws in which it is NaN are left out.
        seed: of the draws.
    """
    groups: dict[str, list[Item]] = {}
    for image in images:
        groups.setdefault(image.group, []).append(image)
    names = list(groups)
    draw = np.random.default_rng(seed)
    seen: dict[tuple[int, ...], float] = {}
    values = []
    for _ in range(rounds):
        chosen = tuple(np.sort(draw.integers(len(names), size=len(names))).tolist())
        if chosen not in seen:
            seen[chosen] = figure([image for index in chosen for image in groups[names[index]]])
        values.append(seen[chosen])
    sound = [value for value in values if not math.isnan(value)]
    if not sound:
        return Interval(figure(images), float("nan"), float("nan"), level)
    low, high = np.quantile(sound, [(1 - level) / 2, (1 + level) / 2])
    return Interval(figure(images), float(low), float(high), level)


def ratio_by_group(
    groups: Sequence[str],
    above: Sequence[int],
    below: Sequence[int],
    *,
    seed: int,
    rounds: int = 2000,
    level: float = 0.95,
) -> Interval:
    """What `by_group` gives of a figure that is a ratio of two sums over the images, worked out for all draws at once.

    Args:
        groups: of each image.
        above: what each image adds to the upper sum.
        below: and to the lower one; draws in which that is 0 are left out.
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    of = np.array([names[group] for group in groups], np.intp)
    sums = [np.bincount(of, weights=np.asarray(counts, float), minlength=len(names)) for counts in (above, below)]
    value = float(sums[0].sum() / sums[1].sum()) if sums[1].sum() else float("nan")
    if not names:
        return Interval(value, float("nan"), float("nan"), level)
    draw = np.random.default_rng(seed)
    drawn = np.array([draw.integers(len(names), size=len(names)) for _ in range(rounds)])
    upper, lower = (counts[drawn].sum(axis=1) for counts in sums)
    sound = upper[lower > 0] / lower[lower > 0]
    if not len(sound):
        return Interval(value, float("nan"), float("nan"), level)
    low, high = np.quantile(sound, [(1 - level) / 2, (1 + level) / 2])
    return Interval(value, float(low), float(high), level)


def drawn_images(groups: Sequence[str], *, seed: int, rounds: int) -> Iterator[NDArray[np.float64]]:
    """How often each image is drawn, draw by draw, as `by_group` draws.

    Args:
        groups: of each image, at least one.
    """
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    of = np.array([names[group] for group in groups], np.intp)
    draw = np.random.default_rng(seed)
    for _ in range(rounds):
        chosen = draw.integers(len(names), size=len(names))
        yield np.bincount(chosen, minlength=len(names)).astype(float)[of]


def exact_share(marked: int, of: int, level: float = 0.95) -> Interval:
    """A share with its exact two-sided limits; no mark among 18 still allows 0.185.

    Source: Clopper and Pearson, Biometrika 26 (1934), 404-413.
    """
    if not 0 <= marked <= of:
        raise ValueError(f"{marked} of {of} is no share")
    if of == 0:
        return Interval(float("nan"), 0.0, 1.0, level)
    tail = (1 - level) / 2
    low = 0.0 if marked == 0 else _root(lambda share: _at_least(marked, of, share) - tail)
    high = 1.0 if marked == of else _root(lambda share: tail - (1 - _at_least(marked + 1, of, share)))
    return Interval(marked / of, low, high, level)


def exact_rate(count: int, of: int, level: float = 0.95) -> Interval:
    """Events for each of some images with exact limits; none in 24 still allows 0.154 an image.

    Args:
        count: events, which come independently.
        of: images, at least one.

    Source: Garwood, Biometrika 28 (1936), 437-442.
    """
    tail, most = (1 - level) / 2, count + 12.0 * math.sqrt(count + 1.0)
    low = 0.0 if count == 0 else _root(lambda part: (1 - _at_most(count - 1, part * most)) - tail) * most
    high = _root(lambda part: tail - _at_most(count, part * most)) * most
    return Interval(count / of, low / of, high / of, level)


def upper_limit(marked: int, of: int, level: float = 0.95) -> float:
    """The exact one-sided upper limit of a share; no mark among 18 allows 0.153."""
    return 1.0 if marked >= of else _root(lambda share: (1 - level) - (1 - _at_least(marked + 1, of, share)))


def _at_least(marked: int, of: int, share: float) -> float:
    """Chance of `marked` or more among `of`."""
    if not 0.0 < share < 1.0:
        return float(share >= 1.0 or marked <= 0)
    # By logarithms: of some thousand the number of ways is beyond what a float holds.
    sure, unsure, ways = math.log(share), math.log1p(-share), math.lgamma(of + 1)
    return math.fsum(
        math.exp(ways - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * sure + (of - k) * unsure)
        for k in range(marked, of + 1)
    )


def _at_most(count: int, mean: float) -> float:
    """Chance of so many events or fewer where `mean` are expected."""
    if mean <= 0.0:
        return 1.0
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


def _root(rising: Callable[[float], float]) -> float:
    """Where a rising function of a share crosses zero, by halving."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
