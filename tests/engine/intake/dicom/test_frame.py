"""The stored bytes of a frame: all of them, in the right order, and no more than belong to it."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.dicom.decode import read_dicom
from engine.intake.dicom.frame import encapsulated_frame
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import image, stored

RGB = np.arange(3 * 4 * 3, dtype=np.uint8).reshape(3, 4, 3)


def item(data: bytes) -> bytes:
    return struct.pack("<HHI", 0xFFFE, 0xE000, len(data)) + data


def code_of(pixel_data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        encapsulated_frame(pixel_data, "a.dcm")
    return caught.value.code


def test_all_fragments_behind_the_offset_table_make_the_frame():
    end = struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    assert encapsulated_frame(item(b"") + item(b"abcd") + item(b"ef") + end + b"padding", "a") == b"abcdef"
    assert encapsulated_frame(item(bytes(4)) + item(b"abcd"), "a") == b"abcd"


@pytest.mark.parametrize(
    ("pixel_data", "code"),
    [
        (b"", "IN-DCM-TRUNCATED"),
        (item(b""), "IN-DCM-TRUNCATED"),
        (item(b"") + item(b"abcd")[:-1], "IN-DCM-TRUNCATED"),
        (item(b"") + b"garbage!", "IN-DCM-FRAGMENTS"),
    ],
)
def test_fragments_that_do_not_add_up_are_refused(pixel_data, code):
    assert code_of(pixel_data) == code


def test_colours_by_plane_and_by_pixel_are_the_same_picture():
    by_plane = image(RGB, PlanarConfiguration=1, PixelData=np.moveaxis(RGB, -1, 0).tobytes())
    for dataset in (image(RGB), by_plane):
        np.testing.assert_array_equal(read_dicom(stored(dataset), "a.dcm", Limits()).pixels, RGB)


def test_shared_chroma_is_given_to_both_pixels():
    grey_pairs = np.array([[[10, 20, 128, 128], [30, 40, 128, 128]]] * 3, np.uint8)  # Y1 Y2 Cb Cr
    dataset = image(RGB, PhotometricInterpretation="YBR_FULL_422", PixelData=grey_pairs.tobytes())
    decoded = read_dicom(stored(dataset), "a.dcm", Limits())
    assert decoded.pixels[0].tolist() == [[10] * 3, [20] * 3, [30] * 3, [40] * 3]


def test_single_bits_are_unpacked_from_the_lowest_on():
    dataset = image(
        np.zeros((3, 4), np.uint8), BitsAllocated=1, BitsStored=1, PixelData=bytes([0b00010011, 0b00001000])
    )
    decoded = read_dicom(stored(dataset), "a.dcm", Limits())
    assert decoded.pixels.tolist() == [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]]
    assert decoded.stored_max == 1.0


@pytest.mark.parametrize(("keyword", "kind"), [("FloatPixelData", "<f4"), ("DoubleFloatPixelData", "<f8")])
def test_floats_are_read(keyword, kind):
    values = np.linspace(0, 1, 12).reshape(3, 4).astype(kind)
    dataset = image(PixelData=None, BitsStored=16, **{keyword: values.tobytes()})
    decoded = read_dicom(stored(dataset), "a.dcm", Limits())
    np.testing.assert_array_equal(decoded.pixels, values.astype(np.float32))
