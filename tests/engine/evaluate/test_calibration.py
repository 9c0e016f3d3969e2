import numpy as np
import pytest

from engine.evaluate.calibration import calibration
from engine.evaluate.match import Matched


def marked(scores, hit):
    scores, hit = np.array(scores, float), np.array(hit, bool)
    return Matched("a", scores, hit, np.ones(len(scores), bool), int(hit.sum()), scores[hit], np.zeros(len(scores)))


def test_scores_that_are_right_as_often_as_they_say_have_no_error():
    found = calibration([marked([0.75] * 4 + [0.25] * 4, [1, 1, 1, 0, 1, 0, 0, 0])], 0.0)
    assert found.error == pytest.approx(0.0)
    assert [(one.low, one.regions, one.score, one.right.value) for one in found.bins] == [
        (0.2, 4, 0.25, 0.25),
        (0.7, 4, 0.75, 0.75),
    ]


def test_the_error_is_the_mean_distance_over_regions_and_counts_what_is_shown_only():
    images = [marked([0.9, 0.9], [0, 0]), marked([0.5, 0.01], [1, 0])]
    assert calibration(images, 0.1).error == pytest.approx((2 * 0.9 + 0.5) / 3)
    assert np.isnan(calibration(images, 0.95).error)


def test_a_score_of_one_is_in_the_last_bin():
    (only,) = calibration([marked([1.0], [1])], 0.0).bins
    assert (only.low, only.high, only.right.value) == (0.9, 1.0, 1.0)
