"""The engine as the desktop uses it."""

import shutil
from contextlib import suppress

import pytest

from app.jobs.engine_room import EngineRoom
from app.paint.picture import Picture
from engine.budget import Budget
from engine.domain.operator import Operator, Role
from engine.domain.outcome import Status
from engine.errors import Cancelled, InputError, StoreError, UsageError
from engine.operators.session import Session, single_operator
from engine.places import RESOURCES, Home
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.outcomes import newest
from engine.store.queue import depth, job_of_arrival, next_waiting

ME = single_operator()
SAMPLE = RESOURCES / "samples" / "635000-270-200908.jpg"


def found_at(room, path):
    looked_into = []
    (found,) = room.find([path], looked_into.append)
    return found


def test_answer_keeps_outcome_and_thumbnail_only(room):
    found = found_at(room, SAMPLE)
    answered = room.answer(found, Budget(), ME)
    assert answered.outcome.status is Status.ANSWERED
    assert answered.thumbnail.shape[2] == 3


def test_refused_file_has_an_outcome_and_no_thumbnail(room, tmp_path):
    found = found_at(room, tmp_path / "gone.png")
    answered = room.answer(found, Budget(), ME)
    assert answered.outcome.status is Status.REFUSED
    assert answered.thumbnail is None


def test_cancelled_answer_is_withdrawn_or_incomplete_and_nothing_stays_in_the_queue(room, home):
    found = found_at(room, SAMPLE)
    budget = Budget()
    budget.cancel()
    with suppress(Cancelled):
        assert room.answer(found, budget, ME).outcome.code == "BU-CANCELLED"
    with open_store(home) as store:
        assert depth(store) == 0


def test_modality_that_a_person_states_goes_with_the_study(room, home, tmp_path):
    answered = room.answer(found_at(room, tmp_path / "gone.nii"), Budget(), ME, "CT")
    with open_store(home) as store:
        assert job_of_arrival(store, answered.outcome.arrival_id).request.modality == "CT"


def test_who_may_not_have_studies_answered_is_refused_and_nothing_waits(room, home):
    viewer = Session(Operator("vera", Role.VIEWER))
    with pytest.raises(UsageError) as refused:
        room.answer(found_at(room, SAMPLE), Budget(), viewer)
    assert refused.value.code == "US-ROLE"
    with open_store(home) as store:
        assert depth(store) == 0


def test_the_log_says_who_had_a_study_answered(room, home, tmp_path):
    room.answer(found_at(room, tmp_path / "gone.png"), Budget(), Session(Operator("rea", Role.READER)))
    with open_store(home) as store:
        assert "rea" in {entry.actor for entry in page(store, 100)}


def test_image_of_the_list_has_a_small_picture_and_no_person_where_the_file_names_none(room):
    person, pixels = room.glance(SAMPLE)
    assert person == ""
    assert pixels.shape[2] == 3


def test_what_is_taken_in_ahead_is_answered_once_in_its_turn(room, home, tmp_path):
    found = [found_at(room, shutil.copy(SAMPLE, tmp_path / f"{number}.jpg")) for number in range(3)]
    budgets = [Budget() for _ in found]
    room.submit(list(zip(found, budgets, strict=True)), ME)
    answered = [room.answer(one, budget, ME) for one, budget in zip(found, budgets, strict=True)]
    assert [one.outcome.status for one in answered] == [Status.ANSWERED] * 3
    with open_store(home) as store:
        assert (depth(store), len(newest(store, 10))) == (0, 3)


def test_with_one_that_is_cancelled_all_that_are_not_begun_are_withdrawn(room, home, tmp_path):
    found = [found_at(room, shutil.copy(SAMPLE, tmp_path / f"{number}.jpg")) for number in range(8)]
    budget = Budget()
    room.submit([(one, budget) for one in found], ME)
    budget.cancel()
    codes = []
    for one in found:
        with suppress(Cancelled):
            codes.append(room.answer(one, budget, ME).outcome.code)
    with open_store(home) as store:
        assert (depth(store), len(newest(store, 10))) == (0, len(codes))
    assert len(codes) < len(found)


def test_what_nobody_waits_for_is_withdrawn_when_the_room_is_closed(room, home, tmp_path):
    room.submit(
        [(found_at(room, shutil.copy(SAMPLE, tmp_path / f"{number}.jpg")), Budget()) for number in range(8)], ME
    )
    room.close()
    with open_store(home) as store:
        assert next_waiting(store) == ()


def test_the_answer_has_the_time_of_its_commit(room):
    assert room.answer(found_at(room, SAMPLE), Budget(), ME).outcome.ms.record > 0.0


def test_picture_is_read_without_answering(room):
    found = found_at(room, SAMPLE)
    picture = room.read(found, Budget(), [].append)
    assert isinstance(picture, Picture)
    assert picture.size_px[0] == 720


def test_picture_of_a_path_that_is_gone_is_refused(room, tmp_path):
    copied = tmp_path / "part.jpg"
    shutil.copy(SAMPLE, copied)
    found = found_at(room, copied)
    copied.unlink()
    with pytest.raises(InputError):
        room.read(found, Budget(), [].append)


def test_picture_of_a_path_that_never_was_is_refused(room, tmp_path):
    found = found_at(room, tmp_path / "gone.png")
    with pytest.raises(InputError):
        room.read(found, Budget(), [].append)


def test_what_will_answer_is_known_before_the_first_study(room):
    ready = room.warm()
    assert ready.backend.startswith("onnxruntime ")
    assert any(name.startswith("surface-pitting ") for name in ready.models)


def test_home_that_cannot_be_used_is_an_error_of_the_store(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    room = EngineRoom(Home(blocked / "home"))
    with pytest.raises(StoreError):
        room.warm()
    room.close()


def test_closed_room_opens_again_when_it_is_needed(room):
    room.warm()
    room.close()
    assert room.warm().models
