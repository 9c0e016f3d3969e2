"""What stands over a picture."""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from app.paint.captions import OF_SPACING, Captions, captions_of, cut_named
from app.paint.corners import Overlaid, draw_overlaid
from app.state.frame import Slab
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from app.state.scale_bar import ScaleBar
from engine.domain.exam import Exam, Patient
from engine.domain.scan import IDENTITY, Provenance, Scan
from engine.intake.dicom import geometry

pytestmark = pytest.mark.usefixtures("qapp")

GRID = Grid((40, 30, 20), (2.5, 0.8, 0.5), (-5.0, -12.0, 100.0), IDENTITY)
EXAM = Exam(
    Patient("Doe^Jane", "4711", date(1961, 5, 3), "F", "064Y"),
    study_date=date(2026, 2, 1),
    study_time=time(9, 30),
    study_description="Chest",
    series_number=3,
    body_part="CHEST",
    laterality="L",
    kernel="B50f",
    tube_kv=120.0,
    thickness_mm=1.25,
)
SCAN = Scan(np.zeros((4, 4), np.int16), "image", "CT", "MONOCHROME2", Provenance(("a.dcm",), "test"), exam=EXAM)
EVERYTHING = Overlaid("Axial 5/40", "axial", ("R", "A", "L", "P"), captions_of(SCAN), ScaleBar(80, "50 mm"), "W 400")


def drawn(seen, size=(640, 480)):
    """Where something is drawn."""
    return drawn_and_told(seen, size)[0]


def drawn_and_told(seen, size):
    """Where something is drawn, and where it says it is."""
    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill("#808080")
    painter = QPainter(image)
    taken = draw_overlaid(painter, seen, size, QGuiApplication.font())
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], image.bytesPerLine())[:, : 3 * size[0]]
    return (rows.reshape(size[1], size[0], 3) != 128).any(axis=2), taken


def test_letters_stand_in_the_middle_of_the_edges_that_are_known():
    marks = drawn(Overlaid(letters=("R", "", "L", "P")))
    places = (marks[230:250, :40], marks[:40, 300:340], marks[230:250, 600:], marks[440:, 300:340])
    assert [bool(place.any()) for place in places] == [True, False, True, True]
    assert not marks[60:200].any()


def test_each_corner_has_its_own_texts():
    marks = drawn(EVERYTHING)
    assert marks[40:90, :120].any()
    assert marks[8:60, 500:].any()
    assert marks[455:, :120].any()
    assert marks[455:, 560:].any()
    assert not marks[150:220, 60:580].any()


@pytest.mark.parametrize("size", [(640, 480), (220, 200), (1600, 900)])
def test_all_that_is_written_lies_where_it_says(size):
    halo = 3
    warned = replace(EVERYTHING, captions=replace(EVERYTHING.captions, warnings=("Lossy compression",)))
    marks, taken = drawn_and_told(warned, size)
    assert marks.any()
    for x0, y0, x1, y1 in taken:
        marks[max(int(y0) - halo, 0) : int(y1) + halo, max(int(x0) - halo, 0) : int(x1) + halo] = False
    assert not marks.any()
    assert sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in taken) < 0.35 * size[0] * size[1]


def test_nothing_written_takes_nothing():
    assert drawn_and_told(Overlaid(), (640, 480))[1] == ()


def test_small_picture_has_title_letters_and_scale_alone():
    marks = drawn(EVERYTHING, (220, 200))
    assert marks[:30, :60].any()
    assert marks[160:, 130:].any()
    assert not marks[40:80, :100].any()


def test_letter_above_makes_room_for_a_long_title():
    long = replace(EVERYTHING, title="Coronal oblique 71/160  maximum of 15 mm", captions=Captions())
    marks = drawn(long, (300, 200))
    assert marks[33:50, 140:160].any()


def test_loss_is_said_with_a_sign_on_small_pictures_too():
    lossy = replace(SCAN, provenance=replace(SCAN.provenance, lossy=True))
    (words,) = captions_of(lossy).warnings
    assert words == "Lossy compression"
    seen = Overlaid(captions=Captions(warnings=(words,)))
    assert drawn(seen, (220, 200))[160:, 100:].any()


def test_captions_tell_patient_exam_and_technique():
    captions = captions_of(SCAN)
    assert captions.patient == ("Doe Jane", "4711", "F 64 y 1961-05-03")
    assert captions.exam == ("2026-02-01 09:30", "Chest", "Series 3", "CT Chest")
    assert captions.technique == ("120 kV  slices of 1.25 mm  B50f",)
    assert (captions.side, captions.warnings) == ("L", ())


def test_every_note_of_intake_on_the_spacing_is_known_here():
    written = Path(geometry.__file__).read_text("utf-8")
    assert sorted(re.findall(r'"(The spacing is [^"]+)"', written)) == sorted(OF_SPACING)


def test_spacing_at_the_detector_is_said():
    note = "The spacing is that at the detector; the patient was magnified."
    noted = replace(SCAN, exam=None, provenance=replace(SCAN.provenance, repairs=(note, "Padding was cut off.")))
    assert captions_of(noted) == Captions(warnings=(note,))


def test_cut_is_named_with_number_place_and_thickness():
    plane = Plane.across(GRID, 0, 4)
    assert cut_named(plane) == "Axial 5/40  z 110.0 mm"
    assert cut_named(plane.with_slab(Slab(4, "mean"))) == "Axial 5/40  z 110.0 mm  mean of 10 mm"
    assert cut_named(Plane.across(replace(GRID, origin_mm=(0.0, 0.0, -1e-9)), 0, 0)) == "Axial 1/40  z 0.0 mm"
    bare = Plane.across(replace(GRID, spacing_mm=None), 0, 4)
    assert cut_named(bare.with_slab(Slab(3))) == "Slice 5/40  maximum of 3 slices"
    assert cut_named(Plane.across(replace(GRID, unrelated=True), 0, 4)) == "Frame 5/40"
    tilted = Oblique.of(plane).tilted((0.0, 1.0, 0.0), 0.2, (4.0, 15.0, 10.0))
    assert cut_named(tilted).startswith("Axial oblique ")
