from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.outcome import Status
from engine.domain.region import Region
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict
from engine.evaluate.beside import Beside, compare
from engine.store import reviews
from engine.store.database import open_store
from engine.store.erase import erase
from engine.store.outcomes import Recorded
from engine.store.shadow_answers import ShadowAnswer, record_shadow
from engine.store.shadow_pairs import Pair, pairs
from tests.engine.store.answers import answered, arrival, photograph
from tests.engine.store.decisions import review_of
from tests.engine.store.test_shadow_answers import SHADOW, SOMEBODY, answer, recorded

LEFT, RIGHT, FAR = (0.0, 0.0, 10.0, 10.0), (50.0, 0.0, 60.0, 10.0), (90.0, 90.0, 99.0, 99.0)


@pytest.fixture
def store(home):
    with open_store(home) as opened:
        yield opened


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


def later(one):
    return replace(one, review=replace(one.review, signed_at=one.review.signed_at + timedelta(days=1)))


def confirmed(number):
    return RegionReview(RegionVerdict.CONFIRMED, number)


def rejected(number):
    return RegionReview(RegionVerdict.REJECTED, number, reason="dust")


def added(box):
    return RegionReview(RegionVerdict.ADDED, mark=Mark("spot", box_px=box))


def test_what_both_found_and_what_one_alone_found_is_counted():
    found = compare([pair([LEFT, RIGHT], [(1.0, 0.0, 11.0, 10.0), FAR]), pair([], [])])
    assert (found.studies, found.alike, found.agreement) == (2, 1, 0.5)
    assert (found.shared, found.only_active, found.only_shadow) == (1, 1, 1)
    assert (found.reviewed, found.findings.word) == (0, "not enough seen")


def test_what_one_alone_is_unsure_of_is_counted_as_such():
    one = pair([LEFT], [RIGHT, FAR])
    unsure = replace(one.shadow, regions=(replace(region(RIGHT), band="unsure"), region(FAR)))
    found = compare([replace(one, shadow=unsure)])
    assert (found.only_active, found.unsure_active) == (1, 0)
    assert (found.only_shadow, found.unsure_shadow) == (2, 1)


def test_another_label_is_another_finding():
    one = pair([LEFT], [])
    shadow = replace(one.shadow, regions=(region(LEFT, "scratch"),))
    found = compare([replace(one, shadow=shadow)])
    assert (found.shared, found.only_active, found.only_shadow) == (0, 1, 1)


def test_a_study_that_the_shadow_could_not_answer_compares_nothing():
    assert compare([pair([LEFT], [], status=Status.FAILED)]).studies == 0


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
    found = compare([pair(active, shadow, decisions)])
    assert (found.findings.better, found.findings.worse) == findings
    assert (found.false_regions.better, found.false_regions.worse) == false_regions


def test_enough_studies_say_a_word():
    found = compare([pair([], [LEFT], [added(LEFT)])] * 9)
    assert (found.findings.word, found.reviewed) == ("better", 9)


def test_studies_count_in_the_order_in_which_they_were_signed():
    won, lost = pair([], [LEFT], [added(LEFT)]), pair([LEFT], [], [confirmed(0)])
    assert compare([later(lost)] * 4 + [won] * 9).findings == compare([won] * 9 + [later(lost)] * 4).findings
    assert compare([later(lost)] * 4 + [won] * 9).findings.word == "better"
    assert compare([later(won)] * 9 + [lost] * 4).findings.word == "not enough seen"


def test_looking_again_and_again_says_what_one_look_at_all_of_it_says(store):
    beside = Beside(SHADOW)
    assert beside.look(store).studies == 0
    first, second = recorded(store, [region(LEFT)]), recorded(store, [region(LEFT)])
    for one in (first, second):
        record_shadow(store, one, answer(one, region(LEFT)))
        assert beside.look(store) == compare(pairs(store, SHADOW))
    assert beside.look(store) is beside.look(store)
    third = recorded(store, [region(LEFT)])
    record_shadow(store, third, answer(third))
    assert (beside.look(store).studies, beside.look(store).alike) == (3, 2)
    reviews.sign(store, SOMEBODY, review_of(third.arrival, 1))
    assert beside.look(store).false_regions.better == 1
    assert beside.look(store) == compare(pairs(store, SHADOW))
    erase(store, SOMEBODY, third.arrival.id)
    assert beside.look(store) == compare(pairs(store, SHADOW))
    assert (beside.look(store).studies, beside.look(store).reviewed) == (2, 0)
