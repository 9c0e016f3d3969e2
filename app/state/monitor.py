"""The figures of the monitor, worked out of the newest answers: by day, by model and by source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.store.tally import Measured


class By(StrEnum):
    """What the figures are parted by."""

    DAY = "day"
    MODEL = "model"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a group of answers came to.

    Args:
        group: day, model or folder.
        answers: how many.
        flagged_share: of the answers in which something was looked at, the share with a region; None without any.
        confirmed_share: of the regions that people judged, the share that they confirmed; None without any.
        median_s: of the time from start to end of the work.
        late_s: the 95th percentile of that.
        kept_share: of those with a budget or a deadline, the share that kept it; None without any.
        not_answered: refused, failed, incomplete and out of domain.
    """

    group: str
    answers: int
    flagged_share: float | None
    confirmed_share: float | None
    median_s: float
    late_s: float
    kept_share: float | None
    not_answered: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why studies got no full answer.

    Args:
        code: the error's.
        count: how often among the newest answers.
        newest: of them, the path.
    """

    code: str
    count: int
    newest: str


def figures_of(measured: Sequence[Measured], by: By, zone: tzinfo | None = None) -> tuple[Figures, ...]:
    """The figures of each group, the group of the newest answer first.

    Args:
        measured: newest first.
        by: what they are parted by.
        zone: in which days begin; None takes that of the machine.
    """
    group_of: Callable[[Measured], str] = {
        By.DAY: lambda one: f"{one.recorded_at.astimezone(zone):%Y-%m-%d}",
        By.MODEL: lambda one: one.model,
        By.SOURCE: lambda one: str(PurePath(one.source).parent),
    }[by]
    groups: defaultdict[str, list[Measured]] = defaultdict(list)
    for one in measured:
        groups[group_of(one)].append(one)
    return tuple(_figures(group, members) for group, members in groups.items())


def reasons_of(measured: Iterable[Measured]) -> tuple[Reason, ...]:
    """Why studies got no full answer, the commonest reason first."""
    counts: Counter[str] = Counter()
    newest: dict[str, str] = {}
    for one in measured:
        if one.code:
            counts[one.code] += 1
            newest.setdefault(one.code, one.source)
    return tuple(Reason(code, count, newest[code]) for code, count in counts.most_common())


def _figures(group: str, members: Sequence[Measured]) -> Figures:
    looked_at = [one for one in members if one.flagged is not None]
    took_s = sorted(one.took_s for one in members)
    confirmed, rejected = (sum(values) for values in zip(*((m.confirmed, m.rejected) for m in members), strict=True))
    kept = [_is_kept(one) for one in members if one.budget_s is not None or one.late_s is not None]
    return Figures(
        group=group,
        answers=len(members),
        flagged_share=_share(sum(bool(one.flagged) for one in looked_at), len(looked_at)),
        confirmed_share=_share(confirmed, confirmed + rejected),
        median_s=_rank(took_s, 0.5),
        late_s=_rank(took_s, 0.95),
        kept_share=_share(sum(kept), len(kept)),
        not_answered=sum(bool(one.code) for one in members),
    )


def _is_kept(one: Measured) -> bool:
    """A deadline counts where there is one: it is what was promised."""
    if one.late_s is not None:
        return one.late_s <= 0.0
    return one.took_s <= (one.budget_s or 0.0)


def _share(some: int, of: int) -> float | None:
    return some / of if of else None


def _rank(ordered: Sequence[float], share: float) -> float:
    """The smallest value that this share of all does not exceed."""
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]
