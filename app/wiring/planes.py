"""Three planes of a volume with the crosshair where they meet; slabs, and tilted planes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from app.state.arrangement import Arrangement
from app.state.crosshair import colour_of, followed, inside, lines_on, middle_of, others, straightened, tilted
from app.state.cut import Cut
from app.state.frame import ONE_SLICE, Place, Slab
from app.state.oblique import Oblique, Vector
from app.state.session import Look, RegionChosen
from app.views.cross_hand import CrossHand
from app.views.picture_view import PictureView
from app.wiring.parts import Does, Parts

TILT_RAD = math.radians(5.0)

USUAL_MM = 10.0
"""Thickness of a slab at first."""

OF_VOLUMES = (
    "three_planes", "slab", "slab_thicker", "slab_thinner", "tilt_up", "tilt_down", "tilt_left", "tilt_right",
    "straighten",
)  # fmt: skip


class PlanesWiring(QObject):
    """Keeps the views of a volume on cuts that meet in one place.

    Args:
        parts: of the desktop.
        show_regions: shows the regions of the study anew, in all views.
        parent: of this object.
    """

    def __init__(self, parts: Parts, show_regions: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = parts.session
        self._show_regions = show_regions
        self._pane, self._actions = parts.window.picture, parts.window.actions_
        self._board = self._pane.board
        self._place: Place | None = None
        self._wanted = False
        self._moving = False
        self._crosses: list[CrossHand] = []
        for number, view in enumerate(self._pane.views):
            cross = CrossHand(
                view,
                partial(self._go_to_point, view),
                partial(self._turn, number),
            )
            view.cross = cross
            self._crosses.append(cross)
            view.plane_shown.connect(partial(self._plane_shown, view))
            view.place_clicked.connect(partial(self._go_to_point, view))
            view.doubled.connect(partial(self._enlarge, view))
        self._pane.picture_changed.connect(self._picture_changed)
        parts.session.region_chosen.listen(self._region_chosen)
        self._picture_changed()

    def does(self) -> Does:
        """What the commands on planes do."""
        return {
            "three_planes": lambda: self._want(wanted=not self._wanted),
            "slab": self._next_slab,
            "slab_thicker": lambda: self._thicken(2),
            "slab_thinner": lambda: self._thicken(-2),
            "tilt_up": lambda: self._tilt("right", -TILT_RAD),
            "tilt_down": lambda: self._tilt("right", TILT_RAD),
            "tilt_left": lambda: self._tilt("down", TILT_RAD),
            "tilt_right": lambda: self._tilt("down", -TILT_RAD),
            "straighten": self._straighten,
        }

    @property
    def _three(self) -> bool:
        return self._board.arrangement is Arrangement.THREE

    def _want(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._picture_changed()

    def _picture_changed(self) -> None:
        """Another study, or another wish."""
        volume = _is_volume(self._pane.view)
        for name in OF_VOLUMES:
            self._actions[name].setEnabled(volume)
        if self._wanted and volume:
            self._show_three()
        elif self._three:
            self._show_one()
        self._actions["three_planes"].setChecked(self._three)
        self._pane.tools.show_enabled()

    def _show_three(self) -> None:
        main = self._pane.view
        if main.plane is None or main.picture is None:
            return
        fresh, place = self._place is None, self._place or followed(main.plane, middle_of(main.plane.grid))
        self._place = place
        self._board.arrange(Arrangement.THREE)
        look = Look(window=main.window_level)
        for view, cut in zip(self._pane.views[1:], others(main.plane, place), strict=True):
            view.show_picture(main.picture.on(cut), look)
        for number, view in enumerate(self._board.seen):
            view.colour = colour_of(view.plane, number) if view.plane is not None else ""
        self._show_regions()
        self._draw_lines()
        if fresh and self._session.region is not None:
            self._region_chosen(RegionChosen(self._session.region))

    def _show_one(self) -> None:
        self._board.arrange(Arrangement.ONE)
        self._place = None
        self._pane.view.colour = ""
        for view in self._pane.views[1:]:
            view.show_picture(None, Look())
        self._draw_lines()

    def _enlarge(self, view: PictureView) -> None:
        """One of three planes alone, or all three again."""
        if not self._three:
            if _is_volume(self._pane.view) and self._board.arrangement is Arrangement.ONE:
                self._want(wanted=True)
            return
        cut = view.plane
        self._want(wanted=False)
        if cut is not None:
            self._pane.view.show_plane(cut)
            self._pane.view.setFocus()

    def _cuts(self) -> list[Cut]:
        return [view.plane for view in self._board.seen if view.plane is not None]

    def _plane_shown(self, view: PictureView, cut: Cut | None) -> None:
        """Scrolling takes the crosshair along."""
        if (
            self._three
            and not self._moving
            and cut is not None
            and self._place is not None
            and view in self._board.seen
        ):
            self._place = followed(cut, self._place)
            self._draw_lines()

    def _go_to_point(self, view: PictureView, point: tuple[float, float]) -> None:
        if self._three and view.plane is not None:
            self._go_to(inside(view.plane.grid, view.plane.frame.voxel_at(*point)), but=view)

    def _go_to(self, place: Place, but: PictureView | None = None) -> None:
        self._place = place
        cuts = [view.plane for view in self._board.seen]
        kept = [view is but for view in self._board.seen]
        self._show(
            [cut if stays or cut is None else cut.through_place(place) for cut, stays in zip(cuts, kept, strict=True)]
        )

    def _show(self, cuts: Sequence[Cut | None]) -> None:
        """All views at once, the crosshair staying where it is."""
        self._moving = True
        try:
            for view, cut in zip(self._board.seen, cuts, strict=True):
                if cut is not None:
                    view.show_plane(cut)
        finally:
            self._moving = False
        self._draw_lines()

    def _draw_lines(self) -> None:
        cuts, place = self._cuts(), self._place
        crossed = self._three and place is not None and len(cuts) == Arrangement.THREE.seen
        for number, cross in enumerate(self._crosses):
            cross.show_lines(lines_on(cuts, number, place) if crossed and place is not None else ())

    def _region_chosen(self, chosen: RegionChosen) -> None:
        """A region that is brought in is brought in on all planes."""
        row = self._session.row
        if not (self._three and chosen.bring_in and chosen.index is not None and row is not None):
            return
        box = row.regions[chosen.index].box_vox
        if box is not None:
            z, y, x = ((box[axis] + box[axis + 3]) / 2 - 0.5 for axis in range(3))
            self._go_to((z, y, x))
            for view in self._pane.views[1:]:
                view.center_on(chosen.index)

    def _turn(self, number: int, angle_rad: float) -> None:
        if self._three and self._place is not None and angle_rad:
            self._show(tilted(self._cuts(), number, angle_rad, self._place))

    def _tilt(self, about: str, angle_rad: float) -> None:
        view = self._board.active
        if view.plane is None or view.view is None or not _is_volume(view):
            return
        cut = Oblique.of(view.plane)
        axis: Vector = cut.right if about == "right" else cut.down
        place = self._place if self._three and self._place is not None else cut.frame.voxel_at(*_middle(view, cut))
        self._replace(view, cut.tilted(axis, angle_rad, place))

    def _straighten(self) -> None:
        """Every plane along the grid again, where it was."""
        shown: list[Cut | None] = []
        for view in self._board.seen:
            cut = view.plane
            if isinstance(cut, Oblique) and view.view is not None:
                place = self._place or inside(cut.grid, cut.frame.voxel_at(*view.view.center))
                cut = straightened(cut, place)
            shown.append(cut)
        self._show(shown)

    def _next_slab(self) -> None:
        """Maximum, mean, off."""
        view = self._board.active
        if view.plane is None or not _is_volume(view):
            return
        slab = view.plane.slab
        if slab.slices == 1:
            slices = round(USUAL_MM / view.plane.step_mm) if view.plane.step_mm else 5
            self._replace(view, view.plane.with_slab(Slab(max(slices, 3), "max")))
        elif slab.mode == "max":
            self._replace(view, view.plane.with_slab(replace(slab, mode="mean")))
        else:
            self._replace(view, view.plane.with_slab(ONE_SLICE))

    def _thicken(self, slices: int) -> None:
        view = self._board.active
        if view.plane is not None and _is_volume(view):
            slab = view.plane.slab
            self._replace(view, view.plane.with_slab(replace(slab, slices=slab.slices + slices)))

    def _replace(self, view: PictureView, cut: Cut) -> None:
        self._show([cut if other is view else other.plane for other in self._board.seen])


def _is_volume(view: PictureView) -> bool:
    """Whether cuts in other directions mean anything."""
    cut, picture = view.plane, view.picture
    return cut is not None and picture is not None and not cut.grid.unrelated and picture.scan.channels == 1


def _middle(view: PictureView, cut: Oblique) -> tuple[float, float]:
    """The middle of the screen, as an image point of the cut."""
    if view.view is None or view.plane is None:
        return 0.0, 0.0
    x, y, _ = cut.frame.seen_at(view.plane.frame.voxel_at(*view.view.center))
    return x, y
