"""The segmentation is read back by its elements alone."""

from dataclasses import replace

import numpy as np
import pytest
from pydicom import dcmread

from engine.errors import ExportError
from engine.export.dicom_seg import segmentation
from engine.export.pictures import dicom_bytes
from tests.engine.export.studies import ct_series, radiograph

pytestmark = pytest.mark.filterwarnings("ignore:The string .* is unlikely to represent:UserWarning")


@pytest.fixture
def made(tmp_path):
    def make(source, *, binary=False):
        (tmp_path / "seg.dcm").write_bytes(dicom_bytes(segmentation(source, binary=binary)))
        return dcmread(tmp_path / "seg.dcm")

    return make


def frames_of(segment, seg):
    """Referenced instance -> shares (rows, columns) of a segment."""
    pixels = seg.pixel_array.reshape(-1, seg.Rows, seg.Columns)
    found = {}
    for plane, groups in zip(pixels, seg.PerFrameFunctionalGroupsSequence, strict=True):
        if groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber == segment:
            image = groups.DerivationImageSequence[0].SourceImageSequence[0]
            found[image.ReferencedSOPInstanceUID] = plane / seg.get("MaximumFractionalValue", 1)
    return found


def faces(shares):
    """x0, y0, x1, y1 of a box out of the share of each pixel that it covers."""
    spans = []
    for axis in (0, 1):  # columns of the plane give x, rows give y
        line = shares.max(axis=axis)
        (inside,) = np.nonzero(line)
        spans.append((inside[0] + 1.0 - line[inside[0]], inside[-1] + line[inside[-1]]))
    (x0, x1), (y0, y1) = spans
    return x0, y0, x1, y1


def test_each_face_is_read_back_within_a_tenth_of_a_millimetre_on_the_right_images(made, source, tmp_path):
    case = source(ct_series(tmp_path / "ct"))
    seg = made(case)
    standing = [finding for finding in case.findings if finding.stands]
    assert len(seg.SegmentSequence) == len(standing) == 3
    for number, finding in enumerate(standing, start=1):
        planes = frames_of(number, seg)
        assert sorted(planes) == sorted(box.sop_uid for box in finding.instances)
        for box in finding.instances:
            spacing_mm = np.array(case.images[box.sop_uid].PixelSpacing[::-1], float)
            off_mm = np.abs(np.subtract(faces(planes[box.sop_uid]), box.box_px)) * np.tile(spacing_mm, 2)
            assert off_mm.max() < 0.1


def test_planes_lie_where_the_images_lie(made, source, tmp_path):
    case = source(ct_series(tmp_path / "ct"))
    for groups in made(case).PerFrameFunctionalGroupsSequence:
        uid = groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedSOPInstanceUID
        placed = groups.PlanePositionSequence[0].ImagePositionPatient
        assert placed == pytest.approx(case.images[uid].ImagePositionPatient, abs=1e-4)


def test_binary_holds_the_pixels_whose_centre_lies_in_the_place(made, source, tmp_path):
    case = source(ct_series(tmp_path / "ct"))
    seg = made(case, binary=True)
    box = case.findings[0].instances[0]
    x0, y0, x1, y1 = box.box_px
    columns, rows = np.arange(seg.Columns) + 0.5, np.arange(seg.Rows) + 0.5
    wanted = np.outer((rows >= y0) & (rows <= y1), (columns >= x0) & (columns <= x1))
    assert seg.SegmentationType == "BINARY"
    assert np.array_equal(frames_of(1, seg)[box.sop_uid] > 0, wanted)


def test_segments_say_what_they_are_and_who_made_them(made, source, tmp_path):
    seg = made(source(ct_series(tmp_path / "ct")))
    told = [
        (each.SegmentLabel, each.SegmentAlgorithmType, each.SegmentedPropertyTypeCodeSequence[0].CodeMeaning)
        for each in seg.SegmentSequence
    ]
    assert told == [
        ("1 nodule", "SEMIAUTOMATIC", "Nodule"),
        ("3 nodule", "SEMIAUTOMATIC", "Nodule"),
        ("4 scar", "MANUAL", "scar"),
    ]
    algorithm = seg.SegmentSequence[0].SegmentationAlgorithmIdentificationSequence[0]
    assert (algorithm.AlgorithmName, algorithm.AlgorithmVersion) == ("lung-nodule", "1.0.0")
    assert seg.ContentCreatorName == "j.reader^"


def test_an_image_without_a_place_in_the_patient_has_a_segmentation_too(made, source, tmp_path):
    case = source(radiograph(tmp_path / "cr.dcm"))
    seg = made(case)
    assert faces(frames_of(1, seg)[case.first.SOPInstanceUID]) == pytest.approx(case.findings[0].box_px, abs=0.005)
    assert "FrameOfReferenceUID" not in seg


def test_nothing_that_stands_is_refused(source, tmp_path):
    case = source(ct_series(tmp_path / "ct"))
    case = replace(case, findings=())
    with pytest.raises(ExportError) as refused:
        segmentation(case, binary=False)
    assert refused.value.code == "EX-NOTHING"
