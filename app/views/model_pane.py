"""One version of a model: whether it answers, what can be done with it, and all that was found of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from app.jobs.changing_models import Judged
from app.jobs.installed import Installed, Verified
from app.model_place import Place
from app.state.status import Shape, Sign
from app.state.words import later
from app.tables.lines import Head, LinesModel
from app.text import tr
from app.views.fact_table import FactTable
from app.views.lines_table import LinesTable
from app.views.model_words import (
    change_lines,
    comparison_facts,
    facts_of,
    figures_of,
    gate_lines,
    notes_of,
    step_lines,
)
from app.views.page import tool
from app.views.sign_line import SignLine
from app.views.styled import label, selectable
from app.views.tabs import Tabs
from engine.domain.activation import GateLine

FIGURES = (Head(later("Figure"), stretches=True), Head(later("Value"), is_number=True), Head(later("Effort")))
STEPS = (Head(later("Result")), Head(later("Step")), Head(later("Found"), stretches=True))
GATE = (Head(later("Result")), Head(later("Line")), Head(later("Found"), stretches=True))
HISTORY = (
    Head(later("When")),
    Head(later("What")),
    Head(later("Version")),
    Head(later("Who")),
    Head(later("Reason"), stretches=True),
)

WHOLE = Sign(later("whole"), Shape.RING, "clear")
UNSOUND = Sign(later("not sound"), Shape.CROSS, "failed")
PASSED = Sign(later("passed"), Shape.RING, "clear")
REFUSED = Sign(later("refused"), Shape.BARRED, "refused")


class ModelPane(QWidget):
    """Shows a version; asks for what is done with it."""

    activate_asked = Signal(object)
    """An `Installed`, for the gate."""
    override_asked = Signal(object)
    """The `Judged` that refuses."""
    shadow_asked = Signal(object)
    """An `Installed` that is to begin, or where it is one to end, as a shadow."""
    roll_back_asked = Signal(object)
    """An `Installed`, whose model is to go back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._each: Installed | None = None
        self._judged: Judged | None = None
        self._title = label(look="title", size=1.25, wraps=True)
        self._task = selectable()
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        self.verdict = SignLine()
        self.verdict.hide()
        self.activate_button = tool(tr("Activate..."), lambda: self.activate_asked.emit(self._each), main=True)
        self.shadow_button = tool(tr("Start shadow"), lambda: self.shadow_asked.emit(self._each))
        self.back_button = tool(tr("Roll back..."), lambda: self.roll_back_asked.emit(self._each))
        self.override_button = tool(tr("Override the gate..."), lambda: self.override_asked.emit(self._judged))
        self.facts, self.card = FactTable(), QTextBrowser()
        self._figures, self.figures = _table(FIGURES, tr("Figures"), wraps=False)
        self._steps, self.steps = _table(STEPS, tr("Steps of the import"))
        self._gate, self.gate = _table(GATE, tr("Lines of the gate"))
        self._history, self.history = _table(HISTORY, tr("History"))
        self.said_of_gate, self.comparison = SignLine(), FactTable()
        self._no_steps, self._no_shadow, self._no_changes = (label(look="quiet", wraps=True) for _ in range(3))
        self.tabs = Tabs(tr("What is known of the version"))
        self.panes = (self.activate_button, self.tabs.tabBar())
        self._fills = (self._show_card, self._show_steps, self._show_gate, self._show_shadow, self._show_history)
        self._stale: set[int] = set()
        self._build()
        self.tabs.currentChanged.connect(self._fill)

    @property
    def shown(self) -> Installed | None:
        """The version that is looked at."""
        return self._each

    def show_installed(self, each: Installed, judged: Judged | None) -> None:
        """Shows a version.

        Args:
            each: as it is now.
            judged: what the gate said of it in this session; None shows what it said when it was activated.
        """
        if (each, judged) == (self._each, self._judged):
            return
        if self._each is None or self._each.path != each.path:
            self.verdict.hide()
        self._each, self._judged = each, judged
        self._title.setText(each.name)
        self._task.setText(each.card.task if each.card else "")
        self._task.setVisible(each.card is not None)
        self._show_notes()
        self._stale = set(range(len(self._fills)))
        self._fill(self.tabs.currentIndex())
        self._enable(busy=False)

    def show_verified(self, verified: Verified) -> None:
        """Says what verifying the version found."""
        self.verdict.show_words(
            WHOLE if verified.usable else UNSOUND, "\n".join((verified.summary, *verified.problems))
        )
        self.verdict.show()

    def show_busy(self, *, busy: bool) -> None:
        """While something long goes on, nothing else long is begun; going back never waits."""
        self._enable(busy=busy)

    def look_at_gate(self) -> None:
        """Turns to what the gate said."""
        self.tabs.setCurrentIndex(2)

    def _fill(self, tab: int) -> None:
        """Fills a tab when it is looked at: all of them at once would hold the window up."""
        if tab in self._stale:
            self._stale.discard(tab)
            self._fills[tab]()

    def _enable(self, *, busy: bool) -> None:
        each = self._each
        place = each.place if each else None
        is_shadow = place is Place.SHADOW
        self.activate_button.setEnabled(not busy and place in (Place.USABLE, Place.SHADOW, Place.SILENT))
        self.shadow_button.setText(tr("End shadow") if is_shadow else tr("Start shadow"))
        self.shadow_button.setEnabled(place in (Place.SHADOW, Place.SILENT))
        back_to = each.back_to if each else ""
        words = tr("Roll back to %1...").replace("%1", back_to) if back_to else tr("Roll back...")
        self.back_button.setText(words)
        self.back_button.setEnabled(bool(back_to))
        self.override_button.setEnabled(not busy)

    def _show_notes(self) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._each is not None:
            for sign, words in notes_of(self._each):
                self.notes.addWidget(SignLine(sign, words))

    def _show_card(self) -> None:
        each = self._each
        if each is None:
            return
        self.facts.show_facts(facts_of(each))
        self._figures.show(figures_of(each.card) if each.card else [])
        self.figures.setVisible(each.card is not None)
        self.card.setVisible(bool(each.text))
        self.card.setMarkdown(each.text)

    def _show_steps(self) -> None:
        record = self._each.record if self._each else None
        self._steps.show(step_lines(record.steps) if record else [])
        self.steps.setVisible(record is not None)
        self._no_steps.setVisible(record is None)

    def _show_gate(self) -> None:
        lines, refused = self._lines()
        failing = sum(not line.passed for line in lines)
        counted = tr("%1 of %2 lines fail.").replace("%1", str(failing)).replace("%2", str(len(lines)))
        if refused:
            self.said_of_gate.show_words(REFUSED, f"{tr('The gate refuses it.')} {counted}")
        elif lines:
            self.said_of_gate.show_words(PASSED if not failing else REFUSED, f"{tr('It was activated.')} {counted}")
        else:
            self.said_of_gate.show_words(
                Sign("waiting", Shape.DOTS, "waiting"),
                tr("The gate was not asked yet. It measures a version on images of the site, see requirements.toml."),
            )
        self.override_button.setVisible(refused)
        self._gate.show(gate_lines(lines))
        self.gate.setVisible(bool(lines))

    def _lines(self) -> tuple[Sequence[GateLine], bool]:
        """The lines to be shown, and whether they refuse the version now."""
        if self._judged is not None:
            return self._judged.lines, self._judged.refused is not None
        changes = self._each.own_changes if self._each else ()
        return next((one.lines for one in changes if one.lines), ()), False

    def _show_shadow(self) -> None:
        found = self._each.comparison if self._each else None
        self.comparison.show_facts(comparison_facts(found) if found else [])
        self._no_shadow.setVisible(found is None)

    def _show_history(self) -> None:
        changes = self._each.changes if self._each else ()
        self._history.show(change_lines(changes))
        self.history.setVisible(bool(changes))
        self._no_changes.setVisible(not changes)

    def _build(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(8)
        for button in (self.activate_button, self.shadow_button, self.back_button):
            actions.addWidget(button)
        actions.addStretch(1)
        self.card.setAccessibleName(tr("Model card"))
        self.card.setOpenLinks(False)
        self._no_steps.setText(tr("It did not come by import: it is bundled, or was put onto the shelf by hand."))
        self._no_shadow.setText(tr("It never answered as a shadow."))
        self._no_changes.setText(tr("Nothing was changed yet: no version was imported, activated or taken back here."))
        self.tabs.addTab(self._card_tab(), tr("Card"))
        self.tabs.addTab(_tab(self._no_steps, self.steps), tr("Import"))
        self.tabs.addTab(self._gate_tab(), tr("Gate"))
        self.tabs.addTab(_tab(self._no_shadow, self.comparison, fills=False), tr("Shadow"))
        self.tabs.addTab(_tab(self._no_changes, self.history), tr("History"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 18, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._task)
        column.addLayout(self.notes)
        column.addWidget(self.verdict)
        column.addLayout(actions)
        column.addWidget(self.tabs, 1)

    def _card_tab(self) -> QWidget:
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.facts)
        below = QHBoxLayout()
        below.setSpacing(14)
        self.figures.setMinimumWidth(self.fontMetrics().averageCharWidth() * 36)
        below.addWidget(self.figures, 2)
        below.addWidget(self.card, 3)
        column.addLayout(below, 1)
        return tab

    def _gate_tab(self) -> QWidget:
        tab = QWidget()
        head = QHBoxLayout()
        head.addWidget(self.said_of_gate, 1)
        head.addWidget(self.override_button)
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.gate, 1)
        column.addStretch(0)
        return tab


def _table(heads: Sequence[Head], name: str, *, wraps: bool = True) -> tuple[LinesModel, LinesTable]:
    model = LinesModel(heads)
    table = LinesTable(model, name, wraps=wraps)
    model.setParent(table)
    return model, table


def _tab(empty: QLabel, content: QWidget, *, fills: bool = True) -> QWidget:
    """Content, or what is said in its place."""
    tab = QWidget()
    column = QVBoxLayout(tab)
    column.setContentsMargins(0, 10, 0, 0)
    column.addWidget(empty)
    column.addWidget(content, int(fills))
    column.addStretch(0 if fills else 1)
    return tab
