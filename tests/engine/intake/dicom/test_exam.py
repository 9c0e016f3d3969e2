"""Patient and exam, as screens and exports name them."""

from __future__ import annotations

from datetime import date, time

import pydicom
import pytest

from engine.domain.exam import Exam
from engine.intake.dicom.exam import EXAM_KEYWORDS, exam_of
from engine.intake.read import read
from tests.engine.intake.dicom.build import image, stored


def exam(**elements: object) -> Exam:
    return exam_of(image(**elements))


def test_every_fact_is_taken_from_its_element():
    found = exam(
        PatientName="Doe^Jane^Q^Dr^", PatientID=" 123 ", PatientBirthDate="19600229", PatientSex="F", PatientAge="064Y",
        StudyInstanceUID="1.2", SeriesInstanceUID="1.3", FrameOfReferenceUID="1.4", AccessionNumber="A7", StudyID="S",
        StudyDate="20240301", StudyTime="134509.25", StudyDescription="Chest", SeriesNumber=4,
        SeriesDescription="lung", ProtocolName="P", InstitutionName="I", BodyPartExamined="CHEST", Laterality="R",
        ImageLaterality="L", ViewPosition="AP", PatientOrientation=["L", "F"], Manufacturer="M",
        ManufacturerModelName="N", SoftwareVersions=["1", "2"], ConvolutionKernel="B30f", KVP="120",
        SliceThickness="1.5", EchoTime="11", RepetitionTime="500", MagneticFieldStrength="3", ContrastBolusAgent="C",
        Exposure="80", CTDIvol=4.5,
    )  # fmt: skip
    patient = found.patient
    assert (patient.name, patient.id, patient.birth_date) == ("Doe, Jane Q Dr", "123", date(1960, 2, 29))
    assert (patient.sex, patient.age) == ("F", "064Y")
    assert (found.study_uid, found.series_uid, found.frame_of_reference_uid) == ("1.2", "1.3", "1.4")
    assert (found.study_date, found.study_time) == (date(2024, 3, 1), time(13, 45, 9, 250_000))
    assert (found.accession_number, found.study_id, found.study_description) == ("A7", "S", "Chest")
    assert (found.series_number, found.series_description, found.protocol) == (4, "lung", "P")
    assert (found.institution, found.body_part, found.laterality, found.view) == ("I", "CHEST", "L", "AP")
    assert found.row_and_column == ("L", "F")
    assert (found.manufacturer, found.model, found.software, found.kernel) == ("M", "N", "1\\2", "B30f")
    assert (found.tube_kv, found.thickness_mm, found.echo_time_ms) == (120.0, 1.5, 11.0)
    assert (found.exposure_mas, found.ctdi_mgy) == (80.0, 4.5)
    assert (found.repetition_time_ms, found.field_tesla, found.contrast) == (500.0, 3.0, "C")


def test_a_file_that_says_nothing_has_an_empty_exam():
    assert exam() == Exam()


@pytest.mark.parametrize(
    ("elements", "name", "value"),
    [
        ({"StudyDate": "1993.08.22"}, "study_date", date(1993, 8, 22)),
        ({"StudyDate": "20240230"}, "study_date", None),
        ({"StudyDate": "2024"}, "study_date", None),
        ({"StudyTime": "07"}, "study_time", time(7)),
        ({"StudyTime": "0730"}, "study_time", time(7, 30)),
        ({"StudyTime": "235960"}, "study_time", time(23, 59, 59)),
        ({"StudyTime": "noon"}, "study_time", None),
        ({"Laterality": "X"}, "laterality", ""),
        ({"PatientOrientation": ["L"]}, "row_and_column", None),
        ({"PatientOrientation": ["x", "y"]}, "row_and_column", None),
        ({"StudyInstanceUID": "none"}, "study_uid", ""),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # pydicom's, at values that no file should hold
def test_values_that_are_none_of_their_kind_count_as_not_stated(elements, name, value):
    assert getattr(exam(**elements), name) == value


def test_a_number_that_is_none_costs_its_fact_and_not_the_image():
    dataset = image()
    dataset.add_new("KVP", "DS", "120")
    broken = stored(dataset).replace(b"120 ", b"a lot"[:4])
    assert exam_of(pydicom.dcmread(pydicom.filebase.DicomBytesIO(broken))).tube_kv is None


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada, Tarou"),
        ("=山田^太郎", "山田, 太郎"),
        ("^^^", ""),
        ("Only", "Only"),
        ("^Given", "Given"),
    ],
)
def test_names_are_shown_family_first(stated, shown):
    assert exam(SpecificCharacterSet="ISO_IR 192", PatientName=stated).patient.name == shown


def test_a_printed_exam_names_nobody():
    found = exam(
        PatientName="Doe^Jane", PatientID="123", AccessionNumber="A7", StudyDescription="of Jane", PatientSex="F",
        PatientBirthDate="19600229", StudyDate="20240301", SeriesDescription="Jane", InstitutionName="St Jane",
    )  # fmt: skip
    for secret in ("Doe", "Jane", "123", "A7", "1960", "2024", "'F'"):
        assert secret not in repr(found)
        assert secret not in repr(found.patient)


def test_all_that_is_asked_for_stands_in_the_list_of_keywords():
    asked: list[str] = []

    class Asked(dict):
        def get(self, keyword, default=None):
            asked.append(keyword)
            return default

    exam_of(Asked())
    assert set(asked) == set(EXAM_KEYWORDS)


NAMES = {
    "fo_chrArab.dcm": "قباني, لنزار",
    "fo_chrGreek.dcm": "Διονυσιος",
    "fo_chrH31.dcm": "Yamada, Tarou",
    "fo_chrI2.dcm": "Hong, Gildong",
    "fo_chrX1.dcm": "Wang, XiaoDong",
}


@pytest.mark.parametrize("file", NAMES)
def test_names_of_real_files_come_out_of_their_character_sets(shared, file):
    with pydicom.dcmread(shared / "data" / "dicom" / "files" / file) as dataset:
        assert exam_of(dataset).patient.name == NAMES[file]


def test_a_real_radiograph_states_its_side(shared):
    found = read(shared / "data" / "dicom" / "files" / "hd_dx_image.dcm").scan.exam
    assert (found.body_part, found.laterality, found.row_and_column) == ("THORAX", "L", ("L", "F"))
