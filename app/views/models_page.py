"""The models: what is installed, whether it may be used, its figures and domain, its card, and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from app.jobs.installed import Installed, Verified
from app.state.status import Shape, Sign
from app.state.words import later
from app.tables.lines import VALUE, Head, LinesModel, TextLine
from app.text import tr
from app.views.fact_table import FactTable
from app.views.lines_table import LinesTable
from app.views.message import SignMark
from app.views.page import PageFrame, reading_words, tool
from app.views.styled import frame, label, selectable
from engine.domain.model_card import ModelCard

LIST = (Head(later("Model"), stretches=True), Head(later("Version")), Head(later("State")))
FIGURES = (Head(later("Figure"), stretches=True), Head(later("Value"), is_number=True), Head(later("Effort")))

WHOLE = Sign(later("whole"), Shape.RING, "clear")
UNSOUND = Sign(later("not sound"), Shape.CROSS, "failed")


class ModelsPage(PageFrame):
    """Shows the shelf; asks for a package to be verified."""

    verify_asked = Signal(object)
    """The path of a package."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Models"), "models", parent)
        self._list, self._figures = LinesModel(LIST, self), LinesModel(FIGURES, self)
        self.list = LinesTable(self._list, tr("Installed models"))
        self.list.selectionModel().currentRowChanged.connect(self._choose)
        self._title = label(look="title", size=1.25, wraps=True)
        self._task = selectable()
        self._facts = FactTable()
        self.figures = LinesTable(self._figures, tr("Figures"))
        self.card = QTextBrowser()
        self.card.setAccessibleName(tr("Model card"))
        self.card.setOpenLinks(False)
        self.verify_button = tool(tr("Verify"), self._ask_verify, tip=tr("Reads every byte and checks the signature"))
        self.tools.addWidget(self.verify_button)
        self._mark, self._verdict = SignMark(18), selectable()
        self._verdict_line = self._build_verdict()
        self.panes = (self.list, self.figures, self.card)
        self.body.addWidget(self._build())
        self.say(reading_words())

    def show_installed(self, installed: Sequence[Installed]) -> None:
        """Shows the shelf as it is now."""
        if not installed:
            self.say("")
            self.show_empty(
                tr("No model is installed"),
                tr("Put a package into the folder `models` of the home, and open this page again."),
            )
            return
        self.show_content()
        usable = sum(each.card is not None for each in installed)
        self.say(tr("%1 of %2 may be used").replace("%1", str(usable)).replace("%2", str(len(installed))))
        chosen = self._chosen
        self._list.show([_line(each) for each in installed])
        paths = [each.path for each in installed]
        self.list.selectRow(paths.index(chosen.path) if chosen and chosen.path in paths else 0)

    def show_verified(self, verified: Verified) -> None:
        """Says what verifying the chosen package found."""
        self._mark.show_sign(WHOLE if verified.usable else UNSOUND)
        self._verdict.setText("\n".join((verified.summary, *verified.problems)))
        self._verdict_line.show()
        self.verify_button.setEnabled(True)

    def show_verifying(self) -> None:
        """Says that it is being read."""
        self.verify_button.setEnabled(False)
        self._verdict_line.hide()

    @property
    def _chosen(self) -> Installed | None:
        found = self.list.currentIndex().data(VALUE)
        return found if isinstance(found, Installed) else None

    def _ask_verify(self) -> None:
        if self._chosen is not None:
            self.verify_asked.emit(self._chosen.path)

    def _choose(self, current: QModelIndex) -> None:
        each = current.data(VALUE)
        if not isinstance(each, Installed):
            return
        self._verdict_line.hide()
        self._title.setText(each.name)
        self._task.setText(each.card.task if each.card else each.why)
        self._facts.show_facts(_facts(each))
        self._figures.show(_figures(each.card) if each.card else [])
        self.figures.setVisible(each.card is not None)
        self.card.setVisible(bool(each.text))
        self.card.setMarkdown(each.text)

    def _build_verdict(self) -> QWidget:
        line = frame("banner")
        row = QHBoxLayout(line)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(10)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._verdict, 1)
        line.hide()
        return line

    def _build(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(18, 14, 18, 12)
        column.setSpacing(10)
        for widget in (self._title, self._task, self._verdict_line, self._facts):
            column.addWidget(widget)
        below = QHBoxLayout()
        below.setSpacing(14)
        below.addWidget(self.figures, 2)
        below.addWidget(self.card, 3)
        column.addLayout(below, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        letter = self.fontMetrics().averageCharWidth()
        self.list.setMinimumWidth(letter * 36)
        self.figures.setMinimumWidth(letter * 40)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([letter * 44, 900])
        return split


def _line(each: Installed) -> TextLine:
    state = tr("usable") if each.card else each.code
    name, version = (each.card.id, each.card.version) if each.card else (each.path.name, "")
    return TextLine((name, version, state), each, each.why or str(each.path))


def _facts(each: Installed) -> list[tuple[str, str]]:
    facts = [(tr("Folder"), str(each.path))]
    if each.card is None:
        return [*facts, (tr("Refused"), each.code)]
    card, domain = each.card, each.card.domain
    low, high = domain.size_px
    thresholds = tr("sure from %1, unsure from %2")
    return [
        *facts,
        (tr("Labels"), ", ".join(card.labels)),
        (
            tr("Thresholds"),
            thresholds.replace("%1", f"{card.threshold:g}").replace("%2", f"{card.unsure_threshold:g}"),
        ),
        (tr("Made for"), f"{', '.join(domain.kinds)}; {', '.join(domain.modalities)}; {low:,} - {high:,} px"),
        (tr("Efforts"), ", ".join(effort.name for effort in card.efforts)),
        (tr("Licence"), card.licence),
        (tr("Hash"), card.hash[:16]),
    ]


def _figures(card: ModelCard) -> list[TextLine]:
    """Those of the full effort first, as the card was accepted with them."""
    full = [TextLine((name, f"{value:.4g}", "full")) for name, value in card.acceptance.items()]
    others = [
        TextLine((name, f"{value:.4g}", effort.name))
        for effort in card.efforts
        if effort.name != "full"
        for name, value in effort.figures.items()
    ]
    return full + others
