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
from engine.intake.read import read
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


PAGES = np.stack([GREY, GREY[::-1], GREY[:, ::-1]])


@pytest.mark.parametrize(
    "pages", [PAGES, PAGES.astype(np.uint16) * 257, PAGES / np.float32(255), PAGES[..., None] ^ RGB]
)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"bigtiff": True, "byteorder": ">"},
        {"compression": "lzw"},
        {"compression": "deflate", "tile": (16, 32)},
        {"extratags": [(274, "H", 1, 6, False)]},
    ],
    ids=str,
)
def test_pages_that_are_alike_are_a_stack_in_their_order(pages, options):
    decoded = tiff(pages, photometric="rgb" if pages.ndim == 4 else "minisblack", **options)
    turned = np.rot90(pages, -1, (1, 2)) if "extratags" in options else pages
    np.testing.assert_array_equal(decoded.pixels, turned)
    np.testing.assert_array_equal(decoded.stored, pages)
    assert (decoded.facts.kind, decoded.facts.modality, decoded.order) == ("stack", "photo", (0, 1, 2))


def test_a_stack_of_imagej_is_one():
    np.testing.assert_array_equal(tiff(PAGES, imagej=True).pixels, PAGES)


def test_a_stack_of_imagej_without_pages_of_its_own_is_refused():
    """ImageJ writes large stacks behind a single directory, which states their number in words."""
    file = BytesIO()
    tifffile.imwrite(file, PAGES[0], photometric="minisblack", description="ImageJ=1.11a\nimages=3\nslices=3\n")
    assert code_of(file.getvalue() + PAGES[1:].tobytes()) == "IN-RAS-PAGES"


@pytest.mark.parametrize("other", [GREY[:, :-1], GREY_16, GREY > 127, RGB], ids=["size", "bits", "one bit", "colour"])
def test_pages_that_are_not_alike_are_refused_by_number(other):
    file = BytesIO()
    with tifffile.TiffWriter(file) as writer:
        for page in (GREY, GREY, other):
            writer.write(page, photometric="rgb" if page.ndim == 3 else "minisblack")
    with pytest.raises(InputError, match="page 3 that differs") as caught:
        read_tiff(file.getvalue(), "a.tif", Limits())
    assert caught.value.code == "IN-RAS-PAGES"


def test_a_stack_is_a_study_with_a_frame_for_each_page(tmp_path):
    (tmp_path / "a.tif").write_bytes(stored(PAGES, photometric="minisblack"))
    loaded = read(tmp_path / "a.tif")
    assert (loaded.study.kind, loaded.scan.shape) == ("stack", PAGES.shape)
    assert [instance.frame for instance in loaded.study.instances] == [0, 1, 2]


def test_palettes_of_other_widths_make_one_stack():
    narrow, wide = (np.stack([np.arange(256)] * 3).astype(np.uint16) * step for step in (257, 1))
    file = BytesIO()
    with tifffile.TiffWriter(file) as writer:
        for palette in (narrow, wide):
            writer.write(GREY, photometric="palette", colormap=palette)
    pixels = read_tiff(file.getvalue(), "a.tif", Limits()).pixels
    np.testing.assert_array_equal(pixels[0], np.dstack([GREY.astype(np.uint16) * 257] * 3))
    np.testing.assert_array_equal(pixels[1], np.dstack([GREY.astype(np.uint16)] * 3))


def test_all_pages_together_are_held_against_the_limits():
    data = stored(np.zeros((100, 100, 100), np.uint8), photometric="minisblack", compression="deflate")
    assert code_of(data, Limits(decoded_bytes=999_999)) == "IN-PIX-SIZE"
    assert code_of(data, Limits(files=99)) == "IN-RAS-DAMAGED"


def directories(data: bytes) -> list[int]:
    with tifffile.TiffFile(BytesIO(data)) as file:
        return [page.offset for page in file.pages]


def linked(data: bytes, page: int, target: int) -> bytes:
    """Lets the directory of a page lead to another place."""
    at = directories(data)[page]
    at += 2 + 12 * struct.unpack_from("<H", data, at)[0]
    return data[:at] + struct.pack("<I", target) + data[at + 4 :]


def test_a_page_that_is_led_to_and_not_there_is_not_dropped():
    data = stored(PAGES, photometric="minisblack", metadata=None)
    assert code_of(linked(data, 1, len(data) + 100)) == "IN-RAS-TRUNCATED"
    assert code_of(linked(data, 2, directories(data)[0])) == "IN-RAS-DAMAGED"
    assert code_of(data[: directories(data)[2] + 4]) == "IN-RAS-TRUNCATED"


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


def test_channels_of_an_odd_kind_are_named():
    with pytest.raises(InputError, match="4 channels of kind SEPARATED"):
        tiff(np.dstack([RGB, GREY]), photometric="separated", planarconfig="contig")
    data = bytearray(stored(GREY, photometric="minisblack"))
    with tifffile.TiffFile(BytesIO(data)) as file:
        at = file.pages.first.tags["PhotometricInterpretation"].valueoffset
    data[at : at + 2] = struct.pack("<H", 777)
    assert code_of(bytes(data)) == "IN-RAS-COLOUR"


def test_a_preview_between_two_pages_does_not_count():
    file = BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(GREY, photometric="minisblack", compression="lzw")
        writer.write(GREY[::4, ::4], photometric="minisblack", compression="lzw", subfiletype=1)
        writer.write(GREY[::-1], photometric="minisblack", compression="lzw")
    decoded = read_tiff(file.getvalue(), "a.tif", Limits())
    np.testing.assert_array_equal(decoded.pixels, [GREY, GREY[::-1]])
    assert decoded.order == (0, 2)


def test_complex_numbers_are_refused():
    assert code_of(stored(np.ones((8, 8), np.complex64))) == "IN-RAS-COLOUR"


def test_a_compression_that_may_hide_losses_is_refused():
    assert code_of(stored(GREY, compression="lerc")) == "IN-RAS-CODEC"
