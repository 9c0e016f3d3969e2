"""Measuring: which probe is in hand, and what those that were set say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.paint.probes import DrawnProbe
from app.state.probe import Probe, ProbeKind, read
from app.state.probes import Probes
from app.text import tr
from app.views.picture_view import PictureView
from app.views.probe_hand import ProbeHand
from app.wiring.parts import Does, Parts
from engine.domain.scan import Scan

OF_PICTURES = (*(f"probe_{kind.value}" for kind in ProbeKind), "probe_remove", "put_down")


class ProbingWiring(QObject):
    """Gives each view its probes.

    Args:
        parts: of the desktop.
        parent: of this object.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._session = parts.session
        self._pane, self._actions = parts.window.picture, parts.window.actions_
        self.probes = Probes()
        self.probes.changed.listen(lambda source: self._draw())  # noqa: ARG005 -- all views are drawn anew
        self._hands: dict[PictureView, ProbeHand] = {}
        for view in self._pane.views:
            hand = ProbeHand(view, partial(self._keep, view))
            view.tool = hand
            self._hands[view] = hand
            view.plane_shown.connect(lambda cut, view=view: self._draw_on(view))  # noqa: ARG005 -- the view knows its cut
        self._pane.picture_changed.connect(self._picture_changed)
        self._picture_changed()

    def does(self) -> Does:
        """What the commands of measuring do."""
        takes: Does = {f"probe_{kind.value}": partial(self._take, kind) for kind in ProbeKind}
        return takes | {"probe_remove": self._remove, "put_down": lambda: self._take(None)}

    def _take(self, kind: ProbeKind | None) -> None:
        for hand in self._hands.values():
            hand.take(kind)

    def _keep(self, view: PictureView, probe: Probe) -> None:
        self._take(None)
        if (source := self._source(view)) is not None:
            self.probes.add(source, probe)

    def _remove(self) -> None:
        view = self._pane.board.active
        if (source := self._source(view)) is not None:
            self.probes.remove_last(source, view.plane)

    def _source(self, view: PictureView) -> str | None:
        """The study that a view shows, if it is the one that is looked at."""
        row, main = self._session.row, self._pane.view
        if row is None or view.picture is None or main.picture is None or view.picture.scan is not main.picture.scan:
            return None
        return row.source

    def _picture_changed(self) -> None:
        self._take(None)
        for name in OF_PICTURES:
            self._actions[name].setEnabled(self._pane.view.picture is not None)
        self._pane.tools.show_enabled()
        self._draw()

    def _draw(self) -> None:
        for view in self._hands:
            self._draw_on(view)

    def _draw_on(self, view: PictureView) -> None:
        source, picture = self._source(view), view.picture
        if source is None or picture is None:
            self._hands[view].show_probes(())
            return
        probes = self.probes.on(source, view.plane)
        drawn = [DrawnProbe(probe, tuple(_worded(probe, picture.scan))) for probe in probes]
        self._hands[view].show_probes(tuple(drawn))


def _worded(probe: Probe, scan: Scan) -> list[str]:
    """A line a reading; a single one needs no name."""
    readings = read(probe, scan)
    if not readings:
        return []
    if len(readings) == 1 or probe.kind is ProbeKind.VALUE:
        return [", ".join(reading.words for reading in readings)]
    return [f"{tr(reading.name)} {reading.words}" for reading in readings]
