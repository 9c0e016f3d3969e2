"""Headers alone tell whether a file is a slice of a series, cheaply and whatever is in the file."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.uid import DeflatedExplicitVRLittleEndian

from engine.intake.dicom.slice_header import SliceHeader, slice_header
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import stored
from tests.engine.intake.slices import noise, write_slice

DATA = Path(__file__).parents[3] / "data" / "dicom"


def headed(path: Path, limits: Limits | None = None, **elements: object) -> SliceHeader | None:
    return slice_header(Entry(write_slice(path, (1, 2, 3), noise(1)[0], **elements)), limits or Limits())


def test_a_slice_is_told_with_its_plane_and_values(tmp_path):
    header = headed(tmp_path / "a.dcm", EchoTime="12.5")
    assert header is not None
    assert (header.series_uid, header.rows, header.columns, header.dtype) == ("1.2.3", 6, 8, np.int16)
    assert (header.slope, header.intercept, header.dark_is_high) == (1.0, -1024.0, False)
    assert header.plane.origin_mm == (1.0, 2.0, 3.0)
    assert header.marks[0] == "12.5"


@pytest.mark.parametrize(
    "elements",
    [
        {"SeriesInstanceUID": None},
        {"ImagePositionPatient": None},
        {"ImageOrientationPatient": None},
        {"PixelSpacing": None},
        {"PixelSpacing": [0.0, 0.5]},
        {"PixelSpacing": [1e-300, 1e-300]},
        {"ImagePositionPatient": [1e300, 0, 0]},
        {"ImageOrientationPatient": [1, 0, 0, 1, 0, 0]},
        {"NumberOfFrames": 2},
        {"PhotometricInterpretation": "RGB"},
        {"PhotometricInterpretation": "PALETTE COLOR"},
        {"RescaleSlope": 0},
        {"Rows": 0},
    ],
    ids=str,
)
def test_what_has_no_plane_or_no_series_is_no_slice(tmp_path, elements):
    assert headed(tmp_path / "a.dcm", **elements) is None


@pytest.mark.parametrize("kind", ["LOCALIZER", ["ORIGINAL", "PRIMARY", "LOCALIZER"]])
def test_a_localizer_is_unlike_other_slices(tmp_path, kind):
    scout, plain = headed(tmp_path / "a.dcm", ImageType=kind), headed(tmp_path / "b.dcm", ImageType=["ORIGINAL"])
    assert scout is not None
    assert plain is not None
    assert scout.alike != plain.alike


def test_types_follow_the_stored_bits(tmp_path):
    path = tmp_path / "a.dcm"
    for pixels, dtype in [
        (np.zeros((4, 4), np.uint8), np.uint8),
        (np.zeros((4, 4), np.uint16), np.uint16),
        (np.zeros((4, 4), np.int16), np.int16),
        (np.zeros((4, 4), np.uint32), np.float32),
    ]:
        header = slice_header(Entry(write_slice(path, (0, 0, 0), pixels)), Limits())
        assert header is not None
        assert header.dtype == dtype


@pytest.mark.parametrize("content", [b"", b"text", bytes(128) + b"DICM", bytes(128) + b"DICM" + b"\x02\0" * 9000])
def test_other_files_are_none(tmp_path, content):
    (tmp_path / "a.dcm").write_bytes(content)
    assert slice_header(Entry(tmp_path / "a.dcm"), Limits()) is None
    assert slice_header(Entry(tmp_path), Limits()) is None


@pytest.mark.parametrize(
    "name", ["badVR.dcm", "rtplan.dcm", "DICOMDIR", "meta_missing_tsyntax.dcm", "liver_1frame.dcm"]
)
def test_odd_real_files_are_none(name):
    assert slice_header(Entry(DATA / name), Limits()) is None


def test_pixels_are_not_needed_to_tell_a_slice():
    header = slice_header(Entry(DATA / "MR_truncated.dcm"), Limits())
    assert header is not None
    assert (header.rows, header.columns) == (64, 64)


def test_every_transfer_syntax_gives_the_same_plane():
    names = ["MR_small_implicit.dcm", "MR_small_bigendian.dcm", "MR_small_RLE.dcm", "MR_small_jp2klossless.dcm"]
    assert len({slice_header(Entry(DATA / name), Limits()).plane for name in names}) == 1


def test_a_deflated_slice_is_told_and_a_deflated_bomb_does_not_go_off(tmp_path):
    path = write_slice(tmp_path / "a.dcm", (1, 2, 3), noise(1)[0])
    dataset = dcmread(path)
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    path.write_bytes(stored(dataset))
    header = slice_header(Entry(path), Limits())
    assert header is not None
    assert header.plane.origin_mm == (1.0, 2.0, 3.0)
    dataset.PixelData = bytes(30 << 20)
    path.write_bytes(stored(dataset))
    assert path.stat().st_size < 1 << 20
    assert slice_header(Entry(path), Limits(decoded_bytes=1 << 20)) is None


@pytest.mark.timeout(60)
def test_a_header_of_millions_of_elements_is_left_alone_in_seconds(tmp_path):
    plain = write_slice(tmp_path / "a.dcm", (1, 2, 3), noise(1)[0]).read_bytes()
    pixels = plain.index(b"\xe0\x7f\x10\x00OW")
    groups = (
        struct.pack("<HH2sH", group, element, b"LO", 0) for group in range(0x31, 0xB3, 2) for element in range(1 << 15)
    )
    (tmp_path / "a.dcm").write_bytes(plain[:pixels] + b"".join(groups) + plain[pixels:])
    start = time.process_time()
    assert slice_header(Entry(tmp_path / "a.dcm"), Limits()) is None
    assert time.process_time() - start < 10.0
