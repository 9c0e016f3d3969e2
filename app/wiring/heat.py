"""The heat map: fetched from the cache when it is asked for, laid over the pictures of its study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from app.paint.heat import Heat
from app.state.session import RowChanged
from app.wiring.parts import Does, Parts
from engine.domain.heat_map import HeatMap
from engine.domain.outcome import Outcome

if TYPE_CHECKING:
    from engine.store.database import Store


class HeatWiring(QObject):
    """Joins the command and the slider with the pictures.

    Args:
        parts: of the desktop.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._session, self._window = parts, parts.session, parts.window
        self._bar = parts.window.regions.heat
        self._outcome: Outcome | None = None
        self._heat: Heat | None = None
        self._bar.moved.connect(self._cover)
        self._session.study_chosen.listen(lambda index: self._show())  # noqa: ARG005 -- whichever it is
        self._session.row_changed.listen(self._row_changed)

    def does(self) -> Does:
        """What the command does."""
        return {"heat_map": self._show}

    @property
    def _wanted(self) -> bool:
        return self._window.actions_["heat_map"].isChecked()

    def _row_changed(self, changed: RowChanged) -> None:
        row = self._session[changed.index]
        if changed.index == self._session.chosen and row.outcome is not self._outcome:
            self._show()

    def _show(self) -> None:
        """Fetches the map of the study that is looked at, where it is wanted."""
        row = self._session.row
        self._outcome = None if row is None else row.outcome
        self._heat = None
        self._window.picture.show_heat(None)
        self._bar.setVisible(self._wanted and self._outcome is not None)
        self._bar.show_kept(kept=False)
        if not self._wanted or self._outcome is None:
            return
        outcome = self._outcome
        self._parts.records.ask(
            lambda store: _kept(store, outcome),
            on_done=lambda found: self._fetched(outcome, found),
            on_failed=self._parts.on_fault,
            parent=self,
        )

    def _fetched(self, outcome: Outcome, found: HeatMap | None) -> None:
        if outcome is not self._outcome or not self._wanted:
            return
        self._bar.show_kept(kept=found is not None)
        if found is not None:
            self._heat = Heat(found.values.astype(np.float32) / 255.0, self._bar.opacity)
            self._window.picture.show_heat(self._heat)

    def _cover(self, opacity: float) -> None:
        if self._heat is not None:
            self._heat = self._heat.at_opacity(opacity)
            self._window.picture.show_heat(self._heat)


def _kept(store: Store, outcome: Outcome) -> HeatMap | None:
    """In the lane: an outcome that repeats another one has that one's map."""
    from engine.store.heat_maps import heat_map_of  # noqa: PLC0415 -- start-up time: the window is shown first

    own = heat_map_of(store.home, outcome.arrival_id, outcome.attempt)
    if own is None and outcome.reused_from is not None:
        return heat_map_of(store.home, outcome.reused_from, 1)
    return own
