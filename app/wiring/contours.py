"""Contours: worked out beside the window when a study is looked at, drawn with its boxes or instead of them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.jobs.run import Job, Lane, run
from app.state.contours import Contours, contours_of
from app.state.preferences import OUTLINES, Preferences
from app.state.session import RowChanged
from app.wiring.parts import Does, Parts
from engine.domain.region import BoxPx, BoxVox
from engine.domain.scan import Scan

Wanted = tuple[Scan, tuple[BoxPx | BoxVox | None, ...]]
"""The pixels, and the boxes in them."""


class ContoursWiring(QObject):
    """Joins the wish for contours with the pictures.

    Args:
        parts: of the desktop.
        lane: where they are worked out.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._session, self._pane, self._lane = parts, parts.session, parts.window.picture, lane
        self._shown: Wanted | None = None
        self._job: Job[Contours] | None = None
        self._contours: Contours | None = None
        self._session.row_changed.listen(self._row_changed)
        self._pane.picture_changed.connect(self._look)
        parts.preferred.changed.listen(self._prefer)
        self._prefer(parts.preferred.now)

    def does(self) -> Does:
        """What the command does."""
        return {"outlines": self._next}

    def _next(self) -> None:
        now = self._parts.preferred.now.outlines
        self._parts.preferred.set(outlines=OUTLINES[(OUTLINES.index(now) + 1) % len(OUTLINES)])

    def _prefer(self, now: Preferences) -> None:
        self._pane.show_outlines(now.outlines)
        self._look()

    def _row_changed(self, changed: RowChanged) -> None:
        if changed.index == self._session.chosen:
            self._look()

    def _wanted(self) -> Wanted | None:
        """What contours are wanted of; a series that is still being read has none yet."""
        row, picture = self._session.row, self._pane.view.picture
        if self._parts.preferred.now.outlines == "box" or row is None or picture is None or picture.arrived is not None:
            return None
        boxes = tuple(region.box_px or region.box_vox for region in row.regions)
        return (picture.scan, boxes) if boxes else None

    def _look(self) -> None:
        """Has the contours of what is looked at worked out, where they are not there yet."""
        wanted, shown = self._wanted(), self._shown
        if wanted == shown:
            return
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if wanted is None or shown is None or wanted[0] is not shown[0]:
            self._show(None)  # of the same study those that are known stay meanwhile
        self._shown = wanted
        row = self._session.row
        if wanted is None or row is None:
            return
        scan, regions, before = wanted[0], row.regions, self._contours
        self._job = run(
            lambda task: contours_of(regions, scan, lambda: task.budget.check("contours"), before),
            on_done=lambda contours: self._found(wanted, contours),
            on_failed=lambda error: None if error.code == "BU-CANCELLED" else self._parts.on_fault(error),
            parent=self,
            lane=self._lane,
        )

    def _found(self, wanted: Wanted, contours: Contours) -> None:
        if wanted == self._shown:  # else another study came meanwhile
            self._show(contours)

    def _show(self, contours: Contours | None) -> None:
        self._contours = contours
        self._pane.show_contours(contours)
