"""The report is read back by its elements alone, without the library that made it."""

from dataclasses import replace

import numpy as np
import pytest
from pydicom import dcmread

from engine.export.dicom_sr import structured_report
from engine.export.names import Names
from engine.export.pictures import dicom_bytes
from engine.export.request import Kind, Request
from engine.export.sources import source_of
from engine.intake.read import read_study
from tests.engine.export.studies import ARRIVED, SLICE_MM, case_of, ct_series, photograph, radiograph, study_of
from tests.engine.intake.slices import AXIAL

pytestmark = pytest.mark.filterwarnings("ignore:The string .* is unlikely to represent:UserWarning")


@pytest.fixture
def report(tmp_path):
    def made(path, **options):
        case, loaded = case_of(path, reviewed=options.pop("reviewed", True))
        request = Request(Kind.SR, tmp_path / "out", **options)
        source = source_of(case, Names(), request, read_study, "an export", ARRIVED)
        (tmp_path / "sr.dcm").write_bytes(dicom_bytes(structured_report(source)))
        return dcmread(tmp_path / "sr.dcm"), source, loaded

    return made


def items(item, value_type=None, meaning=None):
    """Content items below an item, by value type and the meaning of their name."""
    for child in item.get("ContentSequence", ()):
        name = child.ConceptNameCodeSequence[0].CodeMeaning if "ConceptNameCodeSequence" in child else ""
        if value_type in (None, child.ValueType) and meaning in (None, name):
            yield child
        yield from items(child, value_type, meaning)


def groups(report):
    return list(items(report, "CONTAINER", "Measurement Group"))


def only(item, value_type, meaning):
    (found,) = items(item, value_type, meaning)
    return found


def in_image_px(point_mm, image):
    """Column and row of a place in the patient by the definition of an image's plane, and its distance from it in mm.

    Source: PS3.3 C.7.6.2.1.1
    """
    row, column = np.array(image.ImageOrientationPatient).reshape(2, 3)
    way = np.array(point_mm) - np.array(image.ImagePositionPatient)
    across = abs(way @ np.cross(row, column))
    return way @ row / image.PixelSpacing[1] + 0.5, way @ column / image.PixelSpacing[0] + 0.5, across


@pytest.mark.parametrize("cosines", [AXIAL, None])
def test_each_place_of_a_volume_lies_within_a_tenth_of_a_millimetre_on_the_right_images(report, tmp_path, cosines):
    made, source, _loaded = report(ct_series(tmp_path / "ct", **({"cosines": cosines} if cosines else {})))
    found = groups(made)
    assert len(found) == 4
    for group, finding in zip(found, source.findings, strict=True):
        polygons = list(items(group, "SCOORD3D"))
        assert len(polygons) == len(finding.instances)
        for polygon, box in zip(polygons, finding.instances, strict=True):
            assert polygon.ReferencedFrameOfReferenceUID == "1.2.4"
            points = np.reshape(polygon.GraphicData, (5, 3))
            placed = np.array([in_image_px(point, source.images[box.sop_uid]) for point in points])
            x0, y0, x1, y1 = box.box_px
            wanted = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)])
            spacing_mm = np.array(source.images[box.sop_uid].PixelSpacing[::-1], float)
            assert np.abs((placed[:, :2] - wanted) * spacing_mm).max() < 0.1
            assert placed[:, 2].max() < 0.01
        if len(polygons) > 1:
            named = [item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for item in items(group, "IMAGE")]
            assert named == [box.sop_uid for box in finding.instances]


def test_the_slices_that_a_place_spans_are_those_of_its_box(report, tmp_path):
    made, _source, _loaded = report(ct_series(tmp_path / "ct", cosines=AXIAL))
    depths = {float(point) for polygon in items(groups(made)[0], "SCOORD3D") for point in polygon.GraphicData[2::3]}
    # box_vox reaches from 1.2 to 3.9 slices: the planes of slices 1, 2 and 3 lie at 1.5, 2.5 and 3.5.
    assert sorted(depths) == pytest.approx([5.0 + index * SLICE_MM for index in (1, 2, 3)])


def test_a_place_in_a_single_image_lies_in_that_image(report, tmp_path):
    made, source, _ = report(radiograph(tmp_path / "cr.dcm"))
    for group, finding in zip(groups(made), source.findings, strict=True):
        region = only(group, "SCOORD", "Image Region")
        x0, y0, x1, y1 = finding.instances[0].box_px
        points = np.reshape(region.GraphicData, (5, 2))
        assert points == pytest.approx(np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]), abs=1e-4)
        (image,) = items(region, "IMAGE")
        assert image.ReferencedSOPSequence[0].ReferencedSOPInstanceUID == source.first.SOPInstanceUID


def test_each_group_says_what_who_and_by_which_model(report, tmp_path):
    made, _source, _ = report(ct_series(tmp_path / "ct"))
    found = groups(made)
    told = [
        (
            only(group, "CODE", "Finding").ConceptCodeSequence[0].CodeMeaning,
            only(group, "CODE", "Verdict of the reviewer").ConceptCodeSequence[0].CodeValue,
            only(group, "CODE", "Presence").ConceptCodeSequence[0].CodeMeaning,
            [item.MeasuredValueSequence[0].NumericValue for item in items(group, "NUM", "Certainty of Finding")],
            [item.TextValue for item in items(group, "TEXT", "Algorithm Name")],
        )
        for group in found
    ]
    assert told == [
        ("Nodule", "confirmed", "Present", [83.0], ["lung-nodule"]),
        ("Nodule", "rejected", "Absent", [41.0], ["lung-nodule"]),
        ("Nodule", "changed", "Present", [35.0], ["lung-nodule"]),
        ("scar", "added", "Present", [], []),
    ]
    sizes = [(n.ConceptNameCodeSequence[0].CodeMeaning, n.MeasuredValueSequence[0]) for n in items(found[0], "NUM")][1:]
    assert [(name, value.NumericValue, value.MeasurementUnitsCodeSequence[0].CodeValue) for name, value in sizes] == [
        ("Long Axis", 7.25, "mm"),
        ("Volume", 120.5, "mm3"),
    ]


def test_a_signed_review_verifies_the_report(report, tmp_path):
    made, _, _ = report(ct_series(tmp_path / "ct"))
    (observer,) = made.VerifyingObserverSequence
    assert (made.VerificationFlag, made.CompletionFlag, observer.VerifyingObserverName) == (
        "VERIFIED",
        "COMPLETE",
        "j.reader^",
    )
    assert observer.VerificationDateTime == "20260103083000+0000"
    assert only(made, "PNAME", "Person Observer Name").PersonName == "j.reader^"


def test_without_a_review_nobody_has_verified_it(report, tmp_path):
    made, _, _ = report(ct_series(tmp_path / "ct"), reviewed=False)
    assert made.VerificationFlag == "UNVERIFIED"
    assert list(items(made, "PNAME")) == []


def test_patient_and_exam_are_those_of_the_images(report, tmp_path):
    made, _, _ = report(ct_series(tmp_path / "ct"))
    assert (made.PatientName, made.PatientID, made.StudyInstanceUID) == ("DOE^JANE", "PID-7781", "1.2.840.99999.1")
    assert (made.Modality, made.ContentDate, made.SeriesInstanceUID != "1.2.3") == ("SR", "20260102", True)


def test_a_wrapped_photograph_is_what_its_report_refers_to(report, tmp_path):
    made, source, loaded = report(photograph(tmp_path / "part.png"), wrap_photographs=True)
    (image,) = source.made
    assert {item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for item in items(made, "IMAGE")} == {
        image.SOPInstanceUID
    }
    assert np.array_equal(image.pixel_array, loaded.scan.pixels)
    assert study_of(source.case).kind == "photograph"


def test_a_place_that_lies_in_no_stored_image_is_told_without_one(source, tmp_path):
    case = source(ct_series(tmp_path / "ct"))
    nowhere = replace(case, findings=(replace(case.findings[0], instances=()), case.findings[1]))
    first, second = groups(structured_report(nowhere))
    assert only(first, "CODE", "Finding").ConceptCodeSequence[0].CodeMeaning == "Nodule"
    assert [len(list(items(group, "SCOORD3D"))) for group in (first, second)] == [0, 1]
