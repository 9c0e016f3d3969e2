"""The section of operators: who may log in, with which role; adding, disabling, a new password."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.sentences.told import told
from app.state.session import Trouble
from app.state.words import later
from app.tables.lines import VALUE, Head, LinesModel, TextLine
from app.text import tr
from app.views.lines_table import LinesTable
from app.views.settings_form import Section
from app.views.styled import label
from engine.domain.operator import Operator, Role
from engine.errors import UsageError

HEADS = (Head(later("Name"), stretches=True), Head(later("Role")), Head(later("Since")), Head(later("State")))
ROLES = {
    Role.READER: later("reader"),
    Role.INSPECTOR: later("inspector"),
    Role.LEAD: later("lead"),
    Role.ADMINISTRATOR: later("administrator"),
    Role.VIEWER: later("viewer"),
}


class OperatorsSection(Section):
    """Shows the operators; asks for changes, which the engine may refuse."""

    add_asked = Signal(str, object, str)
    """Name, `Role` and password."""
    disable_asked = Signal(str)
    password_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Operators"), "", parent=parent)
        self._words = label(look="quiet", wraps=True)
        self._model = LinesModel(HEADS, self)
        self.table = LinesTable(self._model, tr("Operators"))
        self.table.hide()
        self.table.setMinimumHeight(int(self.fontMetrics().height() * 9))
        self.name, self.role = QLineEdit(), QComboBox()
        self.first, self.second = _secret(tr("Password or PIN")), _secret(tr("The same again"))
        self.name.setAccessibleName(tr("Name"))
        self.name.setPlaceholderText(tr("Name"))
        self.role.setAccessibleName(tr("Role"))
        for role, words in ROLES.items():
            self.role.addItem(tr(words), role.value)
        self.add_button = QPushButton(tr("Add"))
        self.disable_button = QPushButton(tr("Disable"))
        self.password_button = QPushButton(tr("New password"))
        self.add_button.clicked.connect(self._add)
        self.disable_button.clicked.connect(lambda: self.disable_asked.emit(self.chosen))
        self.password_button.clicked.connect(lambda: self.password_asked.emit(self.chosen, self.first.text()))
        self.body.addWidget(self._words)
        self.body.addWidget(self.table)
        self.body.addLayout(self._build())
        for line in (self.name, self.first, self.second):
            line.textChanged.connect(self._typed)
        self.table.selectionModel().currentRowChanged.connect(self._typed)
        self._typed()

    def show_operators(self, operators: Sequence[Operator]) -> None:
        """Shows who may log in."""
        self._words.setText(
            tr("These people log in with a name and a password; the window locks after a quarter of an hour.")
            if operators
            else tr(
                "Nobody logs in here: the user of the operating system may do everything. The first operator that "
                "is added must be an administrator; from then on people log in."
            )
        )
        self.table.setVisible(bool(operators))
        self._model.show([_line(each) for each in operators])
        if not operators:
            self.role.setCurrentIndex(self.role.findData(Role.ADMINISTRATOR.value))
        for line in (self.name, self.first, self.second):
            line.clear()

    @property
    def chosen(self) -> str:
        """The name under the cursor; empty for none."""
        found = self.table.currentIndex().data(VALUE)
        return found.name if isinstance(found, Operator) else ""

    def _typed(self) -> None:
        first, second = self.first.text(), self.second.text()
        wrong = _wrong_with(first) if first else ""
        holds = bool(first) and first == second and not wrong
        self.add_button.setEnabled(holds and bool(self.name.text().strip()))
        self.password_button.setEnabled(holds and bool(self.chosen))
        self.disable_button.setEnabled(bool(self.chosen))
        differs = bool(second) and first != second
        self.say(wrong or (tr("The two passwords are not the same.") if differs else ""))

    def _add(self) -> None:
        self.add_asked.emit(self.name.text().strip(), Role(self.role.currentData()), self.first.text())

    def _build(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.role, 0, 1)
        grid.addWidget(self.first, 1, 0)
        grid.addWidget(self.second, 1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add_button, self.password_button, self.disable_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid.addLayout(buttons, 2, 0, 1, 2)
        grid.setColumnStretch(2, 1)
        return grid


def _wrong_with(secret: str) -> str:
    """Why the engine would not keep it; empty where it would."""
    from engine.operators.password import require_acceptable  # noqa: PLC0415 -- start-up time: hashing comes with it

    try:
        require_acceptable(secret)
    except UsageError as error:
        shown = told(Trouble.of(error))
        return f"{shown.sentence} {shown.next_step}"
    return ""


def _secret(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setPlaceholderText(name)
    line.setAccessibleName(name)
    return line


def _line(each: Operator) -> TextLine:
    since = f"{each.added_at.astimezone():%Y-%m-%d}" if each.added_at else ""
    state = tr("may log in") if each.disabled_at is None else tr("disabled")
    role = tr(ROLES[each.role]) if each.role else ""
    return TextLine((each.name, role, since, state), each)
