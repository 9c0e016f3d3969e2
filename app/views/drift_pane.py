"""What changed, by source and version: the sources, the weekly means of the chosen one, and studies unlike training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.jobs.drift import Drift, Unlike
from app.sentences.told import said
from app.state.drift import WATCHED, week_plot
from app.state.words import later
from app.tables.lines import VALUE, Head, LinesModel, TextLine
from app.text import tr
from app.views.lines_table import LinesTable
from app.views.page import tool
from app.views.styled import label
from app.views.week_plot import WeekPlotCard

if TYPE_CHECKING:
    from engine.monitor.report import Population, Watched

SOURCES = (
    Head(later("Source"), stretches=True),
    Head(later("Model")),
    Head(later("Studies"), is_number=True),
    Head(later("Noticed")),
)
UNLIKE = (Head(later("When")), Head(later("Study"), stretches=True), Head(later("Model")))

CARD_WIDTH = 250


class DriftPane(QWidget):
    """Shows what was read; asks for a look now, and for a source to begin anew."""

    look_asked = Signal()
    begin_asked = Signal(str)
    """The source whose alarm is to end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources, self._unlike = LinesModel(SOURCES, self), LinesModel(UNLIKE, self)
        self.sources = LinesTable(self._sources, tr("Sources"))
        self.sources.selectionModel().currentRowChanged.connect(self._choose)
        self.unlike = LinesTable(self._unlike, tr("Studies unlike the training"))
        self._no_sources = label(tr("No study was answered yet."), "quiet", wraps=True)
        self._no_unlike = label(tr("Every study of late was like those its model was trained on."), "quiet", wraps=True)
        self.look_button = tool(
            tr("Look now"), self.look_asked.emit, tip=tr("Looks at every source; it is done once a minute by itself")
        )
        self.begin_button = tool(
            tr("Begin anew..."), self._ask_begin, tip=tr("Ends the alarm of a source whose change is known")
        )
        self.plots = _Plots()
        self.panes = (self.sources, self.unlike)
        self._build()

    def show_drift(self, drift: Drift) -> None:
        """Shows what was read, sources that changed first."""
        key = _key(self.chosen)
        populations = sorted(drift.populations, key=lambda one: not one.changed)
        self._sources.show([_source_line(one) for one in populations])
        keys = [_key(one) for one in populations]
        if keys:
            self.sources.selectRow(keys.index(key) if key in keys else 0)
        else:
            self._choose(QModelIndex())
        self._no_sources.setVisible(not keys)
        self.sources.setVisible(bool(keys))
        self._unlike.show([_unlike_line(one) for one in drift.unlike])
        self._no_unlike.setVisible(not drift.unlike)
        self.unlike.setVisible(bool(drift.unlike))

    def choose_changed(self) -> None:
        """Chooses the first source that changed, unless the chosen one did."""
        if self.chosen is not None and not self.chosen.changed:
            self.sources.selectRow(0)

    def show_looking(self, *, looking: bool) -> None:
        """While it is being looked."""
        self.look_button.setEnabled(not looking)

    @property
    def chosen(self) -> Population | None:
        """The source that is looked at."""
        found: Population | None = self.sources.currentIndex().data(VALUE)
        return found

    def _choose(self, current: QModelIndex) -> None:
        one: Population | None = current.data(VALUE)
        self.plots.show_watched(() if one is None else (*one.changed, *(w for w in one.watched if w.since is None)))
        self.begin_button.setEnabled(one is not None and bool(one.changed))

    def _ask_begin(self) -> None:
        if self.chosen is not None:
            self.begin_asked.emit(self.chosen.source)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(18, 8, 10, 8)
        column.setSpacing(6)
        buttons = QHBoxLayout()
        buttons.addWidget(label(tr("Sources"), "title"), 1)
        buttons.addWidget(self.look_button)
        buttons.addWidget(self.begin_button)
        column.addLayout(buttons)
        column.addWidget(self._no_sources)
        column.addWidget(self.sources, 3)
        column.addWidget(label(tr("Studies unlike the training"), "title"))
        column.addWidget(self._no_unlike)
        column.addWidget(self.unlike, 2)
        column.addStretch(0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(left)
        split.addWidget(self.plots)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([500, 520])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)


class _Plots(QScrollArea):
    """The plots of one source, as many beside each other as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Weekly means"))
        self.setMinimumWidth(CARD_WIDTH + 40)
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(10, 8, 14, 10)
        self._grid.setSpacing(10)
        self.setWidget(self._inner)
        self.cards: list[WeekPlotCard] = []

    def show_watched(self, watched: Sequence[Watched]) -> None:
        """Shows other numbers."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [_card(one) for one in watched]
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = max(1, self.viewport().width() // CARD_WIDTH)
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, int(at < columns))
        for at in range(self._grid.rowCount()):
            self._grid.setRowStretch(at, 0)
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)
        self._grid.setRowStretch(-(-len(self.cards) // columns), 1)


def _card(one: Watched) -> WeekPlotCard:
    name = WATCHED.get(one.name, one.name)
    return WeekPlotCard(tr(name), _noticed(one), week_plot(one.name, one.weeks, one.since))


def _noticed(one: Watched) -> str:
    if one.since is not None:
        return tr("CHANGED, noticed %1").replace("%1", f"{one.since.astimezone():%Y-%m-%d}")
    return tr("as it was") if one.noticed.numbers else tr("no number yet")


def _source_line(one: Population) -> TextLine:
    changed = ", ".join(tr(WATCHED.get(each.name, each.name)) for each in one.changed)
    noticed = tr("%1 changed").replace("%1", str(len(one.changed))) if one.changed else tr("as it was")
    return TextLine((one.source, one.model, f"{one.studies:,}", noticed), one, f"{one.source}\n{changed}".strip())


def _unlike_line(one: Unlike) -> TextLine:
    when = f"{one.recorded_at.astimezone():%Y-%m-%d %H:%M}"
    return TextLine(
        (when, one.source, one.model),
        one,
        f"{one.source}\n{said('OD-UNLIKE', one.reason) if one.reason else ''}".strip(),
    )


def _key(one: Population | None) -> tuple[str, str]:
    return ("", "") if one is None else (one.source, one.model)
