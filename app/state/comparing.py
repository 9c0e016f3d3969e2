"""How two studies side by side are linked: which slice stands beside which, and which part of the picture. Plain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.state.cut import Cut
from app.state.geometry import View
from app.state.plane import Plane
from engine.domain.scan import Scan


@dataclass(frozen=True, slots=True)
class Link:
    """Where both studies stood when they were linked; they go on from there by the same millimetres.

    Args:
        left: the index of the first.
        right: the index of the second.
        ratio: slices of the second for one of the first, below zero where they run against each other.
    """

    left: int
    right: int
    ratio: float = 1.0

    def right_of(self, left: int) -> int:
        """The index of the second that stands beside one of the first."""
        return self.right + round((left - self.left) * self.ratio)

    def left_of(self, right: int) -> int:
        """The index of the first that stands beside one of the second."""
        return self.left + round((right - self.right) / self.ratio)


def linked(left: Plane, right: Plane, *, same_place: bool) -> Link:
    """Links two planes: at the same place where the studies share their coordinates, else where both stand now; by
    their share of the slices where the file of one does not say how far apart they are.

    Args:
        left: of the first study.
        right: of the second.
        same_place: both lie in the same frame of reference.
    """
    here, there = left.grid.position_mm(left.axis, left.index), right.grid.position_mm(right.axis, right.index)
    if left.step_mm is None or right.step_mm is None or here is None or there is None or here[0] != there[0]:
        return Link(left.index, right.index, max(right.count - 1, 1) / max(left.count - 1, 1))
    ratio = left.step_mm / right.step_mm * _sign(left) * _sign(right)
    if not same_place:
        return Link(left.index, right.index, ratio)
    away_mm = here[1] - there[1]
    return Link(left.index, right.index + round(away_mm / right.step_mm * _sign(right)), ratio)


def beside(view: View, other: View, left_mm: float | None, right_mm: float | None) -> View:
    """The other view, showing the same part as large.

    Args:
        view: of the picture that was moved.
        other: of the picture that follows.
        left_mm: width of a pixel of the first; None where it is not known.
        right_mm: of the second.
    """
    known = left_mm is not None and right_mm is not None
    times = right_mm / left_mm if known and left_mm and right_mm else view.image_px[0] / other.image_px[0]
    share = (view.center[0] / view.image_px[0], view.center[1] / view.image_px[1])
    center = share[0] * other.image_px[0], share[1] * other.image_px[1]
    if view.fitted:
        return View.fit(other.image_px, other.screen_px, other.aspect, view.turn)
    return replace(other, center=center, scale=view.scale * times, fitted=False, turn=view.turn)


def same_frame(one: Scan, other: Scan) -> bool:
    """Whether places in both can be compared."""
    if one.exam is None or other.exam is None:
        return False
    return bool(one.exam.frame_of_reference_uid) and (
        one.exam.frame_of_reference_uid == other.exam.frame_of_reference_uid
    )


def same_patient(one: Scan, other: Scan) -> bool | None:
    """Whether both files name the same patient; None where one of them names none."""
    first, second = (None if scan.exam is None else scan.exam.patient for scan in (one, other))
    if first is None or second is None or not first.id or not second.id:
        return None
    return (first.id, first.birth_date) == (second.id, second.birth_date)


def exam_day(scan: Scan) -> date | None:
    """When a scan was made."""
    return None if scan.exam is None else scan.exam.study_date


def why_no_difference(one: Scan, other: Scan) -> str:
    """Why two pictures cannot be subtracted: `shape` or `volume`; empty where they can."""
    if len(one.shape) != 2 or len(other.shape) != 2:
        return "volume"
    return "" if one.pixels.shape == other.pixels.shape else "shape"


def plane_of(cut: Cut | None) -> Plane | None:
    """A cut along the grid; None of an oblique one, which is linked to nothing."""
    return cut if isinstance(cut, Plane) else None


def _sign(plane: Plane) -> int:
    """Whether the place rises with the index."""
    first, last = plane.grid.position_mm(plane.axis, 0), plane.grid.position_mm(plane.axis, 1)
    return -1 if first is not None and last is not None and last[1] < first[1] else 1
