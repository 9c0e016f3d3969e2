"""Whether the slices of a DICOM series that have come are all of it; no end of an association says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import InputError
from engine.intake.complete import Tally, missing_of
from engine.intake.dicom.slice_header import SliceHeader
from engine.intake.series import depths_mm, places, studies_of
from engine.intake.steps import check_gaps
from engine.queue.watch.followed import Followed
from engine.queue.watch.rule import FolderRule


@dataclass(slots=True)
class Series:
    """The slices of one series that wait for the others.

    Args:
        came: those that were not taken yet, by path.
        earlier: those that were taken before as part of less, and are still there.
        since_s: when the last of them came, by the steady clock.
    """

    came: dict[Path, Followed] = field(default_factory=dict)
    earlier: tuple[SliceHeader, ...] = ()
    since_s: float = 0.0
    _lacks: bool | None = field(default=None, init=False)
    _judged: bool = field(default=False, init=False)

    def add(self, followed: Followed, now_s: float) -> None:
        self.came[followed.path] = followed
        self.since_s, self._judged = now_s, False

    def drop(self, path: Path) -> None:
        if self.came.pop(path, None):
            self._judged = False

    @property
    def files(self) -> list[Path]:
        """All of its files that are there."""
        return [*self.came, *(header.entry.path for header in self.earlier if header.entry.path not in self.came)]

    def may_go(self, rule: FolderRule, now_s: float, *, others_come: bool) -> bool:
        """Whether it is to be answered now.

        Args:
            rule: how long what is missing is waited for.
            now_s: the steady clock.
            others_come: beside its slices lie files that are not whole yet, and may be slices of it.
        """
        quiet_s = now_s - self.since_s
        if quiet_s >= rule.wait_s or (rule.completion == "marker" and "*" not in rule.marker):
            return True
        if others_come or quiet_s < rule.settle_s:
            return False
        lacks = self._judge()
        return lacks is False or (lacks is None and quiet_s >= rule.series_quiet_s)

    def _judge(self) -> bool | None:
        if not self._judged:
            headers = [followed.header for followed in self.came.values() if followed.header]
            known = (header for header in self.earlier if header.entry.path not in self.came)
            self._lacks, self._judged = lacks_slices([*headers, *known]), True
        return self._lacks


def lacks_slices(headers: Sequence[SliceHeader]) -> bool | None:
    """Whether slices are known to be missing of one series; None where it may be whole, but nothing counts it.

    Only the count of the whole series (0020,1209) says that it is all there: counts of an acquisition say nothing of
    the acquisitions that are still to come.
    """
    tally = Tally.of(headers)
    studies = studies_of(headers)
    if any(missing_of(slices, tally) or _has_gap(slices) for slices in studies):
        return True
    return False if tally.related and tally.images >= tally.related else None


def _has_gap(slices: Iterable[SliceHeader]) -> bool:
    one_each = [place[0] for place in places(tuple(slices))]
    if len(one_each) < 2:
        return False
    try:
        check_gaps(one_each, depths_mm(one_each), "the series")
    except InputError:
        return True
    return False
