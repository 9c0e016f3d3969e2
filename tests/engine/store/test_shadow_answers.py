from dataclasses import replace

import pytest

from engine.domain.operator import Operator
from engine.domain.outcome import Status
from engine.errors import StoreError
from engine.operators.session import Session
from engine.store import reviews
from engine.store.erase import erase
from engine.store.outcomes import newest, record
from engine.store.shadow_answers import ShadowAnswer, next_for, record_shadow
from engine.store.shadow_pairs import pairs
from engine.store.verify import verify
from tests.engine.store.answers import ARRIVED, answered, arrival, nodule, photograph, refused, spot, volume
from tests.engine.store.decisions import review_of

ACTIVE, SHADOW = "ef" * 32, "cd" * 32
SOMEBODY = Session(Operator("nobody"))


def recorded(store, regions=(), study=None, **changes):
    came = arrival()
    record(store, came, study or photograph(), answered(came, regions, **changes))
    return newest(store, 1)[0]


def answer(of, *regions):
    found = replace(of.outcome, regions=regions, model="surface-pitting 1.1.0", model_hash=SHADOW)
    return ShadowAnswer.of(found)


def test_an_answer_is_read_as_it_was_recorded_beside_its_outcome_and_its_review(store):
    one = recorded(store, [spot()])
    record_shadow(store, one, answer(one, spot(0.25), spot(1 / 3)))
    reviews.sign(store, SOMEBODY, review_of(one.arrival, 1))
    (pair,) = pairs(store, SHADOW)
    assert (pair.active, pair.shadow) == (one, answer(one, spot(0.25), spot(1 / 3)))
    assert pair.review.signed
    assert verify(store) is None


def test_regions_of_volumes_are_kept_without_what_only_the_outcome_needs(store):
    one = recorded(store, [nodule()], volume())
    record_shadow(store, one, answer(one, nodule()))
    (pair,) = pairs(store, SHADOW)
    assert pair.shadow.regions == (nodule(instances=(), measures=(), center_mm=None),)


def test_a_draft_is_no_review_yet(store):
    one = recorded(store)
    record_shadow(store, one, answer(one))
    reviews.save(store, SOMEBODY, review_of(one.arrival, 0))
    assert pairs(store, SHADOW)[0].review is None


def test_the_newest_study_that_it_has_not_answered_comes_next(store):
    first, second = recorded(store), recorded(store)
    recorded(store, doubts=("threshold-changed",))
    recorded(store, model_hash="12" * 32)
    recorded(store, reused_from=first.arrival.id)
    came = arrival()
    record(store, came, None, refused(came))
    assert next_for(store, ACTIVE, SHADOW, ARRIVED) == second
    record_shadow(store, second, answer(second))
    assert next_for(store, ACTIVE, SHADOW, ARRIVED) == first
    record_shadow(store, first, answer(first))
    assert next_for(store, ACTIVE, SHADOW, ARRIVED) is None
    assert next_for(store, ACTIVE, SHADOW, store.clock.now()) is None


def test_it_answers_a_study_once(store):
    one = recorded(store)
    record_shadow(store, one, answer(one))
    with pytest.raises(StoreError) as caught:
        record_shadow(store, one, answer(one))
    assert caught.value.code == "ST-ANSWERED"


def test_it_goes_with_its_study_and_the_log_still_verifies(store):
    one = recorded(store)
    record_shadow(store, one, answer(one))
    erase(store, SOMEBODY, one.arrival.id)
    assert pairs(store, SHADOW) == ()
    assert verify(store) is None


def test_what_stopped_it_is_kept(store):
    one = recorded(store)
    failed = replace(answer(one), status=Status.FAILED, code="BE-RUN")
    record_shadow(store, one, failed)
    assert pairs(store, SHADOW)[0].shadow == failed
