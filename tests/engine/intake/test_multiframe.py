"""Frames of one file: a volume where they lie on a grid, whatever their order; a stack where they do not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset

from engine.errors import InputError
from engine.intake.limits import Limits
from engine.intake.read import Loaded, read
from tests.engine.intake.dicom.build import changed, enhanced, multiframe, stored
from tests.engine.intake.slices import AXIAL, OBLIQUE, SPACING_MM, at, noise, position_mm

STORED = [0, 1, 2, 3, 4, 5]
SHUFFLED = [3, 0, 5, 1, 4, 2]
STEP_MM = 2.5


def load(folder: Path, dataset: Dataset, limits: Limits | None = None) -> Loaded:
    path = folder / "a.dcm"
    path.write_bytes(stored(dataset))
    return read(path, limits or Limits())


def along(order: list[int], cosines=AXIAL) -> list[np.ndarray]:
    return [at(number * STEP_MM, cosines) for number in order]


def assert_lies_as_stored(loaded: Loaded, frames: np.ndarray, positions: list[np.ndarray], cosines) -> None:
    """By the positions of the file itself (PS3.3 C.7.6.2.1.1): the corners of every frame, and its values."""
    rows, columns = frames.shape[1:]
    y_mm, x_mm = SPACING_MM
    for number, instance in enumerate(loaded.study.instances):
        stored_frame = instance.frame
        np.testing.assert_array_equal(loaded.scan.pixels[number], frames[stored_frame])
        for row, column in ((0, 0), (0, columns - 1), (rows - 1, 0), (rows - 1, columns - 1)):
            lies = positions[stored_frame] + row * y_mm * np.array(cosines[3:]) + column * x_mm * np.array(cosines[:3])
            np.testing.assert_allclose(position_mm(loaded.scan, number, row, column), lies, atol=1e-4)


@pytest.mark.parametrize("order", [STORED, STORED[::-1], SHUFFLED], ids=["stored", "reversed", "shuffled"])
@pytest.mark.parametrize("cosines", [AXIAL, OBLIQUE], ids=["axial", "oblique"])
def test_frames_of_an_enhanced_image_become_a_volume_in_order_of_their_positions(tmp_path, cosines, order):
    frames, positions = noise(6), along(order, cosines)
    loaded = load(tmp_path, enhanced(frames, positions, cosines))
    assert loaded.study.kind == loaded.scan.kind == "volume"
    assert loaded.doubts == ()
    assert [instance.frame for instance in loaded.study.instances] == [order.index(place) for place in range(6)]
    assert {instance.sop_uid for instance in loaded.study.instances} == {"1.2.3"}
    assert loaded.scan.spacing_mm == pytest.approx((STEP_MM, *SPACING_MM))
    assert (loaded.scan.slope, loaded.scan.intercept) == (1.0, -1024.0)
    np.testing.assert_array_equal(loaded.stored, frames)
    assert_lies_as_stored(loaded, frames, positions, cosines)


def test_frames_in_order_are_not_copied(tmp_path):
    loaded = load(tmp_path, enhanced(noise(6), along(STORED)))
    assert np.shares_memory(loaded.stored, loaded.scan.pixels)


def test_a_rescale_of_each_frame_gives_real_values(tmp_path):
    frames = noise(6)
    rescales = [(1.0 + number, -100.0 * number) for number in range(6)]
    loaded = load(tmp_path, enhanced(frames, along(SHUFFLED), rescales=rescales))
    assert loaded.scan.pixels.dtype == np.float32
    assert (loaded.scan.slope, loaded.scan.intercept) == (1.0, 0.0)
    for number, instance in enumerate(loaded.study.instances):
        slope, intercept = rescales[instance.frame]
        np.testing.assert_allclose(loaded.scan.pixels[number], frames[instance.frame] * slope + intercept)
    assert "differ between frames" in loaded.scan.provenance.repairs[0]
    np.testing.assert_array_equal(loaded.stored, frames)


def test_the_same_rescale_in_each_frame_stays_apart_from_the_stored_values(tmp_path):
    loaded = load(tmp_path, enhanced(noise(6), along(SHUFFLED), rescales=[(2.0, 5.0)] * 6))
    assert loaded.scan.pixels.dtype == np.int16
    assert (loaded.scan.slope, loaded.scan.intercept) == (2.0, 5.0)


def test_a_missing_frame_refuses_and_is_named(tmp_path):
    with pytest.raises(InputError) as caught:
        load(tmp_path, enhanced(noise(6), along([0, 1, 2, 4, 5, 6])))
    assert caught.value.code == "IN-SER-GAP"
    assert "frame 0003" in caught.value.message
    assert "frame 0004" in caught.value.message


def test_frames_that_drift_are_straightened_as_those_of_a_series_are(tmp_path):
    positions = [at(number * STEP_MM, column_mm=number * SPACING_MM[0]) for number in range(6)]
    loaded = load(tmp_path, enhanced(noise(6), positions))
    assert loaded.doubts == ("tilted-series",)
    assert loaded.scan.pixels.shape == (6, 11, 8)
    np.testing.assert_array_equal(position_mm(loaded.scan, 3, 0, 0).round(6), positions[3].round(6))


def test_two_volumes_in_one_file_are_a_stack_and_a_doubt_that_names_what_tells_them_apart(tmp_path):
    indices = [(1, echo) for echo in (1, 2) for _ in range(3)]
    positions = along([0, 1, 2, 0, 1, 2])
    dataset = enhanced(noise(6), positions, indices=indices, dimensions=["StackID", "EffectiveEchoTime"])
    loaded = load(tmp_path, dataset)
    assert loaded.study.kind == "stack"
    assert loaded.doubts == ("several-volumes",)
    assert "make 2 volumes, told apart by EffectiveEchoTime (2)" in loaded.scan.provenance.repairs[-1]
    np.testing.assert_array_equal(loaded.scan.pixels, loaded.stored)
    assert [instance.frame for instance in loaded.study.instances] == list(range(6))


def test_frames_across_each_other_are_a_stack(tmp_path):
    dataset = enhanced(noise(3), along([0, 1, 2]))
    planes = ([1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, -1], [1, 0, 0, 0, 0, -1])
    for item, cosines in zip(dataset.PerFrameFunctionalGroupsSequence, planes, strict=True):
        item.PlaneOrientationSequence = [changed(Dataset(), ImageOrientationPatient=cosines)]
    loaded = load(tmp_path, dataset)
    assert loaded.study.kind == "stack"
    assert loaded.doubts == ()


def test_a_stack_has_no_spacing_and_no_window_where_its_frames_have_not_the_same(tmp_path):
    dataset = enhanced(noise(2), along([0, 1]))
    for item, size in zip(dataset.PerFrameFunctionalGroupsSequence, (0.5, 0.7), strict=True):
        item.PixelMeasuresSequence = [changed(Dataset(), PixelSpacing=[size, size])]
        item.FrameVOILUTSequence = [changed(Dataset(), WindowCenter=100 * size, WindowWidth=50)]
    loaded = load(tmp_path, dataset)
    assert loaded.study.kind == "stack"
    assert loaded.scan.spacing_mm is None
    assert loaded.scan.window is None


def test_a_volume_has_the_window_of_its_middle_frame(tmp_path):
    dataset = enhanced(noise(3), along([2, 0, 1]))
    for number, item in enumerate(dataset.PerFrameFunctionalGroupsSequence):
        item.FrameVOILUTSequence = [changed(Dataset(), WindowCenter=number, WindowWidth=50)]
    assert load(tmp_path, dataset).scan.window == (2.0, 50.0)


def test_frames_at_one_place_are_a_stack(tmp_path):
    loaded = load(tmp_path, enhanced(noise(4), along([0, 0, 0, 0])))
    assert loaded.study.kind == "stack"
    assert loaded.doubts == ()


def test_a_cine_without_any_place_is_a_stack_of_its_frames_in_order(tmp_path):
    frames = np.random.default_rng(3).integers(0, 256, (5, 6, 8, 3), dtype=np.uint8)
    loaded = load(tmp_path, multiframe(frames, Modality="US"))
    assert loaded.study.kind == "stack"
    assert loaded.scan.pixels.shape == (5, 6, 8, 3)
    assert loaded.scan.shape == (5, 6, 8)
    assert loaded.scan.spacing_mm is None
    np.testing.assert_array_equal(loaded.scan.pixels, frames)
    assert [instance.frame for instance in loaded.study.instances] == [0, 1, 2, 3, 4]


def test_frames_of_a_segmentation_stay_apart(tmp_path):
    loaded = load(tmp_path, changed(enhanced(noise(3), along([0, 1, 4])), Modality="SEG"))
    assert loaded.study.kind == "stack"


def test_other_frames_than_are_there_must_not_be_described(tmp_path):
    dataset = enhanced(noise(3), along([0, 1, 2]))
    dataset.PerFrameFunctionalGroupsSequence.pop()
    with pytest.raises(InputError) as caught:
        load(tmp_path, dataset)
    assert caught.value.code == "IN-DCM-HEADER"


@pytest.mark.parametrize("offsets", [[0, 5, 10, 15], [-50, -45, -40, -35]], ids=["offsets", "places"])
def test_a_dose_grid_is_a_volume_at_its_offsets_in_its_own_unit(tmp_path, offsets):
    frames = np.random.default_rng(4).integers(0, 1 << 20, (4, 6, 8)).astype(np.uint32)
    dataset = multiframe(
        frames, Modality="RTDOSE", PixelSpacing=[2, 3], ImagePositionPatient=[1, 2, -50],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0], GridFrameOffsetVector=offsets, DoseGridScaling="0.001",
    )  # fmt: skip
    loaded = load(tmp_path, dataset)
    assert loaded.study.kind == "volume"
    assert loaded.scan.spacing_mm == pytest.approx((5.0, 2.0, 3.0))
    assert loaded.scan.origin_mm == pytest.approx((1.0, 2.0, -50.0))
    assert loaded.scan.slope == 0.001
    np.testing.assert_array_equal(loaded.stored, frames)


def test_the_limits_hold_for_a_straightened_volume_as_well(tmp_path):
    positions = [at(number * STEP_MM, column_mm=number * 400.0) for number in range(6)]
    with pytest.raises(InputError) as caught:
        load(tmp_path, enhanced(noise(6), positions), Limits(decoded_bytes=100_000))
    assert caught.value.code == "IN-PIX-SIZE"


def test_the_limits_hold_for_the_real_values_of_frames_before_they_are_made(tmp_path):
    frames, limits = noise(6), Limits(decoded_bytes=3 * noise(6).size)
    assert load(tmp_path, enhanced(frames, along(STORED), rescales=[(1, 2)] * 6), limits).study.kind == "volume"
    with pytest.raises(InputError) as caught:
        load(tmp_path, enhanced(frames, along(STORED), rescales=[(1, number) for number in range(6)]), limits)
    assert caught.value.code == "IN-PIX-SIZE"


def test_a_file_of_one_frame_in_functional_groups_is_an_image(tmp_path):
    loaded = load(tmp_path, enhanced(noise(1), along([0]), OBLIQUE))
    assert loaded.study.kind == "image"
    assert loaded.scan.pixels.shape == (6, 8)
    assert loaded.scan.intercept == -1024.0
    assert loaded.scan.oriented


def test_a_real_perfusion_series_in_one_file_is_a_volume(shared):
    loaded = read(shared / "data" / "dicom" / "files" / "agfa_Agfa_011-0001.img")
    assert loaded.study.kind == "volume"
    assert loaded.scan.spacing_mm == pytest.approx((3.3, 3.28125, 3.28125), abs=1e-5)
    assert loaded.scan.origin_mm == pytest.approx((-105.0, -105.0, -79.6))


def test_the_frames_of_a_real_enhanced_ct_lie_where_their_positions_say(shared):
    loaded = read(shared / "data" / "dicom" / "files" / "pdd_eCT_Supplemental.dcm")
    stated = {0: (99.5, -301.5, -159.0), 1: (99.5, -301.5, -149.0)}
    for number, instance in enumerate(loaded.study.instances):
        np.testing.assert_allclose(position_mm(loaded.scan, number, 0, 0), stated[instance.frame], atol=1e-3)
        np.testing.assert_array_equal(loaded.scan.pixels[number], loaded.stored[instance.frame])
