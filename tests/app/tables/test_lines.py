"""Tables of text lines."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.tables.lines import VALUE, Head, LinesModel, TextLine

ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
ALIGNED = int(Qt.ItemDataRole.TextAlignmentRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)


@pytest.fixture
def model(qapp):
    made = LinesModel((Head("Name", stretches=True), Head("Count", is_number=True)))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show([TextLine(("a", "1"), "behind it", "all of it"), TextLine(("b", ""))])
    return made


def test_lines_are_shown_and_others_added_at_the_end(model):
    model.add([TextLine(("c", "3"))])
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["a", "b", "c"]
    model.show([])
    assert model.rowCount() == 0


def test_line_carries_what_stands_behind_it(model):
    assert model.index(0, 1).data(VALUE) == "behind it"
    assert (model.index(0, 1).data(TIP), model.index(1, 0).data(TIP)) == ("all of it", "b")


def test_line_is_read_out_with_its_titles_and_without_what_is_empty(model):
    assert model.index(0, 0).data(ACCESSIBLE) == "Name a, Count 1"
    assert model.index(1, 0).data(ACCESSIBLE) == "Name b"


def test_numbers_stand_to_the_right_with_their_title(model):
    assert model.index(0, 1).data(ALIGNED) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal, ALIGNED) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 0).data(ALIGNED) & Qt.AlignmentFlag.AlignLeft
