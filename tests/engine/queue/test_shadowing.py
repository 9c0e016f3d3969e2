import threading
import uuid
from contextlib import closing, contextmanager

import pytest

import engine.stages
from engine.domain.activation import Cause, ModelChange
from engine.domain.arrival import Arrival
from engine.domain.outcome import Status
from engine.domain.request import NOTHING_ASKED
from engine.intake.find import find
from engine.queue.jobs import job_for
from engine.queue.shadowing import Shadowing
from engine.registry.activate import release_of
from engine.registry.shelf import Shelf
from engine.store.changes import Changes
from engine.store.database import open_store
from engine.store.model_changes import record_change
from engine.store.outcomes import newest
from engine.store.queue import enqueue, states_of
from engine.store.shadow_pairs import pairs
from engine.store.verify import verify
from tests.engine.queue.in_process import working
from tests.engine.registry.releases import packed
from tests.engine.tiny_model import picture

LONG_S = 60.0


@pytest.fixture
def store(spotted_home, tmp_path):
    packed(tmp_path, "1.1.0", bias=-14.5).rename(spotted_home.models / "new.zip")
    with open_store(spotted_home) as opened:
        card = shadow_of(opened)
        for cause in (Cause.IMPORTED, Cause.SHADOWED):
            record_change(opened, ModelChange(card.id, cause, release_of(card), None, "ada", opened.clock.now()))
        yield opened


def shadow_of(store):
    return Shelf.of(store.home).named("bright-spots 1.1.0")[0].card


def queued(store, path, priority=1):
    (found,) = find([path])
    arrival = Arrival(uuid.uuid4().hex, found.source, store.clock.now(), None, priority)
    return enqueue(store, job_for(found, NOTHING_ASKED, arrival, "run", None))


def wait_until(store, is_so):
    with closing(Changes(store)) as changes:
        for _ in range(int(LONG_S / 0.02)):
            if changes.seen() and is_so():
                return
            threading.Event().wait(0.02)
    raise AssertionError


def answers_of(store):
    return pairs(store, shadow_of(store).hash)


def test_a_shadow_answers_what_was_answered_and_nobody_sees_it(store, spotted_home, tmp_path):
    jobs = [queued(store, picture(tmp_path / f"{name}.png", spots=((8, 8),)).path) for name in "ab"]
    with working(spotted_home):
        wait_until(store, lambda: len(answers_of(store)) == 2)
    kept = newest(store, 10)
    assert {one.outcome.model for one in kept} == {"bright-spots 1.0.0"}
    assert {one.arrival.id for one in kept} == {job.arrival.id for job in jobs}
    for pair in answers_of(store):
        assert (pair.shadow.status, pair.shadow.model) == (Status.ANSWERED, "bright-spots 1.1.0")
        assert [region.label for region in pair.shadow.regions] == ["spot"]
        assert pair.shadow.regions[0].box_px == pair.active.outcome.regions[0].box_px
    assert verify(store) is None


def test_a_study_whose_file_went_is_answered_as_such_and_not_again(store, spotted_home, tmp_path):
    job = queued(store, picture(tmp_path / "a.png").path)
    release = threading.Event()
    with held_shadow(release), working(spotted_home):
        wait_until(store, lambda: states_of(store, [job.arrival.id]) == {job.arrival.id: "answered"})
        (tmp_path / "a.png").unlink()
        release.set()
        wait_until(store, lambda: len(answers_of(store)) == 1)
    (pair,) = answers_of(store)
    assert (pair.shadow.status, pair.shadow.regions) == (Status.REFUSED, ())


@contextmanager
def held_shadow(release):
    """Lets no shadow begin before it may."""
    with pytest.MonkeyPatch.context() as patch:
        begin = Shadowing.begin
        patch.setattr(Shadowing, "begin", lambda self: begin(self) if release.is_set() else None)
        yield


def test_a_claim_ends_the_shadow_after_its_tile_and_is_answered_first(store, spotted_home, tmp_path, monkeypatch):
    look, in_shadow, seen = engine.stages.look, threading.Event(), []

    def slow_shadow(scan, card, layout, detector, pool, budget, watch):
        if card.version == "1.1.0":
            seen.append("shadow")
            if not in_shadow.is_set():
                in_shadow.set()
                assert budget._cancelled.wait(LONG_S)
        else:
            seen.append("active")
        return look(scan, card, layout, detector, pool, budget, watch)

    monkeypatch.setattr("engine.stages.look", slow_shadow)
    first = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home):
        assert in_shadow.wait(LONG_S)
        second = queued(store, picture(tmp_path / "b.png").path)
        ids = [first.arrival.id, second.arrival.id]
        wait_until(store, lambda: set(states_of(store, ids).values()) == {"answered"})
        wait_until(store, lambda: len(answers_of(store)) == 2)
    assert seen[:3] == ["active", "shadow", "active"]


def test_a_worker_that_is_to_end_waits_for_no_shadow(store, spotted_home, tmp_path, monkeypatch):
    look, in_shadow = engine.stages.look, threading.Event()

    def slow_shadow(scan, card, layout, detector, pool, budget, watch):
        if card.version == "1.1.0":
            in_shadow.set()
            assert budget._cancelled.wait(LONG_S)
        return look(scan, card, layout, detector, pool, budget, watch)

    monkeypatch.setattr("engine.stages.look", slow_shadow)
    queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home):
        assert in_shadow.wait(LONG_S)
    assert answers_of(store) == ()


@pytest.mark.parametrize(("begun", "status"), [(1, Status.ANSWERED), (2, Status.FAILED)])
def test_a_study_that_ended_two_workers_is_left_alone(store, spotted_home, tmp_path, begun, status):
    job = queued(store, picture(tmp_path / "a.png").path)
    release = threading.Event()
    with held_shadow(release), working(spotted_home):
        wait_until(store, lambda: states_of(store, [job.arrival.id]) == {job.arrival.id: "answered"})
    spotted_home.shadow_note.write_text(f"{newest(store, 1)[0].id} {begun}\n")
    with working(spotted_home):
        wait_until(store, lambda: len(answers_of(store)) == 1)
    assert answers_of(store)[0].shadow.status is status
    assert not spotted_home.shadow_note.exists()
