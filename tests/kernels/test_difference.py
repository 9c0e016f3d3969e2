"""What a picture has that its template has not, beyond the jitter of edges."""

import numpy as np
import pytest

from kernels.difference import beyond, distance, find_shifts, value_range


def board(seed=0, shape=(96, 128)):
    """Smooth noise: no place looks like another."""
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(size=(shape[0] // 8 + 3, shape[1] // 8 + 3)).astype(np.float32)
    return np.ascontiguousarray(np.kron(coarse, np.ones((8, 8), np.float32))[4 : 4 + shape[0], 4 : 4 + shape[1]])


def shifts_of(picture, template, cell=32, guess=(0, 0), reach=3):
    out = np.full((*(-(-side // cell) for side in picture.shape), 2), 99, np.int32)
    find_shifts(picture, template, cell, guess, reach, out, 0, len(out))
    return out


def differing(picture, template, tolerance=1, reach=3):
    shifts = shifts_of(picture, template, reach=reach)
    pictures, templates = (with_range(one, tolerance) for one in (picture, template))
    out = np.zeros_like(picture)
    beyond(pictures, templates, 32, shifts, out, 0, len(out))
    return out


def with_range(plane, reach):
    low, high = np.empty_like(plane), np.empty_like(plane)
    value_range(plane, reach, low, high, 0, len(plane))
    return plane, low, high


@pytest.mark.parametrize("moved", [(0, 0), (2, -3), (-1, 3)])
def test_each_cell_finds_where_the_template_lies(moved):
    large = board(shape=(128, 160))
    picture = np.ascontiguousarray(large[16:112, 16:144])
    template = np.ascontiguousarray(large[16 - moved[0] : 112 - moved[0], 16 - moved[1] : 144 - moved[1]])
    assert (shifts_of(picture, template) == moved).all()


def test_of_shifts_that_fit_alike_the_nearest_to_the_guess_is_taken():
    flat = np.ones((64, 64), np.float32)
    assert (shifts_of(flat, flat, guess=(1, -1)) == (1, -1)).all()


def test_cells_of_a_bent_part_lie_apart():
    large = board(shape=(96, 160))
    left, right = large[:, 16:80], large[:, 83:147]
    template = np.ascontiguousarray(large[:, 16:144])
    found = shifts_of(np.ascontiguousarray(np.concatenate([left, right], axis=1)), template)
    assert (found[:, 0] == (0, 0)).all()
    assert (found[:, 3] == (0, 3)).all()


def test_shifts_do_not_depend_on_how_the_rows_are_split():
    picture, template = board(1), np.roll(board(1), 2, axis=0)
    split = np.empty((3, 4, 2), np.int32)
    for row in (2, 0, 1):
        find_shifts(picture, template, 32, (0, 0), 3, split, row, row + 1)
    assert (split == shifts_of(picture, template)).all()


def test_distance_is_the_mean_over_what_both_show():
    picture, template = board(4), np.roll(board(4), -5, axis=1)
    assert distance(picture, template, (0, -5)) == 0.0
    assert distance(picture, template, (0, 0)) == pytest.approx(float(np.abs(picture - template).mean()), rel=1e-5)
    assert distance(picture, template, (60, 0)) == np.inf


def test_range_is_that_of_the_square_around_each_pixel():
    plane = board(2, (24, 24))
    _, low, high = with_range(plane, 2)
    for y, x in ((0, 0), (5, 23), (11, 12)):
        square = plane[max(0, y - 2) : y + 3, max(0, x - 2) : x + 3]
        assert (low[y, x], high[y, x]) == (square.min(), square.max())


def test_an_edge_within_the_tolerance_is_no_difference_and_one_beyond_it_is():
    template = np.zeros((64, 64), np.float32)
    template[20:40, 20:40] = 1.0
    grown = np.zeros_like(template)
    grown[19:41, 19:41] = 1.0
    assert differing(grown, template).max() == 0.0
    grown[18:42, 17:43] = 1.0
    assert differing(grown, template).max() == 1.0


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_added_differs_as_what_is_gone_does(gone):
    template = board(3)
    picture = template.copy()
    picture[40:44, 50:70] = 2.0
    one, other = (template, picture) if gone else (picture, template)
    found = differing(one, other, reach=1)
    assert set(zip(*np.nonzero(found), strict=True)) == {(y, x) for y in range(40, 44) for x in range(50, 70)}


def test_a_thin_line_that_is_gone_is_known_by_the_template_alone():
    template = np.zeros((64, 64), np.float32)
    template[:, 30] = 1.0
    assert differing(np.zeros_like(template), template).sum() == 64.0


def test_arrays_that_do_not_fit_are_named():
    plane = np.zeros((8, 8), np.float32)
    with pytest.raises(ValueError, match="no shifts"):
        find_shifts(plane, plane[:4], 4, (0, 0), 1, np.empty((2, 2, 2), np.int32), 0, 2)
    with pytest.raises(ValueError, match="no ranges"):
        value_range(plane, 1, plane[:4], plane, 0, 8)
    with pytest.raises(ValueError, match="are not all"):
        beyond((plane,) * 3, (plane,) * 3, 4, np.empty((1, 1, 2), np.int32), plane, 0, 8)
