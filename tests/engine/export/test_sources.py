from datetime import date
from functools import partial

import pytest

from engine.errors import ExportError
from engine.export.dicom_seg import segmentation
from engine.export.dicom_sr import structured_report
from engine.export.gsps import presentation_state
from engine.export.names import Names
from tests.engine.export.studies import ct_series, photograph, radiograph

NAMES = Names(b"k" * 32)


def refusal(source, path, names=None, **options):
    with pytest.raises(ExportError) as refused:
        source(path, names, **options)
    return refused.value.code


def test_a_photograph_has_no_instance_unless_one_is_made(source, tmp_path):
    path = photograph(tmp_path / "part.png")
    assert refusal(source, path) == "EX-NO-INSTANCE"
    assert source(path, wrap_photographs=True).first.SOPClassUID == "1.2.840.10008.5.1.4.1.1.77.1.4"


def test_one_photograph_is_one_instance_in_every_export(source, tmp_path):
    path = photograph(tmp_path / "part.png")
    first, second = (source(path, wrap_photographs=True).first.SOPInstanceUID for _ in range(2))
    assert first == second


def test_a_photograph_without_names_needs_somebody_who_looked_at_it(source, tmp_path):
    path = photograph(tmp_path / "part.png")
    assert refusal(source, path, NAMES, wrap_photographs=True) == "EX-BURNED-IN"
    assert source(path, NAMES, wrap_photographs=True, burned_in_confirmed=True).made


@pytest.mark.parametrize(
    ("stated", "refused"),
    [
        ({"BurnedInAnnotation": "YES"}, True),
        ({"Modality": "US"}, True),
        ({"Modality": "US", "BurnedInAnnotation": "NO"}, False),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7"}, True),
        ({}, False),
    ],
)
def test_pictures_that_may_show_a_name_are_held_back(source, tmp_path, stated, refused):
    path = radiograph(tmp_path / "image.dcm", **stated)
    if refused:
        assert refusal(source, path, NAMES) == "EX-BURNED-IN"
    else:
        assert source(path, NAMES).made


def test_a_file_that_says_too_little_is_refused_and_what_lacks_is_named(source, tmp_path):
    path = ct_series(tmp_path / "ct", SOPClassUID=None)
    with pytest.raises(ExportError, match="lacks SOPClassUID") as refused:
        source(path)
    assert refused.value.code == "EX-SOURCE"


def test_a_dicom_study_is_referred_to_as_it_is(source, tmp_path):
    found = source(ct_series(tmp_path / "ct"))
    assert found.made == ()
    assert sorted(found.images) == [f"1.2.840.99999.1.5.{number}" for number in range(1, 7)]


def test_without_names_the_images_leave_beside_what_refers_to_them(source, tmp_path):
    found = source(ct_series(tmp_path / "ct"), NAMES)
    assert [image.SOPInstanceUID for image in found.made] == list(found.images)
    assert {box.sop_uid for finding in found.findings for box in finding.instances} <= set(found.images)


@pytest.mark.filterwarnings("ignore:The string .* is unlikely to represent:UserWarning")
@pytest.mark.parametrize("made_of", [structured_report, partial(segmentation, binary=True), presentation_state])
def test_without_names_every_date_of_an_object_moves_with_the_patient_that_of_its_making_too(source, tmp_path, made_of):
    path = ct_series(tmp_path / "ct")
    dates = {
        names: sorted(str(element.value)[:8] for element in made_of(source(path, names)).iterall() if _is_date(element))
        for names in (None, NAMES)
    }
    back = NAMES.shift("PID-7781")
    assert len(dates[None]) > 2
    assert [f"{date.fromisoformat(day) + back:%Y%m%d}" for day in dates[None]] == dates[NAMES]


def _is_date(element):
    return element.VR in ("DA", "DT") and element.value and element.keyword != "PatientBirthDate"
