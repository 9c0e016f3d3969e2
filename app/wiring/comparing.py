"""Two studies side by side: which one is beside, how both are linked, flicker and difference."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.jobs.earlier import Earlier
from app.jobs.pictures import Pictures
from app.jobs.run import Job, Lane, run
from app.paint.difference import difference
from app.paint.picture import Picture
from app.sentences.told import line_of
from app.state.arrangement import Arrangement
from app.state.comparing import exam_day, plane_of, same_frame, same_patient, why_no_difference
from app.state.plane import Plane, three_planes
from app.state.session import Look, Trouble
from app.text import tr
from app.wiring.companions import Companions
from app.wiring.following import Following
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

FLICKER_MS = 450


class ComparingWiring(QObject):
    """Keeps the second view beside the first.

    Args:
        parts: of the desktop.
        pictures: fetches the other study's picture.
        lane: where differences are worked out.
        parent: of this object.
    """

    def __init__(self, parts: Parts, pictures: Pictures, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._pictures, self._lane = parts.session, pictures, lane
        self._pane, self._actions = parts.window.picture, parts.window.actions_
        self._bar = self._pane.compare_bar
        self._first, self._second = self._pane.views[:2]
        self._picture: Picture | None = None
        self._following = Following(self._first, self._second)
        self._job: Job[Picture] | None = None
        self._flicker = QTimer(self)
        self._flicker.setInterval(FLICKER_MS)
        self._flicker.timeout.connect(self._swap)
        self._earlier = Earlier(parts.lookups, parts.answering, self)
        self._companions = Companions(parts.session, self._earlier)
        self._earlier.known.connect(self._earlier_known)
        pictures.fetched.connect(self._fetched)
        pictures.missed.connect(self._missed)
        self._bar.chosen.connect(self._choose)
        self._pane.picture_changed.connect(self._picture_changed)
        self._pane.board.arranged.connect(self._arranged)
        self._session.rows_added.listen(lambda added: self._allow())  # noqa: ARG005 -- all rows are counted anew
        self._allow()

    def does(self) -> Does:
        """What the commands of comparing do."""
        return {"compare": self._toggle, "flicker": self._toggle_flicker, "difference": self._toggle_difference}

    @property
    def _on(self) -> bool:
        return self._pane.board.arrangement is Arrangement.TWO

    def _toggle(self) -> None:
        if self._on:
            self._pane.board.arrange(Arrangement.ONE)
        else:
            self._begin()

    def _begin(self) -> None:
        if self._actions["three_planes"].isChecked():
            self._actions["three_planes"].trigger()
        self._pane.board.arrange(Arrangement.TWO)
        self._bar.show()
        self._compare_with(self._companions.wanted())

    def _arranged(self, arrangement: Arrangement) -> None:
        """Whoever arranges the views otherwise ends the comparison."""
        if arrangement is Arrangement.TWO:
            return
        self._stop_looks()
        self._following.end()
        self._picture = None
        self._show_beside(None, Look())
        self._first.note = self._second.note = ""
        self._first.update()
        self._bar.hide()
        self._allow()

    def _picture_changed(self) -> None:
        """Another study on the left, or its picture has come; what was chosen for it by hand stays on the right."""
        self._companions.look(self._first.picture)
        if self._on:
            self._compare_with(self._companions.wanted())
        self._allow()

    def _earlier_known(self, source: str) -> None:
        """The record knows other studies of this patient: one of them comes by itself, unless a person chose."""
        companions = self._companions
        if source != companions.looked_at:
            return
        if self._on and not companions.by_hand and (wanted := companions.wanted()) != companions.beside:
            self._compare_with(wanted)
        elif self._on:
            self._show_choices()
        self._allow()

    def _choose(self, source: str) -> None:
        self._companions.by_hand = True
        self._compare_with(source)

    def _compare_with(self, source: str) -> None:
        self._stop_looks()
        self._companions.beside, self._picture = source, None
        self._show_beside(None, Look())
        self._show_choices()
        if source:
            self._bar.say(tr("Reading..."))
            self._read(source)
        else:
            self._bar.say(tr("Open another study to compare with."))
        self._allow()

    def _read(self, source: str) -> None:
        """Has its picture read; one that only the record knows is listed first."""
        study = self._companions.to_list(source)
        if study is None:
            self._pictures.fetch(source)
            return

        def there() -> None:
            if self._on and self._companions.beside == source:
                self._pictures.fetch(source)

        self._earlier.bring(study, on_there=there, on_missing=lambda trouble: self._missed(source, trouble))

    def _show_choices(self) -> None:
        companions = self._companions
        self._bar.show_choices([(each, companions.named(each)) for each in companions.others()], companions.beside)

    def _fetched(self, source: str, picture: Picture) -> None:
        if not self._on or source != self._companions.beside:
            return
        self._picture = picture
        self._companions.learn(source, picture)
        self._first.note, self._second.note = tr("This study"), tr("Compared")
        self._show(picture)
        self._show_choices()
        self._bar.say(self._words(picture))
        self._allow()

    def _missed(self, source: str, trouble: Trouble) -> None:
        if self._on and source == self._companions.beside:
            self._bar.say(line_of(trouble))

    def _show(self, picture: Picture) -> None:
        """The other study, at the place and in the window of the first."""
        first = self._first
        cut = _alike(picture, plane_of(first.plane))
        self._show_beside(picture if cut is None else picture.on(cut), Look())
        if first.picture is None or first.window_level is None:
            return
        if first.picture.scan.modality == picture.scan.modality:
            self._second.show_window(first.window_level)
        self._following.begin()

    def _show_beside(self, picture: Picture | None, look: Look) -> None:
        """Whatever is shown in the second view: what was found in the first study lies over that one alone."""
        self._second.show_picture(picture, look)
        self._pane.share_out()

    def _words(self, picture: Picture) -> str:
        """Whose picture stands beside, and what links both."""
        first = self._first.picture
        if first is None:
            return ""
        same = same_patient(first.scan, picture.scan)
        said = [] if same is None else [tr("Same patient") if same else tr("▲ Another patient")]
        if (day := exam_day(picture.scan)) is not None:
            said.append(day.isoformat())
        if self._following.links_slices:
            said.append(tr("same place") if same_frame(first.scan, picture.scan) else tr("linked slices"))
        return "  ·  ".join(said)

    def _toggle_flicker(self) -> None:
        if self._flicker.isActive():
            self._stop_looks()
            self._again()
        elif self._on and self._picture is not None:
            self._stop_looks()
            self._following.pause()
            self._flicker.start()
        self._actions["flicker"].setChecked(self._flicker.isActive())

    def _swap(self) -> None:
        """The second view shows the first study and the other in turn, at the same place."""
        first, other = self._first.picture, self._picture
        if first is None or other is None or self._second.picture is None:
            self._stop_looks()
            return
        own = self._second.picture.scan is not first.scan
        shown = first if own else other
        look = Look(self._second.view, self._first.window_level)
        if not own and isinstance(self._first.plane, Plane):
            there = _alike(other, self._first.plane)
            index = self._following.partner_index(self._first.plane.index)
            shown = other if there is None else other.on(there.at(index))
        self._second.note = tr("This study") if own else tr("Compared")
        self._show_beside(shown, look)

    def _toggle_difference(self) -> None:
        wanted = self._actions["difference"].isChecked()
        self._stop_looks()
        first, other = self._first.picture, self._picture
        if not wanted or first is None or other is None:
            self._again()
            return
        if why := why_no_difference(first.scan, other.scan):
            self._bar.say(
                tr("The pictures differ in size: no difference can be shown.")
                if why == "shape"
                else tr("A difference is shown of single pictures, not of volumes.")
            )
            return
        self._actions["difference"].setChecked(True)
        self._job = run(
            lambda task: Picture.of(difference(first.scan, other.scan)),  # noqa: ARG005 -- a single step
            on_done=self._show_difference,
            on_failed=self._no_difference,
            parent=self,
            lane=self._lane,
        )

    def _show_difference(self, picture: Picture) -> None:
        if self._on and self._actions["difference"].isChecked():
            self._second.note = tr("Difference")
            self._show_beside(picture, Look())
            self._following.align()

    def _no_difference(self, error: FoveaError) -> None:
        if error.code != "BU-CANCELLED":
            self._actions["difference"].setChecked(False)
            self._bar.say(line_of(Trouble.of(error)))

    def _again(self) -> None:
        """The other study, as it is."""
        if self._on and self._picture is not None:
            self._second.note = tr("Compared")
            self._show(self._picture)

    def _stop_looks(self) -> None:
        self._flicker.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        for name in ("flicker", "difference"):
            self._actions[name].setChecked(False)

    def _allow(self) -> None:
        pictured = self._first.picture is not None
        self._actions["compare"].setEnabled(self._on or (pictured and bool(self._companions.others())))
        self._actions["compare"].setChecked(self._on)
        for name in ("flicker", "difference"):
            self._actions[name].setEnabled(self._on and self._picture is not None)
        self._pane.tools.show_enabled()


def _alike(picture: Picture, plane: Plane | None) -> Plane | None:
    """The plane of a volume that is called as another's; its own where there is none."""
    cut = plane_of(picture.plane)
    if cut is None or plane is None:
        return cut
    return next((each for each in three_planes(cut.grid) if each.name == plane.name), cut)
