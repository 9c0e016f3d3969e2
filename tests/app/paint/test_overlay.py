"""Overlays burned into a picture."""

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from app.paint.overlay import LARGEST_PX, NARROWEST_PX, burn, caption_of, overlay_png
from app.paint.palette import DARK, rgb
from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


def photograph(pixels, **facts):
    form = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Scan(pixels, "photograph", "photo", form, FILE, **facts)


def has_colour(image, colour):
    return bool((np.asarray(image) == np.array(rgb(colour))).all(axis=2).any())


def test_region_is_drawn_where_it_is():
    scan = photograph(np.full((1500, 1500, 3), 90, np.uint8))
    sheet = np.asarray(burn(scan, [Region("pitting", 0.9, "sure", (700, 800, 760, 860))], title="a", caption="b"))
    assert tuple(sheet[830, 698]) == rgb(DARK.sure)
    assert tuple(sheet[830, 761]) == rgb(DARK.sure)
    assert (sheet[800:860, 700:760] == 90).all()


def test_unsure_region_has_another_colour_and_gaps_in_its_line():
    scan = photograph(np.full((1500, 1500, 3), 90, np.uint8))
    sheet = np.asarray(burn(scan, [Region("pitting", 0.3, "unsure", (700, 800, 760, 860))], title="a", caption="b"))
    left = sheet[800:860, 698]
    dashes = (left == np.array(rgb(DARK.unsure))).all(axis=1)
    assert 0.4 < dashes.mean() < 0.9
    assert not has_colour(sheet, DARK.sure)


def test_small_picture_is_enlarged_so_that_labels_do_not_cover_it():
    scan = photograph(np.zeros((293, 720, 3), np.uint8))
    assert burn(scan, [], title="a", caption="b").width == 1440


def test_huge_picture_is_shrunk_and_its_regions_with_it():
    pixels = np.full((2000, 10_000), 20, np.uint8)
    scan = photograph(pixels)
    sheet = np.asarray(burn(scan, [Region("pitting", 0.9, "sure", (5000, 1000, 6000, 1500))], title="a", caption="b"))
    assert sheet.shape[1] == LARGEST_PX
    column, row = round(5000 * 0.4096) - 2, round(1250 * 0.4096)
    assert tuple(sheet[row, column]) == rgb(DARK.sure)


def test_small_defect_in_a_huge_picture_is_not_lost_by_shrinking():
    pixels = np.zeros((3000, 12_000), np.uint8)
    pixels[1000:1002, 6000:6002] = 255
    sheet = np.asarray(burn(photograph(pixels), [], title="a", caption="b"))
    assert sheet[: 3000 * 4096 // 12_000].max() > 0


def test_picture_of_one_pixel_gets_a_readable_caption():
    scan = photograph(np.array([[7]], np.uint8))
    sheet = burn(scan, [Region("pitting", 0.5, "unsure", (0, 0, 1, 1))], title="one.png", caption="nothing flagged")
    assert sheet.width == NARROWEST_PX
    assert has_colour(sheet, DARK.unsure)


def test_16_bit_values_are_shown_over_the_range_they_use():
    pixels = np.tile(np.arange(1000, 2500, dtype=np.uint16), (100, 1))
    sheet = np.asarray(burn(photograph(pixels, stored_max=65535.0), [], title="a", caption="b"))
    assert sheet[50, 10].max() < 20
    assert sheet[50, -10].min() > 235


def test_thousand_regions_are_drawn_in_a_moment():
    rng = np.random.default_rng(0)
    corners = rng.uniform(0, 900, (1000, 2))
    regions = [Region("pin-hole", 0.5, "sure", (x, y, x + 20, y + 12)) for x, y in corners]
    sheet = burn(photograph(np.zeros((1000, 1000), np.uint8)), regions, title="a", caption="b")
    assert has_colour(sheet, DARK.sure)


def test_names_with_line_breaks_and_without_spaces_are_broken_into_lines():
    sheet = burn(photograph(np.zeros((8, 8), np.uint8)), [], title="a\nb" + "x" * 400, caption="")
    assert sheet.width == NARROWEST_PX
    assert sheet.height > 150


def test_caption_says_what_was_flagged_and_by_what():
    regions = (Region("pitting", 0.9, "sure", (0, 0, 1, 1)),) * 3
    model, backend = "surface-pitting 1.0.0", "onnxruntime 1.31.1 cpu"
    outcome = Outcome(
        "a",
        Status.ANSWERED,
        flagged=True,
        regions=regions,
        model=model,
        backend=backend,
    )
    caption = caption_of(outcome)
    assert caption.startswith("flagged: 3 regions")
    assert "surface-pitting 1.0.0" in caption
    assert "onnxruntime 1.31.1 cpu" in caption


@pytest.mark.parametrize(
    ("outcome", "wanted"),
    [
        (Outcome("a", Status.ANSWERED, flagged=False, coverage=1.0), "nothing flagged"),
        (Outcome("a", Status.OUT_OF_DOMAIN, code="OD-NONE", reason="No model was made for this."), "OD-NONE No model"),
        (Outcome("a", Status.INCOMPLETE, flagged=False, coverage=0.4, code="BU-TIME"), "40% looked at"),
    ],
    ids=lambda value: value.status.value if isinstance(value, Outcome) else "",
)
def test_caption_never_says_less_than_the_status(outcome, wanted):
    assert wanted in caption_of(outcome)


def test_png_has_the_same_bytes_each_time():
    scan = photograph(np.random.default_rng(3).integers(0, 256, (40, 60, 3), np.uint8))
    outcome = Outcome("a", Status.ANSWERED, flagged=True, regions=(Region("pitting", 0.9, "sure", (5, 5, 20, 20)),))
    first = overlay_png(scan, outcome, title="part.png")
    assert first == overlay_png(scan, outcome, title="part.png")
    assert Image.open(io.BytesIO(first)).mode == "RGB"


def test_overlays_need_no_qt():
    code = "import sys, app.paint.overlay; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def overlay_of(opinion, regions=()):
    scan = photograph(np.full((1500, 1500, 3), 90, np.uint8))
    outcome = Outcome("1", Status.ANSWERED, bool(regions), tuple(regions), coverage=1.0, opinion=opinion)
    return np.asarray(Image.open(io.BytesIO(overlay_png(scan, outcome, title="part.png"))))


def test_second_opinion_stands_in_brackets_of_another_colour_and_names_what_only_it_has():
    box = (700, 800, 760, 860)
    opinion = Opinion(
        "template", "a.png", coverage=1.0, regions=(Region("differs", 0.5, "sure", box_px=box),), alone=(0,)
    )
    sheet = overlay_of(opinion)
    around = sheet[780:880, 680:780]
    assert has_colour(around, DARK.second)
    assert (sheet[800:860, 700:760] == 90).all()
    assert not has_colour(sheet[820:840, 680:700], DARK.second)
    agreed = overlay_of(Opinion("template", "a.png", coverage=1.0, regions=opinion.regions))
    assert (sheet[:1500] != agreed[:1500]).any()


def test_region_that_the_second_opinion_does_not_have_says_so():
    region = Region("pitting", 0.9, "sure", (700, 800, 760, 860))
    contested = overlay_of(Opinion("flips", "x 1.0.0", coverage=1.0, missing=(0,)), [region])
    alone = overlay_of(None, [region])
    assert (contested[700:800] != alone[700:800]).any()
