"""The right side of the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow

from app.state.judgement import Judgement
from app.state.session import StudyRow
from app.state.status import Stage
from app.views.actions import Actions
from app.views.region_list import RegionList
from engine.domain.outcome import Outcome, StageTimes, Status
from engine.domain.region import Measure, Region

REGIONS = tuple(Region("pitting", 0.9 - n / 10, "sure" if n < 2 else "unsure", (0, 0, 9, 9)) for n in range(3))
FLAGGED = StudyRow(
    "a.png",
    Stage.DONE,
    Outcome(
        "a",
        Status.ANSWERED,
        flagged=True,
        regions=REGIONS,
        coverage=1.0,
        model="surface-pitting 1.0.0",
        backend="onnxruntime 1.31.1 cpu",
        doubts=("constant-frame",),
        ms=StageTimes(read=12.0, detect=200.0, total=215.0),
    ),
)

LENGTH = (Measure("longest diameter", 8.4, "mm"),)


@pytest.fixture
def regions(qtbot, dressed):
    window = QMainWindow()
    qtbot.addWidget(window)
    regions = RegionList(Actions(window))
    regions.setParent(window, Qt.WindowType.Window)
    regions.resize(270, 700)
    regions.show()
    regions.owner = window  # it must live as long
    return regions


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_sure_and_unsure_regions_are_counted(regions):
    regions.show_row(FLAGGED)
    assert "3 regions" in texts(regions)
    assert "2 sure, 1 unsure" in texts(regions)


def test_model_run_time_and_doubts_are_named(regions, qtbot):
    regions.show_row(FLAGGED)
    qtbot.waitUntil(lambda: "Model" in texts(regions))
    said = " ".join(texts(regions))
    for part in ("surface-pitting 1.0.0", "ONNX Runtime 1.31.1", "100% of the scan", "all pixels alike", "215 ms"):
        assert part in said


def test_waiting_study_shows_no_facts_of_the_one_before(regions):
    regions.show_row(FLAGGED)
    regions.show_row(StudyRow("b.png"))
    assert texts(regions) == ["Regions", "Waiting"]


def test_choosing_by_code_is_not_told_back(regions, qtbot):
    regions.show_row(FLAGGED)
    with qtbot.assertNotEmitted(regions.chosen):
        regions.choose(2)
    assert regions.table.currentIndex().row() == 2


def test_arrow_keys_choose_the_next_region(regions, qtbot):
    regions.show_row(FLAGGED)
    regions.choose(0)
    with qtbot.waitSignal(regions.chosen) as told:
        qtbot.keyClick(regions.table, Qt.Key.Key_Down)
    assert told.args == [1]


def test_chosen_region_of_a_volume_shows_its_measures_until_another_study(regions, qtbot):
    measures = (Measure("longest diameter", 8.4, "mm"), Measure("mean", -34.0, "[hnsf'U]"))
    nodule = Region("nodule", 0.9, "sure", box_vox=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), measures=measures)
    answer = Outcome("a", Status.ANSWERED, flagged=True, regions=(nodule,), coverage=1.0)
    regions.show_row(StudyRow("ct", Stage.DONE, answer))
    assert "Longest diameter" not in texts(regions)
    regions.choose(0)
    qtbot.waitUntil(lambda: "Longest diameter" in texts(regions))
    assert "-34 HU" in texts(regions)
    regions.show_row(StudyRow("b.png"))
    assert "-34 HU" not in texts(regions)


def test_chosen_region_of_a_picture_shows_no_facts_of_its_own(regions):
    regions.show_row(FLAGGED)
    before = texts(regions)
    regions.choose(0)
    assert texts(regions) == before


def test_hidden_regions_are_counted_and_have_no_row(regions):
    regions.hides = lambda region: region.score < 0.75
    regions.show_row(FLAGGED)
    assert "2 sure, 1 unsure, 1 hidden" in texts(regions)
    assert regions.table.model().rowCount() == 2


def test_chosen_row_stays_when_something_is_decided(regions, qtbot):
    judgement = Judgement.of(FLAGGED.outcome)
    regions.show_row(replace(FLAGGED, judgement=judgement))
    regions.choose(1)
    with qtbot.assertNotEmitted(regions.chosen):
        regions.show_row(replace(FLAGGED, judgement=judgement.confirm(1)))
    assert regions.table.currentIndex().row() == 1


def test_facts_of_the_answer_give_way_in_a_low_pane(regions, qtbot):
    regions.show_row(FLAGGED)
    qtbot.waitUntil(lambda: regions._facts.height() > 20)
    regions.resize(270, 500)
    qtbot.waitUntil(lambda: regions._facts.height() == 0)


def test_label_is_whole_in_the_narrowest_pane(regions, qtbot):
    regions.resize(210, 700)
    nodule = Region("nodule", 0.9, "sure", box_vox=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), measures=LENGTH)
    answer = Outcome("a", Status.ANSWERED, flagged=True, regions=(nodule,), coverage=1.0)
    regions.show_row(StudyRow("ct", Stage.DONE, answer))
    wanted = regions.table.sizeHintForColumn(0)
    qtbot.waitUntil(lambda: regions.table.columnWidth(0) >= wanted)
