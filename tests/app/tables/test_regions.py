"""The regions of one study as Qt sees them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.tables.regions import REGION, Column, RegionsModel
from engine.domain.region import Measure, Region

pytestmark = pytest.mark.usefixtures("qapp")

REGIONS = (
    Region("pitting", 0.914, "sure", (10.0, 20.0, 69.4, 59.0)),
    Region("nodule", 0.2, "unsure", box_vox=(0, 0, 0, 2, 2, 2)),
)


@pytest.fixture
def model():
    model = RegionsModel()
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(REGIONS)
    return model


def test_region_is_shown_by_label_score_band_and_size(model):
    assert [model.index(0, column).data() for column in Column] == ["pitting", "0.91", "sure", "59 x 39"]


def test_region_of_a_volume_is_shown_with_its_length_or_its_voxels(model):
    assert model.index(1, Column.SIZE).data() == "2 x 2 x 2"
    measures = (Measure("volume", 300.0, "mm3"), Measure("longest diameter", 8.37, "mm"))
    model.show((replace(REGIONS[1], measures=measures),))
    assert model.index(0, Column.SIZE).data() == "8.4 mm"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "volume: 300 mm³<br>longest diameter: 8.4 mm"
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "nodule, score 0.20, unsure, volume 300 mm³, longest diameter 8.4 mm"


def test_headers_name_the_columns(model):
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert headers == ["Label", "Score", "Band", "Size"]


def test_region_is_read_out_as_a_sentence(model):
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "pitting, score 0.91, sure"


def test_other_regions_take_the_place_of_the_first(model):
    model.show(REGIONS[1:])
    assert model.rowCount() == 1
    assert model.index(0, 0).data(REGION) is REGIONS[1]
