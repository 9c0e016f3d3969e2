from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.domain.outcome import Status
from engine.domain.region import Region
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict
from engine.evaluate.beside import compare
from engine.store.outcomes import Recorded
from engine.store.shadow_answers import Pair, ShadowAnswer
from tests.engine.store.answers import answered, arrival, photograph

LEFT, RIGHT, FAR = (0.0, 0.0, 10.0, 10.0), (50.0, 0.0, 60.0, 10.0), (90.0, 90.0, 99.0, 99.0)


def region(box, label="spot", score=0.9):
    return Region(label, score, "sure", box_px=box)


def pair(active, shadow, decisions=None, status=Status.ANSWERED):
    came = arrival()
    outcome = answered(came, [region(box) for box in active])
    answer = replace(ShadowAnswer.of(outcome), regions=tuple(region(box) for box in shadow), status=status)
    recorded = Recorded(1, datetime(2026, 1, 31, tzinfo=UTC), came, photograph(), outcome, b"s")
    review = None
    if decisions is not None:
        review = Review(came.id, 1, "ada", tuple(decisions), Verdict.ACCEPT, signed_at=recorded.recorded_at)
    return Pair(recorded, answer, review)


def confirmed(number):
    return RegionReview(RegionVerdict.CONFIRMED, number)


def rejected(number):
    return RegionReview(RegionVerdict.REJECTED, number, reason="dust")


def added(box):
    return RegionReview(RegionVerdict.ADDED, mark=Mark("spot", box_px=box))


def test_what_both_found_and_what_one_alone_found_is_counted():
    found = compare([pair([LEFT, RIGHT], [(1.0, 0.0, 11.0, 10.0), FAR]), pair([], [])], 0.33)
    assert (found.studies, found.alike, found.agreement) == (2, 1, 0.5)
    assert (found.shared, found.only_active, found.only_shadow) == (1, 1, 1)
    assert (found.reviewed, found.findings.word) == (0, "not enough seen")


def test_another_label_is_another_finding():
    one = pair([LEFT], [])
    shadow = replace(one.shadow, regions=(region(LEFT, "scratch"),))
    found = compare([replace(one, shadow=shadow)], 0.33)
    assert (found.shared, found.only_active, found.only_shadow) == (0, 1, 1)


def test_a_study_that_the_shadow_could_not_answer_compares_nothing():
    assert compare([pair([LEFT], [], status=Status.FAILED)], 0.33).studies == 0


@pytest.mark.parametrize(
    ("active", "shadow", "decisions", "findings", "false_regions"),
    [
        ([LEFT], [LEFT, RIGHT], [confirmed(0), added(RIGHT)], (1, 0), (0, 0)),
        ([LEFT, RIGHT], [LEFT], [confirmed(0), confirmed(1)], (0, 1), (0, 0)),
        ([LEFT, RIGHT], [LEFT], [confirmed(0), rejected(1)], (0, 0), (1, 0)),
        ([LEFT], [LEFT, FAR], [confirmed(0)], (0, 0), (0, 1)),
        ([LEFT, FAR], [LEFT, RIGHT], [confirmed(0), rejected(1)], (0, 0), (0, 0)),
    ],
)
def test_gains_and_losses_are_held_against_what_people_decided(active, shadow, decisions, findings, false_regions):
    found = compare([pair(active, shadow, decisions)], 0.33)
    assert (found.findings.better, found.findings.worse) == findings
    assert (found.false_regions.better, found.false_regions.worse) == false_regions


def test_enough_studies_say_a_word():
    found = compare([pair([], [LEFT], [added(LEFT)])] * 9, 0.33)
    assert (found.findings.word, found.reviewed) == ("better", 9)
