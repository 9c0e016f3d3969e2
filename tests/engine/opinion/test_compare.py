import pytest

from engine.domain.region import Region
from engine.opinion.compare import unmatched


def region(x, size=10.0, label="spot", band="sure"):
    return Region(label, 0.9, band, box_px=(x, 0.0, x + size, size))


def test_boxes_of_one_place_match_however_large_they_are():
    whole, part, away = region(0.0, 40.0), region(30.0, 8.0), region(60.0)
    assert unmatched([whole, away], [part], by_label=False) == (1,)
    assert unmatched([part], [whole, away], by_label=False) == ()


def test_an_unsure_region_is_no_claim_but_agrees_with_one():
    sure, unsure = region(0.0), region(0.0, band="unsure")
    assert unmatched([unsure], [], by_label=True) == ()
    assert unmatched([sure], [unsure], by_label=True) == ()


@pytest.mark.parametrize(("by_label", "found"), [(True, (0,)), (False, ())])
def test_classes_count_where_both_know_the_same_ones(by_label, found):
    assert unmatched([region(0.0)], [region(0.0, label="scratch")], by_label=by_label) == found


def test_in_volumes_the_slices_count_as_well():
    def nodule(z):
        return Region("nodule", 0.9, "sure", box_vox=(z, 0.0, 0.0, z + 4.0, 8.0, 8.0))

    assert unmatched([nodule(0.0)], [nodule(1.0)], by_label=True) == ()
    assert unmatched([nodule(0.0)], [nodule(6.0)], by_label=True) == (0,)
