"""Contours in the window."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt

from engine.domain.region import Region
from tests.app.volumes import chest, nodules


def spotted(part):
    """The photograph with a dark spot at (200, 150)."""
    rows, columns = np.mgrid[0:300, 0:400]
    pixels = np.full_like(part.pixels, 200)
    pixels[np.hypot(columns - 200, rows - 150) < 20] = 20
    return replace(part, pixels=pixels)


SPOT = Region("pit", 0.9, "sure", (178.0, 128.0, 222.0, 172.0))


def contour_of(view):
    return view._seen_contours[0] if view._seen_contours else None


def test_contours_come_with_the_answer_and_the_key_goes_through_what_is_drawn(reader, part):
    reader.show(part=spotted(part))
    reader.answer((SPOT,))
    reader.qtbot.waitUntil(lambda: contour_of(reader.view) is not None, timeout=60_000)
    x, y = np.array(contour_of(reader.view).lines[0]).T
    assert np.hypot(x - 200.5, y - 150.5).mean() < 22
    drawn = []
    for _ in range(3):
        drawn.append(reader.view._outlines)
        reader.press(Qt.Key.Key_O)
    assert drawn == ["both", "box", "contour"]
    assert reader.view._outlines == "both"


def test_region_whose_box_was_changed_gets_the_contour_of_its_new_box(reader, part):
    reader.show(part=spotted(part))
    reader.answer((SPOT,))
    reader.qtbot.waitUntil(lambda: contour_of(reader.view) is not None, timeout=60_000)
    reader.answer((replace(SPOT, box_px=(10.0, 10.0, 30.0, 30.0)),))
    reader.qtbot.waitUntil(lambda: reader.view._seen_contours == (None,), timeout=60_000)


def test_contours_follow_the_slices_of_all_three_planes(reader):
    reader.show(now=chest((60, 120, 120)))
    reader.answer(nodules((60, 120, 120)))
    reader.do("three_planes")
    reader.desktop.session.choose_region(0)
    reader.qtbot.waitUntil(lambda: all(contour_of(view) is not None for view in reader.views), timeout=60_000)
    reader.press(Qt.Key.Key_Home)
    assert contour_of(reader.view) is None
