"""Entries have a name to show, an order, and neighbours."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from engine.intake.entry import Entry, Place


def test_a_member_is_shown_below_its_archive():
    assert Entry(Path("x/a.zip"), "in/b.nii.gz").source == "x/a.zip/in/b.nii.gz"
    assert Entry(Path("x/a.zip"), "in/b.nii.gz").suffix == ".nii.gz"
    assert [Entry(Path("x/a.dcm")).name, Entry(Path("x/a.zip"), "in/b.dcm").name] == ["a.dcm", "b.dcm"]


@pytest.mark.parametrize("member", ["/etc/passwd", "//etc/passwd", "../../etc/passwd"])
def test_a_name_that_leads_out_of_its_archive_is_shown_inside_it(member):
    assert Entry(Path("a.zip"), member).source.startswith("a.zip/")


def test_names_of_members_are_printable():
    assert Entry(Path("a.zip"), "a\x1b[2Jb").source == r"a.zip/a\x1b[2Jb"


def test_entries_are_ordered_by_path_and_name_and_equal_without_their_place():
    place = Place(0, 1, 1, 0, 0)
    assert Entry(Path("a.zip"), "b", place) == Entry(Path("a.zip"), "b")
    assert sorted([Entry(Path("b")), Entry(Path("a.zip"), "c"), Entry(Path("a.zip"), "b", place)]) == [
        Entry(Path("a.zip"), "b"),
        Entry(Path("a.zip"), "c"),
        Entry(Path("b")),
    ]
    assert pickle.loads(pickle.dumps(Entry(Path("a.zip"), "b", place))).place == place  # noqa: S301 - its own words


def test_a_neighbour_lies_in_the_same_folder():
    assert Entry(Path("x/a.mhd")).beside("a.raw") == Entry(Path("x/a.raw"))
    assert Entry(Path("a.zip"), "in/a.mhd").beside("a.raw") == Entry(Path("a.zip"), "in/a.raw")
    assert Entry(Path("a.zip"), "a.mhd").beside("a.raw") == Entry(Path("a.zip"), "a.raw")
