from engine.store import reviews, shadow_pairs
from engine.store.erase import erase
from engine.store.shadow_answers import record_shadow
from engine.store.shadow_pairs import Counted, Seen, counted, pairs, pairs_since
from tests.engine.store.answers import spot
from tests.engine.store.decisions import review_of
from tests.engine.store.test_shadow_answers import SHADOW, SOMEBODY, answer, recorded


def answered_by_both(store, *regions):
    one = recorded(store, [spot()])
    record_shadow(store, one, answer(one, *regions))
    return one


def new_since(store, seen):
    """The outcomes of what is new, and how far it was read then."""
    found = list(pairs_since(store, SHADOW, seen))
    return [pair.active.id for some, _ in found for pair in some], found[-1][1]


def test_a_look_reads_what_came_since_the_one_before(store):
    first, second = answered_by_both(store), answered_by_both(store)
    ids, seen = new_since(store, Seen())
    assert ids == [first.id, second.id]
    assert new_since(store, seen) == ([], seen)
    third = answered_by_both(store)
    ids, seen = new_since(store, seen)
    assert ids == [third.id]


def test_a_study_comes_again_with_each_version_of_its_review(store):
    first, second = answered_by_both(store), answered_by_both(store)
    _, seen = new_since(store, Seen())
    reviews.save(store, SOMEBODY, review_of(second.arrival, 1))
    ids, seen = new_since(store, seen)
    assert ids == [second.id]
    reviews.sign(store, SOMEBODY, review_of(first.arrival, 1))
    ((pair,), _), *_ = pairs_since(store, SHADOW, seen)
    assert (pair.active, pair.review.signed) == (first, True)


def test_many_are_read_some_at_a_time_and_none_twice(store, monkeypatch):
    monkeypatch.setattr(shadow_pairs, "_AT_ONCE", 2)
    ids = [answered_by_both(store).id for _ in range(5)]
    assert [len(some) for some, _ in pairs_since(store, SHADOW, Seen())] == [2, 2, 1, 0]
    assert [pair.active.id for pair in pairs(store, SHADOW)] == ids


def test_what_was_erased_is_not_counted_any_more(store):
    first, second = answered_by_both(store), answered_by_both(store)
    reviews.sign(store, SOMEBODY, review_of(first.arrival, 1))
    reviews.save(store, SOMEBODY, review_of(second.arrival, 1))
    assert counted(store, SHADOW) == Counted(2, 2)
    erase(store, SOMEBODY, first.arrival.id)
    assert counted(store, SHADOW) == Counted(1, 1)
