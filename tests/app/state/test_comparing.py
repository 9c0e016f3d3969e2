"""Two studies side by side."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from app.state.comparing import beside, linked, plane_of, same_frame, same_patient, why_no_difference
from app.state.geometry import View
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from app.state.turn import Turn
from engine.domain.exam import Exam, Patient
from engine.domain.scan import Provenance, Scan
from tests.app.state.test_grid import AXIAL

FILE = Provenance(("a.png",), "test")
THIN = replace(AXIAL, shape=(80, 30, 20), spacing_mm=(AXIAL.spacing_mm[0] / 2, *AXIAL.spacing_mm[1:]))
DOWNWARDS = replace(
    AXIAL,
    direction=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -1.0),
    origin_mm=(*AXIAL.origin_mm[:2], AXIAL.origin_mm[2] + 39 * AXIAL.spacing_mm[0]),
)


def place(plane):
    return plane.grid.position_mm(plane.axis, plane.index)[1]


@pytest.mark.parametrize("grid", [AXIAL, THIN, DOWNWARDS])
def test_studies_of_one_frame_of_reference_show_the_same_place(grid):
    left, right = Plane.across(AXIAL, 0, 10), Plane.across(grid, 0, 30)
    link = linked(left, right, same_place=True)
    for index in (3, 10, 25):
        there = right.at(link.right_of(index))
        assert place(there) == pytest.approx(place(left.at(index)), abs=AXIAL.spacing_mm[0] / 2)
        assert abs(link.left_of(there.index) - index) <= 1


def test_other_studies_go_on_from_where_they_were_linked_by_the_same_way():
    left, right = Plane.across(AXIAL, 0, 10), Plane.across(THIN, 0, 50)
    link = linked(left, right, same_place=False)
    assert link.right_of(10) == 50
    assert place(right.at(link.right_of(14))) - place(right) == pytest.approx(place(left.at(14)) - place(left))


def test_stacks_without_millimetres_are_linked_by_their_share():
    bare = replace(AXIAL, spacing_mm=None)
    link = linked(Plane.across(bare, 0, 0), Plane.across(replace(bare, shape=(79, 3, 3)), 0, 0), same_place=False)
    assert link.right_of(39) == 78


def test_oblique_cut_is_linked_to_nothing():
    assert plane_of(Oblique.of(Plane.across(AXIAL, 0))) is None
    assert plane_of(None) is None


def test_other_picture_shows_the_same_part_as_large():
    view = View((100, 100), (400, 400), (25.0, 50.0), 8.0, turn=Turn(1))
    other = View.fit((200, 200), (300, 300))
    followed = beside(view, other, 0.5, 0.25)
    assert (followed.center, followed.scale, followed.turn) == ((50.0, 100.0), 4.0, Turn(1))
    assert beside(view, other, None, 0.25).scale == 4.0
    assert beside(View.fit((100, 100), (400, 400)), followed, 0.5, 0.25).fitted


def test_patients_are_told_apart_by_number_and_birth():
    def scan(identity, born):
        patient = Patient("A^B", identity, born)
        return Scan(np.zeros((4, 4), np.uint8), "image", "CT", "MONOCHROME2", FILE, exam=Exam(patient=patient))

    one = scan("7", date(1950, 1, 1))
    assert same_patient(one, scan("7", date(1950, 1, 1))) is True
    assert same_patient(one, scan("8", date(1950, 1, 1))) is False
    assert same_patient(one, scan("7", date(1951, 1, 1))) is False
    assert same_patient(one, scan("", None)) is None
    assert same_patient(one, replace(one, exam=None)) is None
    assert not same_frame(one, one)
    framed = replace(one, exam=replace(one.exam, frame_of_reference_uid="1.2"))
    assert same_frame(framed, framed)


def test_pictures_of_another_shape_and_volumes_have_no_difference():
    one = Scan(np.zeros((4, 4), np.uint8), "image", "CT", "MONOCHROME2", FILE)
    assert why_no_difference(one, one) == ""
    assert why_no_difference(one, replace(one, pixels=np.zeros((4, 5), np.uint8))) == "shape"
    assert why_no_difference(one, replace(one, pixels=np.zeros((2, 4, 5), np.uint8), kind="volume")) == "volume"
    assert Grid.of(replace(one, pixels=np.zeros((2, 4, 5), np.uint8), kind="volume")).shape == (2, 4, 5)
