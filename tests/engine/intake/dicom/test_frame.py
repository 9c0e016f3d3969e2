"""The samples of uncompressed frames: all of them, in the right order, and no more than belong to each."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from engine.errors import InputError
from engine.intake.dicom.decode import read_dicom
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import image, multiframe, stored

RGB = np.arange(3 * 4 * 3, dtype=np.uint8).reshape(3, 4, 3)


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


def decoded(dataset):
    return read_dicom(stored(dataset), "a.dcm", Limits())


def test_frames_are_a_view_of_the_file_where_they_lie_as_the_machine_wants_them():
    frames = np.arange(5 * 3 * 4, dtype=np.uint16).reshape(5, 3, 4)
    data = stored(multiframe(frames))
    found = read_dicom(data, "a.dcm", Limits())
    assert np.shares_memory(found.pixels, np.frombuffer(data, np.uint8))
    assert np.shares_memory(found.stored, found.pixels)
    np.testing.assert_array_equal(found.pixels, frames)


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.uint32])
@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_frames_are_the_same_in_every_native_syntax(kind, syntax):
    frames = np.arange(5 * 3 * 5).reshape(5, 3, 5).astype(kind)
    dataset = multiframe(frames)
    dataset.file_meta.TransferSyntaxUID = syntax
    if syntax == ExplicitVRBigEndian:
        dataset.PixelData = frames.astype(frames.dtype.newbyteorder(">")).tobytes() + b"\0" * (frames.nbytes % 2)
    np.testing.assert_array_equal(decoded(dataset).stored, frames)


def test_bytes_of_big_endian_words_are_swapped_back_over_odd_frames():
    frames = np.arange(3 * 3 * 5, dtype=np.uint8).reshape(3, 3, 5)
    dataset = multiframe(frames)
    dataset.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    dataset.PixelData = np.frombuffer(frames.tobytes() + b"\0", ">u2").astype("<u2").tobytes()
    dataset["PixelData"].VR = "OW"
    np.testing.assert_array_equal(decoded(dataset).stored, frames)


def test_single_bits_of_a_frame_begin_where_those_of_the_one_before_end():
    frames = np.random.default_rng(1).integers(0, 2, (4, 3, 5)).astype(np.uint8)  # 15 bits a frame
    packed = np.packbits(frames.ravel(), bitorder="little").tobytes()
    dataset = multiframe(frames, BitsAllocated=1, BitsStored=1, PixelData=packed)
    np.testing.assert_array_equal(decoded(dataset).pixels, frames)


@pytest.mark.parametrize(("frames", "code"), [(4, "IN-DCM-TRUNCATED"), (2, "IN-DCM-HEADER")])
def test_another_number_of_frames_than_there_are_bytes_for_is_refused(frames, code):
    with pytest.raises(InputError) as caught:
        decoded(multiframe(np.zeros((3, 6, 7), np.uint16), NumberOfFrames=frames))
    assert caught.value.code == code


def test_the_limits_hold_for_all_frames_together_before_any_is_decoded():
    dataset = multiframe(np.zeros((3, 6, 7), np.uint16), NumberOfFrames=30_000)
    with pytest.raises(InputError) as caught:
        read_dicom(stored(dataset), "a.dcm", Limits(decoded_bytes=1 << 20))
    assert caught.value.code == "IN-PIX-SIZE"


def test_colours_of_every_frame_are_converted():
    pairs = np.array([[10, 20, 128, 128], [30, 40, 128, 128]] * 3, np.uint8)  # Y1 Y2 Cb Cr
    frames = np.stack([pairs, pairs + np.array([1, 1, 0, 0], np.uint8)])
    dataset = multiframe(
        np.zeros((2, 3, 4, 3), np.uint8), PhotometricInterpretation="YBR_FULL_422", PixelData=frames.tobytes()
    )
    assert decoded(dataset).pixels[:, 0].tolist() == [
        [[10] * 3, [20] * 3, [30] * 3, [40] * 3],
        [[11] * 3, [21] * 3, [31] * 3, [41] * 3],
    ]
