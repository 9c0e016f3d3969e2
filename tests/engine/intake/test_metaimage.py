"""MetaImage volumes, held against SimpleITK's own reader, and what a hostile header may not do."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk
from blake3 import blake3

from engine.errors import InputError
from engine.intake.find import find
from engine.intake.limits import Limits
from engine.intake.read import read, read_study
from tests.engine.intake.test_nifti import OBLIQUE, VOXELS, assert_as_simple_itk, refusal_of, written

HEADER = {
    "ObjectType": "Image", "NDims": "3", "BinaryData": "True", "BinaryDataByteOrderMSB": "False",
    "CompressedData": "False", "TransformMatrix": "1 0 0 0 1 0 0 0 1", "Offset": "1 2 3",
    "ElementSpacing": "0.7 0.8 2.5", "DimSize": "7 6 5", "ElementType": "MET_SHORT", "ElementDataFile": "LOCAL",
}  # fmt: skip


def meta(data: bytes = VOXELS.tobytes(), **changes: str | None) -> bytes:
    keys = {name: value for name, value in (HEADER | changes).items() if value is not None}
    keys["ElementDataFile"] = keys.pop("ElementDataFile", "LOCAL")
    return "".join(f"{name} = {value}\n" for name, value in keys.items()).encode() + data


def kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("direction", [OBLIQUE, (1, 0, 0, 0, 1, 0, 0, 0, 1), (0, 0, 1, 1, 0, 0, 0, 1, 0)])
@pytest.mark.parametrize("name", ["a.mha", "a.mhd"])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32, np.int32, np.int64, np.float64])
def test_what_simple_itk_writes_is_read_as_it_reads_it(tmp_path, direction, name, dtype):
    path = written(tmp_path / name, abs(VOXELS).astype(dtype), direction)
    loaded = read(path)
    assert (loaded.scan.kind, loaded.scan.modality) == ("volume", "OT")
    assert loaded.doubts == ()
    assert_as_simple_itk(loaded.scan, path)


def test_a_compressed_volume_is_read(tmp_path):
    picture = sitk.GetImageFromArray(VOXELS)
    sitk.WriteImage(picture, str(tmp_path / "a.mha"), useCompression=True)
    sitk.WriteImage(picture, str(tmp_path / "b.mhd"), useCompression=True)
    for found in find([tmp_path]):
        np.testing.assert_array_equal(read_study(found).scan.pixels, VOXELS)


def test_the_data_file_of_a_header_is_no_study_of_its_own_and_counts_for_its_identity(tmp_path):
    written(tmp_path / "a.mhd")
    passed: list[str] = []
    (found,) = find([tmp_path], lambda path: passed.append(path.name))
    assert passed == ["a.raw"]
    loaded = read_study(found)
    assert loaded.scan.provenance.files == (str(tmp_path / "a.mhd"), str(tmp_path / "a.raw"))
    hashes = [blake3((tmp_path / name).read_bytes()).digest() for name in ("a.mhd", "a.raw")]
    assert loaded.study.content_hash == blake3(b"".join(hashes)).hexdigest()
    assert len(loaded.study.instances) == 1


def test_a_picture_that_a_header_claims_stays_a_candidate(tmp_path):
    kept(tmp_path / "a.mhd", meta(b"", ElementDataFile="b.png"))
    kept(tmp_path / "b.png", b"\x89PNG\r\n\x1a\n" + bytes(500))
    assert [found.path.name for found in find([tmp_path])] == ["a.mhd", "b.png"]


@pytest.mark.parametrize(("word", "modality"), [("MET_MOD_CT", "CT"), ("MET_MOD_MR", "MR"), ("MET_MOD_OTHER", "OT")])
def test_the_modality_of_the_header_is_used(tmp_path, word, modality):
    assert read(kept(tmp_path / "a.mha", meta(Modality=word))).scan.modality == modality


def test_the_other_byte_order_is_read(tmp_path):
    data = meta(VOXELS.astype(">i2").tobytes(), BinaryDataByteOrderMSB="True")
    np.testing.assert_array_equal(read(kept(tmp_path / "a.mha", data)).scan.pixels, VOXELS)


def test_lines_may_end_as_on_windows_and_the_last_one_not_at_all(tmp_path):
    kept(tmp_path / "a.raw", VOXELS.tobytes())
    kept(tmp_path / "a.mhd", meta(b"", ElementDataFile="a.raw").replace(b"\n", b"\r\n").rstrip())
    np.testing.assert_array_equal(read(tmp_path / "a.mhd").scan.pixels, VOXELS)


@pytest.mark.parametrize("size", ["40", "-1"])
def test_bytes_before_the_voxels_are_stepped_over(tmp_path, size):
    kept(tmp_path / "a.raw", bytes(40) + VOXELS.tobytes())
    kept(tmp_path / "a.mhd", meta(b"", ElementDataFile="a.raw", HeaderSize=size))
    np.testing.assert_array_equal(read(tmp_path / "a.mhd").scan.pixels, VOXELS)


def test_a_header_without_spacing_has_none_and_says_so(tmp_path):
    scan = read(kept(tmp_path / "a.mha", meta(ElementSpacing=None))).scan
    assert scan.spacing_mm is None
    assert scan.provenance.repairs == ("The file states no spacing.",)


def test_a_header_without_axes_says_nothing_of_the_patient(tmp_path):
    assert read(kept(tmp_path / "a.mha", meta())).scan.oriented
    assert not read(kept(tmp_path / "a.mha", meta(TransformMatrix=None))).scan.oriented


def test_a_picture_of_two_dimensions_is_an_image(tmp_path):
    flat = {"NDims": "2", "DimSize": "7 6", "Offset": "1 2", "ElementSpacing": "0.7 0.8", "TransformMatrix": "1 0 0 1"}
    scan = read(kept(tmp_path / "a.mha", meta(VOXELS[0].tobytes(), **flat))).scan
    assert (scan.kind, scan.shape, scan.spacing_mm) == ("image", (6, 7), (0.8, 0.8, 0.7))
    np.testing.assert_array_equal(scan.pixels, VOXELS[0])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"NDims": "4", "DimSize": "7 6 5 2"}, "IN-VOL-DIMS"),
        ({"NDims": "1", "DimSize": "210"}, "IN-VOL-DIMS"),
        ({"NDims": "2"}, "IN-VOL-HEADER"),
        ({"NDims": None}, "IN-VOL-HEADER"),
        ({"DimSize": "7 6 x"}, "IN-VOL-HEADER"),
        ({"DimSize": "7 -6 5"}, "IN-VOL-HEADER"),
        ({"DimSize": "7 6 2.5"}, "IN-VOL-HEADER"),
        ({"DimSize": "30000 30000 30000"}, "IN-PIX-SIZE"),
        ({"DimSize": "7 6 " + "9" * 5000}, "IN-VOL-HEADER"),
        ({"DimSize": "7 6 6"}, "IN-VOL-TRUNCATED"),
        ({"DimSize": "7 6 3"}, "IN-VOL-HEADER"),
        ({"ElementType": "MET_SHORT_ARRAY"}, "IN-VOL-TYPE"),
        ({"ElementType": None}, "IN-VOL-TYPE"),
        ({"ElementNumberOfChannels": "3"}, "IN-VOL-TYPE"),
        ({"BinaryData": "False"}, "IN-VOL-TYPE"),
        ({"ElementSpacing": "0.7 0 2.5"}, "IN-VOL-HEADER"),
        ({"ElementSpacing": "0.7 nan 2.5"}, "IN-VOL-HEADER"),
        ({"ElementSpacing": "0.7 2.5"}, "IN-VOL-HEADER"),
        ({"Offset": "1 2 inf"}, "IN-VOL-HEADER"),
        ({"TransformMatrix": "1 0 0 0.5 1 0 0 0 1"}, "IN-VOL-GEOMETRY"),
        ({"TransformMatrix": "0 0 0 0 0 0 0 0 0"}, "IN-VOL-GEOMETRY"),
        ({"TransformMatrix": "1 0 0 1"}, "IN-VOL-HEADER"),
        ({"CompressedData": "True"}, "IN-VOL-DAMAGED"),
        ({"HeaderSize": "-7"}, "IN-VOL-HEADER"),
        ({"HeaderSize": "1000000000000"}, "IN-VOL-TRUNCATED"),
        ({"ElementDataFile": "LIST"}, "IN-VOL-PAIR"),
        ({"ElementDataFile": "slice%03d.raw 1 5 1"}, "IN-VOL-PAIR"),
        ({"ElementDataFile": "/etc/passwd"}, "IN-VOL-PATH"),
        ({"ElementDataFile": "../a.raw"}, "IN-VOL-PATH"),
        ({"ElementDataFile": "..\\a.raw"}, "IN-VOL-PATH"),
        ({"ElementDataFile": "a\0.raw"}, "IN-VOL-PATH"),
        ({"ElementDataFile": ".."}, "IN-VOL-PATH"),
        ({"ElementDataFile": ""}, "IN-VOL-PATH"),
        ({"ElementDataFile": "gone.raw"}, "IN-NOT-FOUND"),
        ({"ElementDataFile": "x" * 300}, "IN-UNREADABLE"),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_odd_headers_are_refused(tmp_path, changes, code):
    assert refusal_of(kept(tmp_path / "a.mha", meta(**changes))) == code
    assert refusal_of(tmp_path) == code, "in a folder too"


def test_a_header_without_an_end_is_refused(tmp_path):
    assert refusal_of(kept(tmp_path / "a.mha", b"ObjectType = Image\nNDims = 3\n")) == "IN-VOL-HEADER"
    assert refusal_of(kept(tmp_path / "b.mha", b"ObjectType = Image\n" + b"a = b\n" * 100_000)) == "IN-VOL-HEADER"


def test_a_data_file_that_is_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "a.raw").symlink_to(tmp_path / "a.raw")
    assert refusal_of(kept(tmp_path / "a.mhd", meta(b"", ElementDataFile="a.raw"))) == "IN-UNREADABLE"


def test_compressed_voxels_that_are_cut_short_or_too_many_are_refused(tmp_path):
    packed = zlib.compress(VOXELS.tobytes())
    for data, code in ((packed[:-1], "IN-VOL-TRUNCATED"), (packed[:-90], "IN-VOL-TRUNCATED")):
        assert refusal_of(kept(tmp_path / "a.mha", meta(data, CompressedData="True"))) == code
    bomb = zlib.compress(bytes(50 << 20))
    assert refusal_of(kept(tmp_path / "a.mha", meta(bomb, CompressedData="True"))) == "IN-VOL-HEADER"


def test_limits_hold_before_the_data_file_is_opened(tmp_path):
    path = kept(tmp_path / "a.mhd", meta(b"", ElementDataFile="gone.raw"))
    with pytest.raises(InputError) as caught:
        read(path, Limits(decoded_bytes=VOXELS.nbytes - 1))
    assert caught.value.code == "IN-PIX-SIZE"
