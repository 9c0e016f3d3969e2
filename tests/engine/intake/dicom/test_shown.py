"""Stored values to what a scan holds, frame by frame: palettes, modality tables, bits that carry no value."""

from __future__ import annotations

import tracemalloc

import imagecodecs
import numpy as np
import pytest
from pydicom import Dataset

from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.dicom.decode import read_dicom
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import changed, compressed, multiframe, stored

FRAMES = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(3, 4, 5)


def decode(dataset: Dataset) -> Decoded:
    return read_dicom(stored(dataset), "a.dcm", Limits())


def palette_of(entries: int) -> dict[str, object]:
    ramps = (np.arange(entries), np.arange(entries)[::-1], np.full(entries, 7))
    colours = zip(("Red", "Green", "Blue"), ramps, strict=True)
    tables = {f"{colour}PaletteColorLookupTableData": ramp.astype(np.uint8).tobytes() for colour, ramp in colours}
    return tables | {
        f"{colour}PaletteColorLookupTableDescriptor": [entries, 0, 8] for colour in ("Red", "Green", "Blue")
    }


def test_every_frame_goes_through_the_palette_and_the_stored_indices_stay():
    decoded = decode(multiframe(FRAMES, PhotometricInterpretation="PALETTE COLOR", **palette_of(64)))
    assert decoded.photometric == "RGB"
    np.testing.assert_array_equal(decoded.stored, FRAMES)
    np.testing.assert_array_equal(decoded.pixels, np.stack([FRAMES, 63 - FRAMES, np.full_like(FRAMES, 7)], axis=-1))


def test_every_frame_goes_through_the_modality_table():
    table = changed(Dataset(), LUTDescriptor=[64, 0, 16], ModalityLUTType="HU")
    table.add_new((0x0028, 0x3006), "US", [1000 + 3 * index for index in range(64)])
    decoded = decode(multiframe(FRAMES, ModalityLUTSequence=[table]))
    np.testing.assert_array_equal(decoded.pixels, 1000 + 3 * FRAMES.astype(int))
    assert (decoded.facts.slope, decoded.facts.intercept) == (1.0, 0.0)


def test_the_sign_is_found_in_each_frame_whether_or_not_it_was_carried_on():
    frames = np.array([[[0x0FFF, 1], [2, 3]], [[0xFFFF, 1], [2, 3]]], np.uint16)
    decoded = decode(multiframe(frames, BitsStored=12, PixelRepresentation=1))
    assert decoded.pixels.dtype == np.int16
    assert decoded.pixels[:, 0, 0].tolist() == [-1, -1]


def test_overlay_bits_are_cut_off_in_the_frames_that_have_them():
    frames = np.array([[[5, 1], [2, 3]], [[0x8005, 1], [2, 3]]], np.uint16)
    dataset = multiframe(frames, BitsStored=12)
    dataset.add_new((0x6000, 0x0100), "US", 16)
    dataset.add_new((0x6000, 0x0102), "US", 15)
    decoded = decode(dataset)
    assert decoded.pixels[:, 0, 0].tolist() == [5, 5]
    assert decoded.repairs == ("Overlay bits above the stored bits were cut off.",)


def test_a_range_of_padding_values_may_lie_outside_the_stored_bits():
    frames = np.array([[[1, 2]], [[60000, 60010]]], np.uint16).repeat(2, axis=1)
    decoded = decode(multiframe(frames, BitsStored=12, PixelPaddingValue=60000, PixelPaddingRangeLimit=60010))
    assert decoded.pixels.max() == 60010
    assert decoded.repairs == ("Padding values 60000 to 60010 lie outside the stored bits; kept.",)


def test_a_value_that_is_impossible_is_refused_and_its_frame_named():
    frames = np.array([[[1, 2]], [[1, 5000]]], np.uint16).repeat(2, axis=1)
    with pytest.raises(InputError) as caught:
        decode(multiframe(frames, BitsStored=12))
    assert caught.value.code == "IN-PIX-BITS"
    assert "a.dcm, frame 2 of 2" in caught.value.message


@pytest.mark.parametrize(("keyword", "kind"), [("FloatPixelData", "<f4"), ("DoubleFloatPixelData", "<f8")])
def test_floating_point_frames_are_read(keyword, kind):
    frames = np.linspace(-1, 1, 60).reshape(3, 4, 5).astype(kind)
    decoded = decode(multiframe(FRAMES, PixelData=None, **{keyword: frames.tobytes()}))
    assert decoded.stored.dtype == frames.dtype
    np.testing.assert_array_equal(decoded.pixels, frames.astype(np.float32))


def test_compressed_frames_are_held_once_and_one_more_while_they_are_decoded():
    frames = np.random.default_rng(1).integers(0, 16, (40, 256, 256), dtype=np.uint8)
    streams = [bytes(imagecodecs.jpegls_encode(frame)) for frame in frames]
    data = stored(
        compressed(multiframe(frames), "1.2.840.10008.1.2.4.80", *(s + b"\0" * (len(s) % 2) for s in streams))
    )
    tracemalloc.start()
    try:
        decoded = read_dicom(data, "a.dcm", Limits())
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    np.testing.assert_array_equal(decoded.stored, frames)
    assert most_bytes < frames.nbytes + 8 * frames[0].nbytes
