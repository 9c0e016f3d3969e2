"""Headers that lie, lack something or ask for too much are refused before a pixel is decoded."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from pydicom.uid import DeflatedExplicitVRLittleEndian

from engine.errors import InputError
from engine.intake.dicom.decode import read_dicom
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import PIXELS, image, stored


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_dicom(data, "a.dcm", limits or Limits())
    assert caught.value.next_step
    assert len(str(caught.value)) < 500
    assert str(caught.value).isprintable()
    return caught.value.code


def test_a_plain_image_is_read():
    decoded = read_dicom(stored(image()), "a.dcm", Limits())
    np.testing.assert_array_equal(decoded.pixels, PIXELS)
    assert decoded.facts.modality == "OT"
    assert decoded.facts.sop_uid == "1.2.3"
    assert decoded.repairs == ()


@pytest.mark.parametrize(
    ("elements", "code"),
    [
        ({"Rows": None}, "IN-DCM-HEADER"),
        ({"Columns": None}, "IN-DCM-HEADER"),
        ({"BitsAllocated": None}, "IN-DCM-HEADER"),
        ({"BitsAllocated": 12}, "IN-DCM-HEADER"),
        ({"BitsStored": 17}, "IN-DCM-HEADER"),
        ({"BitsStored": 12, "HighBit": 15}, "IN-DCM-HEADER"),
        ({"BitsStored": 0, "HighBit": 0}, "IN-DCM-HEADER"),
        ({"NumberOfFrames": 0}, "IN-DCM-HEADER"),
        ({"NumberOfFrames": 2}, "IN-DCM-TRUNCATED"),
        ({"Rows": 0}, "IN-PIX-SIZE"),
        ({"Rows": 1, "Columns": 1}, "IN-PIX-SIZE"),
        ({"Rows": 65535}, "IN-PIX-SIZE"),
        ({"Rows": 30_000, "Columns": 30_000}, "IN-PIX-SIZE"),
        ({"Rows": 30}, "IN-DCM-TRUNCATED"),
        ({"Rows": 2}, "IN-DCM-HEADER"),
        ({"SamplesPerPixel": 3}, "IN-DCM-COLOUR"),
        ({"SamplesPerPixel": 4}, "IN-DCM-COLOUR"),
        ({"PhotometricInterpretation": "CMYK"}, "IN-DCM-COLOUR"),
        ({"PhotometricInterpretation": None}, "IN-DCM-COLOUR"),
        ({"PhotometricInterpretation": ["A", "B\n" * 300]}, "IN-DCM-COLOUR"),
        ({"PixelData": None}, "IN-DCM-NOPIXELS"),
        ({"PixelData": b""}, "IN-DCM-TRUNCATED"),
        ({"FloatPixelData": b"\0" * 48}, "IN-DCM-NOPIXELS"),
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore:.*:UserWarning")  # pydicom minds what these headers say
def test_a_header_that_cannot_be_trusted_is_refused(elements, code):
    assert code_of(stored(image(**elements))) == code


@pytest.mark.parametrize("keyword", ["SamplesPerPixel", "BitsStored", "HighBit", "PixelRepresentation"])
def test_what_the_rest_of_the_header_settles_may_be_missing(keyword):
    decoded = read_dicom(stored(image(**{keyword: None})), "a.dcm", Limits())
    np.testing.assert_array_equal(decoded.pixels, PIXELS)


def test_a_private_transfer_syntax_is_refused():
    dataset = image()
    data = stored(dataset).replace(b"1.2.840.10008.1.2.1\x00", b"1.2.840.113619.5.2\x00\x00")
    assert code_of(data) == "IN-DCM-SYNTAX"


def deflated(inflated_bytes: int) -> bytes:
    dataset = image()
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    data = stored(dataset)
    start = 144 + int.from_bytes(data[140:144], "little")
    body = zlib.decompress(data[start:], -zlib.MAX_WBITS)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return data[:start] + packer.compress(body + bytes(inflated_bytes)) + packer.flush()


def test_a_deflated_file_is_read():
    np.testing.assert_array_equal(read_dicom(deflated(0), "a.dcm", Limits()).pixels, PIXELS)


def test_a_deflated_bomb_is_refused_before_it_goes_off():
    data = deflated(64 << 20)
    assert len(data) < 1 << 20
    assert code_of(data, Limits(decoded_bytes=16 << 20)) == "IN-FILE-SIZE"


@pytest.mark.parametrize("levels", [50, 20_000])
def test_sequences_nested_without_end_are_survived(levels):
    data = stored(image())
    at = data.index(b"\x28\x00\x02\x00")  # SamplesPerPixel
    begin = b"\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
    end = b"\xfe\xff\x0d\xe0\0\0\0\0" + b"\xfe\xff\xdd\xe0\0\0\0\0"
    nested = data[:at] + begin * levels + end * levels + data[at:]
    if levels > 1000:
        assert code_of(nested) == "IN-DECODE"
    else:
        np.testing.assert_array_equal(read_dicom(nested, "a.dcm", Limits()).pixels, PIXELS)


def test_a_preamble_of_another_form_changes_nothing():
    data = b"II*\x00" + stored(image())[4:]
    np.testing.assert_array_equal(read_dicom(data, "a.dcm", Limits()).pixels, PIXELS)
