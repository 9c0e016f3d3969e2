"""The list of studies as Qt sees it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.state.session import Session, Trouble
from app.tables.studies import ROW, StudiesModel, summary
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region

pytestmark = pytest.mark.usefixtures("qapp")

FLAGGED = Outcome(
    "a", Status.ANSWERED, flagged=True, regions=(Region("pitting", 0.91, "sure", (0, 0, 5, 5)),), coverage=1.0
)
REFUSED = Outcome("b", Status.REFUSED, code="IN-EMPTY", reason="b.png is empty (0 bytes). Copy it again.")


@pytest.fixture
def session():
    return Session()


@pytest.fixture
def model(session):
    model = StudiesModel(session)
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return model


def test_studies_added_later_are_listed(session, model):
    session.add(["/data/a.png", "/data/b.png"])
    session.add(["/data/c.png"])
    assert [model.index(row).data() for row in range(model.rowCount())] == ["a.png", "b.png", "c.png"]


def test_studies_listed_before_the_model_was_made_are_there(session):
    session.add(["/data/a.png"])
    assert StudiesModel(session).rowCount() == 1


def test_answer_is_told_for_its_row_only(session, model, qtbot):
    session.add(["/data/a.png", "/data/b.png"])
    with qtbot.waitSignal(model.dataChanged) as told:
        session.answer(1, FLAGGED, None)
    assert told.args[0].row() == told.args[1].row() == 1
    assert model.index(1).data(ROW).outcome is FLAGGED


def test_row_is_read_out_with_name_status_and_score(session, model):
    session.add(["/data/a.png"])
    session.answer(0, FLAGGED, None)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "a.png, flagged, 1 region, top 0.91"


def test_tip_of_a_refused_study_says_why_and_takes_no_markup_from_names(session, model):
    session.add(["/data/<b>.png"])
    session.answer(0, REFUSED, None)
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "IN-EMPTY: b.png is empty" in tip
    assert "<b>" not in tip


def test_summary_of_a_study_that_could_not_be_started_is_its_code(session):
    session.add(["/data/a.png"])
    session.stop(0, Trouble("ST-HOME", "The home is gone."))
    assert summary(session[0]) == "ST-HOME"


def test_index_beyond_the_rows_has_no_data(session, model):
    assert model.index(5).data() is None
