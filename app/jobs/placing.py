"""Gives drawn boxes their place in the patient and in the stored images, before they are recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.domain.region import BoxPx, BoxVox
from engine.domain.review import Mark, Review
from engine.domain.scan import Scan

if TYPE_CHECKING:
    from engine.domain.study import Study

Drawn = tuple[str, str, BoxPx | BoxVox]
"""Source, label and box."""


class Placing:
    """Remembers what it has placed: a decision that is made again needs no pixels to be at hand. In one lane only."""

    def __init__(self) -> None:
        self._placed: dict[Drawn, Mark] = {}

    def completed(self, source: str, review: Review, scan: Scan | None, study: Study | None) -> Review:
        """The review with every box placed as far as the scan and the study are known.

        Args:
            source: of the study.
            review: what was decided.
            scan: the pixels that the boxes were drawn on.
            study: whose images they are.
        """
        regions = [
            decided if decided.mark is None else replace(decided, mark=self._place(source, decided.mark, scan, study))
            for decided in review.regions
        ]
        return replace(review, regions=tuple(regions))

    def _place(self, source: str, mark: Mark, scan: Scan | None, study: Study | None) -> Mark:
        box = mark.box_px or mark.box_vox
        if box is None or mark.instances or mark.center_mm is not None:
            return mark
        key = (source, mark.label, box)
        if key not in self._placed and scan is not None and study is not None:
            from engine.detect.place import place_mark  # noqa: PLC0415 -- start-up time: the window is shown first

            self._placed[key] = place_mark(mark.label, box, scan, study)
        return self._placed.get(key, mark)
