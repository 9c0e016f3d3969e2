"""NIfTI volumes, held against SimpleITK's own reader."""

from __future__ import annotations

import gzip
import struct
import warnings
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from engine.domain.scan import Scan
from engine.errors import InputError
from engine.intake.limits import Limits
from engine.intake.read import read

VOXELS = np.random.default_rng(2).integers(-1000, 2000, (5, 6, 7)).astype(np.int16)
OBLIQUE = (0.8, -0.36, 0.48, 0.6, 0.48, -0.64, 0.0, 0.8, 0.6)
"""Row-major, its columns are the axes."""


def written(path: Path, voxels: np.ndarray = VOXELS, direction=OBLIQUE) -> Path:
    picture = sitk.GetImageFromArray(voxels)
    picture.SetSpacing((0.7, 0.8, 2.5))
    picture.SetOrigin((-100.5, 20.25, 7.0))
    picture.SetDirection(direction)
    sitk.WriteImage(picture, str(path))
    return path


def nifti(voxels: np.ndarray = VOXELS, *, order: str = "<", version: int = 1, **fields: object) -> bytes:
    """A file built by hand; fields by name, as in nifti1.h."""
    kind = {"u1": 2, "i2": 4, "i4": 8, "f4": 16, "f8": 64, "i1": 256, "u2": 512, "u4": 768, "i8": 1024, "u8": 1280}
    field = {
        "dim": [voxels.ndim, *voxels.shape[::-1], *[1] * (7 - voxels.ndim)],
        "datatype": kind.get(voxels.dtype.str[1:], 0), "bitpix": voxels.dtype.itemsize * 8,
        "pixdim": [1.0, 0.7, 0.8, 2.5, 1.0, 0.0, 0.0, 0.0], "vox_offset": 352 if version == 1 else 544,
        "slope": 1.0, "inter": 0.0, "qform_code": 0, "sform_code": 1, "qform": [0.0] * 6,
        "srow": [0.7, 0, 0, 10.0, 0, 0.8, 0, 20.0, 0, 0, 2.5, 30.0], "units": 2, "magic": b"n+1\0",
    } | fields  # fmt: skip
    if version == 1:
        head = bytearray(352)
        struct.pack_into(order + "i", head, 0, 348)
        struct.pack_into(order + "8h", head, 40, *field["dim"])
        struct.pack_into(order + "2h", head, 70, field["datatype"], field["bitpix"])
        struct.pack_into(order + "8f", head, 76, *field["pixdim"])
        struct.pack_into(order + "3f", head, 108, field["vox_offset"], field["slope"], field["inter"])
        head[123] = field["units"]
        struct.pack_into(order + "2h", head, 252, field["qform_code"], field["sform_code"])
        struct.pack_into(order + "18f", head, 256, *field["qform"], *field["srow"])
        head[344:348] = field["magic"]
    else:
        head = bytearray(544)
        struct.pack_into(order + "i", head, 0, 540)
        head[4:12] = b"n+2\0\r\n\x1a\n"
        struct.pack_into(order + "2h", head, 12, field["datatype"], field["bitpix"])
        struct.pack_into(order + "8q", head, 16, *field["dim"])
        struct.pack_into(order + "8d", head, 104, *field["pixdim"])
        struct.pack_into(order + "q2d", head, 168, field["vox_offset"], field["slope"], field["inter"])
        struct.pack_into(order + "2i", head, 344, field["qform_code"], field["sform_code"])
        struct.pack_into(order + "18d", head, 352, *field["qform"], *field["srow"])
        struct.pack_into(order + "i", head, 500, field["units"])
    return bytes(head) + voxels.astype(voxels.dtype.newbyteorder(order)).tobytes()


def kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def refusal_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(path, limits or Limits())
    assert caught.value.next_step
    return caught.value.code


def assert_as_simple_itk(scan: Scan, path: Path) -> None:
    picture = sitk.ReadImage(str(path))
    real = scan.pixels.astype(np.float64) * scan.slope + scan.intercept
    np.testing.assert_allclose(real, sitk.GetArrayFromImage(picture), rtol=1e-6)
    for z, y, x in [(0, 0, 0), (scan.shape[0] - 1, 0, 0), (0, scan.shape[1] - 1, 0), (0, 0, scan.shape[2] - 1)]:
        along = np.array([x, y, z]) * np.array(scan.spacing_mm)[::-1]
        place = np.array(scan.origin_mm) + np.array(scan.direction).reshape(3, 3) @ along
        np.testing.assert_allclose(place, picture.TransformIndexToPhysicalPoint((x, y, z)), atol=1e-3)


@pytest.mark.parametrize("direction", [OBLIQUE, (1, 0, 0, 0, 1, 0, 0, 0, 1), (-1, 0, 0, 0, 1, 0, 0, 0, 1)])
@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32])
def test_what_simple_itk_writes_is_read_as_it_reads_it(tmp_path, direction, name, dtype):
    path = written(tmp_path / name, abs(VOXELS).astype(dtype), direction)
    loaded = read(path)
    assert (loaded.scan.kind, loaded.scan.modality, loaded.scan.pixels.dtype) == ("volume", "OT", dtype)
    assert loaded.scan.provenance.repairs == ()
    assert loaded.doubts == ()
    assert_as_simple_itk(loaded.scan, path)


@pytest.mark.parametrize("dtype", [np.int8, np.int32, np.uint32, np.int64, np.float64])
def test_wider_numbers_are_narrowed_where_that_is_exact(tmp_path, dtype):
    path = kept(tmp_path / "a.nii", nifti(abs(VOXELS // 20).astype(dtype)))
    loaded = read(path)
    np.testing.assert_array_equal(loaded.scan.pixels, abs(VOXELS // 20).astype(dtype))
    assert loaded.scan.provenance.repairs == ()


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_and_byte_orders_are_read(tmp_path, order, version):
    loaded = read(kept(tmp_path / "a.nii.gz", gzip.compress(nifti(order=order, version=version))))
    np.testing.assert_array_equal(loaded.scan.pixels, VOXELS)
    assert loaded.scan.pixels.dtype.isnative
    assert loaded.scan.origin_mm == pytest.approx((-10, -20, 30))
    assert loaded.scan.direction == (-1, 0, 0, 0, -1, 0, 0, 0, 1)
    assert loaded.scan.oriented


def test_stored_values_stay_with_their_slope_and_intercept(tmp_path):
    path = kept(tmp_path / "a.nii", nifti(slope=0.5, inter=-100.0))
    loaded = read(path)
    assert (loaded.scan.slope, loaded.scan.intercept, loaded.scan.pixels.dtype) == (0.5, -100.0, np.int16)
    assert_as_simple_itk(loaded.scan, path)


@pytest.mark.parametrize("slope", [0.0, np.nan, np.inf])
def test_a_slope_that_is_none_is_none(tmp_path, slope):
    scan = read(kept(tmp_path / "a.nii", nifti(slope=slope, inter=5.0))).scan
    assert (scan.slope, scan.intercept) == (1.0, 0.0)


@pytest.mark.parametrize(("units", "factor"), [(0, 1.0), (1, 1000.0), (3, 0.001)])
def test_units_become_millimetres(tmp_path, units, factor):
    scan = read(kept(tmp_path / "a.nii", nifti(units=units))).scan
    assert scan.spacing_mm == pytest.approx((2.5 * factor, 0.8 * factor, 0.7 * factor))
    assert scan.origin_mm == pytest.approx((-10 * factor, -20 * factor, 30 * factor))


@pytest.mark.parametrize("handed", [1.0, -1.0])
def test_a_quaternion_gives_the_place_simple_itk_gives(tmp_path, handed):
    quaternion = [0.1, -0.3, 0.5, 3.0, -4.0, 5.0]
    data = nifti(sform_code=0, qform_code=1, qform=quaternion, pixdim=[handed, 0.7, 0.8, 2.5, 0, 0, 0, 0])
    path = kept(tmp_path / "a.nii", data)
    assert_as_simple_itk(read(path).scan, path)


def test_a_file_without_a_place_has_a_spacing_and_says_so(tmp_path):
    loaded = read(kept(tmp_path / "a.nii", nifti(sform_code=0)))
    assert loaded.scan.spacing_mm == pytest.approx((2.5, 0.8, 0.7))
    assert loaded.scan.origin_mm == (0.0, 0.0, 0.0)
    assert loaded.scan.provenance.repairs == ("The file states no position and orientation.",)
    assert not loaded.scan.oriented


def test_two_places_that_contradict_each_other_are_a_doubt(tmp_path):
    loaded = read(kept(tmp_path / "a.nii", nifti(qform_code=1, qform=[0, 0, 0, 10.0, 20.0, 31.0])))
    assert loaded.doubts == ("geometry-unsure",)
    assert "1.0 mm apart" in loaded.scan.provenance.repairs[0]
    assert loaded.scan.origin_mm == pytest.approx((-10, -20, 30))
    agreed = read(kept(tmp_path / "b.nii", nifti(qform_code=1, qform=[0, 0, 0, 10.0, 20.0, 30.0])))
    assert agreed.doubts == ()


SHEARED = [0.7, 0.3, 0, 10.0, 0, 0.8, 0, 20.0, 0, 0, 2.5, 30.0]


def test_a_sheared_sform_gives_way_to_the_qform_or_is_refused(tmp_path):
    loaded = read(kept(tmp_path / "a.nii", nifti(srow=SHEARED, qform_code=1)))
    assert loaded.doubts == ("geometry-unsure",)
    assert loaded.scan.spacing_mm == pytest.approx((2.5, 0.8, 0.7))
    assert refusal_of(kept(tmp_path / "b.nii", nifti(srow=SHEARED))) == "IN-VOL-GEOMETRY"


@pytest.mark.parametrize("shape", [(6, 7), (1, 6, 7), (1, 1, 6, 7)])
def test_a_single_slice_is_an_image(tmp_path, shape):
    loaded = read(kept(tmp_path / "a.nii", nifti(VOXELS[0].reshape(shape))))
    assert (loaded.scan.kind, loaded.scan.shape) == ("image", (6, 7))
    assert loaded.scan.spacing_mm == pytest.approx((2.5, 0.8, 0.7))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"dim": [4, 7, 6, 5, 2, 1, 1, 1]}, "IN-VOL-DIMS"),
        ({"dim": [5, 7, 6, 5, 1, 3, 1, 1]}, "IN-VOL-DIMS"),
        ({"dim": [1, 210, 1, 1, 1, 1, 1, 1]}, "IN-VOL-DIMS"),
        ({"dim": [0, 7, 6, 5, 1, 1, 1, 1]}, "IN-VOL-HEADER"),
        ({"dim": [3, 7, -6, 5, 1, 1, 1, 1]}, "IN-VOL-HEADER"),
        ({"dim": [3, 7, 6, 0, 1, 1, 1, 1]}, "IN-VOL-HEADER"),
        ({"dim": [3, 32767, 32767, 32767, 1, 1, 1, 1]}, "IN-PIX-SIZE"),
        ({"dim": [3, 7, 6, 6, 1, 1, 1, 1]}, "IN-VOL-TRUNCATED"),
        ({"dim": [3, 7, 6, 3, 1, 1, 1, 1]}, "IN-VOL-HEADER"),
        ({"datatype": 128, "bitpix": 24}, "IN-VOL-TYPE"),
        ({"datatype": 32, "bitpix": 64}, "IN-VOL-TYPE"),
        ({"datatype": 1, "bitpix": 1}, "IN-VOL-TYPE"),
        ({"bitpix": 8}, "IN-VOL-HEADER"),
        ({"vox_offset": 100.0}, "IN-VOL-HEADER"),
        ({"vox_offset": 1e30}, "IN-VOL-HEADER"),
        ({"vox_offset": np.nan}, "IN-VOL-HEADER"),
        ({"pixdim": [1, 0, 0.8, 2.5, 0, 0, 0, 0]}, "IN-VOL-HEADER"),
        ({"pixdim": [1, 0.7, np.nan, 2.5, 0, 0, 0, 0]}, "IN-VOL-HEADER"),
        ({"srow": [np.nan] * 12}, "IN-VOL-GEOMETRY"),
        ({"srow": [0.0] * 12}, "IN-VOL-GEOMETRY"),
        ({"sform_code": 0, "qform_code": 1, "qform": [np.inf] * 6}, "IN-VOL-GEOMETRY"),
        ({"sform_code": 0, "qform_code": 1, "qform": [9.0] * 6}, "IN-VOL-GEOMETRY"),
        ({"magic": b"ni1\0"}, "IN-VOL-PAIR"),
        ({"magic": b"what"}, "IN-FORMAT"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_odd_headers_are_refused(tmp_path, fields, code, packed):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = nifti(**fields)
        assert refusal_of(kept(tmp_path / "a.nii", gzip.compress(data) if packed else data)) == code


def test_voxels_that_are_no_numbers_are_refused_by_slice(tmp_path):
    voxels = VOXELS.astype(np.float32)
    voxels[3, 2, 1] = np.nan
    with pytest.raises(InputError, match="slice 4, row 2, column 1") as caught:
        read(kept(tmp_path / "a.nii", nifti(voxels)))
    assert caught.value.code == "IN-PIX-NAN"


@pytest.mark.parametrize("left", [10, 100, 200, -8, -1])
def test_a_file_that_is_cut_short_is_refused(tmp_path, left):
    packed = gzip.compress(nifti())
    assert refusal_of(kept(tmp_path / "a.nii.gz", packed[:left])) in {"IN-VOL-TRUNCATED", "IN-FORMAT"}
    assert refusal_of(kept(tmp_path / "a.nii", nifti()[: 352 + left] if left < 0 else nifti()[:-left])) in {
        "IN-VOL-TRUNCATED",
        "IN-FORMAT",
    }


def test_a_wrong_checksum_is_refused(tmp_path):
    packed = bytearray(gzip.compress(nifti()))
    packed[-6] ^= 1
    assert refusal_of(kept(tmp_path / "a.nii.gz", bytes(packed))) == "IN-VOL-DAMAGED"


def test_a_bomb_does_not_go_off(tmp_path):
    bomb = gzip.compress(nifti(VOXELS) + bytes(50 << 20))
    assert len(bomb) < 1 << 20
    assert refusal_of(kept(tmp_path / "a.nii.gz", bomb)) == "IN-VOL-HEADER"
    limits = Limits(decoded_bytes=VOXELS.nbytes - 1)
    assert refusal_of(kept(tmp_path / "b.nii.gz", gzip.compress(nifti())), limits) == "IN-PIX-SIZE"


def test_members_of_gzip_that_follow_each_other_are_one_file(tmp_path):
    data = nifti()
    loaded = read(kept(tmp_path / "a.nii.gz", gzip.compress(data[:400]) + gzip.compress(data[400:])))
    np.testing.assert_array_equal(loaded.scan.pixels, VOXELS)


REAL = {
    "example_ct.nii.gz": np.int16, "example_ct_sm.nii.gz": np.int16, "example_mr_sm.nii.gz": np.int16,
    "example_seg_fast.nii.gz": np.uint8, "reoriented_anat_moved.nii": np.float32, "example4d.nii.gz": None,
    "functional.nii": None, "example_nifti2.nii.gz": None,
}  # fmt: skip
"""None: four dimensions."""


def test_real_files_are_read_as_simple_itk_reads_them(shared):
    folder = shared / "data" / "nifti"
    assert {path.name for path in folder.glob("*.nii*")} == set(REAL)
    for name, dtype in REAL.items():
        if dtype is None:
            assert refusal_of(folder / name) == "IN-VOL-DIMS"
            continue
        scan = read(folder / name).scan
        assert scan.pixels.dtype == dtype
        assert_as_simple_itk(scan, folder / name)
