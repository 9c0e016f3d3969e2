import threading
import time
import uuid
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

import engine.pipeline
import engine.stages
from engine.attempt import Attempt
from engine.clock import SystemClock
from engine.domain.arrival import Arrival
from engine.domain.outcome import Status
from engine.domain.request import NOTHING_ASKED, Request
from engine.errors import Cancelled, StoreError
from engine.intake.find import find
from engine.operators.session import single_operator
from engine.places import Home
from engine.queue.effort import choose_effort
from engine.queue.feed import Feed
from engine.queue.jobs import job_for
from engine.queue.locks import supervisor_lock, taken, worker_lock
from engine.queue.pulse import Pulse
from engine.store.changes import Changes
from engine.store.copies import back_up
from engine.store.database import open_store
from engine.store.faults import LASTING
from engine.store.outcomes import newest, record
from engine.store.queue import at_work, claim, enqueue, give_back, job_of_arrival, next_waiting, states_of, withdraw
from engine.store.restore import restore
from engine.store.verify import verify
from tests.engine.queue.in_process import working
from tests.engine.tiny_model import picture
from tests.engine.workbench import Workbench

LONG_S = 60.0
ME = single_operator()


@pytest.fixture
def store(spotted_home: Home):
    with open_store(spotted_home) as opened:
        yield opened


def queued(store, path, request=NOTHING_ASKED, priority=1):
    (found,) = find([path])
    arrival = Arrival(uuid.uuid4().hex, found.source, store.clock.now(), None, priority)
    return enqueue(store, job_for(found, request, arrival, "run", None))


def wait_until(store, is_so):
    with closing(Changes(store)) as changes:
        for _ in range(int(LONG_S / 0.02)):
            if changes.seen() and is_so():
                return
            threading.Event().wait(0.02)
    raise AssertionError


def answered(store, *jobs):
    ids = [job.arrival.id for job in jobs]
    wait_until(store, lambda: set(states_of(store, ids).values()) == {"answered"})
    kept = {recorded.arrival.id: recorded for recorded in newest(store, 100)}
    return [kept[arrival_id] for arrival_id in ids]


def test_the_answer_is_the_one_of_the_workbench(store, spotted_home, tmp_path):
    job = queued(store, picture(tmp_path / "a.png").path, Request(threshold=0.75))
    with working(spotted_home):
        (kept,) = answered(store, job)
    with Workbench.open(spotted_home, threads=1) as workbench:
        (found,) = find([tmp_path / "a.png"])
        alone = workbench.answer(found, Request(threshold=0.75))
    assert kept.outcome.regions == alone.outcome.regions != ()
    assert (kept.study, kept.outcome.doubts) == (alone.study, ("threshold-changed",))


def test_a_second_opinion_is_given_as_the_site_or_the_request_says(store, spotted_home, tmp_path):
    spotted_home.second.write_text('[bright-spots]\nby = "flips"\n')
    asked = (NOTHING_ASKED, Request(second="none"), Request(second="gone"))
    jobs = [queued(store, picture(tmp_path / f"{number}.png").path, one) for number, one in enumerate(asked)]
    with working(spotted_home):
        flips, none, gone = (kept.outcome for kept in answered(store, *jobs))
    assert (flips.opinion.by, flips.opinion.coverage, flips.doubts) == ("flips", 1.0, ())
    assert (none.opinion, none.doubts) == (None, ())
    assert (gone.opinion.code, gone.doubts) == ("US-MODEL", ("second-opinion-failed",))
    assert verify(store) is None


def test_a_stat_case_is_claimed_first(store, spotted_home, tmp_path):
    routine = [queued(store, picture(tmp_path / f"{name}.png").path) for name in "abcdef"]
    stat = queued(store, picture(tmp_path / "z.png").path, priority=0)
    with working(spotted_home):
        answered(store, stat, *routine)
    claimed = [job_of_arrival(store, job.arrival.id) for job in (*routine, stat)]
    assert min(claimed, key=lambda job: job.claimed_at).arrival == stat.arrival


def test_a_routine_study_makes_way_for_a_stat_case_that_would_be_late_and_is_answered_after_it(
    store, spotted_home, tmp_path, monkeypatch
):
    look, looking = engine.stages.look, threading.Event()

    def slow_look(scan, card, layout, detector, pool, budget, watch):
        if not looking.is_set():
            looking.set()
            assert budget._cancelled.wait(LONG_S)
        return look(scan, card, layout, detector, pool, budget, watch)

    monkeypatch.setattr("engine.stages.look", slow_look)
    routine = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home):
        assert looking.wait(LONG_S)
        (found,) = find([picture(tmp_path / "z.png").path])
        now = store.clock.now()
        arrival = Arrival(uuid.uuid4().hex, found.source, now, now + timedelta(seconds=6), 0)
        stat = enqueue(store, job_for(found, NOTHING_ASKED, arrival, "watch", None))
        first, second = answered(store, stat, routine)
    assert first.id < second.id
    assert (second.outcome.status, second.outcome.attempt) == (Status.ANSWERED, 1)
    assert job_of_arrival(store, routine.arrival.id).reason == "It made way for a stat case."


def test_a_stat_case_that_begins_anew_has_the_time_that_another_leaves_it_and_is_answered_before_it(
    store, spotted_home, tmp_path, monkeypatch
):
    look, looking, turns, begun = engine.stages.look, threading.Event(), [], []

    def slow_look(scan, card, layout, detector, pool, budget, watch):
        if not looking.is_set():
            looking.set()
            assert budget._cancelled.wait(LONG_S)
        return look(scan, card, layout, detector, pool, budget, watch)

    def chosen(lane, extents, time_left_s, turn, now):
        turns.append(turn)
        return choose_effort(lane, extents, time_left_s, turn, now)

    def begins_anew(at_work, _other, now, _forecaster):
        begun.append(now)
        return replace(at_work.turn, allowed_until=now) if len(begun) == 1 else None

    monkeypatch.setattr("engine.stages.look", slow_look)
    monkeypatch.setattr("engine.queue.effort.choose_effort", chosen)
    monkeypatch.setattr("engine.queue.work.begins_anew", begins_anew)
    jobs = []
    with working(spotted_home):
        for name, due_s in (("first", 600), ("second", 700)):
            (found,) = find([picture(tmp_path / f"{name}.png").path])
            now = store.clock.now()
            arrival = Arrival(uuid.uuid4().hex, found.source, now, now + timedelta(seconds=due_s), 0)
            jobs.append(enqueue(store, job_for(found, NOTHING_ASKED, arrival, "watch", None)))
            assert looking.wait(LONG_S)
        first, second = answered(store, *jobs)
    assert first.id < second.id
    assert [(one.outcome.status, one.outcome.attempt) for one in (first, second)] == [(Status.ANSWERED, 1)] * 2
    of_first = [turn.allowed_until for turn in turns if turn.waiting.arrival_id == jobs[0].arrival.id]
    assert of_first == [None, begun[0]]


def test_times_of_the_commit_and_what_was_passed_over_are_noted(store, spotted_home, tmp_path):
    job = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home), closing(Pulse(spotted_home)) as pulse:
        (kept,) = answered(store, job)
        while (note := pulse.note_of(job.arrival.id)) is None:
            threading.Event().wait(0.01)
    assert note.ms["record"] > kept.outcome.ms.record == 0.0
    assert note.passed_over == ()


def test_what_a_dead_worker_had_is_answered_by_the_next_one(store, spotted_home, tmp_path):
    job = queued(store, picture(tmp_path / "a.png").path)
    claim(store, "w0", job)
    with working(spotted_home, seen="SIGKILL"):
        (kept,) = answered(store, job)
    assert (kept.outcome.status, kept.outcome.attempt) == (Status.ANSWERED, 2)
    reason = job_of_arrival(store, job.arrival.id).reason
    assert reason == "The worker died (SIGKILL) while this study was at a stage that nobody saw."


def test_a_study_that_killed_two_workers_is_set_aside_with_what_was_seen(store, spotted_home, tmp_path):
    job = queued(store, picture(tmp_path / "a.png").path)
    give_back(store, claim(store, "w0", job), "The worker died.", died=True)
    claim(store, "w1", *next_waiting(store))
    with closing(Pulse(spotted_home)) as pulse:
        step = {"arrival_id": job.arrival.id, "attempt": 2, "stage": "detect", "share": 0.4}
        pulse.beat("worker", "w1", {"at_work": [step]})
    with working(spotted_home, seen="SIGSEGV"):
        (kept,) = answered(store, job)
    assert (kept.outcome.status, kept.outcome.code, kept.outcome.attempt) == (Status.FAILED, "QU-KILLED", 2)
    assert kept.outcome.reason.startswith("The worker died (SIGSEGV) while this study was at stage 'detect', with 40%")


def test_what_a_worker_could_not_give_back_at_its_orderly_end_counts_as_no_attempt(store, spotted_home, tmp_path):
    job = queued(store, picture(tmp_path / "a.png").path)
    claim(store, "w0", job)
    with taken(worker_lock(spotted_home)) as lock:
        lock.note("w0 17 99 ended")
    with working(spotted_home):
        (kept,) = answered(store, job)
    assert (kept.outcome.status, kept.outcome.attempt) == (Status.ANSWERED, 1)


def test_what_nobody_wants_any_more_is_not_tried_again_after_a_death(store, spotted_home, tmp_path):
    job, other = (queued(store, picture(tmp_path / f"{name}.png").path) for name in "ab")
    claim(store, "w0", job)
    withdraw(store, job.arrival.id, "Not wanted.")
    with working(spotted_home):
        answered(store, other)
    assert states_of(store, [job.arrival.id]) == {job.arrival.id: "withdrawn"}


@pytest.fixture
def held(monkeypatch):
    """The looking waits until the study is not wanted any more, or the test lets it go on; says when it has begun."""
    begun, go_on = threading.Event(), threading.Event()
    look = engine.stages.look

    def wait_and_look(scan, card, layout, detector, pool, budget, watch):
        begun.set()
        with suppress(Cancelled):
            while not go_on.wait(0.01):
                budget.check("detect")
        return look(scan, card, layout, detector, pool, budget, watch)

    monkeypatch.setattr("engine.stages.look", wait_and_look)
    return begun, go_on


def test_what_is_at_work_and_not_wanted_any_more_is_recorded_as_it_stands(store, spotted_home, tmp_path, held):
    begun, _ = held
    job = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home):
        assert begun.wait(LONG_S)
        assert withdraw(store, job.arrival.id, "Not wanted.") == "working"
        (kept,) = answered(store, job)
    assert (kept.outcome.status, kept.outcome.code) == (Status.INCOMPLETE, "BU-CANCELLED")


def test_a_worker_that_is_to_end_gives_back_what_it_has_and_records_nothing_half(store, spotted_home, tmp_path, held):
    begun, _ = held
    jobs = [queued(store, picture(tmp_path / f"{name}.png").path) for name in "abcd"]
    with working(spotted_home):
        assert begun.wait(LONG_S)
    ids = [job.arrival.id for job in jobs]
    assert set(states_of(store, ids).values()) == {"waiting"}
    assert {job_of_arrival(store, arrival_id).attempt for arrival_id in ids} == {1}
    assert (newest(store, 10), at_work(store)) == ((), ())


def test_an_answer_waits_until_the_store_can_take_it(store, spotted_home, tmp_path, monkeypatch):
    tries = []

    def full_at_first(*given, **named):
        tries.append(1)
        if len(tries) < 3:
            raise StoreError("ST-FULL", "The disk is full.", "Free it.")
        return record(*given, **named)

    monkeypatch.setattr("engine.queue.work.record", full_at_first)
    job = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home):
        (kept,) = answered(store, job)
    assert (len(tries), kept.outcome.status) == (3, Status.ANSWERED)


def test_of_two_files_with_the_same_content_that_come_together_one_is_looked_at(
    store, spotted_home, tmp_path, monkeypatch
):
    both_read, begun = threading.Event(), []
    read = engine.pipeline.Bench.read

    def read_and_say(bench, attempt):
        read(bench, attempt)
        begun.append(attempt)
        if len(begun) == 2:
            both_read.set()

    def late(*given, **named):
        assert both_read.wait(LONG_S)
        threading.Event().wait(0.3)  # the second could be looked at meanwhile
        return record(*given, **named)

    monkeypatch.setattr(engine.pipeline.Bench, "read", read_and_say)
    monkeypatch.setattr("engine.queue.work.record", late)
    jobs = [queued(store, picture(tmp_path / f"{name}.png").path, Request(reuse=True)) for name in "ab"]
    with working(spotted_home):
        first, second = sorted(answered(store, *jobs), key=lambda kept: kept.id)
    assert first.outcome.reused_from is None
    assert second.outcome.reused_from == first.arrival.id
    assert second.outcome.regions == first.outcome.regions != ()


def test_an_answer_that_contradicts_itself_becomes_a_failure_instead_of_none(
    store, spotted_home, tmp_path, monkeypatch
):
    sound = Attempt.outcome
    monkeypatch.setattr(Attempt, "outcome", lambda attempt: replace(sound(attempt), coverage=0.5))
    job = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home):
        (kept,) = answered(store, job)
    assert (kept.outcome.status, kept.outcome.code) == (Status.FAILED, "PR-STORE")


def test_an_answer_to_what_another_has_by_now_is_not_recorded(store, spotted_home, tmp_path, held):
    begun, go_on = held
    job, other = (queued(store, picture(tmp_path / f"{name}.png").path) for name in "ab")
    with working(spotted_home):
        assert begun.wait(LONG_S)
        with store.engine.begin() as connection:
            change = "UPDATE jobs SET worker = 'w9', attempt = 2 WHERE arrival_id = ?"
            connection.exec_driver_sql(change, (job.arrival.id,))
        go_on.set()
        answered(store, other)
    assert states_of(store, [job.arrival.id]) == {job.arrival.id: "working"}
    assert [recorded.arrival for recorded in newest(store, 10)] == [other.arrival]


def test_a_store_that_cannot_be_written_is_told_and_waited_for(store, spotted_home, tmp_path, monkeypatch):
    freed = threading.Event()

    def full_at_first(*given):
        if not freed.is_set():
            raise StoreError("ST-FULL", "The disk is full.", "Free it.")
        return claim(*given)

    monkeypatch.setattr("engine.queue.claims.claim", full_at_first)
    job = queued(store, picture(tmp_path / "a.png").path)
    with working(spotted_home), closing(Pulse(spotted_home)) as pulse:
        while not (signs := pulse.signs("worker")) or signs[0].facts["trouble"] != "The disk is full. Free it.":
            threading.Event().wait(0.02)
        freed.set()
        answered(store, job)


def test_a_claim_that_failed_once_is_tried_again_though_nothing_changes(store, spotted_home, tmp_path, monkeypatch):
    idle, tries = threading.Event(), []

    def fails_once(*given):
        tries.append(1)
        if len(tries) == 1:
            raise StoreError("ST-FULL", "The disk is full.", "Free it.")
        return claim(*given)

    def nothing_waits(*given):
        if not (found := next_waiting(*given)):
            idle.set()
        return found

    monkeypatch.setattr("engine.queue.claims.claim", fails_once)
    monkeypatch.setattr("engine.queue.claims.next_waiting", nothing_waits)
    with working(spotted_home):
        assert idle.wait(LONG_S)
        time.sleep(0.2)  # by now it asks for changes alone
        job = queued(store, picture(tmp_path / "a.png").path)
        answered(store, job)
    assert len(tries) == 2


@pytest.mark.parametrize("code", sorted(LASTING))
def test_a_damaged_or_replaced_database_ends_the_worker_with_its_code(store, spotted_home, tmp_path, monkeypatch, code):
    tried = threading.Event()

    def damaged(*_, **__):
        tried.set()
        raise StoreError(code, "It is damaged.", "Put back a copy.")

    monkeypatch.setattr("engine.queue.work.record", damaged)
    queued(store, picture(tmp_path / "a.png").path)
    with pytest.raises(StoreError) as told, working(spotted_home):
        assert tried.wait(LONG_S)
    assert told.value.code == code
    assert at_work(store) == ()


def _restore_and_wait_for_the_end(home, copy):
    restore(home, copy, ME, SystemClock())
    for _ in range(int(LONG_S / 0.02)):
        with taken(worker_lock(home)) as lock:
            if lock is not None:
                return
        threading.Event().wait(0.02)


def test_a_restore_under_the_worker_ends_it_and_the_next_one_answers_what_was_restored(spotted_home, tmp_path):
    with open_store(spotted_home) as store:
        kept = queued(store, picture(tmp_path / "a.png").path)
        back_up(store, ME, tmp_path / "copy.db")
        withdraw(store, kept.arrival.id, "It was withdrawn.")
    with pytest.raises(StoreError, match="put back"), working(spotted_home):
        _restore_and_wait_for_the_end(spotted_home, tmp_path / "copy.db")
    with open_store(spotted_home) as store, working(spotted_home):
        answered(store, kept)


def test_a_feed_that_was_open_during_a_restore_says_so_instead_of_waiting(spotted_home, tmp_path):
    with open_store(spotted_home) as store:
        back_up(store, ME, tmp_path / "copy.db")
    with taken(supervisor_lock(spotted_home)), Feed.open(spotted_home) as feed:  # nobody answers
        (found,) = find([picture(tmp_path / "a.png").path])
        arrival = feed.submit(found)
        awaited = feed.outcomes([arrival.id], LONG_S)
        restore(spotted_home, tmp_path / "copy.db", ME, SystemClock())
        with pytest.raises(StoreError, match="put back"):
            next(awaited)
