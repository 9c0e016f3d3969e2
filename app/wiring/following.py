"""Two views that go together: scrolling and moving one takes the other along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from app.state.comparing import Link, beside, linked, plane_of, same_frame
from app.state.cut import Cut
from app.state.probe import pixel_mm
from app.views.picture_view import PictureView


class Following:
    """Links two views while it is told to.

    Args:
        first: of the study that is looked at.
        second: of the one beside it.
    """

    def __init__(self, first: PictureView, second: PictureView) -> None:
        self._first, self._second = first, second
        self._link: Link | None = None
        self._on = False
        self._busy = False
        for view, other in ((first, second), (second, first)):
            view.looked.connect(partial(self._looked, view, other))
            view.plane_shown.connect(partial(self._scrolled, view, other))

    @property
    def links_slices(self) -> bool:
        """Whether both scroll together."""
        return self._link is not None

    def begin(self) -> None:
        """Links what both show now, and brings the second beside the first."""
        self._on, self._link = True, None
        here, there = plane_of(self._first.plane), plane_of(self._second.plane)
        first, second = self._first.picture, self._second.picture
        if first is not None and second is not None and here is not None and there is not None:
            self._link = linked(here, there, same_place=same_frame(first.scan, second.scan))
        self.align()

    def end(self) -> None:
        """Lets both go."""
        self._on, self._link = False, None

    def pause(self) -> None:
        """Both stay as they are, and as they were linked."""
        self._on = False

    def align(self) -> None:
        """Brings the second view beside the first once more."""
        self._scrolled(self._first, self._second, self._first.plane)
        self._looked(self._first, self._second)

    def partner_index(self, index: int) -> int:
        """The slice of the second study beside one of the first."""
        return index if self._link is None else self._link.right_of(index)

    def _scrolled(self, view: PictureView, other: PictureView, cut: Cut | None) -> None:
        plane, to, link = plane_of(cut), plane_of(other.plane), self._link
        if self._busy or not self._on or plane is None or to is None or link is None:
            return
        index = link.right_of(plane.index) if view is self._first else link.left_of(plane.index)
        with self._alone():
            other.show_plane(to.at(index))

    def _looked(self, view: PictureView, other: PictureView, look: object = None) -> None:  # noqa: ARG002 -- the view knows its look
        if self._busy or not self._on or view.view is None or other.view is None:
            return
        if view.picture is None or other.picture is None:
            return
        here, there = pixel_mm(view.picture.scan, view.plane), pixel_mm(other.picture.scan, other.plane)
        widths = [None if size is None else size[0] for size in (here, there)]
        with self._alone():
            other.show_view(beside(view.view, other.view, widths[0], widths[1]))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The one that follows leads nobody."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
