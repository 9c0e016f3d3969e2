"""Suppression against a slow definition, and its limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.suppress import suppress


def iou(one: np.ndarray, other: np.ndarray) -> float:
    dims = one.size // 2
    one, other = one.astype(np.float64), other.astype(np.float64)
    shared = np.prod(np.clip(np.minimum(one[dims:], other[dims:]) - np.maximum(one[:dims], other[:dims]), 0, None))
    union = np.prod(np.clip(one[dims:] - one[:dims], 0, None)) + np.prod(np.clip(other[dims:] - other[:dims], 0, None))
    return float(shared / (union - shared)) if union > shared else 0.0


def slow(boxes: np.ndarray, labels: np.ndarray, limit: float) -> list[bool]:
    kept: list[int] = []
    for i in range(len(boxes)):
        if all(labels[i] != labels[j] or iou(boxes[i], boxes[j]) <= limit for j in kept):
            kept.append(i)
    return [i in kept for i in range(len(boxes))]


def whole_labels(*labels: int) -> np.ndarray:
    return np.array(labels, np.int64)


@settings(deadline=None, max_examples=60)
@given(count=st.integers(0, 30), dims=st.sampled_from([2, 3]), limit=st.floats(0, 1), seed=st.integers(0, 1000))
def test_it_agrees_with_the_slow_definition(count: int, dims: int, limit: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    low = generator.uniform(0, 20, (count, dims))
    boxes = np.concatenate([low, low + generator.uniform(0, 15, (count, dims))], axis=1).astype(np.float32)
    labels = generator.integers(0, 2, count)
    assert suppress(boxes, labels, limit).tolist() == slow(boxes, labels, limit)


def test_the_better_of_two_that_overlap_stays() -> None:
    boxes = np.array([[0, 0, 10, 10], [0, 1, 10, 11], [0, 30, 10, 40]], np.float32)
    assert suppress(boxes, whole_labels(0, 0, 0), 0.5).tolist() == [True, False, True]


def test_other_labels_do_not_suppress() -> None:
    boxes = np.array([[0, 0, 10, 10], [0, 0, 10, 10]], np.float32)
    assert suppress(boxes, whole_labels(0, 1), 0.5).tolist() == [True, True]


def test_the_limit_itself_is_not_exceeded() -> None:
    boxes = np.array([[0, 0, 2, 2], [0, 0, 2, 1]], np.float32)
    assert suppress(boxes, whole_labels(0, 0), 0.5).tolist() == [True, True]
    assert suppress(boxes, whole_labels(0, 0), 0.49).tolist() == [True, False]


def test_a_suppressed_box_suppresses_no_other() -> None:
    boxes = np.array([[0, 0, 1, 10], [0, 4, 1, 14], [0, 8, 1, 18]], np.float32)
    assert suppress(boxes, whole_labels(0, 0, 0), 0.3).tolist() == [True, False, True]


@pytest.mark.parametrize("dims", [2, 3])
def test_boxes_without_content_stay(dims: int) -> None:
    boxes = np.zeros((2, 2 * dims), np.float32)
    assert suppress(boxes, whole_labels(0, 0), 0.0).tolist() == [True, True]
