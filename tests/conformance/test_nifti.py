"""The real NIfTI files: values and places as SimpleITK reads them, and a refusal for four dimensions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from engine.errors import InputError
from engine.intake.find import find
from engine.intake.read import read_study
from tests.conformance.manifest import BUNDLED, SHARED

FOLDERS = (BUNDLED / "nifti", SHARED.parent / "nifti")
FILES = list({path.name: path for folder in FOLDERS for path in sorted(folder.glob("*.nii*"))}.values())

VERSION_2 = {"example_nifti2.nii.gz": 4}
"""SimpleITK reads version 1 only; the dimensions of the others are those of nibabel."""


def dimensions(path: Path) -> int:
    return VERSION_2.get(path.name) or sitk.ReadImage(str(path)).GetDimension()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_real_nifti_file_is_read_as_simple_itk_reads_it(path: Path) -> None:
    (found,) = find([path])
    if dimensions(path) != 3:
        with pytest.raises(InputError) as caught:
            read_study(found)
        assert caught.value.code == "IN-VOL-DIMS"
        return
    other = sitk.ReadImage(str(path))
    scan = read_study(found).scan
    assert scan.spacing_mm == pytest.approx(other.GetSpacing()[::-1], rel=1e-6)
    np.testing.assert_allclose(scan.origin_mm, other.GetOrigin(), atol=1e-4)
    np.testing.assert_allclose(scan.direction, other.GetDirection(), atol=1e-5)
    real = scan.pixels.astype(np.float64) * scan.slope + scan.intercept
    np.testing.assert_allclose(real, sitk.GetArrayFromImage(other), rtol=1e-5, atol=1e-6)


def test_there_is_a_volume_and_a_time_series_in_every_clone() -> None:
    assert {dimensions(path) for path in (BUNDLED / "nifti").iterdir()} == {3, 4}
