"""The presentation state is read back by its elements alone."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms
from pydicom import dcmread

from engine.errors import ExportError
from engine.export.gsps import presentation_state
from engine.export.pictures import dicom_bytes
from tests.engine.export.studies import ct_series, radiograph

pytestmark = pytest.mark.filterwarnings("ignore:The string .* is unlikely to represent:UserWarning")


@pytest.fixture
def made(tmp_path):
    def make(source):
        (tmp_path / "pr.dcm").write_bytes(dicom_bytes(presentation_state(source)))
        return dcmread(tmp_path / "pr.dcm")

    return make


def drawn(state):
    """(layer, image, outline) of each mark."""
    for annotation in state.GraphicAnnotationSequence:
        (image,) = annotation.ReferencedImageSequence
        for graphic in annotation.GraphicObjectSequence:
            points = np.reshape(graphic.GraphicData, (-1, 2))
            yield annotation.GraphicLayer, image.ReferencedSOPInstanceUID, (*points.min(axis=0), *points.max(axis=0))


@pytest.mark.parametrize("write", [ct_series, radiograph])
def test_each_mark_lies_on_its_image_to_a_hundredth_of_a_pixel(made, source, tmp_path, write):
    case = source(write(tmp_path / "study.dcm"))
    wanted = {
        ("STANDS" if finding.stands else "REJECTED", box.sop_uid, box.box_px)
        for finding in case.findings
        for box in finding.instances
    }
    found = list(drawn(made(case)))
    assert len(found) == sum(len(finding.instances) for finding in case.findings)
    for layer, uid, outline in found:
        near = [px for w_layer, w_uid, px in wanted if (w_layer, w_uid) == (layer, uid)]
        assert min(np.abs(np.subtract(outline, px)).max() for px in near) < 0.01


def test_words_stand_beside_each_mark(made, source, tmp_path):
    state = made(source(ct_series(tmp_path / "ct")))
    words = {text.UnformattedTextValue for each in state.GraphicAnnotationSequence for text in each.TextObjectSequence}
    assert words == {
        "1 nodule 0.83, confirmed",
        "2 nodule 0.41, rejected",
        "3 nodule 0.35, changed",
        "4 scar, added",
    }
    assert (state.ContentCreatorName, state.Modality) == ("j.reader^", "PR")


def test_a_photograph_in_colour_gets_a_state_for_colours(made, source, tmp_path):
    Image.new("RGB", (40, 30), (9, 99, 200)).save(tmp_path / "red.png")
    case = source(tmp_path / "red.png", wrap_photographs=True)
    state = made(case)
    assert state.SOPClassUID == "1.2.840.10008.5.1.4.1.1.11.2"
    profile = ImageCms.ImageCmsProfile(BytesIO(state.ICCProfile))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert len(list(drawn(state))) == len(case.findings)
    assert presentation_state(case).ICCProfile == presentation_state(case).ICCProfile


def test_colours_from_a_palette_and_images_of_both_kinds_are_refused_by_code(source, tmp_path):
    case = source(ct_series(tmp_path / "ct"))
    for element, value in (("PhotometricInterpretation", "PALETTE COLOR"), ("SamplesPerPixel", 3)):
        first = case.touched[0]
        before = first[element].value
        setattr(first, element, value)
        with pytest.raises(ExportError) as refused:
            presentation_state(case)
        assert refused.value.code == "EX-COLOUR"
        setattr(first, element, before)


def test_nothing_to_mark_is_refused_by_code(source, tmp_path):
    case = replace(source(ct_series(tmp_path / "ct")), findings=())
    with pytest.raises(ExportError) as refused:
        presentation_state(case)
    assert refused.value.code == "EX-NOTHING"
