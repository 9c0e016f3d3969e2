"""Where two answers to one study disagree: a sure region of one that has no counterpart in the other."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.region import Region


def unmatched(regions: Sequence[Region], others: Sequence[Region], *, by_label: bool) -> tuple[int, ...]:
    """Positions of the sure regions for which there is none among the others, sure or unsure.

    What one calls unsure is no claim that the other has to share. Boxes of different origin have different sizes, so
    two are of one place where the centre of either lies in the other.

    Args:
        regions: of one answer.
        others: of the other one.
        by_label: whether the two must be of one class; only where both answers know the same classes.
    """
    return tuple(
        position
        for position, region in enumerate(regions)
        if region.band == "sure"
        and not any((not by_label or other.label == region.label) and _one_place(region, other) for other in others)
    )


def _one_place(region: Region, other: Region) -> bool:
    return _holds_centre(region, other) or _holds_centre(other, region)


def _holds_centre(outer: Region, inner: Region) -> bool:
    low, high = _faces(outer)
    centre = [(a + b) / 2.0 for a, b in zip(*_faces(inner), strict=True)]
    return all(a <= middle < b for a, middle, b in zip(low, centre, high, strict=True))


def _faces(region: Region) -> tuple[Sequence[float], Sequence[float]]:
    box = region.box_vox or region.box_px
    if box is None:
        raise ValueError("a region has one of two boxes")
    half = len(box) // 2
    return box[:half], box[half:]
