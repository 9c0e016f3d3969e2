"""The series of the set: one volume each, with the doubts that their geometry calls for and no others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.intake.find import find
from engine.intake.read import read_study
from tests.conformance.manifest import SHARED, Row, rows_of
from tests.conformance.test_files import digest

UNEVEN = 1.02
"""The manifest's distances have two digits: closer than this ratio they are one spacing."""

DRIFT_MM = 0.1
"""Below, a series is not tilted."""

ROWS = rows_of(SHARED, "series")


def expected_doubts(row: Row) -> set[str]:
    least, greatest = row.steps_mm
    doubts = {"tilted-series"} if row.drift_mm > DRIFT_MM else set()
    return doubts | ({"uneven-series"} if greatest > UNEVEN * least else set())


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_series_is_one_volume_and_has_the_doubts_that_its_geometry_calls_for(row: Row) -> None:
    (found,) = find([row.path])
    loaded = read_study(found)
    scan = loaded.scan
    assert (scan.kind, scan.modality, found.source) == ("volume", row.modality, str(row.path))
    assert len(loaded.study.instances) == len(scan.slices) == int(row.facts["n_files"])
    assert set(loaded.doubts) == expected_doubts(row)
    assert digest(loaded.stored) == row.pixel_hash
    assert loaded.stored.shape == row.shape
    assert scan.spacing_mm is not None
    if "uneven-series" not in loaded.doubts:
        assert len(scan.pixels) == int(row.facts["n_files"])
        assert row.steps_mm[0] - 0.005 <= scan.spacing_mm[0] <= row.steps_mm[1] + 0.005


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_series_is_ordered_by_position_whatever_its_files_are_called(row: Row) -> None:
    (found,) = find([row.path])
    loaded = read_study(found)
    places = [one.z_vox for one in loaded.scan.slices]
    assert places == sorted(places)
    in_order = [instance.path for instance in loaded.study.instances]
    by_name = in_order in (sorted(in_order), sorted(in_order, reverse=True))
    assert by_name == ("NOT match slice order" not in row.facts["oddity"])


def test_every_series_of_the_set_is_judged(shared: Path) -> None:
    assert {row.path for row in ROWS} == set((SHARED / "series").iterdir())
    assert sum(int(row.facts["n_files"]) for row in ROWS) == len([*(SHARED / "series").rglob("*.*")])
    assert np.all([row.expected == "readable" for row in ROWS])
