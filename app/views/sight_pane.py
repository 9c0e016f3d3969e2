"""One sight with the slider of its slices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.views.picture_view import PictureView
from app.views.slice_slider import SliceSlider
from engine.domain.region import Region
from engine.domain.review import RegionVerdict


class SightPane(QWidget):
    """Keeps view and slider at the same slice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PictureView()
        self.slider = SliceSlider()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.slider)
        self.view.plane_shown.connect(self.slider.show_plane)
        self.slider.valueChanged.connect(self._go_to)
        self.slider.wheel_turned.connect(self.view.turn_wheel)

    def show_regions(
        self, regions: tuple[Region, ...], chosen: int | None, decisions: Sequence[RegionVerdict | None] = ()
    ) -> None:
        """Shows regions over the picture, and in a volume beside it."""
        self.view.show_regions(regions, chosen, decisions)
        self.slider.show_regions(self.view.plane, regions)

    def _go_to(self, index: int) -> None:
        if self.view.plane is not None:
            self.view.go_by(index - self.view.plane.index)
