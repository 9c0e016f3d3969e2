import numpy as np

from engine.evaluate.match import match, overlap
from tests.engine.evaluate.cases import case


def test_overlap_of_half_shifted_boxes_is_a_third() -> None:
    assert overlap(np.array([[0.0, 0, 10, 10]]), np.array([[5.0, 0, 15, 10]]))[0, 0] == 50 / 150


def test_overlap_of_volumes_counts_all_three_axes() -> None:
    one, other = np.array([[0.0, 0, 0, 2, 2, 2]]), np.array([[1.0, 1, 1, 3, 3, 3]])
    assert overlap(one, other)[0, 0] == 1 / 15


def test_touching_boxes_do_not_overlap() -> None:
    assert overlap(np.array([[0.0, 0, 10, 10]]), np.array([[10.0, 0, 20, 10]]))[0, 0] == 0


def test_a_finding_is_found_once_and_by_the_best_score() -> None:
    matched = match(case([[0, 0, 10, 10]], [[0, 0, 10, 9, 0.5], [0, 0, 10, 10, 0.4], [0, 0, 9, 10, 0.9]]), 0.5)
    assert matched.scores.tolist() == [0.9, 0.5, 0.4]
    assert matched.hit.tolist() == [True, False, False]
    assert matched.found_at.tolist() == [0.9]


def test_a_second_finding_may_take_the_next_best_detection() -> None:
    truth = [[0, 0, 10, 10], [2, 0, 12, 10]]
    matched = match(case(truth, [[1.5, 0, 11.5, 10, 0.9], [1, 0, 11, 10, 0.8]]), 0.5)
    assert matched.found_at.tolist() == [0.8, 0.9]


def test_a_hit_needs_the_named_overlap() -> None:
    truth, answer = [[0, 0, 10, 10]], [[0, 0, 10, 4.0, 0.9]]
    assert match(case(truth, answer), 0.4).hit.tolist() == [True]
    assert match(case(truth, answer), 0.41).hit.tolist() == [False]


def test_marks_in_a_crowd_region_count_neither_way() -> None:
    matched = match(case([[0, 0, 50, 50]], [[5, 5, 10, 10, 0.9], [20, 20, 30, 30, 0.8]], crowd=[True]), 0.5)
    assert not matched.counted.any()
    assert matched.findings == 0


def test_an_empty_answer_misses_everything() -> None:
    matched = match(case([[0, 0, 1, 1], [2, 2, 3, 3]], []), 0.5)
    assert np.isneginf(matched.found_at).all()
    assert matched.findings == 2
