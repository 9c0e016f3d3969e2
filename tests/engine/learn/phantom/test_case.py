import numpy as np
import pytest

from engine.learn.phantom.case import Case, draw_case
from engine.learn.phantom.plan import LUNGS, Field, plan_case
from engine.learn.phantom.profile import PROFILES

SMALL = Field(matrix=110, pixel_mm=2.4, height_mm=120)
TINY = Field(matrix=24, pixel_mm=5.0, height_mm=6)


@pytest.fixture(scope="module")
def small() -> Case:
    return draw_case("test", 3, 7, SMALL, nodules=5)


def test_the_same_seed_gives_the_same_voxels_and_truth(small: Case) -> None:
    again = draw_case("test", 3, 7, SMALL, nodules=5)
    assert len(small.plan.truth) >= 2
    assert np.array_equal(small.voxels, again.voxels)
    assert small.plan.truth == again.plan.truth


def test_another_case_and_another_set_have_other_voxels(small: Case) -> None:
    for split, seed, index in (("test", 4, 7), ("normal", 3, 7), ("test", 3, 8)):
        assert plan_case(split, seed, index, TINY, nodules=0).thorax.habitus != small.plan.thorax.habitus


def test_values_are_whole_hu_within_what_scanners_store(small: Case) -> None:
    assert small.voxels.dtype == np.int16
    assert small.voxels.min() >= -1024
    assert small.voxels.max() <= 3071


def test_a_lung_is_filled_with_air_and_the_middle_is_not(small: Case) -> None:
    share = float((small.voxels < -700).mean())
    assert 0.15 < share < 0.75
    assert (small.voxels > -100).mean() > 0.1


def test_truth_boxes_lie_within_the_scan_and_are_as_large_as_the_nodule(small: Case) -> None:
    for nodule in small.plan.truth:
        low, high = np.array(nodule.box_vox[:3]), np.array(nodule.box_vox[3:])
        assert (low >= 0).all()
        assert (high <= small.voxels.shape).all()
        size_mm = (high - low) * small.plan.grid.step_mm
        assert size_mm.max() > 0.8 * nodule.diameter_mm
        assert size_mm.max() < 2.2 * nodule.diameter_mm


@pytest.fixture(scope="module")
def pair() -> tuple[Case, Case]:
    """The same person and scanner with nodules and without."""
    field = Field(matrix=180, pixel_mm=1.4, height_mm=150)
    return draw_case("train", 8, 2, field, nodules=5), draw_case("train", 8, 2, field, nodules=0)


def test_what_is_denser_at_a_nodule_lies_in_its_box(pair: tuple[Case, Case]) -> None:
    with_nodules, without = pair
    excess = with_nodules.voxels.astype(float) - without.voxels
    inside = np.zeros(excess.shape, bool)
    for nodule in with_nodules.plan.truth:
        low, high = np.array(nodule.box_vox[:3]), np.array(nodule.box_vox[3:])
        blur = 3.0 / np.array(with_nodules.plan.grid.step_mm) + 1
        first, last = np.floor(low - blur).clip(0).astype(int), np.ceil(high + blur).astype(int)
        inside[tuple(slice(a, b) for a, b in zip(first, last, strict=True))] = True
    assert excess[inside].sum() > 0.9 * np.abs(excess[~inside]).sum()
    assert np.percentile(np.abs(excess[~inside]), 99.9) < 25  # strands around a nodule and rounding, no other nodule


def test_a_nodule_keeps_its_mass_through_the_scanner(pair: tuple[Case, Case]) -> None:
    with_nodules, without = pair
    excess = with_nodules.voxels.astype(float) - without.voxels
    voxel_mm3 = float(np.prod(with_nodules.plan.grid.step_mm))
    solid = [nodule for nodule in with_nodules.plan.truth if nodule.kind == "solid" and nodule.attached == "free"]
    assert solid
    for nodule in solid:
        low, high = np.array(nodule.box_vox[:3]), np.array(nodule.box_vox[3:])
        first = np.floor(low - 4).clip(0).astype(int)
        cut = tuple(slice(a, b) for a, b in zip(first, np.ceil(high + 4).astype(int), strict=True))
        volume = excess[cut].sum() / (nodule.hu + 860) * voxel_mm3
        assert volume == pytest.approx(nodule.volume_mm3, rel=0.25)


def test_every_counted_nodule_stands_out_from_the_noise(small: Case) -> None:
    assert min(nodule.cnr for nodule in small.plan.truth) >= 8


def test_the_normal_set_has_no_nodule() -> None:
    assert PROFILES["normal"].nodule_free == 1.0
    assert plan_case("normal", 3, 0, SMALL).truth == ()


def test_the_box_of_the_lungs_is_kept_where_nothing_is_asked() -> None:
    plan = plan_case("train", 3, 1, LUNGS, nodules=0)
    low, high = plan.thorax.lung_corners()
    assert plan.grid.holds(low - 5, high + 5)
    assert not plan.grid.holds(low - 15, high)
