"""The regions of one study as Qt sees them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.state.judgement import Judgement, mark_of
from app.tables.regions import DECISION, REGION, Column, RegionsModel
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Measure, Region
from engine.domain.review import RegionVerdict

pytestmark = pytest.mark.usefixtures("qapp")

REGIONS = (
    Region("pitting", 0.914, "sure", (10.0, 20.0, 69.4, 59.0)),
    Region("nodule", 0.2, "unsure", box_vox=(4, 0, 0, 6, 3, 5)),
)


@pytest.fixture
def model():
    model = RegionsModel()
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(REGIONS)
    return model


def test_region_is_shown_by_label_score_and_size(model):
    assert [model.index(0, column).data() for column in Column] == ["pitting", "0.91", "59 x 39 px"]


def test_region_of_a_volume_is_shown_with_its_length_or_its_box_in_voxels(model):
    assert model.index(1, Column.SIZE).data() == "5 x 3 x 2 voxels"
    measures = (Measure("volume", 300.0, "mm3"), Measure("longest diameter", 8.37, "mm"))
    model.show((replace(REGIONS[1], measures=measures),))
    assert model.index(0, Column.SIZE).data() == "8.4 mm"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == (
        "unsure, undecided<br>Volume: 300 mm³<br>Longest diameter: 8.4 mm"
    )
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "nodule, score 0.20, unsure, undecided, Volume 300 mm³, Longest diameter 8.4 mm"


def test_headers_name_the_columns(model):
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert headers == ["Label", "Score", "Size"]


def test_region_is_read_out_as_a_sentence(model):
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "pitting, score 0.91, sure, undecided"


def test_other_regions_take_the_place_of_the_first(model):
    model.show(REGIONS[1:])
    assert model.rowCount() == 1
    assert model.index(0, 0).data(REGION) is REGIONS[1]


def test_decision_changes_its_own_row_and_no_other(model, qtbot):
    with qtbot.waitSignal(model.dataChanged) as told, qtbot.assertNotEmitted(model.modelReset):
        model.show(REGIONS, (None, RegionVerdict.REJECTED))
    assert (told.args[0].row(), told.args[1].row()) == (1, 1)
    assert model.index(1, 0).data(DECISION) == RegionVerdict.REJECTED
    assert "rejected" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_hidden_regions_have_no_row_and_the_others_keep_their_numbers(model):
    model.show(REGIONS, places=(1,))
    assert model.rowCount() == 1
    assert (model.place_of(0), model.row_of(1), model.row_of(0), model.row_of(None)) == (1, 0, -1, -1)


def test_region_that_a_person_added_has_no_score_and_no_band(model):
    judgement = Judgement.of(Outcome("a", Status.ANSWERED, regions=REGIONS)).add(mark_of(REGIONS[0], "scratch"))
    model.show(judgement.regions, judgement.verdicts)
    assert model.index(2, Column.SCORE).data() == ""
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "scratch, added"


def test_a_region_that_the_second_answer_does_not_have_says_so(model):
    model.show(REGIONS, contested=frozenset({0}))
    label, score = (model.index(0, column) for column in (Column.LABEL, Column.SCORE))
    assert label.data() == "pitting, first answer only"
    assert score.data() == "0.91"
    assert label.data(Qt.ItemDataRole.AccessibleTextRole).endswith("first answer only")
    assert model.index(1, Column.LABEL).data() == "nodule"
    model.show(REGIONS)
    assert model.index(0, Column.LABEL).data() == "pitting"
