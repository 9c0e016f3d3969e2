"""The audit log: searched, checked from its first entry to its last, and exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QWidget

from app.jobs.auditing import PAGE, Asked, Checked
from app.state.status import Shape, Sign
from app.state.words import later
from app.tables.lines import VALUE, Head, LinesModel, TextLine
from app.text import tr
from app.views.fact_table import FactTable
from app.views.lines_table import LinesTable
from app.views.message import SignMark
from app.views.page import PageFrame, SearchLine, reading_words, tool
from app.views.styled import frame, selectable
from app.views.work_strip import WorkStrip

if TYPE_CHECKING:
    from engine.audit.log import AuditEntry

TYPED_MS = 300
HEADS = (
    Head(later("Number"), is_number=True),
    Head(later("When")),
    Head(later("Who")),
    Head(later("What")),
    Head(later("Of what")),
    Head(later("Details"), stretches=True),
)
KINDS = {
    "": later("All actions"),
    "outcome.": later("Answers"),
    "review.": later("Reviews"),
    "operator.": later("Operators"),
    "login.": later("Failed logins"),
    "export.": later("Exports"),
    "model.": later("Models"),
    "settings.": later("Settings"),
    "record.": later("Erased records"),
    "store.": later("Database"),
    "program.": later("Program"),
}
INTACT = Sign(later("intact"), Shape.RING, "clear")
BROKEN = Sign(later("not intact"), Shape.CROSS, "failed")


class AuditPage(PageFrame):
    """Shows entries, newest first; asks for more, for a check, for an export."""

    asked = Signal(object)
    """What is searched for, `Asked`."""
    more_asked = Signal()
    verify_asked = Signal()
    export_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Audit"), "audit", parent)
        self.line = SearchLine(tr("Search in the log"))
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("Which actions"))
        for begins, words in KINDS.items():
            self.kinds.addItem(tr(words), begins)
        self.verify_button = tool(tr("Verify"), self.verify_asked.emit, tip=tr("Checks every entry and every record"))
        self.export_button = tool(tr("Export..."), self.export_asked.emit)
        for widget in (self.line, self.kinds, self.verify_button, self.export_button):
            self.tools.addWidget(widget)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._ask)
        self.line.textChanged.connect(lambda: self._typed.start())  # noqa: PLW0108 -- drops what Qt passes
        self.kinds.currentIndexChanged.connect(self._ask)
        self._model = LinesModel(HEADS, self)
        self.table = LinesTable(self._model, tr("Audit log"))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._details = FactTable()
        self._verdict, self._mark, self._said = frame("banner"), SignMark(18), selectable()
        self.work = WorkStrip()
        self.work.cancelled.connect(self.cancel_asked)
        self._build_verdict()
        self._more = self._may_export = False
        self.panes = (self.table, self.line)
        self._build()
        self.say(reading_words())

    def show_entries(self, entries: Sequence[AuditEntry], *, more: bool = False) -> None:
        """Shows a page of the log: the first one, or one more."""
        lines = [_line(entry) for entry in entries]
        if more:
            self._model.add(lines)
        else:
            self._model.show(lines)
            self._details.show_facts([])
        self._more = len(entries) == PAGE
        count = self._model.rowCount()
        words = tr("1 entry") if count == 1 else tr("%1 entries")
        self.say(words.replace("%1", f"{count:,}{'+' if self._more else ''}"))
        if count:
            self.show_content()
        else:
            self.show_empty(tr("Nothing matches"), tr("No entry of the log fits this search."))

    def show_checked(self, checked: Checked) -> None:
        """Says what the check found."""
        self.show_work("")
        self._mark.show_sign(BROKEN if checked.broken or checked.triggers_gone else INTACT)
        if checked.broken:
            words = tr("Not intact. Entry %1").replace("%1", checked.broken)
        else:
            words = tr("Intact: %1 entries, %2 seals, and every record is what its entry says.")
            words = words.replace("%1", f"{checked.entries:,}").replace("%2", f"{checked.seals:,}")
        if checked.triggers_gone:
            gone = tr("The database lacks triggers that refuse changes of it: %1.")
            words += " " + gone.replace("%1", checked.triggers_gone)
        if checked.first_key_kept:
            words += " " + tr("The first key still lies on this machine: `fovea audit setup` hands it over.")
        self.show_words(words)

    def show_words(self, words: str, sign: Sign | None = None) -> None:
        """Says what came of a piece of work."""
        if sign is not None:
            self._mark.show_sign(sign)
        self._said.setText(words)
        self._verdict.show()

    def permit_export(self, may: bool) -> None:
        """Whether the person may export the log as it is."""
        self._may_export = may
        self.export_button.setEnabled(may)
        self.export_button.setToolTip("" if may else tr("Your role does not permit this."))

    def show_work(self, words: str, done: int = 0, of: int = 0) -> None:
        """Says what is being done, with a way to stop it; empty: nothing."""
        self.work.show_work(words, done, of)
        self._verdict.setVisible(False)
        self.verify_button.setEnabled(not words)
        self.export_button.setEnabled(not words and self._may_export)

    @property
    def last_seq(self) -> int | None:
        """The number of the last entry shown."""
        count = self._model.rowCount()
        entry = self._model.index(count - 1, 0).data(VALUE) if count else None
        return None if entry is None else int(entry.seq)

    def _ask(self) -> None:
        self._typed.stop()
        self.asked.emit(Asked(self.line.text().strip(), str(self.kinds.currentData())))

    def _scrolled(self, value: int) -> None:
        if self._more and value >= self.table.verticalScrollBar().maximum() - self.table.height():
            self._more = False
            self.more_asked.emit()

    def _choose(self, current: QModelIndex) -> None:
        entry = current.data(VALUE)
        if entry is not None:
            self._details.show_facts(_facts(entry))

    def _build_verdict(self) -> None:
        row = QHBoxLayout(self._verdict)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._said, 1)
        self._verdict.hide()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self._details)
        split.setStretchFactor(0, 1)
        for widget in (self.work, self._verdict):
            self.body.addWidget(widget)
        self.body.addWidget(split, 1)


def _line(entry: AuditEntry) -> TextLine:
    when = datetime.fromisoformat(entry.at).astimezone()
    cells = (f"{entry.seq:,}", f"{when:%Y-%m-%d %H:%M:%S}", entry.actor, entry.action, entry.subject[:16])
    return TextLine(
        (*cells, ", ".join(f"{name}: {value}" for name, value in _detail(entry) if name != "commitment" and value)),
        entry,
    )


def _facts(entry: AuditEntry) -> list[tuple[str, str]]:
    return [
        (tr("When"), entry.at),
        (tr("Of what"), entry.subject),
        *_detail(entry),
        (tr("Code of the entry"), entry.mac),
        (tr("Digest of the one before"), entry.previous),
    ]


def _detail(entry: AuditEntry) -> list[tuple[str, str]]:
    try:
        found = json.loads(entry.detail)
    except ValueError:  # as only tampering leaves it
        return [("detail", entry.detail)]
    if not isinstance(found, dict):
        return []
    return [(str(name), "" if value is None else str(value)) for name, value in found.items()]
