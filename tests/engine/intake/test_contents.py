"""Archives and DICOM directories are searched like folders; nothing of them is overlooked, and nothing leads out."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MediaStorageDirectoryStorage

from engine.errors import InputError
from engine.intake.describe import describe
from engine.intake.find import find
from engine.intake.read import read, read_study
from tests.engine.intake.slices import at, write_series

DATA = Path(__file__).parents[2] / "data"
PICTURE = sorted((Path(__file__).parents[3] / "resources" / "samples").rglob("*.jpg"))[0]
DEPTHS = [0.0, 2.0, 4.0, 6.0]


def zipped(archive: Path, folder: Path, *, below: str = "") -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            packed.write(path, below + path.relative_to(folder).as_posix())
    return archive


def told(*paths: Path) -> list[tuple[str, int, str]]:
    """The end of each source, how many files it has, and the code of its refusal."""
    root = paths[0] if paths[0].is_dir() else paths[0].parent
    return [
        (found.source.removeprefix(f"{root}/"), len(found.files), found.refusal.code if found.refusal else "")
        for found in find(paths)
    ]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with a series, a photograph, words, a hidden file and what a file manager leaves behind."""
    folder = tmp_path / "mixed"
    write_series(folder / "ct", [at(depth) for depth in DEPTHS])
    shutil.copy(PICTURE, folder / "a.jpg")
    (folder / "README.txt").write_text("words")
    (folder / ".hidden.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "a.jpg").write_bytes(b"\0\x05\x16\x07")
    return folder


def test_an_archive_holds_what_its_folder_holds_with_the_same_identity(tmp_path, mixed):
    archive = zipped(tmp_path / "a.zip", mixed)
    assert told(archive) == [("a.zip/a.jpg", 1, ""), ("a.zip/ct", 4, "")]
    for inside, outside in zip(find([archive]), find([mixed]), strict=True):
        packed, plain = read_study(inside), read_study(outside)
        assert packed.study.content_hash == plain.study.content_hash
        np.testing.assert_array_equal(packed.scan.pixels, plain.scan.pixels)
        assert [name.removeprefix(str(archive)) for name in packed.scan.provenance.files] == [
            name.removeprefix(str(mixed)) for name in plain.scan.provenance.files
        ]


def test_an_archive_met_in_a_folder_is_searched_too_and_its_slices_join_those_beside_it(tmp_path, mixed):
    write_series(tmp_path / "all", [at(depth) for depth in DEPTHS[:2]])
    write_series(tmp_path / "rest", [at(depth) for depth in DEPTHS[2:]], names=["002.dcm", "003.dcm"])
    zipped(tmp_path / "all" / "rest.zip", tmp_path / "rest")
    assert told(tmp_path / "all") == [(str(tmp_path / "all"), 4, "")]
    assert describe(next(find([tmp_path / "all"]))).shape == (4, 6, 8)


def test_an_archive_given_twice_and_met_again_is_searched_once(tmp_path, mixed):
    archive = zipped(tmp_path / "a.zip", mixed)
    (tmp_path / "b.zip").symlink_to(archive)
    assert len(told(archive, archive, tmp_path / "b.zip")) == 2


def test_an_archive_of_words_is_refused_where_it_was_named_and_passed_over_in_a_folder(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a.txt").write_text("words")
    (tmp_path / "all").mkdir()
    archive = zipped(tmp_path / "all" / "a.zip", tmp_path / "words")
    shutil.copy(PICTURE, tmp_path / "all" / "b.jpg")
    assert told(archive) == [("a.zip", 1, "IN-FOLDER-EMPTY")]
    assert told(tmp_path / "all") == [("b.jpg", 1, "")]


def test_an_archive_without_any_member_is_refused_as_empty(tmp_path):
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    assert told(tmp_path / "a.zip") == [("a.zip", 1, "IN-FOLDER-EMPTY")]


def test_an_archive_in_an_archive_is_refused_and_the_rest_is_found(tmp_path, mixed):
    zipped(mixed / "inner.zip", mixed / "ct")
    assert told(zipped(tmp_path / "a.zip", mixed)) == [
        ("a.zip/a.jpg", 1, ""),
        ("a.zip/inner.zip", 1, "IN-ZIP-NESTED"),
        ("a.zip/ct", 4, ""),
    ]


def test_a_dicom_file_whose_preamble_is_that_of_an_archive_is_the_image_that_it_is(tmp_path):
    data = (DATA / "dicom" / "CT_small.dcm").read_bytes()
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + data[4:])
    assert told(tmp_path / "a.zip") == [("a.zip", 1, "")]
    assert read(tmp_path / "a.zip").study.modality == "CT"


def test_a_damaged_archive_is_refused_and_its_neighbours_are_found(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + bytes(100))
    shutil.copy(PICTURE, tmp_path / "b.jpg")
    assert told(tmp_path) == [("a.zip", 1, "IN-ZIP-DAMAGED"), ("b.jpg", 1, "")]


@pytest.mark.parametrize("name", ["/etc/a.jpg", "../../a.jpg", "x/../../a.jpg", "C:\\a.jpg"])
def test_names_that_lead_out_of_an_archive_are_harmless(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, PICTURE.read_bytes())
    (found,) = find([tmp_path / "a.zip"])
    assert found.source.startswith(str(tmp_path / "a.zip") + "/")
    assert read_study(found).study.kind == "photograph"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def test_a_header_with_its_data_file_is_one_study_inside_an_archive(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    words = "ObjectType = Image\nNDims = 3\nDimSize = 4 3 2\nElementType = MET_SHORT\nElementDataFile = a.raw\n"
    (folder / "a.mhd").write_text(words)
    (folder / "a.raw").write_bytes(np.arange(24, dtype="<i2").tobytes())
    archive = zipped(tmp_path / "a.zip", folder, below="deep/")
    assert told(archive) == [("a.zip/deep/a.mhd", 1, "")]
    assert read(archive).scan.shape == (2, 3, 4)


def test_a_file_or_an_archive_that_vanishes_between_listing_and_reading_is_refused(tmp_path, mixed):
    archive = zipped(tmp_path / "a.zip", mixed)
    found = [*find([archive]), *find([mixed])]
    archive.unlink()
    shutil.rmtree(mixed)
    for one in found:
        with pytest.raises(InputError) as caught:
            read_study(one)
        assert caught.value.code == "IN-NOT-FOUND"


def medium(folder: Path, images: int) -> Path:
    """A DICOM medium with so many images; the path of its directory."""
    (folder / "IMAGES").mkdir(parents=True)
    names = [f"IM{number}" for number in range(images)]
    for name in names:
        shutil.copy(DATA / "dicom" / "CT_small.dcm", folder / "IMAGES" / name)
    directory = Dataset()
    directory.file_meta = FileMetaDataset()
    directory.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    directory.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    directory.file_meta.MediaStorageSOPInstanceUID = "1.2.3"
    patient = Dataset()
    patient.DirectoryRecordType = "PATIENT"
    directory.DirectoryRecordSequence = [patient]
    for name in names:
        record = Dataset()
        record.DirectoryRecordType, record.ReferencedFileID = "IMAGE", ["IMAGES", name]
        directory.DirectoryRecordSequence.append(record)
    directory.save_as(folder / "DICOMDIR", enforce_file_format=True)
    return folder / "DICOMDIR"


def test_a_directory_given_by_name_stands_for_what_it_references(tmp_path):
    directory = medium(tmp_path / "disc", 2)
    shutil.copy(PICTURE, tmp_path / "disc" / "other.jpg")
    assert [(files, code) for _, files, code in told(directory)] == [(1, ""), (1, "")]
    passed: list[str] = []
    assert len(list(find([tmp_path / "disc"], lambda path: passed.append(path.name)))) == 3
    assert passed == ["DICOMDIR"]


def test_files_that_a_directory_references_and_that_are_missing_are_told_in_any_case(tmp_path):
    directory = medium(tmp_path / "disc", 3)
    first, *_ = sorted(path for path in (tmp_path / "disc").rglob("*") if path.is_file() and path != directory)
    first.unlink()
    for path in (directory, tmp_path / "disc"):
        codes = [found.refusal.code if found.refusal else "" for found in find([path])]
        assert sorted(codes) == ["", "", "IN-DIR-MISSING"]
    (refusal,) = [found.refusal for found in find([directory]) if found.refusal]
    assert "references 3 files, and 1 of them are not there" in refusal.message
    assert first.name in refusal.message


def test_references_that_lead_out_of_the_folder_are_refused(tmp_path):
    directory = medium(tmp_path / "disc", 2)
    shutil.copy(PICTURE, tmp_path / "secret")
    directory.write_bytes(directory.read_bytes().replace(rb"IMAGES\IM0", rb"..\secret "))
    assert [code for *_, code in told(directory)] == ["IN-DIR-OUTSIDE", ""]


def test_references_are_found_in_lower_case_and_with_a_version_behind_them(tmp_path):
    directory = medium(tmp_path / "disc", 2)
    for number, path in enumerate(sorted(path for path in (tmp_path / "disc").rglob("*") if path.is_file())):
        if path != directory:
            path.rename(path.with_name(path.name.lower() + (";1" if number else "")))
    assert [code for *_, code in told(directory)] == ["", ""]


def test_a_directory_without_its_list_is_refused(tmp_path):
    directory = medium(tmp_path / "disc", 1)
    dataset = dcmread(directory)
    del dataset.DirectoryRecordSequence
    dataset.FileSetID = "EMPTY"
    dataset.save_as(directory)
    assert [code for *_, code in told(directory)] == ["IN-DIR-DAMAGED"]


def test_a_medium_in_an_archive_is_searched_and_what_is_missing_is_told(tmp_path):
    directory = medium(tmp_path / "disc", 2)
    first, *_ = sorted(path for path in (tmp_path / "disc").rglob("*") if path.is_file() and path != directory)
    assert [code for *_, code in told(zipped(tmp_path / "a.zip", tmp_path / "disc", below="in/"))] == ["", ""]
    first.unlink()
    codes = [code for *_, code in told(zipped(tmp_path / "b.zip", tmp_path / "disc", below="in/"))]
    assert sorted(codes) == ["", "IN-DIR-MISSING"]


def test_files_with_one_inode_number_but_other_paths_are_both_found(tmp_path):
    shutil.copy(PICTURE, tmp_path / "a.jpg")
    (tmp_path / "b.jpg").hardlink_to(tmp_path / "a.jpg")
    (tmp_path / "c.jpg").symlink_to(tmp_path / "a.jpg")
    assert [name for name, *_ in told(tmp_path)] == ["a.jpg", "b.jpg"]
