import itertools
import re
import time

import numpy as np
import pytest

from engine.detect.measure import LARGEST_VOXELS, measured
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan

PROVENANCE = Provenance(("a",), "made here")
LUNG_HU, TISSUE_HU = -850, 30


def scan_of(hu, spacing_mm=(1.0, 1.0, 1.0), **changes):
    stored = np.round(hu + 1024).astype(np.int16)
    plain = {"modality": "CT", "photometric": "MONOCHROME2", "provenance": PROVENANCE, "intercept": -1024.0}
    return Scan(stored, "volume", spacing_mm=spacing_mm, **(plain | changes))


def ball(diameter_mm, spacing_mm, shape, centre, *, noise_hu=0.0, seed=0):
    """HU of a ball in lung with partial volume, from 4x4x4 points a voxel, and its box."""
    share = np.zeros(shape)
    inner = (np.arange(4) + 0.5) / 4
    for offset in itertools.product(inner, repeat=3):
        axes = [
            ((np.arange(size) + part - middle) * step) ** 2
            for size, part, middle, step in zip(shape, offset, centre, spacing_mm, strict=True)
        ]
        far = axes[0][:, None, None] + axes[1][:, None] + axes[2]
        share += (far <= diameter_mm**2 / 4) / 64
    noise = np.random.default_rng(seed).normal(0.0, noise_hu, shape)
    half = diameter_mm / 2 / np.array(spacing_mm)
    return LUNG_HU + share * (TISSUE_HU - LUNG_HU) + noise, (*(centre - half), *(centre + half))


def measures_of(scan, box):
    (region,) = measured([Region("nodule", 0.9, "sure", box_vox=tuple(map(float, box)))], scan)
    return {measure.name: measure.value for measure in region.measures}


@pytest.mark.parametrize("noise_hu", [0.0, 40.0])
@pytest.mark.parametrize("diameter_mm", [6.0, 8.0, 12.0, 20.0])
@pytest.mark.parametrize("spacing_mm", [(1.0, 1.0, 1.0), (0.7, 0.7, 0.7), (1.0, 0.7, 0.7)])
def test_balls_have_their_volume_within_a_tenth_and_their_diameter_within_a_voxel(spacing_mm, diameter_mm, noise_hu):
    shape = tuple(int(diameter_mm / step) + 14 for step in spacing_mm)
    for seed, shift in enumerate(np.random.default_rng(5).random((3, 3))):
        hu, box = ball(diameter_mm, spacing_mm, shape, np.array(shape) / 2 + shift - 0.5, noise_hu=noise_hu, seed=seed)
        found = measures_of(scan_of(hu, spacing_mm), box)
        assert found["volume"] == pytest.approx(np.pi / 6 * diameter_mm**3, rel=0.1)
        assert found["longest diameter"] == pytest.approx(diameter_mm, abs=max(spacing_mm))


def test_thick_slices_are_measured_within_one_of_them():
    spacing_mm = (2.5, 0.7, 0.7)
    hu, box = ball(12.0, spacing_mm, (16, 34, 34), np.array([8.2, 17.1, 17.4]))
    found = measures_of(scan_of(hu, spacing_mm), box)
    assert found["volume"] == pytest.approx(np.pi / 6 * 12**3, rel=0.1)
    assert found["longest diameter"] == pytest.approx(12.0, abs=2.5)


def test_a_small_cuboid_has_its_exact_figures():
    hu = np.full((20, 20, 20), -1000.0)
    hu[8:11, 7:10, 5:8] = 100.0
    hu[8, 7, 5] = 40.0
    scan = scan_of(hu, (2.0, 1.0, 1.0))
    (region,) = measured([Region("nodule", 0.9, "sure", box_vox=(8.0, 7.0, 5.0, 11.0, 10.0, 8.0))], scan)
    values = np.array([100.0] * 26 + [40.0])
    # The farthest points lie half a voxel beyond the outermost centres along z: 6 mm apart there, 2 and 2 mm across.
    wanted = {
        "longest diameter": (pytest.approx(np.sqrt(6**2 + 2**2 + 2**2)), "mm"),
        "volume": (54.0, "mm3"),
        "mean": (pytest.approx(values.mean()), "[hnsf'U]"),
        "standard deviation": (pytest.approx(values.std()), "[hnsf'U]"),
    }
    assert {measure.name: (measure.value, measure.unit) for measure in region.measures} == wanted


def test_every_measure_and_unit_stands_in_the_manual_and_the_other_way_round(root):
    hu, box = ball(10.0, (1.0, 1.0, 1.0), (24, 24, 24), np.array([12.0, 12.0, 12.0]))
    page = (root / "docs" / "manual" / "measures.md").read_text()
    described = re.findall(r"^\| `([a-z ]+)` \|", page, re.MULTILINE)
    assert described == list(measures_of(scan_of(hu), box))


def test_dark_findings_are_measured_alike_and_other_modalities_have_no_unit():
    hu, box = ball(10.0, (1.0, 1.0, 1.0), (24, 24, 24), np.array([12.0, 12.0, 12.0]))
    bright, dark = measures_of(scan_of(hu), box), measures_of(scan_of(-hu), box)
    assert dark["volume"] == bright["volume"]
    assert dark["longest diameter"] == pytest.approx(bright["longest diameter"])
    assert dark["mean"] == pytest.approx(-bright["mean"])
    (region,) = measured([Region("n", 0.9, "sure", box_vox=box)], scan_of(hu, modality="MR"))
    assert [measure.unit for measure in region.measures] == ["mm", "mm3", "1", "1"]


def test_what_hangs_together_only_outside_the_ellipsoid_is_left_out():
    hu, box = ball(10.0, (1.0, 1.0, 1.0), (40, 40, 40), np.array([20.0, 20.0, 20.0]))
    alone = measures_of(scan_of(hu), box)
    hu[20, 20, 24:] = TISSUE_HU  # a vessel of one voxel that leads away
    found = measures_of(scan_of(hu), box)
    assert 0 < found["volume"] - alone["volume"] <= 3
    hu[20, 20, 30] = LUNG_HU
    assert measures_of(scan_of(hu), box) == found


def test_a_wall_beside_a_finding_is_cut_where_the_ellipsoid_ends():
    hu, box = ball(10.0, (1.0, 1.0, 1.0), (40, 40, 40), np.array([20.0, 20.0, 20.0]))
    hu[:, :, 24:] = TISSUE_HU
    found = measures_of(scan_of(hu), box)
    assert 1.0 < found["volume"] / (np.pi / 6 * 1000) < 1.5
    assert found["longest diameter"] < 10 * 1.25 + 1


@pytest.mark.parametrize("seed", range(5))
def test_where_nothing_stands_out_there_are_no_measures(seed):
    hu = np.random.default_rng(seed).normal(40.0, 30.0, (30, 30, 30))
    assert measures_of(scan_of(hu), (8, 8, 8, 20, 20, 20)) == {}
    assert measures_of(scan_of(np.zeros((30, 30, 30))), (8, 8, 8, 20, 20, 20)) == {}


def test_a_box_that_fills_the_scan_or_is_too_large_has_no_measures():
    hu, _ = ball(10.0, (1.0, 1.0, 1.0), (12, 12, 12), np.array([6.0, 6.0, 6.0]))
    assert measures_of(scan_of(hu), (0, 0, 0, 12, 12, 12)) == {}
    side = round(LARGEST_VOXELS ** (1 / 3)) + 30
    large = np.full((side, side, side), LUNG_HU, np.int16)
    large[15:-15, 15:-15, 15:-15] = TISSUE_HU
    assert measures_of(scan_of(large), (15, 15, 15, side - 15, side - 15, side - 15)) == {}


def test_pictures_and_volumes_without_spacing_have_no_measures():
    hu, box = ball(10.0, (1.0, 1.0, 1.0), (24, 24, 24), np.array([12.0, 12.0, 12.0]))
    assert measures_of(scan_of(hu, None), box) == {}
    picture = Scan(hu[12].astype(np.int16), "image", "CT", "MONOCHROME2", PROVENANCE, spacing_mm=(1.0, 1.0, 1.0))
    regions = (Region("nodule", 0.9, "sure", box_px=(7.0, 7.0, 17.0, 17.0)),)
    assert measured(regions, picture) == regions


@pytest.mark.parametrize(
    "box",
    [
        (0, 0, 0, 1, 1, 1),
        (11.9, 11.9, 11.9, 12.1, 12.1, 12.1),
        (0, 0, 0, 0.01, 0.01, 24),
        (23.99, 23.99, 23.99, 24, 24, 24),
        (0, 11, 11, 24, 13, 13),
        (12, 12, 12, 12 + 1e-9, 13, 13),
    ],
)
def test_boxes_at_the_edge_or_without_a_voxel_centre_do_no_harm(box):
    hu, _ = ball(10.0, (1.0, 1.0, 1.0), (24, 24, 24), np.array([12.0, 12.0, 12.0]))
    found = measures_of(scan_of(hu), box)
    assert found == {} or all(np.isfinite(value) and value != 0 for value in found.values())


def test_an_ordinary_region_costs_a_few_milliseconds():
    hu, box = ball(20.0, (0.7, 0.7, 0.7), (50, 50, 50), np.array([25.0, 25.0, 25.0]), noise_hu=40.0)
    scan = scan_of(hu, (0.7, 0.7, 0.7))
    measures_of(scan, box)  # compiles, where the cache is empty
    spent_s = []
    for _ in range(5):
        started_s = time.thread_time()
        measures_of(scan, box)
        spent_s.append(time.thread_time() - started_s)
    assert min(spent_s) < 0.05, "20 mm at 0.7 mm takes 3 ms; ten times that on a slow machine"
