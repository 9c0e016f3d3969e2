import numpy as np
import pytest

from engine.monitor.jumper import watch, watch_words
from engine.monitor.report import alarm_limit

LIMIT = alarm_limit()


def noticed_after(before, after):
    """How many studies after the change it is noticed; infinite where it is not."""
    found = watch(np.concatenate([before, after]).astype(float), LIMIT)
    return np.inf if found.at is None else found.at - len(before) + 1


def test_nothing_and_one_number_say_nothing():
    assert watch([], LIMIT).at is None
    assert (watch([1.0], LIMIT).numbers, watch([1.0], LIMIT).at) == (1, None)


def test_what_never_changes_at_all_is_no_change():
    assert watch([0.0] * 2000, LIMIT).at is None


@pytest.mark.parametrize(("shift", "median"), [(2.0, 30.0), (1.0, 60.0), (-1.0, 60.0)])
def test_a_shift_is_noticed_after_some_studies_and_not_before(shift, median):
    rng = np.random.default_rng(3)
    delays = [noticed_after(rng.normal(size=200), rng.normal(shift, 1.0, 300)) for _ in range(60)]
    assert 0 < np.median(delays) <= median


def test_a_share_that_rises_is_noticed():
    rng = np.random.default_rng(4)
    delays = [noticed_after(rng.random(200) < 0.05, rng.random(300) < 0.45) for _ in range(40)]
    assert 0 < np.median(delays) <= 120


def test_numbers_of_any_distribution_are_ranked_alike():
    draws = np.random.default_rng(5).normal(size=300)
    plain, stretched = (watch(numbers.tolist(), LIMIT) for numbers in (draws, np.exp(4 * draws)))
    assert plain == stretched


def test_the_same_stream_says_the_same():
    draws = (np.random.default_rng(6).random(400) < 0.3).astype(float).tolist()
    assert watch(draws, LIMIT) == watch(draws, LIMIT)


def test_a_word_that_takes_the_place_of_another_is_noticed_and_many_words_from_the_start_are_none():
    rng = np.random.default_rng(7)
    usual = rng.choice(["A", "B", "C"], 200, p=[0.6, 0.3, 0.1]).tolist()
    assert watch_words(usual, LIMIT).at is None
    assert 200 < watch_words([*usual, *["D"] * 40], LIMIT).at < 225
    assert watch_words([*usual, "D", *usual], LIMIT).at is None


@pytest.mark.deep
def test_of_ten_thousand_unchanged_streams_of_words_hardly_more_alarm_than_may():
    rng = np.random.default_rng(2)
    streams = (rng.choice(["A", "B", "C"], 100, p=[0.6, 0.3, 0.1]).tolist() for _ in range(10_000))
    assert sum(watch_words(words, 100.0, seed=k).at is not None for k, words in enumerate(streams)) <= 100 + 3 * 10


@pytest.mark.deep
def test_of_ten_thousand_unchanged_streams_hardly_more_alarm_than_may():
    rng = np.random.default_rng(1)
    alarms = sum(watch(rng.normal(size=200).tolist(), 100.0, seed=k).at is not None for k in range(10_000))
    assert alarms <= 100 + 3 * 10  # one of a hundred, and three spreads
