"""TIFF: every layout that is read comes out as it went in, all else is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
import tifffile

from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.limits import Limits
from engine.intake.tiff import read_tiff

RNG = np.random.default_rng(21)
RGB = RNG.integers(0, 256, (40, 50, 3), dtype=np.uint8)
GREY = RNG.integers(0, 256, (40, 50), dtype=np.uint8)
GREY_16 = RNG.integers(0, 65536, (40, 50), dtype=np.uint16)
RGB_16 = RNG.integers(0, 65536, (40, 50, 3), dtype=np.uint16)


def stored(pixels: np.ndarray, **options: object) -> bytes:
    file = BytesIO()
    tifffile.imwrite(file, pixels, **options)
    return file.getvalue()


def tiff(pixels: np.ndarray, **options: object) -> Decoded:
    return read_tiff(stored(pixels, **options), "a.tif", Limits())


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_tiff(data, "a.tif", limits or Limits())
    assert caught.value.next_step
    return caught.value.code


@pytest.mark.parametrize("pixels", [GREY, RGB, GREY_16, RGB_16, GREY_16.astype(np.int16)])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"byteorder": ">"},
        {"bigtiff": True},
        {"compression": "lzw"},
        {"compression": "deflate", "predictor": True},
        {"compression": "packbits"},
        {"compression": "zstd", "tile": (16, 32)},
        {"rowsperstrip": 7},
    ],
    ids=str,
)
def test_pixels_come_out_as_they_went_in(pixels, options):
    decoded = tiff(pixels, **options)
    np.testing.assert_array_equal(decoded.pixels, pixels)
    assert decoded.pixels.dtype == pixels.dtype.newbyteorder("=")
    assert decoded.stored_max == np.iinfo(pixels.dtype).max
    assert decoded.repairs == ()
    assert not decoded.lossy


def test_colours_stored_plane_by_plane_are_interleaved():
    decoded = tiff(np.moveaxis(RGB, -1, 0), photometric="rgb", planarconfig="separate")
    np.testing.assert_array_equal(decoded.pixels, RGB)


def test_twelve_bits_have_their_own_largest_value():
    pixels = GREY_16 >> 4
    decoded = tiff(pixels, bitspersample=12)
    np.testing.assert_array_equal(decoded.pixels, pixels)
    assert decoded.stored_max == 4095.0


def test_one_bit_becomes_zero_and_one():
    decoded = tiff(GREY > 127, photometric="minisblack")
    np.testing.assert_array_equal(decoded.pixels, (GREY > 127).astype(np.uint8))
    assert decoded.stored_max == 1.0


def test_white_as_zero_is_turned_around_and_noted():
    decoded = tiff(GREY, photometric="miniswhite")
    np.testing.assert_array_equal(decoded.pixels, 255 - GREY)
    assert decoded.repairs == ("Stored with white as 0; turned around.",)


def test_transparency_is_left_out_and_noted():
    decoded = tiff(np.dstack([RGB, GREY]), photometric="rgb", extrasamples=["unassalpha"])
    np.testing.assert_array_equal(decoded.pixels, RGB)
    assert len(decoded.repairs) == 1


@pytest.mark.parametrize(("step", "kind"), [(257, np.uint8), (1, np.uint16)])
def test_a_palette_becomes_rgb_with_as_many_bits_as_it_needs(step, kind):
    palette = np.stack([np.arange(256), np.arange(256)[::-1], np.full(256, 9)]).astype(np.uint16) * step
    decoded = tiff(GREY, photometric="palette", colormap=palette)
    expected = np.moveaxis(palette[:, GREY], 0, -1)
    np.testing.assert_array_equal(decoded.pixels, expected >> 8 if kind is np.uint8 else expected)
    assert decoded.pixels.dtype == kind
    np.testing.assert_array_equal(decoded.stored, GREY)


def test_jpeg_inside_is_lossy_and_close():
    smooth = np.add.outer(np.arange(64), np.arange(64)).astype(np.uint8)
    decoded = tiff(np.dstack([smooth] * 3), compression="jpeg", photometric="rgb", tile=(32, 32))
    assert decoded.lossy
    assert abs(decoded.pixels.astype(int) - smooth[..., None]).max() <= 3


def test_orientation_is_turned_upright():
    decoded = tiff(GREY, extratags=[(274, "H", 1, 6, True)])
    np.testing.assert_array_equal(decoded.pixels, np.rot90(GREY, -1))
    assert decoded.repairs == ("Turned upright from EXIF orientation 6.",)


def test_an_orientation_that_is_no_number_is_noted_and_taken_as_upright():
    decoded = tiff(GREY, extratags=[(274, "H", 2, (6, 6), True)])
    np.testing.assert_array_equal(decoded.pixels, GREY)
    assert len(decoded.repairs) == 1


def test_floats_from_zero_to_one_are_taken_as_they_are():
    pixels = (GREY / 255).astype(np.float32)
    decoded = tiff(pixels)
    np.testing.assert_array_equal(decoded.pixels, pixels)
    assert decoded.stored_max == 1.0
    assert decoded.doubts == ()


def test_floats_of_another_range_are_a_doubt():
    decoded = tiff(GREY.astype(np.float32))
    assert decoded.stored_max == GREY.max()
    assert decoded.doubts == ("float-range",)


def test_doubles_that_float32_cannot_hold_are_noted():
    decoded = tiff(np.full((4, 4), 0.1))
    assert decoded.pixels.dtype == np.float32
    assert decoded.repairs == ("Values of float64 were rounded to float32.",)


def test_several_pages_are_refused():
    assert code_of(stored(np.stack([GREY, GREY]), photometric="minisblack")) == "IN-RAS-PAGES"


def test_a_stack_of_imagej_is_refused():
    assert code_of(stored(np.stack([GREY, GREY]), imagej=True)) == "IN-RAS-PAGES"


def test_a_marked_preview_behind_the_picture_does_not_count():
    file = BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(GREY, photometric="minisblack")
        writer.write(GREY[::4, ::4], photometric="minisblack", subfiletype=1)
    np.testing.assert_array_equal(read_tiff(file.getvalue(), "a.tif", Limits()).pixels, GREY)


def test_a_preview_before_the_picture_is_not_taken_for_it():
    file = BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(GREY[::4, ::4], photometric="minisblack", subfiletype=1)
        writer.write(GREY, photometric="minisblack")
    assert code_of(file.getvalue()) == "IN-RAS-PAGES"


@pytest.mark.parametrize("options", [{}, {"compression": "deflate"}, {"tile": (16, 16)}, {"compression": "lzw"}])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.99])
def test_a_file_cut_short_is_refused(options, part):
    data = stored(GREY_16, **options)
    assert code_of(data[: int(len(data) * part)]) == "IN-RAS-TRUNCATED"


def test_a_strip_that_was_never_written_is_refused_and_not_filled_with_zeros():
    data = bytearray(stored(GREY, rowsperstrip=10, compression="packbits"))
    with tifffile.TiffFile(BytesIO(data)) as file:
        at = file.pages.first.tags["StripByteCounts"].valueoffset
    data[at + 4 : at + 8] = struct.pack("<I", 0)
    assert code_of(bytes(data)) in {"IN-RAS-TRUNCATED", "IN-DECODE"}


@pytest.mark.parametrize("values", [0, 10, 1999])
def test_a_strip_that_inflates_to_too_little_is_refused_and_not_filled_up(values):
    file = BytesIO()
    strips = iter([zlib.compress(bytes(values))])
    tifffile.imwrite(file, strips, shape=(40, 50), dtype=np.uint8, compression="deflate", rowsperstrip=40)
    assert code_of(file.getvalue()) == "IN-DECODE"


def test_a_damaged_lzw_stream_is_refused_and_does_not_take_the_process_along():
    file = BytesIO()
    strips = iter([bytes.fromhex("80672050c52404")])  # crashes `imagecodecs.lzw_decode` 2026.3.6
    tifffile.imwrite(file, strips, shape=(2, 7), dtype=np.uint8, compression="lzw", rowsperstrip=2)
    assert code_of(file.getvalue()) == "IN-DECODE"


@pytest.mark.parametrize("tag", ["ImageWidth", "ImageLength"])
@pytest.mark.parametrize("side", [0, 1, 40_000, 2**32 - 1])
def test_absurd_sides_are_refused_by_the_header(tag, side):
    data = bytearray(stored(GREY))
    with tifffile.TiffFile(BytesIO(data)) as file:
        entry = file.pages.first.tags[tag]
        at, kind = entry.valueoffset, "<H" if entry.dtype == 3 else "<I"
    data[at : at + struct.calcsize(kind)] = struct.pack(kind, side & (0xFFFF if kind == "<H" else 0xFFFFFFFF))
    assert code_of(bytes(data)) in {"IN-PIX-SIZE", "IN-DECODE"}


def test_pixels_that_would_not_fit_into_memory_are_refused_before_they_are_decoded():
    data = stored(np.zeros((1000, 1000), np.uint16), compression="deflate")
    assert code_of(data, Limits(decoded_bytes=1_999_999)) == "IN-PIX-SIZE"


@pytest.mark.parametrize("pixels", [np.dstack([RGB, GREY]), RNG.integers(0, 9, (40, 50, 5), dtype=np.uint8)])
def test_four_inks_and_many_bands_are_refused(pixels):
    photometric = "separated" if pixels.shape[2] == 4 else "minisblack"
    assert code_of(stored(pixels, photometric=photometric, planarconfig="contig")) == "IN-RAS-COLOUR"


def test_complex_numbers_are_refused():
    assert code_of(stored(np.ones((8, 8), np.complex64))) == "IN-RAS-COLOUR"


def test_a_compression_that_may_hide_losses_is_refused():
    assert code_of(stored(GREY, compression="lerc")) == "IN-RAS-CODEC"
