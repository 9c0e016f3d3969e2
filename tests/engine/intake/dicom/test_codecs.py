"""Compressed streams: what an encoder put in comes out, and a stream that contradicts its header is refused."""

from __future__ import annotations

import imagecodecs
import numpy as np
import pytest
from pydicom import Dataset
from pydicom.pixels.processing import convert_color_space

from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.dicom.codecs import CODECS
from engine.intake.dicom.decode import read_dicom
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import changed, compressed, image, stored

RNG = np.random.default_rng(23)
GREY = RNG.integers(0, 4096, (20, 24), dtype=np.uint16)
RGB = RNG.integers(0, 256, (20, 24, 3), dtype=np.uint8)
SMOOTH = np.dstack([np.add.outer(np.arange(20) * step, np.arange(24)) for step in (1, 3, 5)]).astype(np.uint8)

JPEG, LOSSLESS = "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.70"
JPEG_LS, JPEG_2000 = "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90"
HTJ2K_LOSSY = "1.2.840.10008.1.2.4.203"


def decode(dataset: Dataset) -> Decoded:
    return read_dicom(stored(dataset), "a.dcm", Limits())


def code_of(dataset: Dataset) -> str:
    with pytest.raises(InputError) as caught:
        decode(dataset)
    assert caught.value.next_step
    return caught.value.code


def jpeg(pixels: np.ndarray, **options: object) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(pixels, **options))


def jpeg_2000(pixels: np.ndarray, **options: object) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(pixels, codecformat="j2k", **options))


def without_adobe(stream: bytes) -> bytes:
    """Without the first segment, which says that the colours are RGB."""
    assert stream[2:4] == b"\xff\xee"
    return stream[:2] + stream[4 + int.from_bytes(stream[4:6], "big") :]


ENCODERS = {
    LOSSLESS: lambda pixels: jpeg(pixels, lossless=True, bitspersample=pixels.dtype.itemsize * 8),
    JPEG_LS: lambda pixels: bytes(imagecodecs.jpegls_encode(pixels)),
    JPEG_2000: lambda pixels: jpeg_2000(pixels, level=0, reversible=True, mct=False),
}


@pytest.mark.parametrize("syntax", ENCODERS)
@pytest.mark.parametrize("pixels", [GREY, RGB], ids=["grey", "colour"])
def test_lossless_streams_give_back_every_pixel(syntax, pixels):
    decoded = decode(compressed(image(pixels), syntax, ENCODERS[syntax](pixels)))
    np.testing.assert_array_equal(decoded.pixels, pixels)
    assert not decoded.lossy


@pytest.mark.parametrize("syntax", ENCODERS)
def test_a_stream_over_several_fragments_is_joined(syntax):
    stream = ENCODERS[syntax](GREY)
    dataset = compressed(image(GREY), syntax, stream)
    half = len(stream) // 4 * 2
    fragments = (b"", stream[:half], stream[half:] + b"\0" * (len(stream) % 2))  # the offset table may be empty
    dataset.PixelData = b"".join(b"\xfe\xff\x00\xe0" + len(part).to_bytes(4, "little") + part for part in fragments)
    np.testing.assert_array_equal(decode(dataset).pixels, GREY)


@pytest.mark.parametrize("syntax", ENCODERS)
@pytest.mark.parametrize(("keyword", "value"), [("Rows", 21), ("Columns", 23)])
def test_a_stream_of_another_size_than_the_header_says_is_refused(syntax, keyword, value):
    dataset = compressed(changed(image(GREY), **{keyword: value}), syntax, ENCODERS[syntax](GREY))
    assert code_of(dataset) == "IN-DCM-STREAM"


@pytest.mark.parametrize("syntax", ENCODERS)
def test_a_grey_stream_under_a_colour_header_is_refused(syntax):
    assert code_of(compressed(image(RGB), syntax, ENCODERS[syntax](RGB[..., 0].copy()))) == "IN-DCM-STREAM"


@pytest.mark.parametrize("syntax", ENCODERS)
def test_a_stream_cut_short_is_refused(syntax):
    stream = ENCODERS[syntax](GREY)
    assert code_of(compressed(image(GREY), syntax, stream[:-40])) in {"IN-DCM-TRUNCATED", "IN-DECODE"}


@pytest.mark.parametrize("syntax", sorted(CODECS))
@pytest.mark.parametrize("stream", [b"\0\0", b"\xff\xd8\xff\xd9", b"\xff\x4f\xff\x51\xff\xd9", bytes(100)])
def test_rubbish_is_refused_by_every_codec(syntax, stream):
    dataset = image(GREY, BitsAllocated=1, BitsStored=1) if CODECS[syntax].single_bits else image(GREY)
    assert code_of(compressed(dataset, syntax, stream)) in {
        "IN-DCM-STREAM", "IN-DCM-TRUNCATED", "IN-DCM-DAMAGED", "IN-DECODE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("syntax", "stream"),
    [
        (LOSSLESS, lambda ybr: without_adobe(jpeg(ybr, lossless=True))),
        (JPEG_LS, ENCODERS[JPEG_LS]),
        (JPEG_2000, ENCODERS[JPEG_2000]),
    ],
    ids=["JPEG", "JPEG-LS", "JPEG 2000"],
)
def test_luminance_and_chrominance_stored_without_loss_become_rgb(syntax, stream):
    ybr = convert_color_space(SMOOTH, "RGB", "YBR_FULL")
    dataset = changed(image(SMOOTH), PhotometricInterpretation="YBR_FULL")
    decoded = decode(compressed(dataset, syntax, stream(ybr)))
    assert decoded.photometric == "RGB"
    np.testing.assert_array_equal(decoded.pixels, convert_color_space(ybr, "YBR_FULL", "RGB"))


def test_baseline_colour_becomes_rgb():
    dataset = changed(image(SMOOTH), PhotometricInterpretation="YBR_FULL_422")
    decoded = decode(compressed(dataset, JPEG, jpeg(SMOOTH, level=98)))
    assert abs(decoded.pixels.astype(int) - SMOOTH).max() <= 6
    assert decoded.lossy


def test_a_jpeg_whose_stream_and_header_name_different_colours_is_refused():
    assert code_of(compressed(image(SMOOTH), JPEG, jpeg(SMOOTH))) == "IN-DCM-COLOUR"


def test_the_component_transform_of_jpeg_2000_must_be_there_if_the_header_says_so():
    with_it, without = (jpeg_2000(RGB, level=0, reversible=True, mct=mct) for mct in (True, False))
    dataset = changed(image(RGB), PhotometricInterpretation="YBR_RCT")
    np.testing.assert_array_equal(decode(compressed(dataset, JPEG_2000, with_it)).pixels, RGB)
    assert code_of(compressed(dataset, JPEG_2000, without)) == "IN-DCM-COLOUR"


def test_luminance_and_chrominance_in_jpeg_ls_are_converted():
    ybr = np.broadcast_to(np.array([76, 85, 255], np.uint8), (20, 24, 3)).copy()  # red
    dataset = changed(image(ybr), PhotometricInterpretation="YBR_FULL")
    decoded = decode(compressed(dataset, JPEG_LS, ENCODERS[JPEG_LS](ybr)))
    assert decoded.pixels[0, 0] == pytest.approx([254, 0, 0], abs=1)


def test_lossy_overshoot_is_clamped_and_noted():
    pixels = np.where(RNG.random((20, 24)) > 0.5, 1100, 0).astype(np.uint16)
    dataset = changed(image(pixels), BitsStored=10)
    decoded = decode(compressed(dataset, "1.2.840.10008.1.2.4.91", jpeg_2000(pixels, level=0, reversible=True)))
    assert decoded.pixels.max() == 1023
    assert decoded.repairs == ("Lossy overshoot (0 to 1100) was clamped to the stored range 0 to 1023.",)


def test_a_signed_stream_under_an_unsigned_header_is_refused():
    signed = (GREY.astype(np.int32) - 2048).astype(np.int16)
    assert code_of(compressed(image(GREY), JPEG_2000, jpeg_2000(signed, level=0, reversible=True))) == "IN-DCM-STREAM"


RUNS = b"\x81\x07" * 3 + b"\xa1\x07"  # 3 x 128 and 96 bytes for 480 pixels


def run_lengths(header: list[int], body: bytes) -> bytes:
    return np.array(header + [0] * (16 - len(header)), "<u4").tobytes() + body


def test_run_lengths_are_read():
    dataset = compressed(image(GREY.astype(np.uint8)), "1.2.840.10008.1.2.5", run_lengths([1, 64], RUNS))
    assert (decode(dataset).pixels == 7).all()


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ([1, 64], RUNS[:-2]),
        ([1, 64], RUNS + RUNS),
        ([1, 0], RUNS),
        ([1, 72], RUNS),
        ([1, 2**32 - 1], RUNS),
        ([0], RUNS),
        ([2, 64, 68], RUNS),
        ([2**32 - 1, 64], RUNS),
    ],
    ids=str,
)
def test_run_lengths_that_do_not_make_the_frame_are_refused(header, body):
    stream = run_lengths(header, body)
    assert code_of(compressed(image(GREY.astype(np.uint8)), "1.2.840.10008.1.2.5", stream)) in {
        "IN-DCM-STREAM", "IN-DECODE",
    }  # fmt: skip


def test_bright_high_throughput_pixels_do_not_wrap_to_black(shared):
    decoded = read_dicom((shared / "data" / "dicom" / "files" / "pdd_HTJ2K_08_RGB.dcm").read_bytes(), "a.dcm", Limits())
    assert decoded.pixels[280, 426, 0] == 255
