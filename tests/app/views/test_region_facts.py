"""The chosen region of a volume."""

from app.views.region_facts import facts_of
from engine.domain.region import Measure, Region


def test_measures_slices_and_centre_are_named():
    region = Region(
        "nodule",
        0.9,
        "sure",
        box_vox=(3.5, 0.0, 0.0, 6.0, 1.0, 1.0),
        center_mm=(-10.04, 20.0, 1204.5),
        measures=(Measure("longest diameter", 8.37, "mm"), Measure("volume", 300.4, "mm3")),
    )
    assert facts_of(region) == [
        ("Longest diameter", "8.4 mm"),
        ("Volume", "300 mm³"),
        ("Slices", "4 to 6"),
        ("Centre", "-10.0, 20.0, 1204.5 mm"),
    ]


def test_region_within_one_slice_names_that_slice():
    assert facts_of(Region("nodule", 0.9, "sure", box_vox=(3.2, 0.0, 0.0, 3.9, 1.0, 1.0))) == [("Slices", "4")]
