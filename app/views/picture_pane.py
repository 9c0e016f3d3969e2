"""The middle of the window: the welcome, the picture under its header and banner, or the reason why there is none."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from app.paint.picture import Picture
from app.state.session import Look, StudyRow, Trouble
from app.state.status import Sign
from app.text import tr
from app.views.actions import Actions
from app.views.message import Banner, Message, MessagePage, SignMark, message_of
from app.views.picture_view import PictureView
from app.views.slice_slider import SliceSlider
from app.views.styled import ElidedLabel, frame
from app.views.welcome import WelcomePage
from engine.domain.region import Region

TOOLS = ("previous_study", "next_study", "", "fit", "actual", "zoom_out", "zoom_in", "invert", "reset", "show_regions")
"""The tool bar above the picture; an empty name is a gap."""


class PicturePane(QWidget):
    """Switches between its three pages by what is known of the study that is looked at."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picturePane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.welcome = WelcomePage()
        self.view = PictureView()
        self.slider = SliceSlider()
        self.message = MessagePage()
        self.banner = Banner()
        self._mark = SignMark(18)
        self._name = ElidedLabel("title")
        self._facts = ElidedLabel("quiet")
        self._header = self._build_header(actions)
        self._source = ""
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addLayout(self._build_sight(), 1)
        self._pages = QStackedLayout()
        for page in (self.welcome, shown, self.message):
            self._pages.addWidget(page)
        self._shown = shown
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._pages, 1)
        self.show_row(None)

    def show_row(self, row: StudyRow | None) -> None:
        """Shows what is known of a study; its picture stays if it is still the same study's."""
        self._header.setVisible(row is not None)
        if row is None:
            self._pages.setCurrentWidget(self.welcome)
            return
        if row.source != self._source:
            self._source = row.source
            self._facts.hide()
            self.view.show_picture(None, Look())
            self._pages.setCurrentWidget(self._shown)
        self._show_sign(row.name, row.sign)
        message = message_of(row)
        self.banner.show_message(message)
        if message is not None and self.view.view is None and row.outcome is not None and row.outcome.coverage == 0.0:
            self._say(row.name, message)

    def show_regions(self, regions: tuple[Region, ...], chosen: int | None) -> None:
        """Shows regions over the picture, and in a volume beside it."""
        self.view.show_regions(regions, chosen)
        self.slider.show_regions(self.view.plane, regions)

    def show_picture(self, row: StudyRow, picture: Picture) -> None:
        """Shows the picture of the study that is looked at."""
        self._facts.setText(", ".join(_facts(picture)))
        self._facts.show()
        self.view.show_picture(picture, row.look)
        self._pages.setCurrentWidget(self._shown)

    def show_missing(self, row: StudyRow, trouble: Trouble) -> None:
        """Says why there is no picture."""
        said = message_of(row)
        details = f"{row.source}\n{trouble.code}\n{trouble.sentence} {trouble.next_step}"
        self._say(row.name, said or Message(row.sign, trouble.code, trouble.sentence, trouble.next_step, details))

    def _say(self, name: str, message: Message) -> None:
        self.message.show_message(name, message)
        self._pages.setCurrentWidget(self.message)

    def _show_sign(self, name: str, sign: Sign) -> None:
        self._mark.show_sign(sign)
        self._name.setText(name)
        self._name.setToolTip(escape(f"{name}: {sign.word}"))

    def _build_sight(self) -> QHBoxLayout:
        """The view, with the slider of a volume beside it."""
        sight = QHBoxLayout()
        sight.setSpacing(0)
        sight.addWidget(self.view, 1)
        sight.addWidget(self.slider)
        self.view.plane_shown.connect(self.slider.show_plane)
        self.slider.valueChanged.connect(self._go_to_slice)
        self.slider.wheel_turned.connect(self.view.turn_wheel)
        return sight

    def _go_to_slice(self, index: int) -> None:
        if self.view.plane is not None:
            self.view.show_plane(self.view.plane.at(index))

    def _build_header(self, actions: Actions) -> QWidget:
        header = frame("header")
        layout = QHBoxLayout(header)
        layout.setContentsMargins(14, 6, 10, 6)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        layout.addLayout(words, 1)
        tools = QHBoxLayout()
        tools.setSpacing(1)
        for name in TOOLS:
            if not name:
                tools.addSpacing(6)
                continue
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tools.addWidget(button)
        layout.addLayout(tools)
        return header


def _facts(picture: Picture) -> list[str]:
    """What stands under the name: size, form, spacing, how it was stored."""
    scan = picture.scan
    sides = [*reversed(scan.shape[-2:]), *scan.shape[:-2]]
    facts = [" x ".join(f"{side:,}" for side in sides)]
    if picture.plane is not None and scan.spacing_mm is not None:
        facts.append(" x ".join(f"{step:.3g}" for step in reversed(scan.spacing_mm)) + " mm")
    facts.append(tr("colour") if scan.channels == 3 else tr("grey"))
    return [*facts, scan.pixels.dtype.name, scan.provenance.codec]
