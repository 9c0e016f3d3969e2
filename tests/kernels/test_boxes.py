"""Boxes of peaks against plain numpy in float64."""

import itertools

import numpy as np
import pytest

from kernels.boxes import peak_boxes
from kernels.peaks import Peaks, find_peaks


def slow(heat: np.ndarray, box: np.ndarray, peaks: Peaks, first_plane: int, stride: int) -> np.ndarray:
    """The definition in the words of its docstring, cell by cell."""
    dims = heat.ndim - 1
    boxes = []
    for score, label, cell in zip(peaks.score, peaks.label, peaks.cell, strict=True):
        faces, total = np.zeros(2 * dims), 0.0
        for offset in itertools.product((-1, 0, 1), repeat=dims):
            near = tuple(cell + offset)
            if min(near) < 0 or any(at >= size for at, size in zip(near, heat.shape[1:], strict=True)):
                continue
            weight = (float(heat[(label, *near)]) / float(score)) ** 4 if any(offset) else 1.0
            centre = (np.array(near) + 0.5 + np.eye(dims)[0] * first_plane) * stride
            told = box[(slice(None), *near)].astype(np.float64)
            faces += weight * np.concatenate([centre - told[:dims], centre + told[dims:]])
            total += weight
        boxes.append(faces / total)
    return np.array(boxes).reshape(-1, 2 * dims)


@pytest.mark.parametrize("cells", [(7, 11), (4, 5, 6)])
def test_boxes_agree_with_the_slow_definition(cells):
    generator = np.random.default_rng(0)
    heat = generator.random((2, *cells), np.float32)
    box = generator.random((2 * len(cells), *cells), np.float32) * 9.0
    peaks = find_peaks(heat, 0.3)
    boxes = peak_boxes(heat, box, peaks, 5, 4)
    assert boxes.dtype == np.float32
    np.testing.assert_allclose(boxes, slow(heat, box, peaks, 5, 4), rtol=1e-6, atol=1e-6)


def test_a_peak_without_warm_neighbours_has_the_box_of_its_own_cell():
    heat = np.zeros((1, 5, 5), np.float32)
    heat[0, 2, 3] = 0.5
    box = np.arange(4, dtype=np.float32)[:, None, None] + np.zeros((4, 5, 5), np.float32)
    assert peak_boxes(heat, box, find_peaks(heat, 0.5), 0, 4).tolist() == [[10.0, 13.0, 12.0, 17.0]]


def test_without_peaks_there_are_no_boxes():
    heat = np.zeros((1, 3, 3), np.float32)
    assert peak_boxes(heat, np.zeros((4, 3, 3), np.float32), find_peaks(heat, 0.5), 0, 4).shape == (0, 4)
