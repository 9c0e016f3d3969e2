import hashlib
import json
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest
import SimpleITK as sitk

from engine.errors import LearnError
from engine.evaluate.truth import read_truth
from engine.intake.read import read
from engine.learn.phantom.case import Case, draw_case
from engine.learn.phantom.dicom import write_series
from engine.learn.phantom.plan import Field
from engine.learn.phantom.profile import Split
from engine.learn.phantom.write import write_set

TINY = Field(matrix=48, pixel_mm=5.0, height_mm=30)


@pytest.fixture(scope="module")
def case() -> Case:
    return draw_case("test", 3, 1, TINY)


def test_a_set_is_read_back_with_its_geometry_and_truth(tmp_path: Path) -> None:
    field = Field(matrix=96, pixel_mm=2.6, height_mm=90)
    written = list(write_set(tmp_path, "train", 3, range(1), 4, field))
    truth = read_truth(tmp_path / "truth.json")
    assert [image.file_name for image in truth.images] == [scan.path.name for scan in written]
    assert len(truth.boxes) == sum(len(scan.annotations) for scan in written)
    for image in truth.images:
        volume = sitk.ReadImage(str(tmp_path / image.file_name))
        assert volume.GetSize() == (image.width_px, image.height_px, image.depth_px)
        assert volume.GetPixelID() == sitk.sitkInt16
        (scan,) = (found for found in written if found.path.name == image.file_name)
        assert volume.GetSpacing() == pytest.approx(scan.image["spacing_mm"][::-1], abs=1e-4)


def test_a_metaimage_says_that_it_is_ct(tmp_path: Path) -> None:
    (written,) = write_set(tmp_path, "test", 3, [1], 0, TINY)
    assert read(written.path).scan.modality == "CT"


def test_a_set_that_was_interrupted_goes_on_and_keeps_what_is_there(tmp_path: Path) -> None:
    first = next(iter(write_set(tmp_path, "test", 3, [1, 2], 0, TINY)))
    before = first.path.stat().st_mtime_ns
    assert len(read_truth(tmp_path / "truth.json").images) == 1
    assert len(list(write_set(tmp_path, "test", 3, [1, 2], 0, TINY))) == 2
    assert first.path.stat().st_mtime_ns == before
    assert len(read_truth(tmp_path / "truth.json").images) == 2
    assert not list(tmp_path.glob("unfinished*"))


@pytest.mark.parametrize(
    ("split", "seed", "nodules", "field"),
    [("train", 3, 0, TINY), ("test", 4, 0, TINY), ("test", 3, 2, TINY), ("test", 3, 0, Field(48, 5.0, 24))],
)
def test_scans_that_were_made_otherwise_never_get_this_truth(
    tmp_path: Path, split: Split, seed: int, nodules: int, field: Field
) -> None:
    list(write_set(tmp_path, "test", 3, [1], 0, TINY))
    before = (tmp_path / "truth.json").read_bytes()
    with pytest.raises(LearnError, match="holds scans of another set"):
        next(write_set(tmp_path, split, seed, [1], nodules, field))
    assert (tmp_path / "truth.json").read_bytes() == before


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for name in ("first", "second"):
        list(write_set(tmp_path / name, "test", 3, [1], field=TINY))
        hashes.append(
            {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / name).iterdir()}
        )
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 2


def test_a_set_of_series_names_their_folders_in_its_truth(tmp_path: Path) -> None:
    written = list(write_set(tmp_path, "test", 3, [1], 0, TINY, "jpeg-ls"))
    image = read_truth(tmp_path / "truth.json").images[0]
    assert tmp_path / image.file_name == written[0].path
    assert len(list(written[0].path.glob("*.dcm"))) == image.depth_px


def test_every_scan_says_that_it_is_simulated(tmp_path: Path) -> None:
    list(write_set(tmp_path, "test", 3, [1], field=TINY))
    assert "Simulated" in json.loads((tmp_path / "truth.json").read_text())["info"]["description"]


@pytest.mark.parametrize("compressed", [True, False])
def test_a_series_reads_back_with_its_values_and_places(case: Case, tmp_path: Path, compressed: bool) -> None:
    paths = write_series(case, tmp_path, 3, compressed=compressed)
    slices = [pydicom.dcmread(path) for path in paths]
    assert len({image.SOPInstanceUID for image in slices}) == len(case.voxels)
    assert len({image.SeriesInstanceUID for image in slices}) == 1
    for index, image in enumerate(slices):
        pixels = image.pixel_array if not compressed else imagecodecs.jpegls_decode(_frame(image))
        assert np.array_equal(pixels.astype(int) * image.RescaleSlope + image.RescaleIntercept, case.voxels[index])
        z, y, x = case.plan.grid.origin_mm
        assert image.ImagePositionPatient == pytest.approx([x, y, z + index * case.plan.grid.step_mm[0]], abs=1e-5)
        assert image.PixelSpacing == pytest.approx(case.plan.grid.step_mm[1:], abs=1e-5)
        assert image.ImageOrientationPatient == [1, 0, 0, 0, 1, 0]


def test_a_series_is_valid_to_another_reader(case: Case, tmp_path: Path) -> None:
    write_series(case, tmp_path, 3)
    volume = sitk.ReadImage(sitk.ImageSeriesReader.GetGDCMSeriesFileNames(str(tmp_path)))
    assert np.array_equal(sitk.GetArrayFromImage(volume), case.voxels)
    assert volume.GetSpacing() == pytest.approx(tuple(reversed(case.plan.grid.step_mm)), abs=1e-4)
    assert volume.GetOrigin() == pytest.approx(tuple(reversed(case.plan.grid.origin_mm)), abs=1e-4)


def test_the_same_seed_gives_the_same_series_and_another_one_other_identifiers(case: Case, tmp_path: Path) -> None:
    first = write_series(case, tmp_path / "a", 3)[0]
    again = write_series(case, tmp_path / "b", 3)[0]
    other = write_series(case, tmp_path / "c", 4)[0]
    assert first.read_bytes() == again.read_bytes()
    assert pydicom.dcmread(first).SeriesInstanceUID != pydicom.dcmread(other).SeriesInstanceUID


def _frame(image: pydicom.Dataset) -> bytes:
    return pydicom.encaps.get_frame(image.PixelData, 0, number_of_frames=1)
