"""Files are opened up to their pixels, with or without preamble and meta information; what is cut short is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from engine.errors import InputError
from engine.intake.dicom.bare import bare_syntax
from engine.intake.dicom.decode import read_dicom
from engine.intake.dicom.elements import PIXELS as PIXEL_TAGS
from engine.intake.dicom.opened import open_dicom
from engine.intake.forms import form_of
from engine.intake.limits import Limits
from engine.intake.read import read
from tests.engine.intake.dicom.build import PIXELS, image, stored

DATA = Path(__file__).parents[3] / "data" / "dicom"


def without_meta(syntax: str, pixels: np.ndarray = PIXELS) -> bytes:
    """Only the data set, as the forerunners of DICOM wrote it."""
    dataset = image(pixels, StudyDate="20200101", StudyTime="101010", Manufacturer="maker")
    dataset.file_meta.TransferSyntaxUID = syntax
    if syntax == ExplicitVRBigEndian:
        dataset.PixelData = pixels.astype(pixels.dtype.newbyteorder(">")).tobytes()
    data = stored(dataset)
    return data[144 + int.from_bytes(data[140:144], "little") :]


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_a_sound_data_set_without_preamble_and_meta_information_is_read(syntax, tmp_path):
    data = without_meta(syntax)
    assert bare_syntax(data[:2048]) == syntax
    (tmp_path / "a.dcm").write_bytes(data)
    loaded = read(tmp_path / "a.dcm")
    np.testing.assert_array_equal(loaded.stored, PIXELS)
    assert loaded.scan.provenance.repairs == (
        "The file lacks the 128 byte preamble.",
        f"The file names no transfer syntax; its elements are {syntax.name}.",
    )


def test_meta_information_without_the_preamble_is_heeded(tmp_path):
    (tmp_path / "a.dcm").write_bytes(stored(image())[132:])
    loaded = read(tmp_path / "a.dcm")
    np.testing.assert_array_equal(loaded.stored, PIXELS)
    assert loaded.scan.provenance.repairs == ("The file lacks the 128 byte preamble.",)


def test_a_preamble_without_meta_information_is_no_hindrance():
    data = bytes(128) + b"DICM" + without_meta(ExplicitVRLittleEndian)
    np.testing.assert_array_equal(read_dicom(data, "a.dcm", Limits()).stored, PIXELS)


@pytest.mark.parametrize(
    "head",
    [b" " + without_meta(ImplicitVRLittleEndian), b"\x08\0\5\0CS", b"\x08\0" * 1000, bytes(2048), b"\2\0\0\0" * 500],
    ids=["stray byte", "one element", "no lengths", "zeros", "no order"],
)
def test_what_only_begins_a_little_like_a_data_set_is_none(head):
    assert form_of(head) is None


def test_an_unknown_syntax_is_not_guessed_where_there_is_meta_information():
    data = stored(image())
    at = data.index(b"\x02\x00\x10\x00UI")
    size = 8 + int.from_bytes(data[at + 6 : at + 8], "little")
    with pytest.raises(InputError) as caught:
        open_dicom(data[:at] + data[at + size :], "a.dcm", Limits())
    assert caught.value.code == "IN-DCM-SYNTAX"


def test_nothing_of_the_pixels_is_copied():
    data = stored(image())
    opened = open_dicom(data, "a.dcm", Limits())
    assert opened.data is data
    assert opened.pixels is not None
    assert data[opened.pixels.begin : opened.pixels.end] == PIXELS.tobytes()
    assert "PixelData" not in opened.elements


def test_a_directory_is_no_image():
    with pytest.raises(InputError) as caught:
        open_dicom((DATA / "DICOMDIR").read_bytes(), "DICOMDIR", Limits())
    assert caught.value.code == "IN-DCM-DIRECTORY"


def test_a_file_cut_in_its_header_is_told_from_one_without_pixels():
    data = stored(image())
    at = data.index(b"\x28\x00\x02\x00")  # SamplesPerPixel
    for end in (at - 1, at + 3):
        with pytest.raises(InputError) as caught:
            open_dicom(data[:end], "a.dcm", Limits())
        assert caught.value.code == "IN-DCM-TRUNCATED"
    assert open_dicom(data[:at], "a.dcm", Limits()).pixels is None


def test_a_file_cut_in_its_fragments_is_cut_short(tmp_path):
    data = (DATA / "emri_small_jpeg_2k_lossless.dcm").read_bytes()
    end = data.rindex(b"\xfe\xff\xdd\xe0")
    for cut in (end, end - 1, end - 5000):
        with pytest.raises(InputError) as caught:
            read_dicom(data[:cut], "a.dcm", Limits())
        assert caught.value.code == "IN-DCM-TRUNCATED"


def test_a_damaged_deflated_file_is_refused():
    dataset = image(np.random.default_rng(1).integers(0, 999, (30, 40)).astype(np.uint16))
    dataset.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1.99"
    data = stored(dataset)
    for damaged, code in ((data[:-300], "IN-DCM-TRUNCATED"), (data[:400] + bytes(9) + data[409:], "IN-DCM-DAMAGED")):
        with pytest.raises(InputError) as caught:
            read_dicom(damaged, "a.dcm", Limits())
        assert caught.value.code == code


SOUND = sorted({path.name for path in DATA.iterdir()} - {
    "DICOMDIR", "crayons.icc", "no_meta.dcm", "meta_missing_tsyntax.dcm", "emri_small_jpeg_2k_lossless_too_short.dcm",
})  # fmt: skip
"""Files that pydicom reads as a whole."""


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.filterwarnings("ignore::UserWarning")  # pydicom minds what some headers say
def test_the_elements_and_the_place_of_the_pixels_are_those_that_pydicom_finds(name):
    opened = open_dicom((DATA / name).read_bytes(), name, Limits())
    whole = dcmread(DATA / name)
    assert opened.syntax == whole.file_meta.TransferSyntaxUID
    assert set(opened.elements.keys()) == {element.tag for element in whole if element.tag < min(PIXEL_TAGS)}
    pixels = [whole[tag].value for tag in PIXEL_TAGS if tag in whole]
    assert (opened.pixels is None) == (pixels == [])
    if opened.pixels is not None:
        assert bytes(opened.data[opened.pixels.begin : opened.pixels.end]).startswith(pixels[0])
