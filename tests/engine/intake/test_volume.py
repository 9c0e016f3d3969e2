"""DICOM series as studies: real files, written by the tests or by scanners."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk
from blake3 import blake3

from engine.budget import Budget
from engine.errors import BudgetExceeded, InputError
from engine.intake.describe import describe
from engine.intake.entry import Entry
from engine.intake.find import Found, find, find_one
from engine.intake.limits import Limits
from engine.intake.read import Loaded, read, read_study
from tests.engine.intake.slices import AXIAL, COLUMNS, OBLIQUE, ROWS, at, noise, position_mm, write_series, write_slice

DEPTHS = [0.0, 2.5, 5.0, 7.5, 10.0, 12.5]


def code_of(folder: Path, limits: Limits | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        read(folder, limits or Limits())
    assert caught.value.next_step
    return caught.value


def assert_leads_back(loaded: Loaded, within_mm: float = 0.1) -> None:
    """Every corner of every stored slice lies where its own file says (PS3.3 C.7.6.2.1.1)."""
    assert len(loaded.study.instances) == len(loaded.scan.slices)
    for number, instance in enumerate(loaded.study.instances):
        dataset = pydicom.dcmread(instance.path, stop_before_pixels=True)
        assert instance.sop_uid == dataset.SOPInstanceUID
        position = np.array(dataset.ImagePositionPatient, float)
        row_axis, column_axis = np.array(dataset.ImageOrientationPatient, float).reshape(2, 3)
        down, right = (float(mm) for mm in dataset.PixelSpacing)
        for row in (0, dataset.Rows - 1):
            for column in (0, dataset.Columns - 1):
                stated = position + column * right * row_axis + row * down * column_axis
                assert np.linalg.norm(position_mm(loaded.scan, number, row, column) - stated) < within_mm


@pytest.mark.parametrize("cosines", [AXIAL, OBLIQUE], ids=["axial", "oblique"])
@pytest.mark.parametrize("names", ["012345", "543210", "304152"], ids=["in order", "reversed", "shuffled"])
def test_an_even_series_is_a_volume_of_its_stored_values(tmp_path, cosines, names):
    positions = [at(depth, cosines) for depth in DEPTHS]
    files = write_series(tmp_path, positions, cosines, names=[f"{name}.dcm" for name in names])
    loaded = read(tmp_path)
    scan = loaded.scan
    assert (scan.kind, scan.modality, scan.pixels.dtype) == ("volume", "CT", np.int16)
    np.testing.assert_array_equal(scan.pixels, noise(6))
    assert scan.spacing_mm == pytest.approx((2.5, 0.5, 0.8))
    assert (scan.slope, scan.intercept) == (1.0, -1024.0)
    assert scan.provenance.files == tuple(map(str, files))
    assert scan.provenance.repairs == ()
    assert loaded.doubts == ()
    assert not scan.pixels.flags.writeable
    assert_leads_back(loaded, 1e-4)


def test_a_series_carries_the_exam_of_its_middle_slice(tmp_path):
    for number, depth in enumerate(DEPTHS):
        write_slice(
            tmp_path / f"{number}.dcm", at(depth), noise(6)[number], PatientName="Doe^Jane", StudyDate="20240301",
            Manufacturer=f"maker {number}",
        )  # fmt: skip
    exam = read(tmp_path).scan.exam
    assert (exam.patient.name, exam.study_date, exam.series_uid) == ("Doe, Jane", date(2024, 3, 1), "1.2.3")
    assert exam.manufacturer == "maker 3"


def test_a_study_is_identified_by_its_slices_in_order_wherever_they_lie(tmp_path):
    files = write_series(tmp_path / "one", [at(depth) for depth in DEPTHS])
    hashes = b"".join(blake3(path.read_bytes()).digest() for path in files)
    study = read(tmp_path / "one").study
    assert study.content_hash == blake3(hashes).hexdigest()
    assert study.source == str(tmp_path / "one")
    for number, path in enumerate(files):
        path.rename(tmp_path / f"{9 - number}.dcm")
    assert read(tmp_path).study.content_hash == study.content_hash


def test_a_tilted_series_is_straightened_and_says_so(tmp_path):
    positions = [at(depth, column_mm=-0.33 * depth) for depth in DEPTHS]
    write_series(tmp_path, positions)
    loaded = read(tmp_path)
    assert loaded.doubts == ("tilted-series",)
    assert "drift by 4.12 mm" in loaded.scan.provenance.repairs[0]
    assert loaded.scan.shape == (6, ROWS + 9, COLUMNS)
    assert loaded.scan.pixels.dtype == np.int16
    assert_leads_back(loaded, 1e-4)


def test_an_uneven_series_is_resampled_and_says_so(tmp_path):
    write_series(tmp_path, [at(depth) for depth in (0.0, 1.0, 2.0, 3.0, 6.0, 9.0)])
    loaded = read(tmp_path)
    assert loaded.doubts == ("uneven-series",)
    assert "1.00 to 3.00 mm apart" in loaded.scan.provenance.repairs[0]
    assert loaded.scan.spacing_mm == pytest.approx((1.0, 0.5, 0.8))
    assert loaded.scan.shape == (10, ROWS, COLUMNS)
    np.testing.assert_array_equal(loaded.scan.pixels[[0, 1, 2, 3, 6, 9]], noise(6))
    assert_leads_back(loaded, 1e-4)


def test_a_series_without_one_of_its_slices_is_refused(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    files[2].unlink()
    refusal = code_of(tmp_path)
    assert refusal.code == "IN-SER-GAP"
    assert "001.dcm" in refusal.message
    assert "003.dcm" in refusal.message


def test_copies_of_slices_are_left_out_and_noted(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    (tmp_path / "copy of 3.dcm").write_bytes(files[3].read_bytes())
    loaded = read(tmp_path)
    np.testing.assert_array_equal(loaded.scan.pixels, noise(6))
    assert loaded.scan.provenance.repairs == ("1 files are copies of slices and were left out: copy of 3.dcm.",)
    assert len(loaded.study.instances) == 6
    assert_leads_back(loaded)


def test_two_images_at_one_position_are_refused_where_nothing_tells_them_apart(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])
    write_slice(tmp_path / "other.dcm", at(5.0), noise(1)[0] + 1)
    refusal = code_of(tmp_path)
    assert refusal.code == "IN-SER-OVERLAP"
    assert "002.dcm" in refusal.message
    assert "other.dcm" in refusal.message


def test_a_slice_that_is_cut_short_refuses_its_series_by_name(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    files[4].write_bytes(files[4].read_bytes()[:-20])
    refusal = code_of(tmp_path)
    assert refusal.code == "IN-DCM-TRUNCATED"
    assert "004.dcm" in refusal.message


def test_slopes_of_their_own_become_real_values(tmp_path):
    for number, depth in enumerate(DEPTHS):
        pixels = noise(6)[number]
        write_slice(tmp_path / f"{number}.dcm", at(depth), pixels, RescaleSlope=1.5 + number, RescaleIntercept=-number)
    loaded = read(tmp_path)
    scan = loaded.scan
    assert (scan.pixels.dtype, scan.slope, scan.intercept) == (np.float32, 1.0, 0.0)
    for number in range(6):
        np.testing.assert_allclose(scan.pixels[number], noise(6)[number] * (1.5 + number) - number, rtol=1e-7)
    assert "Rescale slope and intercept differ" in scan.provenance.repairs[0]
    np.testing.assert_array_equal(loaded.stored, noise(6)[0])


def test_a_slice_of_another_type_is_taken_where_its_values_fit(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    write_slice(files[3], at(7.5), np.full((ROWS, COLUMNS), 7, np.uint16) * np.arange(COLUMNS, dtype=np.uint16))
    assert read(tmp_path).scan.pixels[3, 0, 2] == 14
    write_slice(files[3], at(7.5), np.full((ROWS, COLUMNS), 40_000, np.uint16))
    assert code_of(tmp_path).code == "IN-SER-VALUES"


def test_a_constant_slice_is_a_doubt(tmp_path):
    voxels = noise(6)
    voxels[2] = 0
    write_series(tmp_path, [at(depth) for depth in DEPTHS], voxels=voxels)
    assert read(tmp_path).doubts == ("constant-frame",)


def test_limits_hold_for_the_volume_before_it_is_decoded(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])
    assert code_of(tmp_path, Limits(files=5)).code == "IN-SER-FILES"
    assert code_of(tmp_path, Limits(decoded_bytes=6 * ROWS * COLUMNS * 2 - 1)).code == "IN-PIX-SIZE"
    assert read(tmp_path, Limits(files=6, decoded_bytes=6 * ROWS * COLUMNS * 2)).scan.shape == (6, ROWS, COLUMNS)


def test_planes_that_would_make_an_endless_grid_are_refused(tmp_path):
    write_series(tmp_path, [at(0.05 * 1.4**number) for number in range(40)])
    assert code_of(tmp_path).code == "IN-PIX-SIZE"


@pytest.mark.parametrize("position", [[1e308, 0, 0], [0, 0, 1e9]])
def test_an_absurd_position_makes_no_slice(tmp_path, position):
    write_series(tmp_path, [at(depth) for depth in DEPTHS[:3]])
    write_slice(tmp_path / "far.dcm", (0, 0, 0), noise(1)[0], ImagePositionPatient=position)
    assert [len(found.files) for found in find([tmp_path])] == [1, 3]


def test_reading_a_series_stops_between_slices(tmp_path):
    write_series(tmp_path, [at(depth) for depth in DEPTHS])
    budget, seen = Budget(), []

    def on_slice():
        seen.append(None)
        if len(seen) == 3:
            raise BudgetExceeded("BU-TIME", "The time is over.")
        budget.check("read")

    with pytest.raises(BudgetExceeded):
        read_study(find_one(tmp_path), on_slice=on_slice)


def test_a_file_that_is_another_than_when_it_was_listed_is_refused(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    found = find_one(tmp_path)
    write_slice(files[1], at(3.0), noise(1)[0])
    with pytest.raises(InputError) as caught:
        read_study(found)
    assert caught.value.code == "IN-FILE-CHANGED"
    files[1].unlink()
    with pytest.raises(InputError) as caught:
        read_study(found)
    assert caught.value.code == "IN-NOT-FOUND"


def test_a_series_is_read_from_its_files_alone(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    loaded = read_study(Found("series", tmp_path, files=tuple(map(Entry, files[::-1]))))
    np.testing.assert_array_equal(loaded.scan.pixels, noise(6))


SHAPES = {
    "ct_ge_head_28_tilt": ((37, 611, 512), ("tilted-series", "uneven-series")),
    "ct_philips_phantom_54": ((54, 600, 512), ("tilted-series",)),
    "mr_16_implicit": ((16, 256, 256), ()),
    "mr_t1_sag_hfdr_35": ((35, 256, 256), ()),
}


@pytest.mark.parametrize("name", SHAPES)
def test_real_series_are_volumes_that_lead_back_to_their_slices(shared, name):
    loaded = read(shared / "data" / "dicom" / "series" / name)
    assert (loaded.scan.shape, loaded.doubts) == SHAPES[name]
    assert loaded.scan.pixels.dtype in (np.int16, np.uint16)
    assert_leads_back(loaded)


def test_the_real_tilted_series_keeps_its_pixels_through_straightening(shared):
    """Each stored slice is sampled back out of the volume; only what lies between pixels was smoothed."""
    loaded = read(shared / "data" / "dicom" / "series" / "ct_philips_phantom_54")
    for number in (0, 20, 53):
        stored = sitk.GetArrayFromImage(sitk.ReadImage(loaded.study.instances[number].path))[0] + 1024.0
        y, x = (-shift for shift in loaded.scan.slices[number].shift_px)
        top = int(y)
        assert x == 0.0
        back = (1 - y % 1) * loaded.scan.pixels[number, top : top + 512] + (y % 1) * np.vstack(
            [loaded.scan.pixels[number, top + 1 : top + 512], loaded.scan.pixels[number, top + 511 : top + 512]]
        )
        assert np.corrcoef(back.ravel(), stored.ravel())[0, 1] > 0.999


def test_the_manifest_states_the_hash_of_the_file_that_comes_first_by_name(shared):
    folder = shared / "data" / "dicom"
    with (folder / "manifest.csv").open(newline="") as file:
        stated = {row["file"]: row for row in csv.DictReader(file) if row["kind"] == "series"}
    described = {found.source: describe(found) for found in find([folder / "series"])}
    assert {str(folder / name) for name in stated} == set(described)
    for name, row in stated.items():
        description = described[str(folder / name)]
        assert (description.status, description.kind, description.modality) == ("ok", "volume", row["modality"])
        assert description.pixel_sha256[:16] == row["pixel_sha256_16"]
        assert len(description.files) == int(row["n_files"])
