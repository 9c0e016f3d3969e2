import math

import pytest

from engine.evaluate.ap import average_precision
from engine.evaluate.interval import by_group, exact_rate, exact_share, upper_limit
from engine.evaluate.match import match_all
from tests.engine.evaluate.cases import case, random_cases


def test_no_mark_among_18_clean_images_still_allows_15_percent() -> None:
    assert upper_limit(0, 18) == pytest.approx(1 - 0.05 ** (1 / 18))
    assert upper_limit(0, 18) == pytest.approx(0.153, abs=5e-4)


def test_two_sided_limits_of_nothing_among_18_reach_18_percent() -> None:
    share = exact_share(0, 18)
    assert (share.value, share.low) == (0.0, 0.0)
    assert share.high == pytest.approx(0.1853, abs=5e-5)


def test_exact_limits_agree_with_published_ones() -> None:
    share = exact_share(7, 20)
    assert share.low == pytest.approx(0.1539, abs=5e-5)
    assert share.high == pytest.approx(0.5922, abs=5e-5)


def test_exact_limits_of_some_thousand_are_nearly_normal() -> None:
    none, some = exact_share(0, 5000), exact_share(500, 5000)
    assert none.high == pytest.approx(3.689 / 5000, rel=1e-3)
    assert (some.low, some.high) == pytest.approx((0.0918, 0.1086), abs=3e-4)
    assert upper_limit(0, 5000) == pytest.approx(2.996 / 5000, rel=1e-3)


def test_all_marked_has_no_room_above() -> None:
    share = exact_share(5, 5)
    assert share.high == 1.0
    assert share.low == pytest.approx(0.4782, abs=5e-5)
    assert upper_limit(5, 5) == 1.0


def test_a_share_of_nothing_may_be_anything() -> None:
    share = exact_share(0, 0)
    assert math.isnan(share.value)
    assert (share.low, share.high) == (0.0, 1.0)


def test_more_marked_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        exact_share(3, 2)


def test_the_same_seed_gives_the_same_interval() -> None:
    images = match_all(random_cases(1), 0.5)
    assert by_group(images, average_precision, seed=7) == by_group(images, average_precision, seed=7)


def test_the_interval_holds_the_figure_of_the_whole() -> None:
    images = match_all(random_cases(1), 0.5)
    interval = by_group(images, average_precision, seed=7)
    assert interval.low < interval.value < interval.high
    assert interval.value == average_precision(images)


def test_one_group_has_no_spread() -> None:
    images = match_all([case([[0, 0, 9, 9]], [[0, 0, 9, 9, 0.9]]), case([[0, 0, 9, 9]], [])], 0.5)
    interval = by_group(images, average_precision, seed=7)
    assert interval.low == interval.high == interval.value


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390)])
def test_limits_of_a_count_are_those_of_garwood(count: int, low: float, high: float) -> None:
    rate = exact_rate(count, 24)
    assert (rate.value, rate.low * 24, rate.high * 24) == pytest.approx((count / 24, low, high), abs=1e-3)


def test_limits_of_a_large_count_are_nearly_normal() -> None:
    rate = exact_rate(5000, 1)
    assert (rate.low, rate.high) == pytest.approx((4862.4, 5140.6), abs=1.0)
