import shutil
import zipfile

import pytest

from engine.errors import ExportError
from engine.export.originals import datasets, loaded, person_of, stored_files
from engine.intake.read import read_study
from tests.engine.export.studies import case_of, ct_series, photograph, radiograph, study_of


def test_files_are_found_again_and_hold_the_same_pixels(tmp_path):
    case, before = case_of(ct_series(tmp_path / "ct"))
    again = loaded(study_of(case), read_study)
    assert (again.scan.pixels == before.scan.pixels).all()
    assert [image.SOPInstanceUID for image in datasets(study_of(case))] == [
        instance.sop_uid for instance in study_of(case).instances
    ]


def test_a_member_of_an_archive_is_found_again(tmp_path):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.write(photograph(tmp_path / "part.png"), "deep/part.png")
    case, _ = case_of(tmp_path / "in.zip")
    assert stored_files(study_of(case))[0].data == (tmp_path / "part.png").read_bytes()


@pytest.mark.parametrize("moved_to", ["done", "refused"])
def test_what_a_watched_folder_moved_once_it_was_answered_is_found_there(tmp_path, moved_to):
    case, _ = case_of(ct_series(tmp_path / "in" / "exam" / "ct"))
    (tmp_path / "in" / moved_to).mkdir()
    (tmp_path / "in" / "exam").rename(tmp_path / "in" / moved_to / "exam")
    assert len(datasets(study_of(case))) == len(study_of(case).instances)
    assert person_of(case.recorded) == "PID-7781"


@pytest.mark.parametrize("write", [ct_series, photograph])
def test_what_was_moved_beside_others_of_its_name_is_told_from_them_by_its_bytes(tmp_path, write):
    written = write(tmp_path / "in" / "part.png")
    case, _ = case_of(written)
    done = tmp_path / "in" / "done"
    files = sorted(written.rglob("*")) if written.is_dir() else [written]
    for number, file in enumerate(files):
        target = done / file.relative_to(tmp_path / "in")
        target.parent.mkdir(parents=True, exist_ok=True)
        if number % 2 == 0:  # of this name others were answered before
            target.write_bytes(b"another")
            target.with_stem(f"{target.stem} (2)").write_bytes(b"yet another")
            target = target.with_stem(f"{target.stem} (3)")
        file.rename(target)
    files[0].write_bytes(b"one that came since")
    assert len(stored_files(study_of(case))) == len(files)
    assert loaded(study_of(case), read_study).study.content_hash == study_of(case).content_hash


def test_a_member_of_an_archive_that_was_moved_is_found_again(tmp_path):
    (tmp_path / "done").mkdir()
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.write(photograph(tmp_path / "part.png"), "deep/part.png")
    case, _ = case_of(tmp_path / "in.zip")
    (tmp_path / "in.zip").rename(tmp_path / "done" / "in.zip")
    assert stored_files(study_of(case))[0].data == (tmp_path / "part.png").read_bytes()


@pytest.mark.parametrize("read", [lambda study: loaded(study, read_study), datasets])
def test_what_is_gone_or_changed_is_told_apart(tmp_path, read):
    folder = ct_series(tmp_path / "ct")
    case, _ = case_of(folder)
    slice_file = folder / "2.dcm"
    slice_file.write_bytes(slice_file.read_bytes().replace(b"DOE^JANE", b"ROE^JANE"))
    with pytest.raises(ExportError) as refused:
        read(study_of(case))
    assert refused.value.code == "EX-ORIGINAL-CHANGED"
    shutil.rmtree(folder)
    with pytest.raises(ExportError) as refused:
        read(study_of(case))
    assert refused.value.code == "EX-ORIGINAL-GONE"


def test_a_person_is_the_patient_and_otherwise_the_study(tmp_path):
    with_patient, _ = case_of(radiograph(tmp_path / "cr.dcm"))
    without, _ = case_of(photograph(tmp_path / "part.png"))
    assert person_of(with_patient.recorded) == "PID-7781"
    assert person_of(without.recorded) == study_of(without).content_hash
    (tmp_path / "cr.dcm").unlink()
    assert person_of(with_patient.recorded) == study_of(with_patient).content_hash
