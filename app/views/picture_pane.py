"""The middle of the window: the welcome, the picture under its header and banner, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from app.paint.heat import Heat
from app.paint.picture import Picture
from app.sentences.told import told
from app.state.contours import Contours
from app.state.opinion import SecondMark
from app.state.preferences import Outlines
from app.state.session import Look, StudyRow, Trouble
from app.state.status import Sign
from app.text import tr
from app.views.actions import Actions
from app.views.compare_bar import CompareBar
from app.views.message import Banner, Message, MessagePage, SignMark, message_of
from app.views.picture_view import PictureView
from app.views.sight_board import SightBoard
from app.views.styled import ElidedLabel, frame
from app.views.tool_strip import ToolStrip
from app.views.welcome import WelcomePage
from engine.domain.region import Region
from engine.domain.review import RegionVerdict

HEADER_TOOLS = ("previous_study", "next_study")


class PicturePane(QWidget):
    """Switches between its three pages by what is known of the study that is looked at."""

    picture_changed = Signal()
    """Another picture is shown in the first view, or none any more."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picturePane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.welcome = WelcomePage()
        self.board = SightBoard()
        self.view, self.slider = self.board.panes[0].view, self.board.panes[0].slider
        self.tools = ToolStrip(actions)
        self.compare_bar = CompareBar(actions)
        self.message = MessagePage()
        self.banner = Banner()
        self._mark = SignMark(18)
        self._name = ElidedLabel("title")
        self._facts = ElidedLabel("quiet")
        self._header = self._build_header(actions)
        self._source = ""
        self._heat: Heat | None = None
        self._contours: Contours | None = None
        self._second: tuple[SecondMark, ...] = ()
        self._regions: tuple[tuple[Region, ...], int | None, Sequence[RegionVerdict | None]] = ((), None, ())
        self._shown = self._build_shown()
        self._pages = QStackedLayout()
        for page in (self.welcome, self._shown, self.message):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._pages, 1)
        self.show_row(None)

    @property
    def views(self) -> tuple[PictureView, PictureView, PictureView]:
        """All views; the first is the main one, the others are seen in three planes and side by side."""
        return self.board.views

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
            self.picture_changed.emit()
        self._show_sign(row.name, row.sign)
        message = message_of(row)
        self.banner.show_message(message)
        if message is not None and self.view.view is None and row.outcome is not None and row.outcome.coverage == 0.0:
            self._say(row.name, message)

    def show_regions(
        self, regions: tuple[Region, ...], chosen: int | None, decisions: Sequence[RegionVerdict | None] = ()
    ) -> None:
        """Shows regions over the picture, and in a volume beside it; in every view of the study."""
        self._regions = regions, chosen, decisions
        self.share_out()

    def share_out(self) -> None:
        """Gives every view of the study what is shown of it, and takes it from the others: called whenever another
        picture has come into a view, so that nothing lies over a study that it was not found in."""
        regions, chosen, decisions = self._regions
        for pane in self.board.panes:
            if self._shows_other(pane.view):
                pane.show_regions((), None)
            else:
                pane.show_regions(regions, chosen, decisions)
        self.show_heat(self._heat)
        self.show_second(self._second)
        self.show_contours(self._contours)

    def show_heat(self, heat: Heat | None) -> None:
        """Lays what the model saw over the picture, or takes it away; in every view of the study."""
        self._heat = heat
        for view in self.views:
            view.show_heat(None if self._shows_other(view) else heat)

    def show_second(self, marks: tuple[SecondMark, ...]) -> None:
        """Shows what a second opinion has flagged, in every view of the study."""
        self._second = marks
        for view in self.views:
            view.show_second(() if self._shows_other(view) else marks)

    def show_contours(self, contours: Contours | None) -> None:
        """Gives the regions their contours, or takes them away; in every view of the study."""
        self._contours = contours
        for view in self.views:
            view.show_contours(None if self._shows_other(view) else contours)

    def show_outlines(self, outlines: Outlines) -> None:
        """What is drawn around regions from now on."""
        for view in self.views:
            view.show_outlines(outlines)

    def show_picture(self, row: StudyRow, picture: Picture) -> None:
        """Shows the picture of the study that is looked at."""
        self._facts.setText(", ".join(_facts(picture)))
        self._facts.show()
        self.view.show_picture(picture, row.look)
        self._pages.setCurrentWidget(self._shown)
        self.picture_changed.emit()

    def grow(self, picture: Picture) -> None:
        """Shows what has come of a series since its first slices were shown."""
        self._facts.setText(", ".join(_facts(picture)))
        for view in self.views:
            view.grow(picture)

    def show_missing(self, row: StudyRow, trouble: Trouble) -> None:
        """Says why there is no picture."""
        said = message_of(row)
        details = f"{row.source}\n{trouble.code}\n{trouble.sentence} {trouble.next_step}"
        shown = told(trouble)
        self._say(row.name, said or Message(row.sign, shown.code, shown.sentence, shown.next_step, details))

    def _shows_other(self, view: PictureView) -> bool:
        """Whether a view beside the first shows another study than that one, or none."""
        own, seen = self.view.picture, view.picture
        return view is not self.view and (own is None or seen is None or seen.scan is not own.scan)

    def _say(self, name: str, message: Message) -> None:
        self.message.show_message(name, message)
        self._pages.setCurrentWidget(self.message)

    def _show_sign(self, name: str, sign: Sign) -> None:
        self._mark.show_sign(sign)
        self._name.setText(name)
        self._name.setToolTip(escape(f"{name}: {tr(sign.word)}"))

    def _build_shown(self) -> QWidget:
        """Banner and comparison above, the tools at the left of the pictures."""
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.compare_bar)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.tools)
        line.addWidget(self.board, 1)
        column.addLayout(line, 1)
        return shown

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
        for name in HEADER_TOOLS:
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        return header


def _facts(picture: Picture) -> list[str]:
    """What stands under the name: size, form, spacing, how it was stored."""
    scan = picture.scan
    sides = [*reversed(scan.shape[-2:]), *scan.shape[:-2]]
    facts = [" x ".join(f"{side:,}" for side in sides)]
    if picture.plane is not None and scan.spacing_mm is not None:
        facts.append(" x ".join(f"{step:.3g}" for step in reversed(scan.spacing_mm)) + " mm")
    if picture.plane is not None and picture.arrived is not None:
        read = f"{picture.arrived[1] - picture.arrived[0]:,}"
        facts.insert(
            0, tr("%1 of %2 slices read").replace("%1", read).replace("%2", f"{picture.plane.grid.shape[0]:,}")
        )
    facts.append(tr("colour") if scan.channels == 3 else tr("grey"))
    return [*facts, scan.pixels.dtype.name, scan.provenance.codec]
