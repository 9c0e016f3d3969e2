from dataclasses import replace

import numpy as np
import pytest
from numpy.random import default_rng

from engine.learn.phantom.blob import draw_blob, sized
from engine.learn.phantom.habitus import draw_habitus
from engine.learn.phantom.nodules import Nodule, draw_diameter, draw_nodules, extent_mm
from engine.learn.phantom.profile import TRAIN_SCANNERS, TRAIN_VESSELS
from engine.learn.phantom.scanner import Acquisition
from engine.learn.phantom.thorax import LUNG, Thorax, build_thorax
from engine.learn.phantom.trees import Trees, draw_trees
from engine.learn.phantom.visibility import contrast_to_noise


@pytest.fixture(scope="module")
def person() -> tuple[Thorax, Trees]:
    draw = default_rng(5)
    thorax = build_thorax(draw_habitus(TRAIN_VESSELS, draw), draw)
    return thorax, draw_trees(thorax, TRAIN_VESSELS, draw)


@pytest.fixture(scope="module")
def many(person: tuple[Thorax, Trees]) -> list[Nodule]:
    draw = default_rng(6)
    return [nodule for _ in range(34) for nodule in draw_nodules(3, *person, draw)]


def test_half_of_the_nodules_are_below_8_mm_and_all_between_4_and_20() -> None:
    draw = default_rng(1)
    sizes = np.array([draw_diameter(draw) for _ in range(2000)])
    assert 0.46 < (sizes < 8).mean() < 0.54
    assert sizes.min() >= 4
    assert sizes.max() <= 20


def test_a_third_is_attached(many: list[Nodule]) -> None:
    assert len(many) > 95  # there is room for nearly every nodule that is asked for
    assert 0.24 < np.mean([nodule.place != "free" for nodule in many]) < 0.43


def test_attached_nodules_touch_the_pleura_and_free_ones_do_not(
    person: tuple[Thorax, Trees], many: list[Nodule]
) -> None:
    for nodule in many:
        depth = -person[0].at(LUNG, nodule.blob.centre_mm[None])[0]
        assert (depth < 0.9 * nodule.diameter_mm / 2) == (nodule.place == "pleura")


def test_solid_and_ground_parts_have_plausible_values(many: list[Nodule]) -> None:
    for nodule in many:
        low, high = (-100, 150) if nodule.kind == "solid" else (-650, -200)
        assert low <= nodule.hu <= high
    assert 0.2 < np.mean([nodule.kind == "part-solid" for nodule in many]) < 0.5


def test_no_two_nodules_of_a_person_touch(person: tuple[Thorax, Trees]) -> None:
    nodules = draw_nodules(5, *person, default_rng(2))
    for index, nodule in enumerate(nodules):
        for other in nodules[index + 1 :]:
            between = np.linalg.norm(nodule.blob.centre_mm - other.blob.centre_mm)
            assert between > (nodule.diameter_mm + other.diameter_mm) / 2 + 8


def test_a_blob_has_the_volume_that_it_is_sized_to() -> None:
    draw = default_rng(3)
    blob = sized(draw_blob(np.zeros(3), np.array([1.4, 1.0, 0.9]), 0.4, draw), 9.0)
    side = np.linspace(-blob.reach_mm, blob.reach_mm, 81)
    points = np.stack(np.meshgrid(side, side, side, indexing="ij"), axis=-1).reshape(-1, 3)
    volume = (blob.distance(points) < 0).sum() * (side[1] - side[0]) ** 3
    assert volume == pytest.approx(np.pi / 6 * 9.0**3, rel=0.02)


def test_the_true_extent_of_a_nodule_on_the_pleura_ends_there(person: tuple[Thorax, Trees], many: list[Nodule]) -> None:
    attached = next(nodule for nodule in many if nodule.place == "pleura")
    free = next(nodule for nodule in many if nodule.place == "free")
    assert extent_mm(attached, person[0])[2] < 0.97 * np.pi / 6 * attached.diameter_mm**3
    assert extent_mm(free, person[0])[2] == pytest.approx(np.pi / 6 * free.diameter_mm**3, rel=0.04)


def test_twice_the_noise_halves_how_visible_a_nodule_is(person: tuple[Thorax, Trees], many: list[Nodule]) -> None:
    quiet = Acquisition(TRAIN_SCANNERS.kernels[0], TRAIN_SCANNERS.slices[3], 0.8, 15.0)
    once = contrast_to_noise(many[0], person[0], quiet)
    assert contrast_to_noise(many[0], person[0], replace(quiet, noise_hu=30.0)) == pytest.approx(once / 2)
