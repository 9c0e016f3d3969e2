"""Finds a command by a few letters of its title, best match first."""

from __future__ import annotations

from collections.abc import Iterable


def matching(typed: str, titles: Iterable[tuple[str, str]]) -> list[str]:
    """The names whose titles hold the letters typed, in their order; those where they stand closer together first.

    Args:
        typed: any case; spaces do not count.
        titles: (name, title) of all there are, in the order that holds where nothing is typed.
    """
    wanted = "".join(typed.casefold().split())
    ranked = []
    for place, (name, title) in enumerate(titles):
        cost = _cost(wanted, title.casefold())
        if cost is not None:
            ranked.append((cost, place, name))
    return [name for _, _, name in sorted(ranked)]


def _cost(wanted: str, title: str) -> float | None:
    """Lower is better: letters at the beginnings of words, and next to one another; None where one is missing."""
    if not wanted:
        return 0.0
    costs = [cost for start in range(len(title)) if (cost := _cost_from(start, wanted, title)) is not None]
    return min(costs, default=None)


def _cost_from(start: int, wanted: str, title: str) -> float | None:
    if title[start] != wanted[0]:
        return None
    cost, at = (0.0 if start == 0 else 1.0 if title[start - 1] == " " else 2.0), start
    for letter in wanted[1:]:
        found = title.find(letter, at + 1)
        if found < 0:
            return None
        if found > at + 1:
            cost += 1.0 if title[found - 1] == " " else 3.0
        at = found
    return cost
