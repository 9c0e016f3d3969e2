"""How a screen lies on a picture."""

import numpy as np
import pytest

from kernels.screen import Line, check_rows, check_screen, line_of, ramp_of


def test_nearest_value_of_a_place_is_the_one_that_covers_it():
    line = line_of(np.array([0.0, 0.99, 1.0, 2.9]), 3, 10, smooth=False)
    assert (line.first.tolist(), line.step, line.share.tolist()) == ([0, 0, 10, 20], 0, [0.0] * 4)


def test_place_between_two_centres_lies_between_their_values():
    line = line_of(np.array([0.5, 0.75, 1.5, 2.25]), 3, 1, smooth=True)
    assert line.first.tolist() == [0, 0, 1, 1]
    assert line.share.tolist() == [0.0, 0.25, 0.0, 0.75]


def test_places_beyond_the_last_centres_get_the_outermost_values():
    line = line_of(np.array([0.1, 2.9]), 3, 1, smooth=True)
    assert [first + share for first, share in zip(line.first, line.share, strict=True)] == [0.0, 2.0]


def test_picture_that_is_mirrored_is_walked_backwards():
    assert line_of(np.array([2.5, 1.5]), 3, -4, smooth=False).first.tolist() == [-8, -4]


def test_one_to_one_asks_for_no_value_between():
    assert line_of(np.arange(4) + 0.5, 4, 1, smooth=True).step == 0


def test_axis_of_one_value_has_nothing_between():
    assert line_of(np.array([0.3, 0.7]), 1, 5, smooth=True).first.tolist() == [0, 0]


@pytest.mark.parametrize(("inverted", "ends"), [(False, (0, 255)), (True, (255, 0))])
def test_ends_of_a_window_become_the_ends_of_the_table(inverted, ends):
    ramp = ramp_of(-100.0, 300.0, slope=2.0, intercept=-1000.0, inverted=inverted)
    assert tuple(int(stored * ramp.gain + ramp.bias) for stored in (450.0, 650.0)) == ends


def test_window_of_no_width_is_a_step_that_float32_can_hold():
    ramp = ramp_of(5.0, 5.0)
    assert np.isfinite(np.float32([ramp.gain, ramp.bias])).all()


def test_offsets_outside_the_array_are_refused():
    values, out = np.zeros(12, np.uint8), np.empty((1, 4), np.uint32)
    inside, row = line_of(np.arange(4) + 0.5, 4, 1, smooth=False), line_of(np.array([0.5]), 3, 4, smooth=False)
    check_screen(values, 8, row, inside, out)
    with pytest.raises(ValueError, match="offsets 9 to 12 of 12 values"):
        check_screen(values, 9, row, inside, out)
    with pytest.raises(ValueError, match="offsets -1 to"):
        check_screen(values, -1, row, inside, out)
    behind = Line(inside.first.copy(), 1, inside.share.copy())
    with pytest.raises(ValueError, match="offsets 8 to 12"):
        check_screen(values, 8, row, behind, out)


def test_screen_of_another_size_is_refused():
    line = line_of(np.array([0.5, 1.5]), 2, 1, smooth=False)
    with pytest.raises(ValueError, match=r"a screen \(2, 3\)"):
        check_screen(np.zeros(9, np.uint8), 0, line, line, np.empty((2, 3), np.uint32))


@pytest.mark.parametrize("rows", [(-1, 2), (2, 1), (0, 4)])
def test_rows_beside_the_output_are_refused(rows):
    with pytest.raises(ValueError, match="not among 3"):
        check_rows(*rows, 3)
