"""PNG, JPEG and BMP: what is stored comes out, upright, and what is cut or strange is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.limits import Limits
from engine.intake.raster import read_bmp, read_jpeg, read_png

LIMITS = Limits()
RNG = np.random.default_rng(20)
RGB = RNG.integers(0, 256, (6, 9, 3), dtype=np.uint8)
GREY = RNG.integers(0, 256, (6, 9), dtype=np.uint8)
GREY_16 = RNG.integers(0, 65536, (6, 9), dtype=np.uint16)
RGB_16 = RNG.integers(0, 65536, (6, 9, 3), dtype=np.uint16)


def stored(picture: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def png(data: bytes) -> Decoded:
    return read_png(data, "a.png", LIMITS)


def code_of(read, data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(InputError) as caught:
        read(data, "a", limits)
    assert caught.value.next_step
    return caught.value.code


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, *chunks: bytes, bits: int = 8, colour: int = 0) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("read", "form"), [(read_png, "PNG"), (read_bmp, "BMP")])
@pytest.mark.parametrize("pixels", [RGB, GREY])
def test_lossless_pixels_come_out_as_they_went_in(read, form, pixels):
    decoded = read(stored(Image.fromarray(pixels), form), "a", LIMITS)
    np.testing.assert_array_equal(decoded.pixels, pixels)
    assert decoded.stored_max == 255.0
    assert decoded.photometric == ("RGB" if pixels.ndim == 3 else "MONOCHROME2")
    assert not decoded.lossy
    assert decoded.repairs == ()


@pytest.mark.parametrize("pixels", [RGB_16, GREY_16])
def test_sixteen_bit_png_keeps_all_its_bits(pixels):
    decoded = png(imagecodecs.png_encode(pixels))
    np.testing.assert_array_equal(decoded.pixels, pixels)
    assert decoded.pixels.dtype == np.uint16
    assert decoded.stored_max == 65535.0


def test_one_bit_png_becomes_black_and_white():
    decoded = png(stored(Image.fromarray(GREY > 127), "PNG"))
    np.testing.assert_array_equal(decoded.pixels, np.where(GREY > 127, 255, 0))


@pytest.mark.parametrize(("bits", "factor"), [(2, 85), (4, 17)])
def test_grey_of_few_bits_is_widened_to_the_full_range(bits, factor):
    row = bytes([0, 0b00011011])  # filter type, then 0 1 2 3 or 1 11
    data = png_of(8 // bits, 1, chunk(b"IDAT", zlib.compress(row)), bits=bits)
    values = {2: [0, 1, 2, 3], 4: [1, 11]}[bits]
    decoded = read_png(data, "a.png", Limits(least_side_px=1))
    assert decoded.pixels.tolist() == [[value * factor for value in values]]


def test_a_palette_becomes_rgb():
    picture = Image.fromarray(RGB).quantize(8)
    decoded = png(stored(picture, "PNG"))
    np.testing.assert_array_equal(decoded.pixels, np.asarray(picture.convert("RGB")))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_left_out_and_noted(mode):
    picture = Image.fromarray(RGB).convert(mode)
    picture.putalpha(Image.fromarray(GREY))
    decoded = png(stored(picture, "PNG"))
    colours = np.asarray(picture)[..., :-1]
    np.testing.assert_array_equal(decoded.pixels, colours if mode == "RGBA" else colours[..., 0])
    assert decoded.repairs == ("Transparency was left out; the stored colours are used as they are.",)


def test_transparency_of_sixteen_bits_is_left_out_too():
    decoded = png(imagecodecs.png_encode(np.dstack([RGB_16, GREY_16])))
    np.testing.assert_array_equal(decoded.pixels, RGB_16)
    assert decoded.repairs


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_every_exif_orientation_is_turned_upright_as_pillow_turns_it(orientation, form):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = stored(Image.fromarray(RGB), form, exif=exif)
    decoded = (read_png if form == "PNG" else read_jpeg)(data, "a", LIMITS)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    np.testing.assert_array_equal(decoded.pixels, np.asarray(upright))
    np.testing.assert_array_equal(decoded.stored, np.asarray(Image.open(BytesIO(data))))
    assert bool(decoded.repairs) == (orientation != 1)


def test_a_camera_held_on_its_side_gives_a_tall_picture():
    exif = Image.Exif()
    exif[0x0112] = 6  # row 0 is the right side
    decoded = png(stored(Image.fromarray(GREY), "PNG", exif=exif))
    assert decoded.pixels.shape == (9, 6)
    np.testing.assert_array_equal(decoded.pixels[:, -1], GREY[0])
    assert decoded.repairs == ("Turned upright from EXIF orientation 6.",)


@pytest.mark.parametrize("block", [b"Exif\x00\x00", b"Exif\x00\x00MM\x00*\xff\xff\xff\xff", b"\xff" * 40])
def test_a_broken_exif_block_costs_the_turn_and_not_the_picture(block):
    data = stored(Image.fromarray(RGB), "JPEG", exif=block)
    decoded = read_jpeg(data, "a.jpg", LIMITS)
    assert decoded.pixels.shape == RGB.shape


def test_jpeg_is_marked_lossy_and_matches_a_second_decoder():
    data = stored(Image.fromarray(RGB), "JPEG", quality=95)
    decoded = read_jpeg(data, "a.jpg", LIMITS)
    assert decoded.lossy
    difference = decoded.pixels.astype(int) - np.asarray(Image.open(BytesIO(data)))
    assert abs(difference).max() <= 1


@pytest.mark.parametrize("lossless", [False, True])
def test_twelve_bit_jpeg_keeps_its_bits(lossless):
    smooth = np.add.outer(np.arange(64) * 40, np.arange(16) * 40).astype(np.uint16)
    data = bytes(imagecodecs.jpeg8_encode(smooth, level=98, bitspersample=12, lossless=lossless))
    decoded = read_jpeg(data, "a.jpg", LIMITS)
    assert abs(decoded.pixels.astype(int) - smooth).max() <= (0 if lossless else 8)
    assert decoded.stored_max == 4095.0
    assert decoded.lossy != lossless


def test_colours_stored_without_a_transform_are_not_transformed():
    data = bytes(
        imagecodecs.jpeg8_encode(np.full((16, 16, 3), (200, 10, 90), np.uint8), colorspace="RGB", outcolorspace="RGB")
    )
    assert b"Adobe" in data
    decoded = read_jpeg(data, "a.jpg", LIMITS)
    assert abs(decoded.pixels.astype(int) - (200, 10, 90)).max() <= 2


def test_a_cmyk_jpeg_is_refused():
    assert code_of(read_jpeg, stored(Image.new("CMYK", (8, 8)), "JPEG")) == "IN-RAS-COLOUR"


def test_a_second_picture_behind_a_jpeg_is_a_doubt():
    one = stored(Image.fromarray(RGB), "JPEG")
    decoded = read_jpeg(one + one, "a.jpg", LIMITS)
    assert decoded.doubts == ("extra-pictures",)
    assert read_jpeg(one + bytes(16), "a.jpg", LIMITS).doubts == ()


def test_an_animated_png_is_refused():
    frames = [Image.fromarray(GREY), Image.fromarray(255 - GREY)]
    assert code_of(read_png, stored(frames[0], "PNG", save_all=True, append_images=frames[1:])) == "IN-RAS-PAGES"


@pytest.mark.parametrize(("read", "form"), [(read_png, "PNG"), (read_jpeg, "JPEG"), (read_bmp, "BMP")])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_picture_cut_short_is_refused(read, form, part):
    data = stored(Image.fromarray(np.tile(RGB, (8, 8, 1))), form)
    assert code_of(read, data[: int(len(data) * part)]) == "IN-RAS-TRUNCATED"


@pytest.mark.parametrize(
    ("read", "form", "missing"), [(read_png, "PNG", 1), (read_jpeg, "JPEG", 1), (read_jpeg, "JPEG", 2)]
)
def test_even_the_last_byte_is_missed(read, form, missing):
    data = stored(Image.fromarray(RGB), form)
    assert code_of(read, data[:-missing]) == "IN-RAS-TRUNCATED"


def test_a_jpeg_cut_behind_its_thumbnail_is_not_taken_for_whole():
    thumbnail = stored(Image.fromarray(GREY), "JPEG")
    data = stored(Image.fromarray(np.tile(RGB, (9, 9, 1))), "JPEG", exif=b"Exif\x00\x00" + thumbnail)
    assert thumbnail in data
    assert code_of(read_jpeg, data[:-200]) == "IN-RAS-TRUNCATED"


def test_one_flipped_bit_in_a_png_is_refused():
    data = bytearray(stored(Image.fromarray(RGB), "PNG"))
    data[len(data) // 2] ^= 1
    assert code_of(read_png, bytes(data)) == "IN-RAS-DAMAGED"


def test_a_png_with_less_data_than_rows_is_refused():
    data = png_of(16, 16, chunk(b"IDAT", zlib.compress(bytes(17 * 3))))
    assert code_of(read_png, data) == "IN-DECODE"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (zlib.compress(bytes(33 * 3)), "IN-RAS-TRUNCATED"),
        (zlib.compress(bytes(33 * 16))[:-6], "IN-RAS-TRUNCATED"),
        (zlib.compress(bytes(33 * 17)), "IN-RAS-DAMAGED"),
        (b"not deflated", "IN-RAS-DAMAGED"),
        (zlib.compress(b"\x09" * 33 * 16), "IN-DECODE"),
    ],
    ids=["few rows", "cut rows", "many rows", "no rows", "unknown filter"],
)
def test_sixteen_bit_png_with_other_data_than_its_rows_is_refused_in_silence(rows, code, capfd):
    assert code_of(read_png, png_of(16, 16, chunk(b"IDAT", rows), bits=16)) == code
    assert capfd.readouterr() == ("", "")


def test_odd_side_information_of_a_png_says_nothing_on_the_standard_error(capfd):
    side = chunk(b"iCCP", b"x\0\0" + zlib.compress(b"no profile")) + chunk(b"sBIT", b"\x63") + chunk(b"tEXt", b"\xff")
    for bits in (8, 16):
        rows = chunk(b"IDAT", zlib.compress(bytes(16 * (1 + 2 * bits))) + b"more")
        assert png(png_of(16, 16, side, rows, bits=bits)).pixels.shape == (16, 16)
    assert capfd.readouterr() == ("", "")


def test_seven_passes_make_one_picture():
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    rows = [row for y, x, down, right in passes for row in RGB[y::down, x::right] if row.size]
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 6, 8, 2, 0, 0, 1))
    body = chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows)))
    data = b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")
    np.testing.assert_array_equal(png(data).pixels, RGB)
    sixteen = data.replace(header, chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 6, 16, 2, 0, 0, 1)))
    assert code_of(read_png, sixteen) == "IN-RAS-CODEC"


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (40_000, 4), (4, 40_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (0, 8)]
)
def test_a_picture_outside_the_limits_is_refused_by_its_header(width, height):
    assert code_of(read_png, png_of(width, height, chunk(b"IDAT", b""))) == "IN-PIX-SIZE"


def test_a_bitmap_that_states_absurd_rows_is_refused():
    data = bytearray(stored(Image.fromarray(RGB), "BMP"))
    data[22:26] = struct.pack("<i", 2**31 - 1)
    assert code_of(read_bmp, bytes(data)) in {"IN-RAS-TRUNCATED", "IN-PIX-SIZE"}


def test_a_picture_larger_than_pillows_own_limit_is_read():
    pixels = np.zeros((14_000, 13_500), np.uint8)
    pixels[-1, -1] = 7
    decoded = png(stored(Image.fromarray(pixels), "PNG", compress_level=1))
    assert decoded.pixels.shape == pixels.shape
    assert decoded.pixels[-1, -1] == 7


def test_the_real_photographs_match_a_second_decoder(shared: Path):
    paths = sorted((shared / "data" / "bsd" / "images").glob("*.jpg"))[:6]
    assert paths
    for path in paths:
        data = path.read_bytes()
        difference = read_jpeg(data, path.name, LIMITS).pixels.astype(int) - np.asarray(Image.open(path))
        assert abs(difference).max() <= 1
