"""Places in a file of many frames: each object names the right one, counted from 1."""

import numpy as np
import pytest

from engine.export.dicom_seg import segmentation
from engine.export.dicom_sr import structured_report
from engine.export.gsps import presentation_state
from tests.engine.export.studies import SLICE_MM, enhanced_ct
from tests.engine.intake.slices import OBLIQUE, at, normal_of

pytestmark = pytest.mark.filterwarnings("ignore:The string .* is unlikely to represent:UserWarning")
FRAMES = 6


@pytest.fixture
def case(source, tmp_path):
    """Its first place spans slices 1, 2 and 3 of the volume, which are frames 5, 4 and 3 of the file."""
    return source(enhanced_ct(tmp_path / "enhanced.dcm"))


def test_boxes_of_the_first_place_name_the_frames_that_hold_its_slices(case):
    assert [box.frame + 1 for box in case.findings[0].instances] == [5, 4, 3]


def test_report_places_polygons_in_the_planes_of_those_frames(case):
    group = structured_report(case).ContentSequence[-1].ContentSequence[0]
    polygons = [item for item in group.ContentSequence if item.ValueType == "SCOORD3D"]
    start = at(0.0, OBLIQUE)
    depths = [(np.reshape(each.GraphicData, (5, 3)) - start) @ normal_of(OBLIQUE) for each in polygons]
    assert np.array(depths) == pytest.approx(np.array([[index * SLICE_MM] * 5 for index in (1, 2, 3)]), abs=1e-3)
    images = [item.ReferencedSOPSequence[0] for item in group.ContentSequence if item.ValueType == "IMAGE"]
    assert [image.ReferencedFrameNumber for image in images] == [5, 4, 3]


def test_segmentation_lies_on_those_frames(case):
    made = segmentation(case, binary=False)
    first = [
        groups.DerivationImageSequence[0].SourceImageSequence[0].ReferencedFrameNumber
        for groups in made.PerFrameFunctionalGroupsSequence
        if groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber == 1
    ]
    assert sorted(first) == [3, 4, 5]
    shares = made.pixel_array[: len(first)].sum(axis=(1, 2)) / 255
    assert shares == pytest.approx([(11.7 - 5.3) * (14.2 - 6.1)] * 3, rel=0.01)


def test_presentation_state_draws_on_those_frames(case):
    drawn = {
        annotation.ReferencedImageSequence[0].ReferencedFrameNumber
        for annotation in presentation_state(case).GraphicAnnotationSequence
        if any(graphic.TrackingID == "Place 1" for graphic in annotation.GraphicObjectSequence)
    }
    assert drawn == {3, 4, 5}
