"""The references of a DICOM directory are read, held against its folder, and looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InputError
from engine.intake.dicom.directory import ArchiveMedium, FolderMedium, leads_out, references
from engine.intake.entry import Entry
from engine.intake.limits import Limits

DIRECTORY = Path(__file__).parents[3] / "data" / "dicom" / "DICOMDIR"


def test_the_references_of_a_real_directory_are_its_files_in_order():
    found = references(Entry(DIRECTORY), Limits())
    assert (len(found), found[0]) == (31, ("77654033", "CR1", "6154"))
    assert found == sorted(set(found))


@pytest.mark.parametrize("keep", [200, 400, 1000, 5000, 11115])
def test_a_directory_that_is_cut_short_is_refused_and_does_not_say_less(tmp_path, keep):
    (tmp_path / "DICOMDIR").write_bytes(DIRECTORY.read_bytes()[:keep])
    with pytest.raises(InputError) as caught:
        references(Entry(tmp_path / "DICOMDIR"), Limits())
    assert caught.value.code == "IN-DIR-DAMAGED"


def test_a_missing_directory_keeps_its_own_refusal(tmp_path):
    with pytest.raises(InputError) as caught:
        references(Entry(tmp_path / "DICOMDIR"), Limits())
    assert caught.value.code == "IN-NOT-FOUND"


@pytest.mark.parametrize("reference", [("..", "a"), ("a", ".."), (".",), ("",), ("/etc", "a"), ("a/b",), ("a\0",)])
def test_references_that_are_no_plain_names_lead_out(reference):
    assert leads_out(reference)
    assert not leads_out(("IMAGES", "IM.1"))


def test_a_name_as_it_is_referenced_goes_before_one_that_is_only_alike(tmp_path):
    (tmp_path / "images").mkdir()
    for name in ("IM1", "im1", "im2.;1"):
        (tmp_path / "images" / name).touch()
    medium = FolderMedium(tmp_path)
    assert medium.entry(("images", "im1")) == Entry(tmp_path / "images" / "im1")
    assert medium.entry(("IMAGES", "IM2")) == Entry(tmp_path / "images" / "im2.;1")
    assert medium.entry(("IMAGES", "IM3")) is None
    assert medium.entry(("IMAGES", "IM1", "X")) is None


def test_references_in_an_archive_are_looked_up_below_their_directory():
    members = [Entry(Path("a.zip"), name) for name in ("disc/DICOMDIR", "disc/IMAGES/IM1", "IMAGES/IM2")]
    medium = ArchiveMedium(members[0], members)
    assert medium.entry(("images", "im1")) == members[1]
    assert medium.entry(("IMAGES", "IM2")) is None
