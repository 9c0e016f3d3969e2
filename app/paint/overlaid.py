"""What is written over a picture, worked out from what is seen of it and how."""

from __future__ import annotations

from app.paint.captions import Captions, cut_named
from app.paint.corners import Overlaid
from app.paint.picture import Picture
from app.state.geometry import View
from app.state.probe import pixel_mm
from app.state.scale_bar import scale_bar
from app.state.turn import Sides
from app.state.window_level import WindowLevel
from engine.domain.orientation import edges_of


def overlaid(picture: Picture, view: View, window: WindowLevel, captions: Captions, note: str = "") -> Overlaid:
    """The texts for one look at a picture.

    Args:
        picture: what is seen.
        view: how it lies on the screen.
        window: which values are black and white.
        captions: of its study.
        note: which study it is, where two are side by side.
    """
    cut = "" if picture.plane is None else cut_named(picture.plane)
    return Overlaid(
        title="  ".join(part for part in (note, cut) if part),
        letters=view.turn.sides(_letters(picture)),
        captions=captions,
        bar=scale_bar(view, pixel_mm(picture.scan, picture.plane)),
        # Of a photograph it says nothing that anybody asks for.
        window=window.words if picture.scan.exam is not None or picture.plane is not None else "",
    )


def _letters(picture: Picture) -> Sides:
    """What lies at the edges of the picture as it is stored, or cut."""
    if picture.plane is not None:
        return picture.plane.letters
    edges = edges_of(picture.scan)
    return ("", "", "", "") if edges is None else (edges.left, edges.top, edges.right, edges.bottom)
