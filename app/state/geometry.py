"""Where the picture lies on the screen: the one place that turns image coordinates into screen coordinates and back.

Image coordinates are those of `Region.box_px`: half open, pixel i covers [i, i+1). Screen coordinates are logical
pixels of the picture's widget, origin at its top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.state.turn import STRAIGHT, Turn
from engine.domain.region import BoxPx

Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a * x + b * y + c and y' = d * x + e * y + f."""

MARGIN = 12.0
"""Screen pixels kept free around a fitted picture."""

LARGEST_SCALE = 64.0
LARGEST_FIT = 16.0
"""A tiny picture is enlarged by this much and no more when fitted: it is then still seen to be tiny."""

SMALLEST_SHOWN = 48.0
"""Screen pixels that the longer side of a centred region gets at least, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class View:
    """What part of a picture is seen, and how large.

    Args:
        image_px: (width, height) of the picture.
        screen_px: (width, height) of the widget, logical pixels.
        center: the image point in the middle of the screen.
        scale: screen pixels an image pixel, across.
        fitted: the scale follows the size of the screen.
        aspect: height of an image pixel in its widths.
        turn: how the picture lies on the screen.
    """

    image_px: tuple[int, int]
    screen_px: tuple[int, int]
    center: tuple[float, float]
    scale: float
    fitted: bool = False
    aspect: float = 1.0
    turn: Turn = STRAIGHT

    @classmethod
    def fit(
        cls, image_px: tuple[int, int], screen_px: tuple[int, int], aspect: float = 1.0, turn: Turn = STRAIGHT
    ) -> View:
        """The whole picture, centred."""
        center = (image_px[0] / 2, image_px[1] / 2)
        scale = _fit_scale(image_px, _turned(turn, screen_px), aspect)
        return cls(image_px, screen_px, center, scale, fitted=True, aspect=aspect, turn=turn)

    @property
    def scale_down(self) -> float:
        """Screen pixels an image pixel, along what runs down in the image."""
        return self.scale * self.aspect

    @property
    def affine(self) -> Affine:
        """From a point of the screen to the image."""
        c, f = self.to_image(0, 0)
        (ax, dx), (bx, ey) = self.to_image(1, 0), self.to_image(0, 1)
        return ax - c, bx - c, c, dx - f, ey - f, f

    def refitted(self) -> View:
        """The whole picture again, on the same screen."""
        return View.fit(self.image_px, self.screen_px, self.aspect, self.turn)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Image point to screen point."""
        right, down = self.turn.apply((x - self.center[0]) * self.scale, (y - self.center[1]) * self.scale_down)
        return right + self.screen_px[0] / 2, down + self.screen_px[1] / 2

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        """Screen point to image point."""
        right, down = self.turn.undo(x - self.screen_px[0] / 2, y - self.screen_px[1] / 2)
        return right / self.scale + self.center[0], down / self.scale_down + self.center[1]

    def box_to_screen(self, box: BoxPx) -> BoxPx:
        """A box of the image on the screen."""
        return _ordered(self.to_screen(box[0], box[1]), self.to_screen(box[2], box[3]))

    def box_to_image(self, box: BoxPx) -> BoxPx:
        """A box of the screen in the image."""
        return _ordered(self.to_image(box[0], box[1]), self.to_image(box[2], box[3]))

    def visible(self) -> BoxPx:
        """The part of the image that is on the screen; empty (x0 >= x1 or y0 >= y1) if none is."""
        x0, y0, x1, y1 = self.box_to_image((0.0, 0.0, float(self.screen_px[0]), float(self.screen_px[1])))
        return max(x0, 0.0), max(y0, 0.0), min(x1, float(self.image_px[0])), min(y1, float(self.image_px[1]))

    def pixel_at(self, x: float, y: float) -> tuple[int, int] | None:
        """(column, row) of the image pixel under a screen point, or None beside the picture."""
        column, row = self.to_image(x, y)
        inside = 0 <= column < self.image_px[0] and 0 <= row < self.image_px[1]
        return (int(column), int(row)) if inside else None

    def resized(self, screen_px: tuple[int, int]) -> View:
        """The same look at another size of the widget: a fitted picture stays fitted."""
        if self.fitted:
            return View.fit(self.image_px, screen_px, self.aspect, self.turn)
        return replace(self, screen_px=screen_px)

    def turned(self, turn: Turn) -> View:
        """The same place and scale, lying another way; a fitted picture is fitted anew."""
        if self.fitted:
            return View.fit(self.image_px, self.screen_px, self.aspect, turn)
        return replace(self, turn=turn)

    def zoomed(self, factor: float, about: tuple[float, float] | None = None) -> View:
        """Larger or smaller, the image point under `about` (screen; the middle if None) staying where it is."""
        x, y = about or (self.screen_px[0] / 2, self.screen_px[1] / 2)
        smallest = min(1.0, _fit_scale(self.image_px, _turned(self.turn, self.screen_px), self.aspect)) / 4
        scale = min(max(self.scale * factor, smallest), LARGEST_SCALE)
        held = self.to_image(x, y)
        right, down = self.turn.undo(x - self.screen_px[0] / 2, y - self.screen_px[1] / 2)
        return self._moved((held[0] - right / scale, held[1] - down / (scale * self.aspect)), scale)

    def panned(self, dx: float, dy: float) -> View:
        """The picture moved by screen pixels."""
        right, down = self.turn.undo(dx, dy)
        return self._moved((self.center[0] - right / self.scale, self.center[1] - down / self.scale_down), self.scale)

    def at_scale(self, scale: float) -> View:
        """The same middle at another scale; one image pixel a device pixel is `1 / devicePixelRatio`."""
        return self.zoomed(scale / self.scale)

    def centered_on(self, box: BoxPx) -> View:
        """A region in the middle. The scale changes only where the region would not fit or be too small to see."""
        width, height = box[2] - box[0], (box[3] - box[1]) * self.aspect
        scale = self.scale
        if (longer := max(width, height)) > 0:
            across, along = _turned(self.turn, self.screen_px)
            largest = min(across / max(width, 1e-9), along / max(height, 1e-9)) * 0.8
            scale = min(max(scale, SMALLEST_SHOWN / longer), largest, LARGEST_SCALE)
        return self._moved(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), scale)

    def _moved(self, center: tuple[float, float], scale: float) -> View:
        # The middle of the screen stays on the picture: it cannot get lost.
        x = min(max(center[0], 0.0), float(self.image_px[0]))
        y = min(max(center[1], 0.0), float(self.image_px[1]))
        return replace(self, center=(x, y), scale=scale, fitted=False)


def _fit_scale(image_px: tuple[int, int], screen_px: tuple[int, int], aspect: float) -> float:
    width = max(screen_px[0] - 2 * MARGIN, 1.0)
    height = max(screen_px[1] - 2 * MARGIN, 1.0)
    return min(width / image_px[0], height / (image_px[1] * aspect), LARGEST_FIT)


def _turned(turn: Turn, sides: tuple[int, int]) -> tuple[int, int]:
    """(width, height) of the screen as the turned picture meets it."""
    return (sides[1], sides[0]) if turn.sideways else sides


def _ordered(one: tuple[float, float], other: tuple[float, float]) -> BoxPx:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
