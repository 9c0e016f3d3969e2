"""A CT series, from its files to placed and measured regions, by a real graph of three axes."""

import numpy as np
import pytest

from engine.budget import Budget
from engine.detect.onnx_cpu import OnnxCpu
from engine.domain.outcome import Status
from engine.domain.request import Request
from engine.intake.find import find
from engine.pipeline import Bench
from engine.registry.pack import pack
from engine.registry.prove import prove
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key
from tests.engine.hand_clock import HandClock
from tests.engine.intake.slices import AXIAL, at, write_slice
from tests.engine.tiny_model import metaimage, write_volume_source
from tests.engine.workbench import Workbench

SPACING_MM = (2.0, 0.8, 0.8)
LUNG_HU, TISSUE_HU = -850, 30

SENSITIVE = Request(threshold=0.01)


def voxels(*spots, shape=(40, 64, 64)):
    """HU of lung with cuboids of tissue, each a tuple of slices."""
    hu = np.full(shape, LUNG_HU, np.int16)
    for spot in spots:
        hu[spot] = TISSUE_HU
    return hu


SPOT = (slice(6, 10), slice(20, 30), slice(30, 40))
"""8 mm along each axis, on whole cells of the network's answer: 12 to 20, 16 to 24 and 24 to 32 mm."""

FAR_SPOT = (slice(30, 34), slice(20, 30), slice(30, 40))


def write_series(folder, hu, **elements):
    """The slices as DICOM files, not in the order of their names; their stored values lie 1024 above HU."""
    for index, plane in enumerate(hu):
        write_slice(
            folder / f"{(index * 7) % len(hu):03}.dcm",
            at(index * SPACING_MM[0]),
            plane + np.int16(1024),
            AXIAL,
            SOPInstanceUID=f"1.2.3.{index}",
            PixelSpacing=list(SPACING_MM[1:]),
            **elements,
        )
    (found,) = find([folder])
    return found


@pytest.fixture
def volume_home(spotted_home, tmp_path):
    """A home with the model of pictures and one of volumes."""
    key = load_signing_key(tmp_path / "maker.key")
    pack(write_volume_source(tmp_path / "volume-source"), spotted_home.models / "volumes", key)
    return spotted_home


def test_a_spot_in_a_series_is_placed_in_voxels_in_the_patient_and_in_its_stored_images(volume_home, tmp_path):
    with Workbench.open(volume_home, threads=1) as workbench:
        outcome = workbench.answer(write_series(tmp_path / "series", voxels(SPOT))).outcome
    assert (outcome.status, outcome.model) == (Status.ANSWERED, "bright-spots-ct 1.0.0")
    (region,) = outcome.regions
    # 64 pixels of 0.8 mm are 51 of the grid, which are therefore 1.004 mm.
    assert region.box_vox == pytest.approx((6.0, 20.0, 30.0, 10.0, 30.0, 40.0), abs=0.2)
    assert region.center_mm == pytest.approx(at(7.5 * 2.0, row_mm=34.5 * 0.8, column_mm=24.5 * 0.8), abs=0.2)
    assert [box.sop_uid for box in region.instances] == [f"1.2.3.{index}" for index in range(6, 10)]
    assert region.instances[0].box_px == pytest.approx((30.0, 20.0, 40.0, 30.0), abs=0.2)
    measures = {measure.name: measure.value for measure in region.measures}
    assert measures["mean"] == TISSUE_HU
    # The corners of a cube lie outside the ellipsoid that a region may fill.
    assert 0.8 * 8**3 < measures["volume"] < 8**3
    assert 8.0 < measures["longest diameter"] < 8 * np.sqrt(3)


def test_an_empty_volume_has_nothing_flagged(volume_home, tmp_path):
    with Bench.open(Shelf.of(volume_home), threads=1) as bench:
        outcome = bench.attempt(write_series(tmp_path / "series", voxels())).outcome()
    assert (outcome.reading, outcome.coverage) == ("nothing flagged", 1.0)


@pytest.mark.parametrize(("spots", "flagged"), [((), False), ((SPOT,), True)])
def test_a_series_that_lost_its_last_slices_is_incomplete_with_what_was_found(volume_home, tmp_path, spots, flagged):
    found = write_series(tmp_path / "series", voxels(*spots), ImagesInAcquisition=43)
    with Workbench.open(volume_home, threads=1) as workbench:
        outcome = workbench.answer(found).outcome
    assert (outcome.status, outcome.code, outcome.coverage) == (Status.INCOMPLETE, "IN-SER-INCOMPLETE", 1.0)
    assert (outcome.flagged, len(outcome.regions)) == (flagged, len(spots))
    assert "incomplete-series" in outcome.doubts
    assert "43 images" in outcome.reason
    assert "40 were found: 3 are missing" in outcome.reason


def test_a_step_over_the_models_own_limit_refuses_the_series(spotted_home, tmp_path):
    source = write_volume_source(tmp_path / "volume-source")
    manifest = source / "manifest.toml"
    manifest.write_text(manifest.read_text().replace("[domain]\n", "[domain]\ngap_mm = 1.9\n"))
    pack(source, spotted_home.models / "volumes", load_signing_key(tmp_path / "maker.key"))
    found = write_series(tmp_path / "series", voxels())
    with Bench.open(Shelf.of(spotted_home), threads=1) as bench:
        outcome = bench.attempt(found).outcome()
    assert (outcome.status, outcome.code, outcome.flagged) == (Status.REFUSED, "IN-SER-GAP", None)
    assert "step of 2.00 mm between slice 1" in outcome.reason
    assert "the limit of bright-spots-ct 1.0.0 is 1.9 mm" in outcome.reason


def test_a_volume_has_the_same_regions_for_any_number_of_threads_as_a_series_and_as_one_file(volume_home, tmp_path):
    hu = voxels(SPOT, FAR_SPOT)
    hu += np.random.default_rng(3).integers(0, 200, hu.shape).astype(np.int16)
    series = write_series(tmp_path / "series", hu)
    (tmp_path / "one.mha").write_bytes(metaimage(hu, SPACING_MM))
    (one,) = find([tmp_path / "one.mha"])
    answers = []
    for threads in (1, 2, 3):
        with Bench.open(Shelf.of(volume_home), threads=threads) as bench:
            answers.append(bench.attempt(series, SENSITIVE).regions)
            boxes = [(region.box_vox, region.score) for region in bench.attempt(one, SENSITIVE).regions]
    assert len(answers[0]) >= 2
    assert answers[0] == answers[1] == answers[2]
    assert boxes == [(region.box_vox, region.score) for region in answers[0]]


def test_a_budget_that_runs_out_in_a_volume_hands_over_the_slabs_that_were_looked_at(volume_home, tmp_path):
    series = write_series(tmp_path / "series", voxels(SPOT, FAR_SPOT))
    # A second passes at each look at the clock: the time ends half-way between reading and the end.
    clock = HandClock(step_s=1.0)
    with Workbench.open(volume_home, threads=1, clock=clock) as workbench:
        in_full = workbench.answer(series).outcome.ms
        half_s = (in_full.read + (in_full.total - in_full.read) / 2) / 1000
        outcome = workbench.answer(series, budget=Budget(half_s, clock)).outcome
    assert (outcome.status, outcome.code) == (Status.INCOMPLETE, "BU-TIME")
    assert 0.3 < outcome.coverage < 0.9
    (region,) = outcome.regions
    assert region.box_vox[0] < 10.0
    assert region.measures


def test_a_volume_that_states_no_spacing_is_out_of_domain(volume_home, tmp_path):
    (tmp_path / "one.mha").write_bytes(metaimage(voxels(SPOT), None))
    (found,) = find([tmp_path / "one.mha"])
    with Bench.open(Shelf.of(volume_home), threads=1) as bench:
        outcome = bench.attempt(found).outcome()
    assert (outcome.status, outcome.code, outcome.flagged) == (Status.OUT_OF_DOMAIN, "OD-SPACING", None)


def test_a_package_of_volumes_answers_its_golden_case(volume_home):
    (package,) = (package for package in Shelf.of(volume_home).packages if package.card.id == "bright-spots-ct")
    assert prove(package, OnnxCpu(), threads=1).passed
