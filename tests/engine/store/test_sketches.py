import pytest

from engine.domain.acquisition import Acquisition
from engine.domain.sketch import Sketch, Sketched
from engine.operators.session import single_operator
from engine.store.erase import erase
from engine.store.outcomes import record
from engine.store.sketches import (
    WatchedSource,
    count_studies,
    newest_numbers,
    watched_sources,
    watched_studies,
)
from tests.engine.store.answers import answered, arrival, photograph, refused, spot

SKETCH = Sketch(0.1, 0.2, 0.9, 0.3, 0.0, 0.01, 0.02, 0.5, 0.001)
OF = WatchedSource("/in/\udcff", "surface-pitting 1.0.0")


def answer(store, **changes):
    came = arrival("/in/\udcff/a.png")
    sketched = Sketched(SKETCH, Acquisition(tube_kv=120.0, scanner="M N"), 3.5)
    record(store, came, photograph(), answered(came, [spot(0.9), spot(0.4)], **changes), sketched=sketched)
    return came


def test_a_sketch_is_read_back_with_what_was_answered(store):
    answer(store)
    assert watched_sources(store) == (OF,)
    (study,) = watched_studies(store, OF, 0, 0)
    assert study.kinds == {"scanner": "M N"}
    expected = {"dark": 0.1, "distance": 3.5, "tube_kv": 120.0, "answered": 1.0, "unlike the training": 0.0}
    expected |= {"flagged": 1.0, "regions": 2.0, "best score": 0.9, "seconds": 0.011}
    assert {name: study.numbers[name] for name in expected} == pytest.approx(expected)
    assert "ctdi_mgy" not in study.numbers


def test_what_no_model_looked_at_and_what_repeats_another_answer_is_not_watched(store):
    came = arrival()
    record(store, came, None, refused(came))
    answer(store, reused_from="another")
    assert watched_sources(store) == ()


def test_only_sources_with_something_new_are_named_where_that_is_asked(store):
    answer(store)
    outcome, review = newest_numbers(store)
    assert watched_sources(store, outcome, review) == ()
    answer(store)
    assert watched_sources(store, outcome, review) == (OF,)
    assert (count_studies(store, OF, 0), count_studies(store, OF, outcome)) == (2, 1)
    assert len(watched_studies(store, OF, 0, 1)) == 1


def test_an_erased_study_leaves_no_sketch(store):
    came = answer(store)
    erase(store, single_operator(), came.id)
    assert watched_sources(store) == ()
