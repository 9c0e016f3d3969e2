import io
from datetime import date

import pytest
from pydicom import Dataset, dcmread
from pydicom.sequence import Sequence

from engine.export.deidentify import deidentified
from engine.export.names import Names
from engine.export.pictures import dicom_bytes
from tests.engine.export.studies import ct_series

NAMES = Names(b"k" * 32)

_WORDS = (
    "RequestedProcedureDescription MilitaryRank EthnicGroup Occupation IssuerOfPatientID "
    "AcquisitionComments DerivationDescription DetectorID GantryID CassetteID PlateID "
    "ImagePresentationComments "
)
TELLING = dict.fromkeys(_WORDS.split(), "Doe") | {
    "PatientName": "DOE^JANE", "PatientID": "PID-7781", "OtherPatientIDs": "PID-7781-B",
    "PatientAddress": "Doe Lane 7", "PatientComments": "Jane's knee", "AdditionalPatientHistory": "Jane fell",
    "InstitutionName": "Jane Doe Hospital", "ReferringPhysicianName": "DOE^JOHN", "OperatorsName": "DOE^JIM",
    "StationName": "JANES-CT", "StudyDescription": "Jane Doe", "SeriesDescription": "for Jane Doe",
    "ImageComments": "Jane Doe", "ProtocolName": "DOE", "DeviceSerialNumber": "PID-7781", "StudyID": "PID-7781",
    "AccessionNumber": "ACC4711", "PatientWeight": "61.5", "PatientAge": "065Y",
    "PerformedProcedureStepID": "PID-7781", "FrameComments": "Jane", "ContrastBolusAgent": "Doe agent",
    "BodyPartExamined": "DOE JANE", "PositionReferenceIndicator": "DOE",
}  # fmt: skip
"""By keyword of the table of PS3.15 E.1-1: each is removed, emptied or replaced there."""


@pytest.fixture
def original(tmp_path):
    folder = ct_series(tmp_path / "ct", slices=1)
    dataset = dcmread(folder / "0.dcm")
    for keyword, value in TELLING.items():
        setattr(dataset, keyword, value)
    dataset.StudyDate, dataset.SeriesDate, dataset.PatientBirthDate = "20260101", "20260102", "19600203"
    dataset.AcquisitionDateTime = "20260103121500.5+0100"
    block = dataset.private_block(0x0009, "DOE MAKER", create=True)
    block.add_new(1, "LO", "Jane Doe")
    block.add_new(2, "OB", b"JANE DOE IN BYTES!")
    overlay = Dataset()
    overlay.add_new(0x60000010, "US", 8)
    overlay.add_new(0x60003000, "OB", b"DOEJANE!")
    dataset.update(overlay)
    item = Dataset()
    item.PatientName, item.SOPInstanceUID = "DOE^JANE", "1.2.3.4"
    dataset.OriginalAttributesSequence = Sequence([item])
    other = Dataset()
    other.ReferencedSOPClassUID, other.ReferencedSOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.99999.1.5.2"
    other.PersonName = "DOE^JANE"
    dataset.ReferencedImageSequence = Sequence([other])
    site = Dataset()
    site.CodeValue, site.CodingSchemeDesignator, site.CodeMeaning = "77", "99DOE", "Jane's region"
    dataset.AnatomicRegionSequence = Sequence([site])
    dataset.preamble = b"JANE DOE".ljust(128, b"\0")
    dataset.file_meta.SourceApplicationEntityTitle = "DOE"
    return dataset


def elements(dataset):
    for element in dataset:
        yield element
        if element.VR == "SQ":
            for item in element.value:
                yield from elements(item)


def test_no_byte_of_the_file_tells_the_patient(original):
    data = dicom_bytes(deidentified(original, NAMES)).lower()
    telling = (b"doe", b"jane", b"pid-7781", b"acc4711", b"19600203", b"1.2.840.99999")
    assert [needle for needle in (*telling, b"20260101", b"20260102", b"20260103") if needle in data] == []


def test_the_original_is_left_as_it_is(original):
    before = dicom_bytes(original)
    deidentified(original, NAMES)
    assert dicom_bytes(original) == before


@pytest.mark.parametrize("keyword", sorted(TELLING))
def test_what_the_profile_removes_empties_or_replaces_is_gone(original, keyword):
    value = deidentified(original, NAMES).get(keyword)
    assert str(value or "") in ("", NAMES.of("patient", "PID-7781"), f"{NAMES.of('patient', 'PID-7781')}^")


def test_private_and_overlay_elements_are_gone(original):
    left = [element.tag for element in elements(deidentified(original, NAMES))]
    assert [tag for tag in left if tag.is_private or tag.group in (0x6000, 0x0400)] == []


def test_uids_are_mapped_alike_everywhere(original):
    clean = deidentified(original, NAMES)
    assert clean.SOPInstanceUID == NAMES.uid("1.2.840.99999.1.5.1") == clean.file_meta.MediaStorageSOPInstanceUID
    assert clean.ReferencedImageSequence[0].ReferencedSOPInstanceUID == NAMES.uid("1.2.840.99999.1.5.2")
    assert clean.FrameOfReferenceUID == NAMES.uid("1.2.4")
    assert clean.SOPClassUID == original.SOPClassUID


def test_dates_move_together_and_times_stay(original):
    clean = deidentified(original, NAMES)
    moved = [clean.StudyDate, clean.SeriesDate, clean.AcquisitionDateTime[:8]]
    wanted = [f"{date(2026, 1, day) + NAMES.shift('PID-7781'):%Y%m%d}" for day in (1, 2, 3)]
    assert (moved, clean.AcquisitionDateTime[8:], clean.StudyTime) == (wanted, "121500.5+0100", "081500")


def test_pixels_and_geometry_stay(original):
    clean = dcmread(io.BytesIO(dicom_bytes(deidentified(original, NAMES))))
    assert (clean.pixel_array == original.pixel_array).all()
    for keyword in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "RescaleIntercept", "Modality"):
        assert clean[keyword].value == original[keyword].value


def test_it_says_how_it_was_done(original):
    clean = deidentified(original, NAMES)
    assert (clean.PatientIdentityRemoved, clean.LongitudinalTemporalInformationModified) == ("YES", "MODIFIED")
    assert [code.CodeValue for code in clean.DeidentificationMethodCodeSequence] == ["113100", "113107"]
    assert 0 < len(clean.DeidentificationMethod) <= 64


def test_codes_of_the_dictionaries_stay_and_those_of_a_site_go(original):
    site = original.AnatomicRegionSequence[0]
    assert "AnatomicRegionSequence" not in deidentified(original, NAMES)
    site.CodingSchemeDesignator, site.CodeMeaning = "SCT", "Thorax"
    assert deidentified(original, NAMES).AnatomicRegionSequence[0].CodeMeaning == "Thorax"


@pytest.mark.filterwarnings("ignore:Invalid value for VR DA")
@pytest.mark.parametrize(("stated", "left"), [("2026.01.01", True), ("99999999", False), ("0000", False)])
def test_a_date_in_an_old_form_moves_and_what_is_none_is_emptied(original, stated, left):
    original["StudyDate"].value = stated
    assert bool(deidentified(original, NAMES).StudyDate) is left
    assert deidentified(original, NAMES).StudyDate != stated


@pytest.mark.parametrize(("name", "number"), [("ONO^MONO", "512"), ("O^CT", "40"), ("LI^LEE", "1.2.840.99999")])
def test_a_short_name_or_number_costs_the_image_nothing(original, name, number):
    original.PatientName, original.PatientID, original.Rows = name, number, 32
    clean = dcmread(io.BytesIO(dicom_bytes(deidentified(original, NAMES))))
    assert (clean.PhotometricInterpretation, clean.Modality, clean.Rows, clean.Columns) == ("MONOCHROME2", "CT", 32, 40)
    assert (clean.pixel_array == original.pixel_array).all()
