"""Boxes, labels and strips on overlays."""

import numpy as np
from PIL import Image, ImageFont

from app.paint.ink import Mark, draw_marks, strip
from app.paint.palette import DARK, rgb
from engine.domain.region import Region

FONT = ImageFont.load_default(16)
SURE = Region("nodule", 0.9, "sure", box_px=(0.0, 0.0, 1.0, 1.0))
UNSURE = Region("nodule", 0.2, "unsure", box_px=(0.0, 0.0, 1.0, 1.0))


def drawn(marks, frame=(0, 0, 300, 200)):
    sheet = Image.new("RGB", (300, 200), (90, 90, 90))
    draw_marks(sheet, marks, frame, FONT)
    return np.asarray(sheet)


def test_band_decides_colour_and_line():
    assert (Mark.of(SURE, (0, 0, 1, 1), "a").colour, Mark.of(SURE, (0, 0, 1, 1), "a").dashed) == (rgb(DARK.sure), False)
    assert Mark.of(UNSURE, (0, 0, 1, 1), "a").dashed


def test_box_is_drawn_around_what_was_flagged_and_not_over_it():
    sheet = drawn([Mark.of(SURE, (100.0, 100.0, 160.0, 150.0), "1")])
    assert (sheet[100:150, 100:160] == 90).all()
    assert tuple(sheet[120, 98]) == rgb(DARK.sure)


def test_labels_and_boxes_stay_inside_their_frame():
    sheet = drawn([Mark.of(SURE, (40.0, 40.0, 100.0, 90.0), "nodule 0.90")], (50, 50, 250, 150))
    beside = np.ones((200, 300), bool)
    beside[49:151, 49:251] = False
    assert (sheet[beside] == 90).all()


def test_strip_is_as_high_as_its_text_needs():
    one, two = strip("title", "caption", 300, FONT), strip("", "caption", 300, FONT)
    long = strip("title", "many words " * 40, 300, FONT)
    assert two.height < one.height < long.height
    assert {one.width, two.width, long.width} == {300}
