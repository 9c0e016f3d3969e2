"""Two answers to one study, as they are told."""

from app.state.opinion import contested, second_marks, summary
from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region

HERE = Region("differs", 0.5, "sure", box_px=(0.0, 0.0, 4.0, 4.0))
THERE = Region("differs", 0.75, "sure", box_px=(9.0, 9.0, 12.0, 12.0))
OPINION = Opinion("template", "/golden/a.png", coverage=1.0, regions=(THERE, HERE), missing=(1,), alone=(0,))


def test_marks_say_whether_the_first_answer_has_the_place_too():
    outcome = Outcome("1", Status.ANSWERED, opinion=OPINION)
    assert [(mark.region, mark.alone) for mark in second_marks(outcome)] == [(THERE, True), (HERE, False)]
    assert contested(outcome) == {1}


def test_without_a_second_opinion_there_is_nothing():
    for outcome in (None, Outcome("1", Status.ANSWERED)):
        assert (second_marks(outcome), contested(outcome)) == ((), frozenset())


def test_an_overlay_says_who_was_asked_and_what_came_of_it():
    said = "second opinion, its template (/golden/a.png)"
    assert summary(OPINION) == f"{said}: 1 first answer only, 1 second answer only"
    assert summary(Opinion("flips", "pitting 1.0.0")) == "second opinion, the mirror (pitting 1.0.0): agrees"
    assert summary(Opinion("model", code="BU-TIME")).endswith("another model: not in full, BU-TIME")
