"""A glance at a DICOM file: how many frames, and when they were taken."""

from datetime import UTC, datetime

import pytest
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from engine.intake.dicom.glance import acquired_at, glance
from engine.intake.entry import Entry


def written(path, **elements):
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "1.2.3"
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    dataset.save_as(path, enforce_file_format=True)
    return Entry(path)


@pytest.mark.parametrize(
    ("elements", "moment"),
    [
        ({"AcquisitionDateTime": "20260302120304.25+0100"}, datetime(2026, 3, 2, 11, 3, 4, 250_000, tzinfo=UTC)),
        (
            {"AcquisitionDateTime": "20260302120304", "TimezoneOffsetFromUTC": "-0530"},
            datetime(2026, 3, 2, 17, 33, 4, tzinfo=UTC),
        ),
        (
            {"AcquisitionDate": "20260302", "AcquisitionTime": "120360", "TimezoneOffsetFromUTC": "+0000"},
            datetime(2026, 3, 2, 12, 3, 59, tzinfo=UTC),
        ),
        ({"AcquisitionDate": "20260302"}, None),
        ({"AcquisitionDateTime": "2026"}, None),
        ({}, None),
    ],
)
def test_when_it_was_taken_is_read_to_the_minute_or_not_at_all(tmp_path, elements, moment):
    assert glance(written(tmp_path / "one.dcm", **elements)).acquired_at == moment


def test_without_an_offset_the_time_is_that_of_this_machine(tmp_path):
    glanced = glance(written(tmp_path / "one.dcm", AcquisitionDate="20260302", AcquisitionTime="120000"))
    assert glanced.acquired_at == datetime(2026, 3, 2, 12).astimezone(UTC)


@pytest.mark.parametrize("text", ["99999999999999", "20261302120000", "2026030212000x", "20260302120000+9999"])
def test_what_is_no_moment_counts_as_not_stated(text):
    assert acquired_at({"AcquisitionDateTime": text}) is None


def test_frames_are_counted_and_one_where_nothing_is_stated(tmp_path):
    assert glance(written(tmp_path / "many.dcm", NumberOfFrames=24)).frames == 24
    assert glance(written(tmp_path / "one.dcm")).frames == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", bytes(128) + b"DICM" + bytes(50)])
def test_what_is_no_dicom_file_or_damaged_is_passed_over_without_a_word(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    glanced = glance(Entry(path))
    assert glanced is None or glanced.acquired_at is None


def test_a_file_that_is_gone_is_passed_over(tmp_path):
    assert glance(Entry(tmp_path / "gone.dcm")) is None
