"""The file meta information tells a transfer syntax and a directory, from the beginning of a file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.intake.dicom.meta import is_directory, transfer_syntax_in
from tests.engine.intake.dicom.build import image, stored

DATA = Path(__file__).parents[3] / "data" / "dicom"


def test_only_a_directory_is_one():
    directories = [path.name for path in sorted(DATA.iterdir()) if is_directory(path.read_bytes()[:8192])]
    assert directories == ["DICOMDIR"]


def test_an_image_that_speaks_of_a_directory_is_none():
    assert not is_directory(stored(image(ImageComments="1.2.840.10008.1.3.10")))


@pytest.mark.parametrize(
    ("name", "syntax"),
    [
        ("MR_small_implicit.dcm", "1.2.840.10008.1.2"),
        ("MR_small_bigendian.dcm", "1.2.840.10008.1.2.2"),
        ("MR_small_RLE.dcm", "1.2.840.10008.1.2.5"),
        ("meta_missing_tsyntax.dcm", None),
        ("no_meta.dcm", None),
    ],
)
def test_the_transfer_syntax_is_the_one_that_is_stated(name, syntax):
    assert transfer_syntax_in((DATA / name).read_bytes()[:8192]) == syntax


def test_a_group_that_is_not_whole_says_nothing():
    data = stored(image())
    whole = next(length for length in range(len(data)) if transfer_syntax_in(data[:length]) is not None)
    assert data[whole - 2 : whole] == b"\x08\x00", "the first group of the data set"
    assert all(transfer_syntax_in(data[:length]) is None for length in range(whole))
