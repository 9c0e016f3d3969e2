"""The walk of plain headers gives what pydicom gives, or steps aside; never anything else."""

from __future__ import annotations

import random
import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom import Dataset, dcmread
from pydicom.uid import ImplicitVRLittleEndian, JPEG2000Lossless

from engine.intake.dicom.elements import PIXELS, Walked
from engine.intake.dicom.slice_header import KEYWORDS as OF_SLICES
from engine.intake.dicom.walk import walk
from tests.engine.intake.dicom.build import compressed, image, stored

DATA = Path(__file__).parents[3] / "data" / "dicom"
FILES = sorted(path for path in DATA.iterdir() if path.is_file())
KEYWORDS = (*OF_SLICES, "PixelPaddingValue", "SmallestImagePixelValue", "PatientID", "StudyDate", "StudyTime",
            "SeriesTime")  # fmt: skip
WALKED = [
    "CT_small.dcm",
    "MR_small_RLE.dcm",
    "MR_small_implicit.dcm",
    "SC_rgb_small_odd.dcm",
    "JPGExtended.dcm",
    "rtdose.dcm",
]


PAIRS = [b"\\\\", b"  ", b"1.", b"-5", b"\0\0", b"SQ", b"UN", b"\xff\xff", b"\xfe\xff"]
"""What means something in a header."""


def assert_as_pydicom(data: bytes, *, whole: bool) -> bool:
    """Holds a walk against pydicom; False where it stepped aside."""
    walked = walk(data, KEYWORDS, whole=whole)
    if walked is None:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what pydicom would say of the file has to be said
        dataset = dcmread(BytesIO(data), stop_before_pixels=not whole)
        assert_same(walked, dataset)
    assert walked.syntax == dataset.file_meta.TransferSyntaxUID
    assert walked.sop_class == dataset.file_meta.get("MediaStorageSOPClassUID", "")
    if whole:
        present = [keyword for keyword in PIXELS.values() if keyword in dataset]
        assert present == ([walked.pixels.keyword] if walked.pixels else [])
        for keyword in present:
            assert data[walked.pixels.begin : walked.pixels.end] == dataset[keyword].value
    return True


def assert_same(walked: Walked, dataset: Dataset) -> None:
    for keyword in KEYWORDS:
        mine, theirs = walked.get(keyword), dataset.get(keyword)
        assert (type(mine), str(mine)) == (type(theirs), str(theirs)), keyword
        assert np.array_equal(mine, theirs, equal_nan=isinstance(mine, float)), keyword
        assert (keyword in walked) == (keyword in dataset), keyword


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_beside_the_tests_is_walked_as_pydicom_reads_it_or_not_at_all(path, whole):
    assert assert_as_pydicom(path.read_bytes(), whole=whole) or path.name not in WALKED


def test_every_file_of_the_set_is_walked_as_pydicom_reads_it_or_not_at_all(shared):
    files = sorted(path for path in (shared / "data" / "dicom" / "files").iterdir() if path.is_file())
    walked = [assert_as_pydicom(path.read_bytes(), whole=whole) for path in files for whole in (False, True)]
    assert sum(walked) > len(files), "more than half are plain"


def test_every_slice_of_the_real_series_is_walked(shared):
    for path in sorted((shared / "data" / "dicom" / "series").rglob("*")):
        assert path.is_dir() or assert_as_pydicom(path.read_bytes(), whole=True), path.name


def test_a_file_handed_over_piece_by_piece_is_walked_the_same(shared):
    for path in FILES:
        data = path.read_bytes()
        asked: list[int] = []

        def more(size_bytes: int, data: bytes = data, asked: list[int] = asked) -> bytes:
            asked.append(size_bytes)
            return data[:size_bytes]

        assert walk(data[:140], KEYWORDS, more) == walk(data, KEYWORDS), path.name
        assert max(asked, default=0) < 1 << 24 or path.name == "badVR.dcm", "no length is believed that far"


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_a_mutated_file_is_walked_as_pydicom_reads_it_or_not_at_all(seed, whole):
    assert_as_pydicom(mutated(seed), whole=whole)


def mutated(seed: int) -> bytes:
    """A file with a few bytes changed, put in or taken away, most of them before the pixels."""
    chance = random.Random(seed)
    data = bytearray((DATA / chance.choice(WALKED)).read_bytes())
    for _ in range(chance.randint(1, 4)):
        at = 132 + int((min(len(data), 3000) - 132) * chance.random())
        kind = chance.randrange(5)
        if kind == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            data[at : at + 1] = bytes([data[at] ^ 1 << chance.randrange(8)]) if at < len(data) else b""
        elif kind == 2:
            data[at:at] = chance.randbytes(chance.choice([1, 2, 8]))
        elif kind == 3:
            del data[at : at + chance.choice([1, 2, 8, 200])]
        else:
            data[at : at + 2] = chance.choice(
                [b"\\\\", b"  ", b"1.", b"-5", b"\0\0", b"SQ", b"UN", b"\xff\xff", b"\xfe\xff"]
            )
    return bytes(data[: chance.choice([None, None, chance.randint(132, 3000)])])


def test_to_ask_for_an_element_that_was_not_looked_for_is_a_mistake_and_no_missing_element():
    walked = walk(stored(image()), ("Rows",))
    assert walked is not None
    assert (walked.get("Rows"), "Rows" in walked, "PixelData" in walked) == (3, True, True)
    for ask in (walked.get, walked.__contains__):
        with pytest.raises(KeyError, match="Columns"):
            ask("Columns")


def test_a_missing_element_is_the_default():
    walked = walk(stored(image()), KEYWORDS)
    assert walked is not None
    assert (walked.get("EchoTime"), walked.get("EchoTime", 5)) == (None, 5)


@pytest.mark.parametrize(
    ("elements", "valid", "odd"),
    [
        ({"SeriesInstanceUID": "1.22.3"}, b"1.22.3", b"1.02.3"),
        ({"PixelSpacing": [0.123456, 0.123456]}, b"0.123456\\0.123456", b"0.123456789012345"),
        ({"Modality": "CT"}, b"CT", b"ct"),
        ({"InstanceNumber": 105}, b"105", b"1.5"),
        ({"SpecificCharacterSet": "ISO_IR 100"}, b"ISO_IR 100", b"ISO_IR 999"),
    ],
    ids=str,
)
def test_values_that_pydicom_would_warn_of_are_left_to_it(elements, valid, odd):
    data = stored(image(**elements))
    assert walk(data, KEYWORDS) is not None
    assert data.count(valid) == 1
    assert walk(data.replace(valid, odd), KEYWORDS) is None


def test_names_in_any_character_set_are_no_hindrance_where_they_are_not_asked_for():
    data = stored(image(SpecificCharacterSet="ISO_IR 192", PatientName="Ürümqi"))
    assert walk(data, KEYWORDS) is not None
    assert walk(data, ("PatientName",)) is None


def test_padding_in_an_implicit_file_has_the_sign_of_the_pixels():
    for pixels, value in ((np.zeros((3, 4), np.int16), -2000), (np.zeros((3, 4), np.uint16), 63536)):
        dataset = image(pixels, PixelPaddingValue=value)
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
        data = stored(dataset)
        walked = walk(data, KEYWORDS)
        assert walked is not None
        assert walked.get("PixelPaddingValue") == value
        assert assert_as_pydicom(data, whole=True)


def test_pixels_that_end_before_their_length_are_not_walked_to_the_end():
    data = stored(image())
    assert walk(data[:-1], KEYWORDS) is not None
    assert walk(data[:-1], KEYWORDS, whole=True) is None


def test_a_delimiter_inside_a_fragment_is_left_to_pydicom():
    for inside, whole in ((b"\xfe\xff\xdd\xe0", False), (b"\xfe\xff\xdd\xe1", True)):
        data = stored(compressed(image(), JPEG2000Lossless, b"head" + inside + b"tail"))
        assert (walk(data, KEYWORDS, whole=True) is not None) == whole
        assert walk(data, KEYWORDS) is not None
