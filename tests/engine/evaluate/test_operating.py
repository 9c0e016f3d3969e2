import json
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import UsageError
from engine.evaluate.froc import LEAST_SCORE, at_threshold
from engine.evaluate.match import match_all
from engine.evaluate.operating import KeptPoint, Requirement, choose_point, keep_points, kept_points
from tests.engine.evaluate.cases import random_cases
from tests.engine.tiny_model import CARD

HITS = match_all(random_cases(9), 0.3)


@pytest.mark.parametrize("limit", [0.2, 0.4, 0.6])
def test_the_chosen_threshold_reaches_the_sensitivity_and_no_higher_one_does(limit):
    point = choose_point(HITS, Requirement.stated(f"sensitivity >= {limit}"), "spot", seed=1)
    assert point.at.sensitivity >= limit
    assert at_threshold(HITS, np.nextafter(point.at.threshold, 2)).sensitivity < limit
    assert point.sensitivity.low <= point.at.sensitivity <= point.sensitivity.high


def test_the_chosen_threshold_keeps_to_the_false_regions_and_no_lower_one_does():
    point = choose_point(HITS, Requirement.stated("false_per_image <= 0.5"), "spot", seed=1)
    assert point.at.false_per_image <= 0.5
    scores = np.unique(np.concatenate([image.scores for image in HITS]))
    lower = scores[scores < point.at.threshold]
    assert at_threshold(HITS, lower[-1]).false_per_image > 0.5


def test_no_threshold_lies_below_the_scores_that_were_kept():
    point = choose_point(HITS, Requirement.stated("false_per_image <= 1000"), "spot", seed=1)
    assert point.at.threshold == LEAST_SCORE


def test_a_requirement_that_nothing_reaches_says_what_is_reached():
    with pytest.raises(UsageError, match="No threshold has a sensitivity of 1") as caught:
        choose_point(HITS, Requirement("sensitivity", 1.0), "spot", seed=1)
    assert caught.value.code == "US-UNREACHED"


@pytest.mark.parametrize(
    "text", ["", "sensitivity > 0.9", "sensitivity >= 92", "specificity >= 0.9", "sensitivity >= 0.9.2"]
)
def test_what_is_no_requirement_is_refused(text):
    with pytest.raises(UsageError) as caught:
        Requirement.stated(text)
    assert caught.value.code == "US-REQUIREMENT"


def test_points_are_kept_with_their_intervals_beside_the_model(home):
    point = choose_point(HITS, Requirement.stated(" sensitivity >= 0.4 "), "spot", seed=1)
    path = keep_points(home, CARD, [point])
    held = json.loads(path.read_text())
    kept = KeptPoint("sensitivity >= 0.4", "spot", point.at.threshold, point.sensitivity, point.false_per_image)
    assert kept_points(home, CARD) == (kept,)
    assert kept_points(home, replace(CARD, hash="0" * 12 + "1" * 52)) == (), "of another package with the same name"
    assert (held["model"], held["points"][0]["requirement"]) == (CARD.name, "sensitivity >= 0.4")
    assert held["points"][0]["sensitivity"]["low"] == pytest.approx(point.sensitivity.low)
    path.write_text("{}")
    assert kept_points(home, CARD) == ()
    path.unlink()
    assert kept_points(home, CARD) == ()
