import math

import numpy as np
import pytest

from engine.evaluate.sequential import ENOUGH, sequential


def test_nothing_seen_says_nothing():
    seen = sequential("findings", [])
    assert (seen.word, seen.says) == ("not enough seen", "not enough seen (1.0 of 40)")


def test_wealth_is_that_of_the_bets_worked_out_by_hand():
    # One case won: 2 * integral from 1/2 to 1 of 2 p dp = 1.5; two: 2 * 4 * integral of p^2 = 7 / 3.
    assert sequential("f", [True]).wealth == pytest.approx(1.5)
    assert sequential("f", [True, True]).wealth == pytest.approx(7 / 3, rel=1e-4)
    # Won, then lost: the most it ever was is kept.
    assert sequential("f", [True, False]).wealth == pytest.approx(1.5)


def test_nine_of_nine_are_enough_and_seven_are_not():
    assert sequential("f", [True] * 9).word == "better"
    assert sequential("f", [True] * 7).word == "not enough seen"
    assert sequential("f", [False] * 9).word == "worse"


def test_wealth_of_many_cases_stays_a_number():
    seen = sequential("f", [True] * 400 + [False] * 600)
    assert math.isfinite(seen.wealth)
    assert math.isfinite(seen.wealth_against)


@pytest.mark.parametrize(("share", "least", "most"), [(0.5, 0.0, 0.05), (0.7, 0.8, 1.0)])
def test_looking_after_every_case_seldom_errs_where_both_are_alike_and_finds_what_is_better(share, least, most):
    draws = np.random.default_rng(7).random((400, 150)) < share
    said = [sequential("f", list(map(bool, row))).word for row in draws]
    wrong_or_found = np.mean([word != "not enough seen" for word in said])
    assert least <= wrong_or_found <= most


def test_enough_is_one_of_forty_for_either_side():
    assert pytest.approx(2 / 0.05) == ENOUGH
