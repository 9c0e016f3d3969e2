"""When forecasts are made anew."""

from itertools import pairwise

from engine.queue.learning import Learning


def due(backends):
    learning = Learning()
    return [number for number, backend in enumerate(backends, 1) if learning.is_due(backend)]


def test_every_one_of_the_first_answers_teaches_and_later_every_twenty_fifth():
    found = due(["gpu"] * 1000)
    assert found[:10] == list(range(1, 11))
    assert {later - earlier for earlier, later in pairwise(found) if earlier > 300} == {25}


def test_a_run_time_that_takes_over_is_learned_anew():
    assert set(range(501, 511)) <= set(due(["gpu"] * 500 + ["cpu"] * 10))


def test_what_was_only_repeated_changes_no_run_time():
    assert due(["gpu"] * 500 + ["", "gpu"]) == due(["gpu"] * 502)
