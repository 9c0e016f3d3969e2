"""The monitor: what somebody has to look after, how the queue and the machine stand, and the figures of late."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.jobs.drift import Drift
from app.jobs.watching import LOOKED_AT, Watched
from app.sentences.told import said
from app.state.countdown import span
from app.state.monitor import By, Figures, figures_of, reasons_of
from app.state.status import Shape, Sign
from app.state.words import later
from app.tables.lines import Head, LinesModel, TextLine
from app.text import runtime_named, tr
from app.views.drift_pane import DriftPane
from app.views.lines_table import LinesTable
from app.views.page import PageFrame, reading_words
from app.views.sign_line import SignLine
from app.views.styled import frame, label
from app.views.tabs import Tabs

BYS = {By.DAY: later("By day"), By.MODEL: later("By model"), By.SOURCE: later("By source")}
GIB = 1 << 30

FIGURES = (
    Head(later("Group"), stretches=True),
    Head(later("Answers"), is_number=True),
    Head(later("Flagged"), is_number=True),
    Head(later("Confirmed"), is_number=True),
    Head(later("Median"), is_number=True),
    Head(later("95 % within"), is_number=True),
    Head(later("In time"), is_number=True),
    Head(later("Without answer"), is_number=True),
)
REASONS = (
    Head(later("Reason")),
    Head(later("Studies"), is_number=True),
    Head(later("The newest of them"), stretches=True),
)

ALARM = Sign(later("alarm"), Shape.TRIANGLE, "refused")
WELL = Sign(later("no alarm"), Shape.RING, "clear")


class MonitorPage(PageFrame):
    """Shows what was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Monitor"), "monitor", parent)
        self._watched: Watched | None = None
        self.by = QComboBox()
        self.by.setAccessibleName(tr("Figures by"))
        for by, words in BYS.items():
            self.by.addItem(tr(words), by.value)
        self.by.currentIndexChanged.connect(self._show_figures)
        self.tools.addWidget(self.by)
        self._alarms = QVBoxLayout()
        self._alarms.setSpacing(6)
        self._cards = {name: _Card(tr(title)) for name, title in CARDS.items()}
        self._figures, self._reasons = LinesModel(FIGURES, self), LinesModel(REASONS, self)
        self.figures = LinesTable(self._figures, tr("Figures"))
        self.reasons = LinesTable(self._reasons, tr("Why studies got no answer"))
        self.drift = DriftPane()
        self.tabs = Tabs(tr("What was seen"))
        self.panes = (self.tabs.tabBar(), self.figures, self.reasons, *self.drift.panes)
        self._no_reasons = label(tr("Every study of late was answered in full."), "quiet")
        self.body.addWidget(self._top())
        self.body.addWidget(self._lower(), 1)
        self.say(reading_words())

    def show_watched(self, watched: Watched) -> None:
        """Shows how it stands now."""
        self._watched = watched
        self._show_alarms()
        self._show_cards()
        self._show_figures()
        count = len(watched.measured)
        newest = tr("of the newest %1 answers") if count == LOOKED_AT else tr("of all %1 answers")
        self.say(newest.replace("%1", f"{count:,}") if count else tr("no answer yet"))

    def show_drift(self, drift: Drift) -> None:
        """Shows what changed by source."""
        self.drift.show_drift(drift)

    def look_at_sources(self) -> None:
        """Turns to what changed by source."""
        self.tabs.setCurrentWidget(self.drift)
        self.drift.choose_changed()

    def _show_alarms(self) -> None:
        while (item := self._alarms.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        alarms = self._watched.alarms if self._watched else ()
        for alarm in alarms:
            words = f"{said(alarm.name, alarm.reason)} {said(alarm.name, alarm.next_step)}"
            self._alarms.addWidget(SignLine(ALARM, f"{alarm.name}: {words}"))
        if not alarms:
            self._alarms.addWidget(SignLine(WELL, tr("Nothing needs looking after.")))

    def _show_cards(self) -> None:
        if self._watched is None:
            return
        condition, table = self._watched.condition, self._watched.gpus
        waiting = len(condition.planned)
        late = tr("%1 expected late").replace("%1", f"{len(condition.late):,}") if condition.late else ""
        longest = tr("longest wait %1").replace("%1", span(condition.longest_wait_s)) if waiting else ""
        self._cards["queue"].show_words(
            tr("%1 waiting").replace("%1", f"{waiting:,}"),
            ", ".join(filter(None, (tr("%1 at work").replace("%1", str(len(condition.at_work))), longest, late))),
        )
        worker = condition.worker
        state = tr("none") if not condition.is_served else tr("ready") if worker and worker.facts.get("ready") else ""
        backend = str(worker.facts.get("backend", "")) if worker and condition.is_served else ""
        self._cards["worker"].show_words(state or tr("starting"), runtime_named(backend) if backend else "")
        gpu = table.gpus[0] if table.gpus else None
        self._cards["gpu"].show_words(
            gpu.name if gpu else tr("none"),
            tr("%1 GiB of memory").replace("%1", f"{gpu.memory_bytes / GIB:.0f}") if gpu else tr("the CPU answers"),
        )
        self._cards["disk"].show_words(
            tr("%1 GiB free").replace("%1", f"{condition.free_bytes / GIB:.1f}"), tr("on the disk of the records")
        )
        promises = condition.promises
        kept = f"{sum(promises) / len(promises):.0%}" if promises else tr("none yet")
        self._cards["forecasts"].show_words(
            kept, tr("of the last %1 came by their 90 % forecast").replace("%1", str(len(promises))) if promises else ""
        )

    def _show_figures(self) -> None:
        if self._watched is None:
            return
        by = By(self.by.currentData())
        self._figures.show([_figure_line(each) for each in figures_of(self._watched.measured, by)])
        reasons = reasons_of(self._watched.measured)
        self._reasons.show([TextLine((each.code, f"{each.count:,}", each.newest)) for each in reasons])
        self.reasons.setVisible(bool(reasons))
        self._no_reasons.setVisible(not reasons)

    def _top(self) -> QWidget:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addLayout(self._alarms)
        row = QHBoxLayout()
        row.setSpacing(10)
        for card in self._cards.values():
            row.addWidget(card, 1)
        column.addLayout(row)
        return top

    def _lower(self) -> QWidget:
        self.tabs.addTab(self._tables(), tr("Figures"))
        self.tabs.addTab(self.drift, tr("Change by source"))
        self.tabs.currentChanged.connect(lambda at: self.by.setVisible(at == 0))
        return self.tabs

    def _tables(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(6)
        column.addWidget(label(tr("Why studies got no answer"), "title"))
        column.addWidget(self._no_reasons)
        column.addWidget(self.reasons, 1)
        column.addStretch(0)
        above = QWidget()
        rows = QVBoxLayout(above)
        rows.setContentsMargins(18, 6, 18, 4)
        rows.addWidget(self.figures)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(above)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        return split


CARDS = {
    "queue": later("Queue"),
    "worker": later("Worker"),
    "gpu": later("GPU"),
    "disk": later("Disk"),
    "forecasts": later("Forecasts kept"),
}


class _Card(QWidget):
    """A title, a figure, and what stands under it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        card = frame("card")
        self._figure = label(look="title", size=1.3, wraps=True)
        self._words = label(look="quiet", wraps=True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(14, 10, 14, 12)
        inner.setSpacing(3)
        inner.addWidget(label(title, "quiet"))
        inner.addWidget(self._figure)
        inner.addWidget(self._words)
        inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def show_words(self, figure: str, words: str) -> None:
        self._figure.setText(figure)
        self._words.setText(words)


def _figure_line(figures: Figures) -> TextLine:
    return TextLine(
        (
            figures.group or tr("no model was chosen"),
            f"{figures.answers:,}",
            _percent(figures.flagged_share),
            _percent(figures.confirmed_share),
            f"{figures.median_s:,.2f} s",
            f"{figures.late_s:,.2f} s",
            _percent(figures.kept_share),
            f"{figures.not_answered:,}",
        )
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
