"""SimpleITK as the second decoder: it agrees on what both read rightly, and says so where pixels are others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.find import Found, find
from engine.intake.isolated.line import Line
from engine.intake.isolated.pool import Decoders
from engine.intake.isolated.second import compare
from engine.intake.limits import Limits
from engine.intake.read import Loaded, read_study
from tests.engine.intake.slices import at, noise, write_series, write_slice

LIMITS = Limits()


def loaded(path: Path) -> Loaded:
    return read_study(Found(str(path), path))


def compared(path: Path) -> bool:
    return compare(loaded(path), Entry(path), LIMITS)


def test_the_two_agree_on_every_file_of_the_set_that_both_read(shared):
    agreed = 0
    for found in find([shared / "data" / "dicom" / "files"]):
        try:
            study = read_study(found)
        except InputError:
            continue
        agreed += compare(study, found.files[0], LIMITS)
    assert agreed > 40


@pytest.mark.parametrize(("slope", "intercept"), [(1, -1024), (0.37, 12.5), (-2, 0)])
def test_the_two_agree_on_real_values(tmp_path, slope, intercept):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0], RescaleSlope=slope, RescaleIntercept=intercept)
    assert compared(path)


@pytest.mark.parametrize("apart", [1, 300])
def test_one_pixel_that_differs_is_a_disagreement(tmp_path, apart):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0])
    study = loaded(path)
    wrong = study.stored.copy()
    wrong[2, 3] += apart
    with pytest.raises(InputError) as caught:
        compare(replace(study, stored=wrong), Entry(path), LIMITS)
    assert caught.value.code == "IN-DECODE-DIFFERS"
    assert "a.dcm" in caught.value.message
    assert "SimpleITK" in caught.value.message


def test_lossy_decoders_may_round_by_two_grey_levels(shared):
    path = shared / "data" / "dicom" / "files" / "pd_JPEG-lossy.dcm"
    study = loaded(path)
    assert study.scan.provenance.lossy
    high, low = (study.stored.max() - 5), study.stored.min()
    near = np.where((study.stored < high) & (study.stored > low), study.stored + 1, study.stored)
    assert compare(replace(study, stored=near.astype(study.stored.dtype)), Entry(path), LIMITS)
    far = np.where(study.stored < high, study.stored + 4, study.stored)
    with pytest.raises(InputError, match="apart"):
        compare(replace(study, stored=far.astype(study.stored.dtype)), Entry(path), LIMITS)


@pytest.mark.parametrize("suffix", ["png", "tif", "jpg"])
def test_a_picture_of_one_value_is_decoded_again(tmp_path, suffix):
    path = tmp_path / f"flat.{suffix}"
    Image.fromarray(np.full((40, 50), 77, np.uint8)).save(path)
    study = loaded(path)
    assert study.doubts == ("constant-frame",)
    assert compare(study, Entry(path), LIMITS)
    black = replace(study, scan=replace(study.scan, pixels=np.zeros((40, 50), np.uint8)))
    with pytest.raises(InputError) as caught:
        compare(black, Entry(path), LIMITS)
    assert caught.value.code == "IN-DECODE-DIFFERS"
    assert "0 everywhere, and 77 to 77" in caught.value.message


def test_what_the_second_decoder_cannot_read_it_does_not_judge(tmp_path, shared):
    assert not compared(shared / "data" / "dicom" / "files" / "pdd_JLSL_08_07_0_1F.dcm")
    assert not compared(next((shared / "data" / "nifti").glob("*.nii")))


@pytest.fixture
def decoders():
    with Decoders(Line(1)) as pool:
        yield pool


def test_a_series_of_one_value_is_read_with_its_doubt_where_both_agree(decoders, tmp_path):
    write_series(tmp_path, [at(depth) for depth in (0.0, 1.0, 2.0)], voxels=np.full((3, 6, 8), -7, np.int16))
    (found,) = find([tmp_path])
    study = decoders.read_study(found)
    assert study.doubts == ("constant-frame",)
    assert (study.scan.pixels == -7).all()


def test_the_first_image_of_each_kind_is_compared_and_the_next_is_not(decoders, tmp_path, caplog):
    """No stream says one thing to one decoder and another to the other, so the log tells what was compared."""
    caplog.set_level("DEBUG", logger="engine.intake.isolated.crosscheck")
    for number, vendor in enumerate(["A", "A", "B"]):
        path = write_slice(tmp_path / f"{number}.dcm", at(0.0), noise(1)[0], Manufacturer=vendor)
        (found,) = find([path])
        decoders.read_study(found)
    assert [("'A'" in record.message, "'B'" in record.message) for record in caplog.records] == [
        (True, False),
        (False, True),
    ]
