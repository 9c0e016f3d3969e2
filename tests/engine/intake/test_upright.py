"""Orientation as a person sees it: the mark in the stored first corner ends up where EXIF says it belongs."""

from __future__ import annotations

import numpy as np
import pytest

from engine.intake.upright import orientation_note, turn_upright

STORED = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)


@pytest.mark.parametrize(
    ("orientation", "upright"),
    [
        (1, [[1, 2, 3], [4, 5, 6]]),
        (2, [[3, 2, 1], [6, 5, 4]]),
        (3, [[6, 5, 4], [3, 2, 1]]),
        (4, [[4, 5, 6], [1, 2, 3]]),
        (5, [[1, 4], [2, 5], [3, 6]]),
        (6, [[4, 1], [5, 2], [6, 3]]),
        (7, [[6, 3], [5, 2], [4, 1]]),
        (8, [[3, 6], [2, 5], [1, 4]]),
    ],
)
def test_rows_and_columns_go_where_exif_says(orientation, upright):
    assert turn_upright(STORED, orientation).tolist() == upright
    colour = np.dstack([STORED, STORED + 10, STORED + 20])
    assert turn_upright(colour, orientation)[..., 1].tolist() == (np.array(upright) + 10).tolist()


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_noted_and_taken_as_upright(orientation):
    assert turn_upright(STORED, orientation) is STORED
    (note,) = orientation_note(orientation)
    assert str(orientation) in note
