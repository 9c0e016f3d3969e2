"""What probes say, in real units."""

from dataclasses import replace

import numpy as np
import pytest

from app.state.frame import Slab
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from app.state.probe import Probe, ProbeKind, Reading, read
from app.state.probes import Probes
from engine.domain.scan import Provenance, Scan
from tests.app.volumes import chest

FILE = Provenance(("part.png",), "test")
PHOTO = Scan(np.zeros((60, 80, 3), np.uint8), "photograph", "PHOTO", "RGB", FILE)
FILM = Scan(
    np.arange(60 * 80, dtype=np.int16).reshape(60, 80), "image", "CT", "MONOCHROME2", FILE,
    slope=2.0, intercept=-1000.0, spacing_mm=(1.0, 0.5, 0.25),
)  # fmt: skip


def said(probe, scan):
    return [(reading.name, reading.words) for reading in read(probe, scan)]


def test_length_is_in_millimetres_where_pixels_are_not_square():
    probe = Probe(ProbeKind.LENGTH, ((10.0, 10.0), (22.0, 18.0)))
    assert read(probe, FILM)[0].value == pytest.approx(5.0)
    assert said(probe, FILM) == [("length", "5.0 mm")]


def test_length_on_a_photograph_is_in_pixels():
    assert said(Probe(ProbeKind.LENGTH, ((0.0, 0.0), (3.0, 4.0))), PHOTO) == [("length", "5.0 px")]


@pytest.mark.parametrize(("end", "degrees"), [((20.0, 10.0), "0.0°"), ((10.0, 15.0), "90.0°"), ((0.0, 10.0), "180.0°")])
def test_angle_is_that_between_both_arms_in_millimetres(end, degrees):
    probe = Probe(ProbeKind.ANGLE, ((20.0, 10.0), (10.0, 10.0), end))
    assert said(probe, FILM) == [("angle", degrees)]


def test_angle_of_pixels_that_are_not_square_is_the_real_one():
    probe = Probe(ProbeKind.ANGLE, ((14.0, 10.0), (10.0, 10.0), (14.0, 12.0)))
    assert said(probe, FILM) == [("angle", "45.0°")]


def test_area_is_that_of_the_ellipse_with_the_values_inside():
    film = replace(FILM, pixels=np.full((60, 80), 520, np.int16))
    probe = Probe(ProbeKind.AREA, ((30.0, 30.0), (10.0, 20.0)))
    facts = dict(said(probe, film))
    assert facts["area"] == f"{np.pi * 5.0 * 5.0 / 4:.1f} mm²"
    assert (facts["mean"], facts["deviation"], facts["lowest"], facts["highest"]) == ("40 HU", "0 HU", "40 HU", "40 HU")


def test_corners_of_the_rectangle_are_no_part_of_the_ellipse():
    pixels = np.zeros((60, 80), np.int16)
    pixels[20, 10] = pixels[29, 29] = 30_000
    probe = Probe(ProbeKind.AREA, ((10.0, 20.0), (30.0, 30.0)))
    assert dict(said(probe, replace(FILM, pixels=pixels)))["highest"] == "-1,000 HU"


def test_area_beside_the_picture_has_no_values_and_does_no_harm():
    probe = Probe(ProbeKind.AREA, ((-30.0, -30.0), (-10.0, -20.0)))
    assert [reading.name for reading in read(probe, FILM)] == ["area"]


def test_value_is_the_real_one_of_each_channel():
    assert said(Probe(ProbeKind.VALUE, ((3.5, 1.5),)), FILM) == [("value", f"{(83 * 2 - 1000)} HU")]
    assert len(read(Probe(ProbeKind.VALUE, ((3.5, 1.5),)), PHOTO)) == 3
    assert read(Probe(ProbeKind.VALUE, ((-1.0, 1.5),)), FILM) == ()


def test_probe_on_a_coronal_plane_reads_its_own_spacing_and_voxels():
    scan = chest()
    cut = Plane.across(Grid.of(scan), 1, 48)
    length = Probe(ProbeKind.LENGTH, ((0.0, 0.0), (0.0, 4.0)), cut)
    assert read(length, scan)[0].value == pytest.approx(4 * 7.5)
    value = Probe(ProbeKind.VALUE, ((30.5, 12.5),), cut)
    assert read(value, scan)[0].value == scan.pixels[cut.voxel(30, 12)]


def test_probe_is_seen_on_its_own_slice_thick_or_thin_and_on_no_other():
    cut = Plane.across(Grid.of(chest()), 0, 10)
    probe = Probe(ProbeKind.VALUE, ((1.0, 1.0),), cut)
    assert probe.lies_on(cut)
    assert probe.lies_on(cut.with_slab(Slab(5)))
    assert not probe.lies_on(cut.at(11))
    assert not probe.lies_on(None)
    assert Probe(ProbeKind.VALUE, ((1.0, 1.0),)).lies_on(None)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.04, "mm", "0.0 mm"), (-0.01, "HU", "0 HU"), (1234.5, "px", "1,234 px"), (7.0, "", "7.0")],
)
def test_readings_are_rounded_for_people(value, unit, words):
    assert Reading("length", value, unit).words == words


def test_newest_probe_of_the_slice_is_removed_first():
    probes, told = Probes(), []
    probes.changed.listen(told.append)
    cut = Plane.across(Grid.of(chest()), 0, 10)
    first, second = (Probe(ProbeKind.VALUE, ((at, 1.0),), cut) for at in (1.0, 2.0))
    elsewhere = Probe(ProbeKind.VALUE, ((1.0, 1.0),), cut.at(3))
    for probe in (first, second, elsewhere):
        probes.add("a", probe)
    assert probes.on("a", cut) == (first, second)
    assert probes.remove_last("a", cut) is second
    assert probes.remove_last("b", cut) is None
    assert probes.on("a", cut) == (first,)
    assert told == ["a"] * 4


def test_probes_on_an_oblique_cut_read_what_it_shows():
    scan = chest()
    cut = Oblique.of(Plane.across(Grid.of(scan), 0, 20)).tilted((0.0, 1.0, 0.0), 0.3, (20.0, 48.0, 48.0))
    shown = cut.cut(scan.pixels)
    column, row = cut.size_px[0] // 2 + 4, cut.size_px[1] // 2 - 7
    value = Probe(ProbeKind.VALUE, ((column + 0.5, row + 0.5),), cut)
    assert read(value, scan)[0].value == shown[row, column]
    area = Probe(ProbeKind.AREA, ((column, row), (column + 20.0, row + 10.0)), cut)
    highest = {reading.name: reading.value for reading in read(area, scan)}["highest"]
    assert highest <= shown[row : row + 10, column : column + 20].max()
    assert read(area, scan)[0].value == pytest.approx(np.pi * 20 * 10 / 4 * cut.pixel**2)
    beside = Probe(ProbeKind.VALUE, ((cut.size_px[0] + 5.0, 3.0),), cut)
    assert read(beside, scan) == ()
