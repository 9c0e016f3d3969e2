"""Word, shape and colour of each state."""

from itertools import product

import pytest

from app.paint.palette import DARK
from app.state.status import Stage, sign_of
from engine.domain.outcome import Outcome, Status

SETTLED = [
    Outcome("a", status, flagged=flagged)
    for status, flagged in product(Status, (False, True))
    if (status, flagged) != (Status.REFUSED, True)
]
ALL = [sign_of(stage, None) for stage in (Stage.WAITING, Stage.RUNNING, Stage.STOPPED)] + [
    sign_of(Stage.DONE, outcome) for outcome in SETTLED
]


def test_nothing_flagged_is_said_for_a_full_answer_only():
    said = [outcome.status for outcome in SETTLED if sign_of(Stage.DONE, outcome).word == "nothing flagged"]
    assert said == [Status.ANSWERED]


@pytest.mark.parametrize("outcome", [o for o in SETTLED if o.flagged], ids=lambda o: o.status.value)
def test_what_was_flagged_shows_in_the_word_whatever_the_status(outcome):
    assert "flagged" in sign_of(Stage.DONE, outcome).word


def test_states_differ_by_shape_and_not_by_colour_alone():
    by_shape = {}
    for sign in ALL:
        by_shape.setdefault(sign.shape, set()).add(sign.word.removesuffix(", flagged"))
    assert all(len(words) == 1 for words in by_shape.values()), by_shape


def test_every_sign_has_a_colour_of_the_palette():
    assert all(DARK.colour(sign.colour).startswith("#") for sign in ALL)


def test_study_answered_again_shows_that_it_waits():
    assert sign_of(Stage.WAITING, Outcome("a", Status.ANSWERED, flagged=True)).word == "waiting"
