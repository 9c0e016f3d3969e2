"""What is done in spare time makes way for a claim, whenever that comes."""

from engine.errors import Cancelled
from engine.pipeline import Bench
from engine.queue.spare_time import SpareTime
from engine.registry.shelf import Shelf
from tests.engine.tiny_model import picture


class One:
    """One study that may be answered in spare time."""

    def __init__(self, attempt):
        self.attempt, self.given_back = attempt, []

    def begin(self):
        return self.attempt

    def done(self, attempt):
        self.given_back.append(attempt)


def used(home, tmp_path, *idle):
    """What became of a study, where there is a claim or none each time that it is asked."""
    answers = iter(idle)
    with Bench.open(Shelf.of(home), home=home, backend="onnx-cpu", threads=1) as bench:
        one = One(bench.begin(picture(tmp_path / "a.png")))
        SpareTime(bench, one, lambda: next(answers)).use()
    return one


def test_a_study_is_answered_and_given_back_while_there_is_no_claim(spotted_home, tmp_path):
    one = used(spotted_home, tmp_path, True, True)
    assert one.given_back == [one.attempt]
    assert one.attempt.stopped_by is None
    assert len(one.attempt.regions) == 1


def test_nothing_is_begun_beside_a_claim(spotted_home, tmp_path):
    assert used(spotted_home, tmp_path, False).given_back == []


def test_a_claim_that_comes_while_it_is_begun_ends_it_and_it_is_given_back(spotted_home, tmp_path):
    one = used(spotted_home, tmp_path, True, False)
    assert one.given_back == [one.attempt]
    assert isinstance(one.attempt.stopped_by, Cancelled)
    assert one.attempt.regions == ()
