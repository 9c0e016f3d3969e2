"""A sight under the commands of menus and keys: another part of it, another slice, other values, turned or mirrored."""

from __future__ import annotations

from dataclasses import replace

from app.paint.colour_map import COLOUR_MAPS, GREY
from app.state.geometry import View
from app.state.turn import STRAIGHT
from app.state.window_level import WindowLevel
from app.views.sight import Sight

KEY_STEP = 1.25


class SteeredSight(Sight):
    """A sight that is told how to look. Nothing happens while it shows no picture."""

    def scroll_slices(self, slices: int) -> None:
        """So many slices on, or back, no further than the ends."""
        if self.plane is not None:
            self.show_plane(self.plane.at(self.plane.index + slices))

    def show_view(self, view: View) -> None:
        """Looks at another part."""
        if self._view is not None and view != self._view:
            self._look(view=view)

    def set_window(self, window: WindowLevel) -> None:
        """Shows these values black and white; an inverted picture stays inverted."""
        if self._window is not None:
            self._look(window=replace(window, inverted=self._window.inverted))

    def show_window(self, window: WindowLevel) -> None:
        """Exactly this window, inverted or not."""
        if self._window is not None and window != self._window:
            self._look(window=window)

    def step_window(self, wider: float, darker: float) -> None:
        """Window and level by so many screen pixels of a drag, for those who do not drag."""
        if self._window is not None and self._viewport is not None:
            self._look(window=self._window.dragged(wider, darker, self._viewport.picture.span))

    def fit(self) -> None:
        """The whole picture."""
        if self._view is not None:
            self._look(view=self._view.refitted())

    def show_actual(self) -> None:
        """One image pixel a device pixel."""
        if self._view is not None:
            self._look(view=self._view.at_scale(1.0 / self.devicePixelRatioF()))

    def zoom(self, steps: float) -> None:
        """Larger or smaller about the middle."""
        if self._view is not None:
            self._look(view=self._view.zoomed(KEY_STEP**steps))

    def rotate(self, quarters: int) -> None:
        """Quarter turns clockwise of what is seen."""
        if self._view is not None:
            self._look(view=self._view.turned(self._view.turn.turned(quarters)))

    def flip(self, *, upside_down: bool = False) -> None:
        """What is seen mirrored: left and right exchanged, or top and bottom."""
        if self._view is not None:
            self._look(view=self._view.turned(self._view.turn.flipped(upside_down=upside_down)))

    def invert(self) -> None:
        """Black and white exchanged."""
        if self._window is not None:
            self._look(window=self._window.flipped())

    def reset(self) -> None:
        """As it was opened, on the slice that is seen."""
        if self._viewport is not None and self._view is not None:
            straight = self._view.turned(STRAIGHT)
            self._colours = GREY
            self._look(straight.refitted(), self._viewport.picture.window)

    def next_colours(self) -> None:
        """Another table of colours, for pictures of one channel."""
        self._colours = COLOUR_MAPS[(COLOUR_MAPS.index(self._colours) + 1) % len(COLOUR_MAPS)]
        self.update()
