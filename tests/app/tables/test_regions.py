"""The regions of one study as Qt sees them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.tables.regions import REGION, Column, RegionsModel
from engine.domain.region import Region

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


def test_region_of_a_volume_has_no_size_in_pixels(model):
    assert model.index(1, Column.SIZE).data() == ""


def test_headers_name_the_columns(model):
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert headers == ["Label", "Score", "Band", "Size"]


def test_region_is_read_out_as_a_sentence(model):
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "pitting, score 0.91, sure"


def test_other_regions_take_the_place_of_the_first(model):
    model.show(REGIONS[1:])
    assert model.rowCount() == 1
    assert model.index(0, 0).data(REGION) is REGIONS[1]
