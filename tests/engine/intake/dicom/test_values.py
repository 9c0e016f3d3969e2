"""Bits to numbers, and numbers to their meaning."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from pydicom import Dataset
from pydicom.datadict import tag_for_keyword

from engine.errors import InputError
from engine.intake.decoded import Decoded
from engine.intake.dicom.decode import read_dicom
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import image, stored


def decode(dataset: Dataset) -> Decoded:
    return read_dicom(stored(dataset), "a.dcm", Limits())


def code_of(dataset: Dataset) -> str:
    with pytest.raises(InputError) as caught:
        decode(dataset)
    return caught.value.code


def words(*values: int) -> np.ndarray:
    return np.array([values, values], np.uint16)


def test_twelve_stored_bits_have_their_own_largest_value():
    decoded = decode(image(words(0, 4095), BitsStored=12))
    assert decoded.pixels[0].tolist() == [0, 4095]
    assert decoded.stored_max == 4095.0


@pytest.mark.parametrize("minus_one", [0x0FFF, 0xFFFF])
def test_the_sign_is_found_whether_or_not_the_writer_carried_it_on(minus_one):
    decoded = decode(image(words(minus_one, 0x07FF), BitsStored=12, PixelRepresentation=1))
    assert decoded.pixels[0].tolist() == [-1, 2047]
    assert decoded.pixels.dtype == np.int16
    assert decoded.stored_max == 2047.0


@pytest.mark.parametrize("signed", [0, 1])
def test_values_that_the_stored_bits_cannot_hold_are_refused(signed):
    assert code_of(image(words(1, 0x5001), BitsStored=12, PixelRepresentation=signed)) == "IN-PIX-BITS"


def test_a_declared_padding_value_may_lie_outside_the_stored_bits():
    decoded = decode(image(words(1, 63536), BitsStored=12, PixelPaddingValue=63536))
    assert decoded.pixels[0].tolist() == [1, 63536]
    assert decoded.repairs == ("Padding value 63536 lies outside the stored bits; kept.",)


def test_an_overlay_in_the_unused_bits_is_cut_off_and_noted():
    dataset = image(words(1, 0x1002), BitsStored=12)
    dataset.add_new((0x6000, 0x0100), "US", 16)
    dataset.add_new((0x6000, 0x0102), "US", 12)
    decoded = decode(dataset)
    assert decoded.pixels[0].tolist() == [1, 2]
    assert decoded.repairs == ("Overlay bits above the stored bits were cut off.",)


def test_signed_bytes_become_int16():
    decoded = decode(image(np.array([[-128, 127], [0, 1]], np.int8)))
    assert decoded.pixels.tolist() == [[-128, 127], [0, 1]]
    assert decoded.pixels.dtype == np.int16


def test_inverted_grey_stays_as_stored_and_is_named():
    decoded = decode(image(PhotometricInterpretation="MONOCHROME1"))
    assert decoded.photometric == "MONOCHROME1"
    assert decoded.pixels[0, 1] == 1


def test_rescale_and_window_are_taken_from_the_file():
    facts = decode(
        image(RescaleSlope="2.5", RescaleIntercept="-1024", WindowCenter=["40", "600"], WindowWidth=["400", "1600"])
    ).facts
    assert (facts.slope, facts.intercept, facts.window) == (2.5, -1024.0, (40.0, 400.0))


@pytest.mark.parametrize("width", ["0", "-5"])
def test_a_window_without_width_is_none(width):
    assert decode(image(WindowCenter="40", WindowWidth=width)).facts.window is None


@pytest.mark.parametrize("elements", [{"RescaleSlope": "0"}, {"RescaleSlope": "1e999"}])
def test_a_rescale_that_makes_no_sense_is_refused(elements):
    assert code_of(image(**elements)) == "IN-DCM-RESCALE"


@pytest.mark.parametrize(
    ("keyword", "code"),
    [
        ("RescaleSlope", "IN-DCM-RESCALE"),
        ("RescaleIntercept", "IN-DCM-RESCALE"),
        ("PixelSpacing", "IN-DCM-GEOMETRY"),
        ("SliceThickness", "IN-DCM-GEOMETRY"),
        ("ImagePositionPatient", "IN-DCM-GEOMETRY"),
        ("ImageOrientationPatient", "IN-DCM-GEOMETRY"),
    ],
)
def test_an_element_that_should_hold_numbers_and_does_not_is_named(root, keyword, code):
    spoiled = with_a_letter_in(keyword, (root / "tests/data/dicom/CT_small.dcm").read_bytes())
    with pytest.raises(InputError, match=f"{keyword} of a.dcm is no number") as caught:
        read_dicom(spoiled, "a.dcm", Limits())
    assert caught.value.code == code


def test_a_window_that_is_no_number_is_none():
    whole = stored(image(WindowCenter="4000", WindowWidth="8000"))
    assert read_dicom(whole, "a.dcm", Limits()).facts.window == (4000.0, 8000.0)
    assert read_dicom(with_a_letter_in("WindowWidth", whole), "a.dcm", Limits()).facts.window is None


def with_a_letter_in(keyword: str, data: bytes) -> bytes:
    """The same file, explicit little endian, the first value of an element of VR DS spoiled."""
    tag = tag_for_keyword(keyword)
    begin = data.index(struct.pack("<HH2s", tag >> 16, tag & 0xFFFF, b"DS")) + 8
    return data[:begin] + b"x" + data[begin + 1 :]


def test_rescale_of_a_functional_group_is_found():
    group, shared = Dataset(), Dataset()
    group.RescaleSlope, group.RescaleIntercept = "3", "-7"
    shared.PixelValueTransformationSequence = [group]
    facts = decode(image(SharedFunctionalGroupsSequence=[shared], NumberOfFrames=1)).facts
    assert (facts.slope, facts.intercept) == (3.0, -7.0)


def test_a_modality_table_gives_real_values_and_takes_the_place_of_rescale():
    table = Dataset()
    table.add_new((0x0028, 0x3002), "US", [12, 0, 16])
    table.add_new((0x0028, 0x3006), "US", [100 + 10 * index for index in range(12)])
    table.ModalityLUTType = "HU"
    decoded = decode(image(ModalityLUTSequence=[table], RescaleSlope="9", RescaleIntercept="9"))
    assert decoded.pixels[0].tolist() == [100, 110, 120, 130]
    assert (decoded.facts.slope, decoded.facts.intercept) == (1.0, 0.0)
    assert decoded.stored[0].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(("keyword", "value"), [("Modality", "C T!"), ("SOPInstanceUID", "1.2.3\\4")])
@pytest.mark.filterwarnings("ignore:.*:UserWarning")  # pydicom minds the value while it writes
def test_odd_names_in_the_header_never_reach_a_record(keyword, value):
    facts = decode(image(**{keyword: value})).facts
    assert facts.modality in {"OT"}
    assert facts.sop_uid in {None, "1.2.3"}
