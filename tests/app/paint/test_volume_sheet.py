"""The overlay of a volume."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from app.paint import volume_sheet
from app.paint.overlay import overlay_png
from app.paint.palette import DARK, rgb
from app.paint.tile import TILE_PX
from app.paint.volume_sheet import GAP_PX, MOST_REGIONS, burn_volume
from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from tests.app.volumes import chest, nodules

SCAN = chest()


@pytest.fixture
def written(monkeypatch):
    """The texts of all strips, as they are drawn."""
    said = []
    strip = volume_sheet.strip
    monkeypatch.setattr(volume_sheet, "strip", lambda *words: said.append(words[:2]) or strip(*words))
    return said


def sheet_of(regions, scan=SCAN):
    return burn_volume(scan, regions, title="chest", caption="said")


def count(image, colour):
    return int((np.asarray(image) == np.array(rgb(colour))).all(axis=2).sum())


def test_volume_without_regions_shows_its_middle_slices(written):
    sheet = sheet_of(())
    assert written == [("chest", "said"), ("Middle slices", "lung window (W 1500  L -600)")]
    assert sheet.width == 3 * TILE_PX + 4 * GAP_PX
    assert count(sheet, DARK.sure) == count(sheet, DARK.unsure) == 0


def test_each_region_gets_a_row_with_score_band_measures_and_window(written):
    sheet_of(nodules())
    assert written[1] == ("Overview", "where the 3 regions lie, seen through all slices")
    facts = "sure  ·  longest diameter 10.0 mm  ·  mean 30 HU  ·  lung window (W 1500  L -600)"
    assert written[2] == ("1  nodule 0.93", facts)
    assert written[4][1].startswith("unsure")


def test_regions_beyond_the_most_are_counted(written):
    many = tuple(replace(nodules()[0], score=0.9 - index / 100) for index in range(MOST_REGIONS + 3))
    sheet_of(many)
    assert len(written) == 2 + MOST_REGIONS + 1
    assert written[-1] == ("", "3 more regions are in the overview only.")


def test_box_of_a_region_lies_around_it_in_all_three_planes():
    (nodule, *_) = nodules()
    row = volume_sheet._region_row(SCAN, volume_sheet.Grid.of(SCAN), [nodule], 0)
    for tile in row.tiles:
        ((_, box, words),) = tile.marks
        assert words == "1  0.93"
        height, width = tile.pixels.shape
        x0, y0, x1, y1 = tile.on_sheet(box, 0.0, 0.0)
        across, down = tile.scale
        middle = tile.pixels[int((y0 + y1) / 2 / down), int((x0 + x1) / 2 / across)]
        assert middle > -300
        assert 0 < x0 < x1 < width * across
        assert 0 < y0 < y1 < height * down


@pytest.mark.parametrize("spacing", [(7.5, 3.5, 3.5), (1.0, 3.5, 3.5), (7.5, 1.0, 4.0)])
def test_ball_in_the_patient_is_round_on_the_sheet_whatever_the_spacing(spacing):
    box = tuple(20.0 - 15.0 / step for step in spacing) + tuple(20.0 + 15.0 / step for step in spacing)
    scan = replace(SCAN, spacing_mm=spacing)
    row = volume_sheet._region_row(scan, volume_sheet.Grid.of(scan), [Region("ball", 0.9, "sure", box_vox=box)], 0)
    for tile in row.tiles:
        x0, y0, x1, y1 = tile.on_sheet(tile.marks[0][1], 0.0, 0.0)
        assert (x1 - x0) / (y1 - y0) == pytest.approx(1.0)


def test_tile_of_a_region_shows_a_hundred_millimetres_around_it():
    row = volume_sheet._region_row(SCAN, volume_sheet.Grid.of(SCAN), nodules(), 0)
    for tile in row.tiles:
        spacing = SCAN.spacing_mm
        assert tile.pixels.shape[1] * spacing[tile.plane.right.axis] == pytest.approx(100.0, abs=8.0)
        assert tile.pixels.shape[0] * spacing[tile.plane.down.axis] == pytest.approx(100.0, abs=8.0)


def test_region_at_the_corner_of_the_volume_is_drawn_whole():
    corner = Region("nodule", 0.9, "sure", box_vox=(0.0, 0.0, 0.0, 1.5, 2.0, 2.0))
    other = Region("nodule", 0.8, "unsure", box_vox=(38.0, 94.0, 94.0, 40.0, 96.0, 96.0))
    sheet = sheet_of((corner, other))
    assert count(sheet, DARK.sure) > 100
    assert count(sheet, DARK.unsure) > 100


def test_region_in_bone_is_shown_in_the_bone_window(written):
    spine = Region("lesion", 0.9, "sure", box_vox=(10.0, 69.0, 46.0, 14.0, 72.0, 50.0))
    sheet_of((spine,))
    assert written[2][1].endswith("bone window (W 2500  L 480)")


def test_volume_of_unknown_spacing_is_drawn_as_it_is_stored(written):
    sheet_of(nodules(), replace(SCAN, spacing_mm=None))
    assert written[2][0] == "1  nodule 0.93"


def test_stack_of_colour_pictures_shows_the_picture_with_the_region():
    pixels = np.random.default_rng(0).integers(0, 256, (3, 60, 80, 3), np.uint8)
    scan = Scan(pixels, "stack", "US", "RGB", Provenance(("a.dcm",), "test"))
    sheet = sheet_of((Region("cyst", 0.9, "sure", box_vox=(1.0, 10.0, 10.0, 2.0, 20.0, 30.0)),), scan)
    assert count(sheet, DARK.sure) > 100


def test_volume_of_one_voxel_is_drawn():
    scan = replace(SCAN, pixels=np.array([[[7]]], np.int16))
    sheet_of((Region("nodule", 0.9, "sure", box_vox=(0.0, 0.0, 0.0, 1.0, 1.0, 1.0)),), scan)
    sheet_of((), scan)


def test_large_region_is_seen_with_its_surroundings():
    large = Region("mass", 0.9, "sure", box_vox=(10.0, 20.0, 20.0, 30.0, 60.0, 60.0))
    row = volume_sheet._region_row(SCAN, volume_sheet.Grid.of(SCAN), (large,), 0)
    assert all(tile.pixels.shape[0] >= 40 for tile in row.tiles)


def test_png_of_a_volume_has_the_same_bytes_each_time():
    outcome = Outcome("a", Status.ANSWERED, flagged=True, regions=nodules(), coverage=1.0)
    first = overlay_png(SCAN, outcome, title="chest")
    assert first == overlay_png(SCAN, outcome, title="chest")
    assert Image.open(io.BytesIO(first)).mode == "RGB"


def test_second_opinion_is_seen_in_the_overview_and_beside_the_regions_near_it(written):
    first, other = nodules()[:2]
    opinion = Opinion(
        "flips", "x 1.0.0", coverage=1.0, regions=(replace(other, instances=(), measures=()),), alone=(0,)
    )
    outcome = Outcome("1", Status.ANSWERED, True, (first,), coverage=1.0, opinion=opinion)
    sheet = Image.open(io.BytesIO(overlay_png(SCAN, outcome, title="chest")))
    assert count(sheet, DARK.second) > 50
    assert "1 second answer only" in written[0][1]
    alone = replace(outcome, flagged=False, regions=())
    overlay_png(SCAN, alone, title="chest")
    assert written[-1] == ("Overview", "where the second opinion has flagged something, seen through all slices")
