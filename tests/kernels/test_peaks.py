"""Peak finding against a slow definition, and its order."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.peaks import find_peaks


def slow_peaks(heat: np.ndarray, threshold: float) -> list[tuple[float, int, tuple[int, ...]]]:
    found = []
    for place in np.ndindex(*heat.shape):
        label, *cell = place
        near = []
        for step in itertools.product((-1, 0, 1), repeat=len(cell)):
            other = tuple(c + s for c, s in zip(cell, step, strict=True))
            if any(step) and all(0 <= o < n for o, n in zip(other, heat.shape[1:], strict=True)):
                near.append((other, heat[(label, *other)]))
        beaten = any(v > heat[place] or (v == heat[place] and other < tuple(cell)) for other, v in near)
        if heat[place] >= threshold and not beaten:
            found.append((float(heat[place]), label, tuple(cell)))
    return sorted(found, key=lambda peak: (-peak[0], peak[1], peak[2]))


def listed(heat: np.ndarray, threshold: float, most: int | None = None) -> list[tuple[float, int, tuple[int, ...]]]:
    peaks = find_peaks(heat, threshold, most)
    return [
        (float(s), int(k), tuple(map(int, c))) for s, k, c in zip(peaks.score, peaks.label, peaks.cell, strict=True)
    ]


@settings(deadline=None, max_examples=60)
@given(
    shape=st.tuples(st.integers(1, 3), st.integers(1, 9), st.integers(1, 9))
    | st.tuples(st.integers(1, 2), st.integers(1, 4), st.integers(1, 5), st.integers(1, 5)),
    levels=st.integers(1, 6),
    seed=st.integers(0, 1000),
)
def test_peaks_agree_with_the_slow_definition(shape: tuple[int, ...], levels: int, seed: int) -> None:
    heat = (np.random.default_rng(seed).integers(0, levels, shape) / 8).astype(np.float32)  # few levels: many ties
    assert listed(heat, 0.25) == slow_peaks(heat, 0.25)


def test_the_first_cell_of_a_plateau_is_its_peak() -> None:
    heat = np.zeros((1, 4, 5), np.float32)
    heat[0, 1:3, 1:4] = 0.5
    assert listed(heat, 0.1) == [(0.5, 0, (1, 1))]


def test_equal_scores_come_by_label_and_then_by_position() -> None:
    heat = np.zeros((2, 3, 7), np.float32)
    heat[1, 0, 0] = heat[0, 2, 0] = heat[0, 0, 6] = 0.5
    heat[1, 2, 6] = 0.75
    assert listed(heat, 0.5) == [(0.75, 1, (2, 6)), (0.5, 0, (0, 6)), (0.5, 0, (2, 0)), (0.5, 1, (0, 0))]
    assert listed(heat, 0.5, most=2) == [(0.75, 1, (2, 6)), (0.5, 0, (0, 6))]


def test_the_threshold_itself_counts_as_reached() -> None:
    assert len(listed(np.full((1, 1, 1), 0.3, np.float32), np.float32(0.3))) == 1


@pytest.mark.parametrize("shape", [(1, 4, 4), (2, 3, 4, 4)])
def test_a_cold_map_has_no_peaks(shape: tuple[int, ...]) -> None:
    peaks = find_peaks(np.zeros(shape, np.float32), 0.1)
    assert peaks.score.shape == (0,)
    assert peaks.cell.shape == (0, len(shape) - 1)


def test_not_a_number_is_never_a_peak() -> None:
    heat = np.array([[[np.nan, 0.9, 0.2]]], np.float32)
    assert listed(heat, 0.1) == [(pytest.approx(0.9), 0, (0, 1))]
