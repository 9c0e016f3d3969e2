"""A header laid out like one before is read as a walk would read it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from engine.intake.dicom.layout import Layouts
from engine.intake.dicom.slice_header import KEYWORDS
from engine.intake.dicom.walk import walk
from tests.engine.intake.dicom.build import image, stored
from tests.engine.intake.dicom.test_walk import DATA, WALKED, mutated


def walks(monkeypatch) -> list[int]:
    """Gets an entry for each walk that is not spared."""
    done: list[int] = []
    begun = walk.__globals__["_Walk"].walked

    def walked(self):
        done.append(1)
        return begun(self)

    monkeypatch.setattr(walk.__globals__["_Walk"], "walked", walked)
    return done


@pytest.mark.parametrize("name", WALKED)
def test_a_file_met_again_is_not_walked_again_and_reads_the_same(name, monkeypatch):
    data, layouts = (DATA / name).read_bytes(), Layouts()
    first = walk(data, KEYWORDS, layouts=layouts)
    done = walks(monkeypatch)
    assert walk(data, KEYWORDS, layouts=layouts) == first
    assert not done


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
def test_other_values_at_the_same_places_are_the_other_values(syntax):
    layouts = Layouts()
    for number in (7, 8, 9):
        slice_ = image(InstanceNumber=number, ImagePositionPatient=[0, 0, number])
        slice_.file_meta.TransferSyntaxUID = syntax
        data = stored(slice_)
        read = walk(data, KEYWORDS, layouts=layouts)
        assert read == walk(data, KEYWORDS)
        assert (read.get("InstanceNumber"), read.get("ImagePositionPatient")[2]) == (number, number)


def test_an_odd_value_in_a_known_layout_steps_aside():
    layouts = Layouts()
    data = stored(image(SliceThickness="2.50"))
    assert walk(data, KEYWORDS, layouts=layouts) is not None
    assert walk(data.replace(b"2.50", b"2,50"), KEYWORDS, layouts=layouts) is None


def test_other_keywords_are_looked_for_anew():
    layouts = Layouts()
    data = stored(image())
    assert walk(data, ("Rows",), layouts=layouts).get("Rows")
    with pytest.raises(KeyError):
        walk(data, ("Rows",), layouts=layouts).get("Columns")
    assert walk(data, ("Columns",), layouts=layouts).get("Columns")


def test_a_header_cut_short_of_its_layout_steps_aside():
    layouts = Layouts()
    data = (DATA / "CT_small.dcm").read_bytes()
    begin = walk(data, KEYWORDS, layouts=layouts).pixels.begin
    assert walk(data[: begin - 1], KEYWORDS, layouts=layouts) is None
    assert walk(data[: begin - 1], KEYWORDS, lambda size_bytes: data[:size_bytes], layouts=layouts) is not None


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mutated_file_after_its_sound_one_is_read_as_alone(seed):
    layouts = Layouts()
    for name in random.Random(seed).sample(WALKED, len(WALKED)):
        walk((DATA / name).read_bytes(), KEYWORDS, layouts=layouts)
    data = mutated(seed)
    assert walk(data, KEYWORDS, layouts=layouts) == walk(data, KEYWORDS)
