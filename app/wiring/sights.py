"""How pictures are looked at: the commands of the view that is in use, and what all views of a study share."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QTimer

from app.paint.picture import Picture
from app.paint.pointed import Pointed
from app.state.cine import USUAL, Cine
from app.state.preferences import Preferences
from app.state.probe import value_unit
from app.state.session import Look
from app.state.window_level import PRESETS, WindowLevel, auto_window, own_window, preset_named, whole_window
from app.text import tr
from app.views.lens_hand import LensHand
from app.views.picture_view import PictureView
from app.wiring.parts import Does, Parts

OF_PICTURES = (
    "fit", "actual", "zoom_in", "zoom_out", "invert", "colours", "flip", "flip_down", "rotate_right", "rotate_left",
    "reset", "auto_window", "whole_window", "brighter", "darker", "more_contrast", "less_contrast", "show_regions",
    "magnifier",
)  # fmt: skip
"""Commands that any picture lets be done."""

OF_CT = tuple(f"{name.replace(' ', '_')}_window" for name in PRESETS)
OF_VOLUMES = ("cine", "cine_faster", "cine_slower", "first_slice", "last_slice")

SLICES_A_PAGE = 10

KEY_DRAG_PX = 16.0
"""A key changes window and level as a drag by so many pixels does."""


class SightsWiring(QObject):
    """Joins the views, the commands on pictures, and the line of words at the bottom.

    Args:
        parts: of the desktop.
        parent: of this object.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._window = parts.session, parts.window
        self._pane, self._actions = parts.window.picture, parts.window.actions_
        self._cine: Cine | None = None
        self._pace = USUAL
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._play)
        for view in self._pane.views:
            view.looked.connect(partial(self._looked, view))
            view.pointed.connect(self._pointed)
            view.menu_asked.connect(self._show_menu)
            view.scrolled.connect(self._stop)
            view.region_clicked.connect(partial(self._region_clicked, view))
        self._pane.picture_changed.connect(self._picture_changed)
        self._pane.board.activated.connect(self._show_look)
        self._actions["show_regions"].setChecked(True)
        parts.preferred.changed.listen(self._prefer)
        self._prefer(parts.preferred.now)
        self._picture_changed()

    def does(self) -> Does:
        """What the commands on pictures do."""
        presets: Does = {
            f"{name.replace(' ', '_')}_window": partial(self._wear, window) for name, window in PRESETS.items()
        }
        return presets | {
            "fit": self._on_active(PictureView.fit),
            "actual": self._on_active(PictureView.show_actual),
            "zoom_in": self._on_active(lambda view: view.zoom(1)),
            "zoom_out": self._on_active(lambda view: view.zoom(-1)),
            "invert": self._on_active(PictureView.invert),
            "colours": self._on_active(PictureView.next_colours),
            "flip": self._on_active(PictureView.flip),
            "flip_down": self._on_active(lambda view: view.flip(upside_down=True)),
            "rotate_right": self._on_active(lambda view: view.rotate(1)),
            "rotate_left": self._on_active(lambda view: view.rotate(-1)),
            "reset": self._on_active(PictureView.reset),
            "brighter": self._on_active(lambda view: view.step_window(0, -KEY_DRAG_PX)),
            "darker": self._on_active(lambda view: view.step_window(0, KEY_DRAG_PX)),
            "more_contrast": self._on_active(lambda view: view.step_window(-KEY_DRAG_PX, 0)),
            "less_contrast": self._on_active(lambda view: view.step_window(KEY_DRAG_PX, 0)),
            "own_window": lambda: self._set_window(lambda picture: own_window(picture.scan)),
            "auto_window": lambda: self._set_window(lambda picture: auto_window(picture.scan)),
            "whole_window": lambda: self._set_window(lambda picture: whole_window(picture.scan)),
            "show_regions": self._show_regions,
            "magnifier": self._show_lens,
            "first_slice": self._on_active(lambda view: view.go_by(-_slices(view))),
            "last_slice": self._on_active(lambda view: view.go_by(_slices(view))),
            "page_on": lambda: self._page(1),
            "page_back": lambda: self._page(-1),
            "cine": lambda: self._stop() if self._cine is not None else self._start(),
            "cine_faster": lambda: self._set_pace(self._pace + 4),
            "cine_slower": lambda: self._set_pace(self._pace - 4),
        }

    def _on_active(self, do: Callable[[PictureView], object]) -> Callable[[], object]:
        return lambda: do(self._pane.board.active)

    def _wear(self, window: WindowLevel) -> None:
        self._pane.board.active.set_window(window)

    def _set_window(self, of: Callable[[Picture], WindowLevel | None]) -> None:
        view = self._pane.board.active
        if view.picture is not None and (window := of(view.picture)) is not None:
            view.set_window(window)

    def _looked(self, view: PictureView, look: Look) -> None:
        """Keeps how the study is looked at; all views of its kind of values share window and level."""
        if view is self._pane.view and self._session.chosen is not None:
            self._session.keep_look(self._session.chosen, look)
        for other in self._pane.board.seen:
            if other is not view and look.window is not None and _alike(view, other):
                other.show_window(look.window)
        self._show_look()

    def _show_look(self) -> None:
        view = self._pane.board.active
        if view.view is None or view.window_level is None:
            self._window.show_window_words("")
            return
        window = view.window_level
        self._actions["invert"].setChecked(window.inverted)
        words = f"{tr('Zoom')} {view.view.scale * view.devicePixelRatioF():.0%}   {window.words}"
        named = preset_named(window) if view.is_ct else ""
        self._window.show_window_words(f"{words} ({tr(named)})" if named else words)

    def _pointed(self, pointed: Pointed | None) -> None:
        if pointed is None:
            self._window.show_pointer("")
            return
        values = ", ".join(f"{value:g}" for value in pointed.values)
        words = f"x {pointed.column}  y {pointed.row}"
        if pointed.slice is not None:
            words += f"  {tr('slice')} {pointed.slice + 1}"
        picture = self._pane.view.picture
        unit = "" if picture is None else value_unit(picture.scan)
        words += f"   {tr('value')} {values} {unit}".rstrip()
        if pointed.place_mm is not None:
            words += "   ({:.1f}, {:.1f}, {:.1f}) mm".format(*pointed.place_mm)
        self._window.show_pointer(words)

    def _region_clicked(self, view: PictureView, index: int | None) -> None:
        if _alike(view, self._pane.view):
            self._session.choose_region(index, bring_in=False)

    def _picture_changed(self) -> None:
        self._stop()
        view = self._pane.view
        picture, cut = view.picture, view.plane
        allowed = (
            (OF_PICTURES, picture is not None),
            (OF_CT, view.is_ct),
            (OF_VOLUMES, cut is not None and cut.count > 1),
            (("own_window",), picture is not None and own_window(picture.scan) is not None),
        )
        for names, enabled in allowed:
            for name in names:
                self._actions[name].setEnabled(enabled)
        self._pane.tools.show_enabled()
        self._show_look()

    def _show_regions(self) -> None:
        for view in self._pane.views:
            view.set_regions_shown(self._actions["show_regions"].isChecked())

    def _show_lens(self) -> None:
        wanted = self._actions["magnifier"].isChecked()
        for view in self._pane.views:
            view.lens = LensHand(view) if wanted else None
            view.update()

    def _page(self, step: int) -> None:
        """Slices of a volume, otherwise studies."""
        view = self._pane.board.active
        if view.plane is not None:
            view.go_by(step * SLICES_A_PAGE)
        else:
            self._session.choose_by(step)

    def _start(self) -> None:
        cut = self._pane.board.active.plane
        if cut is not None and cut.count > 1:
            self._cine = Cine(cut.index, cut.count, time.monotonic(), self._pace)
            self._timer.start(1000 // self._pace)
        self._actions["cine"].setChecked(self._cine is not None)

    def _stop(self) -> None:
        self._cine = None
        self._timer.stop()
        self._actions["cine"].setChecked(False)

    def _play(self) -> None:
        view = self._pane.board.active
        if self._cine is None or view.plane is None or view.plane.count != self._cine.count:
            self._stop()
        else:
            view.show_plane(view.plane.at(self._cine.due(time.monotonic())))

    def _set_pace(self, pace: int) -> None:
        now_s = time.monotonic()
        cine = (self._cine or Cine(0, 1, now_s)).paced(pace, now_s)
        self._pace = cine.slices_a_second
        if self._cine is not None:
            self._cine = cine
            self._timer.start(1000 // self._pace)

    def _show_menu(self, at: QPoint) -> None:
        menu = self._pane.tools.menu(self._window)
        menu.exec(at)
        menu.deleteLater()

    def _prefer(self, now: Preferences) -> None:
        for view in self._pane.views:
            view.up_is_brighter = now.drag_up == "brighter"


def _slices(view: PictureView) -> int:
    return 0 if view.plane is None else view.plane.count


def _alike(one: PictureView, other: PictureView) -> bool:
    """Whether both show values of the same kind, so that one window fits both."""
    if one.picture is None or other.picture is None:
        return False
    first, second = one.picture.scan, other.picture.scan
    return (first.modality, first.pixels.dtype) == (second.modality, second.pixels.dtype)
