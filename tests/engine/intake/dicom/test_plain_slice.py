"""The quick way to plain slices gives what the slow one gives, on every file that it takes, and leaves the others."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.dicom.decode import read_dicom
from engine.intake.dicom.plain_slice import read_plain
from engine.intake.dicom.slice_header import SliceHeader, slice_header
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.stored import read_file
from tests.engine.intake.dicom.build import compressed, image, stored
from tests.engine.intake.slices import at, noise, write_slice

LIMITS = Limits()


def header_of(path: Path) -> SliceHeader | None:
    return slice_header(Entry(path), LIMITS)


def quick(path: Path, header: SliceHeader):
    file = read_file(Entry(path), LIMITS)
    return read_plain(file, header.plain, (header.slope, header.intercept), header.plane)


def assert_same(path: Path, header: SliceHeader) -> None:
    fast, file = quick(path, header), read_file(Entry(path), LIMITS)
    slow = read_dicom(file.data, file.source, LIMITS)
    assert fast is not None
    np.testing.assert_array_equal(fast.pixels, slow.pixels)
    np.testing.assert_array_equal(fast.stored, slow.stored)
    assert (fast.pixels.dtype, fast.stored.dtype) == (slow.pixels.dtype, slow.stored.dtype)
    for name in ("photometric", "stored_max", "repairs", "doubts", "lossy"):
        assert getattr(fast, name) == getattr(slow, name), name
    left_out = {"modality", "names_modality", "window", "exam"}
    for field in fields(fast.facts):
        if field.name not in left_out:
            assert getattr(fast.facts, field.name) == getattr(slow.facts, field.name), field.name


@pytest.mark.parametrize("folder", ["files", "series"])
def test_every_plain_slice_of_the_set_is_read_alike(shared, folder):
    taken = 0
    for path in sorted((shared / "data" / "dicom" / folder).rglob("*")):
        if not path.is_file() or (header := header_of(path)) is None or header.plain is None:
            continue
        if quick(path, header) is not None:
            assert_same(path, header)
            taken += 1
    assert taken >= {"files": 12, "series": 100}[folder]


def in_syntax(path: Path, syntax: str, stream: bytes, pixels: np.ndarray) -> Path:
    dataset = image(
        pixels, Modality="CT", SeriesInstanceUID="1.2.3", PixelSpacing=[0.5, 0.5], ImagePositionPatient=[0, 0, 0],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
    )  # fmt: skip
    path.write_bytes(stored(compressed(dataset, syntax, stream)))
    return path


def test_compressed_slices_are_read_alike(tmp_path):
    pixels = np.random.default_rng(3).integers(0, 4096, (16, 24)).astype(np.uint16)
    streams = {
        "1.2.840.10008.1.2.4.80": bytes(imagecodecs.jpegls_encode(pixels)),
        "1.2.840.10008.1.2.4.90": bytes(imagecodecs.jpeg2k_encode(pixels, codecformat="j2k", reversible=True)),
    }
    for syntax, stream in streams.items():
        path = in_syntax(tmp_path / "a.dcm", syntax, stream, pixels)
        header = header_of(path)
        assert header is not None
        assert header.plain is not None
        assert_same(path, header)


def test_a_header_that_changed_since_is_left_to_the_slow_way(tmp_path):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0])
    header = header_of(path)
    assert quick(path, header) is not None
    write_slice(path, at(0.0), noise(1)[0], SliceThickness=2.0)
    assert quick(path, header) is None


def test_pixels_that_changed_since_are_read_as_they_are_now(tmp_path):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0])
    header = header_of(path)
    write_slice(path, at(0.0), noise(2)[1])
    np.testing.assert_array_equal(quick(path, header).pixels, noise(2)[1])


@pytest.mark.parametrize(
    "elements",
    [
        {"Modality": None},
        {"NumberOfFrames": 2},
        {"BitsStored": 17},
        {"PhotometricInterpretation": "PALETTE COLOR"},
    ],
    ids=str,
)
def test_what_has_something_to_be_said_of_it_is_no_plain_slice(tmp_path, elements):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0], **elements)
    header = header_of(path)
    assert header is None or header.plain is None


def test_values_outside_their_bits_and_cut_files_are_left_to_the_slow_way(tmp_path):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0], BitsStored=8)
    assert quick(path, header_of(path)) is None
    path = write_slice(tmp_path / "b.dcm", at(0.0), noise(1)[0])
    header = header_of(path)
    path.write_bytes(path.read_bytes()[:-10])
    assert quick(path, header) is None
    with pytest.raises(InputError):
        read_dicom(path.read_bytes(), "b.dcm", LIMITS)


def test_a_limit_on_the_size_holds_for_listing_too(tmp_path):
    path = write_slice(tmp_path / "a.dcm", at(0.0), noise(1)[0])
    header = slice_header(Entry(path), replace(LIMITS, pixels=10))
    assert header is None or header.plain is None
