"""Changes of a source: that one was noticed, or that somebody looked and the watch began anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NOTICED: Literal["noticed"] = "noticed"
BEGUN: Literal["begun"] = "begun"


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One record of the watch over a source.

    Args:
        source: folder that the studies come from.
        model: `id version` that answers them.
        cause: `noticed` by the program, or `begun` anew by a person.
        what: the number that is not what it was; empty where the watch begins anew.
        since: when the study was recorded at which it was noticed, UTC; None where the watch begins anew.
        after: number of the outcome after which the watch begins.
        at: when this was recorded, UTC.
        operator: who, or the program.
        reason: in the person's words.
        number: rises with every record; 0 before it is stored.
    """

    source: str
    model: str
    cause: Literal["noticed", "begun"]
    what: str
    since: datetime | None
    after: int
    at: datetime
    operator: str
    reason: str = ""
    number: int = 0


def standing_changes(changes: Iterable[SourceChange]) -> tuple[SourceChange, ...]:
    """What was noticed and not begun anew since, newest first; `changes` oldest first."""
    noticed: dict[tuple[str, str], list[SourceChange]] = {}
    for one in changes:
        if one.cause == BEGUN:
            noticed.pop((one.source, one.model), None)
        else:
            noticed.setdefault((one.source, one.model), []).append(one)
    return tuple(sorted((one for some in noticed.values() for one in some), key=lambda one: -one.number))
