"""The open studies and what is chosen."""

import pytest

from app.state.session import Look, RegionChosen, RowChanged, RowsAdded, Session, Trouble
from app.state.status import Stage
from app.state.window_level import WindowLevel
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.errors import InputError

REGIONS = (
    Region("pitting", 0.9, "sure", (10, 10, 20, 20)),
    Region("pitting", 0.5, "sure", (30, 10, 40, 20)),
    Region("pitting", 0.2, "unsure", (50, 10, 60, 20)),
)
FLAGGED = Outcome("a", Status.ANSWERED, flagged=True, regions=REGIONS, coverage=1.0)
CLEAR = Outcome("b", Status.ANSWERED, flagged=False, coverage=1.0)


@pytest.fixture
def session():
    session = Session()
    session.add(["/data/a.png", "/data/b.png", "/data/c.png"])
    return session


def heard(announcer):
    values = []
    announcer.listen(values.append)
    return values


def test_first_study_is_chosen_when_studies_come(session):
    assert session.chosen == 0
    assert session.row.name == "a.png"


def test_later_studies_leave_the_choice_alone(session):
    session.choose(1)
    added = heard(session.rows_added)
    session.add(["/data/d.png"])
    assert session.chosen == 1
    assert added == [RowsAdded(3, 3)]


def test_adding_nothing_announces_nothing(session):
    added = heard(session.rows_added)
    assert list(session.add([])) == []
    assert added == []


def test_study_goes_from_waiting_through_running_to_its_answer(session):
    changes = heard(session.row_changed)
    words = [session[1].sign.word]
    session.start(1)
    words.append(session[1].sign.word)
    session.answer(1, FLAGGED, None)
    words.append(session[1].sign.word)
    assert words == ["waiting", "running", "flagged"]
    assert changes == [RowChanged(1), RowChanged(1)]


def test_tally_follows_the_rows(session):
    session.answer(0, FLAGGED, None)
    session.answer(1, CLEAR, None)
    assert session.tally() == {"flagged": 1, "nothing flagged": 1, "waiting": 1}
    session.wait(0)
    assert session.tally() == {"nothing flagged": 1, "waiting": 2}


def test_stopped_study_says_that_it_was_not_answered_and_why(session):
    session.stop(0, Trouble.of(InputError("IN-X", "It is broken.", "Mend it.")))
    assert session[0].stage is Stage.STOPPED
    assert session[0].trouble == Trouble("IN-X", "It is broken.", "Mend it.")


def test_next_and_previous_study_stop_at_the_ends(session):
    session.choose_by(-1)
    assert session.chosen == 0
    session.choose_by(1)
    session.choose_by(1)
    session.choose_by(1)
    assert session.chosen == 2


def test_stepping_in_an_empty_session_does_nothing():
    session = Session()
    session.choose_by(1)
    session.choose_region(0)
    assert session.chosen is None
    assert session.region is None


def test_region_that_does_not_exist_is_not_chosen(session):
    session.answer(0, FLAGGED, None)
    session.choose_region(3)
    assert session.region is None


def test_same_region_chosen_again_is_announced_again_so_that_it_is_centred(session):
    session.answer(0, FLAGGED, None)
    chosen = heard(session.region_chosen)
    session.choose_region(1)
    session.choose_region(1)
    assert chosen == [RegionChosen(1), RegionChosen(1)]


def test_another_study_starts_without_a_chosen_region(session):
    session.answer(0, FLAGGED, None)
    session.choose_region(1)
    session.choose(1)
    session.choose(0)
    assert session.region is None


def test_new_answer_with_other_regions_drops_the_chosen_one(session):
    session.answer(0, FLAGGED, None)
    session.choose_region(1)
    session.answer(0, CLEAR, None)
    assert session.region is None


def test_look_is_kept_with_its_study_and_not_announced(session):
    changes = heard(session.row_changed)
    session.keep_look(0, Look(window=WindowLevel(5.0, 10.0)))
    session.choose(1)
    assert session[0].look.window == WindowLevel(5.0, 10.0)
    assert session[1].look == Look()
    assert changes == []


def test_source_listed_already_is_found(session):
    assert session.index_of("/data/c.png") == 2
    assert session.index_of("/data/z.png") is None
