"""Overlapped work: the same answers, in any order that serves, and nothing lost whatever ends it."""

import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from engine.domain.arrival import Arrival
from engine.domain.outcome import Status
from engine.domain.request import NOTHING_ASKED, Request
from engine.errors import StoreError
from engine.intake.find import Found, find
from engine.intake.isolated.pool import Decoders
from engine.intake.read import read_study
from engine.pipeline import Bench
from engine.queue.overlap import Overlap
from engine.registry.shelf import Shelf
from tests.engine.intake.slices import AXIAL, at, write_slice
from tests.engine.tiny_model import picture

SENSITIVE = Request(threshold=0.01)
LUNG_HU = -850

LONG_S = 30.0
"""For what must happen; a test that waits so long has failed."""


@dataclass(frozen=True)
class Claimed:
    found: Found
    arrival: Arrival
    request: Request = NOTHING_ASKED
    attempt: int = 1


def claim(found, priority=1, **changes):
    arrival = Arrival(found.path.stem, found.source, datetime(2026, 1, 1, tzinfo=UTC), priority=priority)
    return Claimed(found, arrival, **changes)


def noise(path, shape=(200, 150), seed=5):
    Image.fromarray(np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)).save(path)
    return Found(str(path), path)


class Doors:
    """Reads with doors in front: a study whose name has one waits there until it is opened."""

    def __init__(self):
        self.shut, self.read, self.at_the_door = {}, [], {}

    def close(self, name):
        self.shut[name], self.at_the_door[name] = threading.Event(), threading.Event()

    def __call__(self, found, *, modality=None, on_slice=lambda: None):
        name = found.path.stem
        if name in self.shut:
            self.at_the_door[name].set()
            deadline_s = time.monotonic() + LONG_S
            while not self.shut[name].wait(0.01):
                on_slice()
                assert time.monotonic() < deadline_s
        loaded = read_study(found, modality=modality, on_slice=on_slice)
        self.read.append(name)
        return loaded


@pytest.fixture
def doors():
    return Doors()


@pytest.fixture
def bench(spotted_home, doors):
    with Bench.open(Shelf.of(spotted_home), threads=1, read=doors) as bench:
        yield bench


class HeldLook:
    """The look of a bench, which begins only when told to."""

    def __init__(self, bench):
        self.looking, self.go_on, self._look = threading.Event(), threading.Event(), bench.look
        self.attempt = None
        bench.look = self

    def __call__(self, attempt):
        self.attempt = self.attempt or attempt
        self.looking.set()
        assert self.go_on.wait(LONG_S)
        self._look(attempt)


@pytest.fixture
def held(bench):
    return HeldLook(bench)


class Kept(list):
    """What was recorded, in order, and what was given back."""

    def __init__(self):
        super().__init__()
        self.given_back, self.recorded = [], threading.Event()
        self.wanted = 0

    def record(self, _claimed, attempt):
        assert attempt.loaded is None, "its pixels are gone"
        self.append(attempt.outcome())
        if len(self) == self.wanted:
            self.recorded.set()

    def give_back(self, claimed):
        self.given_back.append(claimed.arrival.id)

    def wait_for(self, count):
        self.wanted = count
        assert len(self) >= count or self.recorded.wait(LONG_S)


@pytest.fixture
def kept():
    return Kept()


def in_background(overlap, claims, kept):
    """The thread of a run; what it raises fails the test, since pytest makes an error of it."""
    thread = threading.Thread(target=overlap.run, args=(iter(claims), kept.record, kept.give_back))
    thread.start()
    return thread


def wait_until_ready(doors, *names):
    wait_until(lambda: set(names) <= set(doors.read))
    time.sleep(0.2)  # from what was read to where it waits


def finish(thread):
    thread.join(LONG_S)
    assert not thread.is_alive()


def test_regions_have_the_bytes_of_studies_answered_one_by_one(bench, kept, tmp_path):
    founds = [noise(tmp_path / f"{seed}.png", (100 + 40 * seed, 150), seed) for seed in range(6)]
    alone = {found.path.stem: bench.attempt(found, SENSITIVE).outcome() for found in founds}
    Overlap(bench, ahead=3).run(
        iter([claim(found, request=SENSITIVE) for found in founds]), kept.record, kept.give_back
    )
    assert {outcome.arrival_id for outcome in kept} == set(alone)
    assert all(outcome.regions for outcome in kept)
    for outcome in kept:
        assert outcome.regions == alone[outcome.arrival_id].regions
        assert outcome.status is Status.ANSWERED
    assert kept.given_back == []


def test_series_read_by_decoder_processes_beside_others_have_the_same_bytes(volume_home, kept, tmp_path):
    hu = np.random.default_rng(4).integers(0, 200, (5, 40, 64, 64)).astype(np.int16) + np.int16(LUNG_HU)
    hu[:, 6:10, 20:30, 30:40] = 30
    for number, voxels in enumerate(hu):
        write_series(tmp_path / str(number), voxels, number)
    founds = list(find(sorted(tmp_path.glob("[0-9]"))))
    with Decoders() as decoders, Bench.open(Shelf.of(volume_home), threads=2, read=decoders.read_study) as bench:
        alone = {found.path.stem: bench.attempt(found, SENSITIVE).outcome() for found in founds}
        Overlap(bench).run(iter([claim(found, request=SENSITIVE) for found in founds]), kept.record, kept.give_back)
    assert len(kept) == len(alone) == 5
    for outcome in kept:
        assert outcome.regions == alone[outcome.arrival_id].regions
        assert outcome.regions[0].measures


def write_series(folder, hu, number):
    """The slices as DICOM files of a series of their own; their stored values lie 1024 above HU."""
    for index, plane in enumerate(hu):
        write_slice(
            folder / f"{index:03}.dcm",
            at(index * 2.0),
            plane + np.int16(1024),
            AXIAL,
            SeriesInstanceUID=f"1.2.{number}",
            SOPInstanceUID=f"1.2.{number}.{index}",
            PixelSpacing=[0.8, 0.8],
        )


def test_a_study_that_reads_slowly_holds_up_none_of_the_others(bench, doors, kept, tmp_path):
    doors.close("slow")
    names = ("slow", "b", "c", "d")
    thread = in_background(Overlap(bench), [claim(picture(tmp_path / f"{name}.png")) for name in names], kept)
    kept.wait_for(3)
    assert [outcome.arrival_id for outcome in kept] == ["b", "c", "d"]
    doors.shut["slow"].set()
    finish(thread)
    assert [outcome.arrival_id for outcome in kept] == ["b", "c", "d", "slow"]


def test_the_urgent_one_of_what_is_ready_is_looked_at_first(bench, doors, kept, held, tmp_path):
    def claims():
        yield claim(picture(tmp_path / "a.png"))
        assert held.looking.wait(LONG_S)
        yield claim(picture(tmp_path / "b.png"))
        yield claim(picture(tmp_path / "urgent.png"), priority=0)

    thread = in_background(Overlap(bench), claims(), kept)
    wait_until_ready(doors, "b", "urgent")
    held.go_on.set()
    finish(thread)
    assert [outcome.arrival_id for outcome in kept] == ["a", "urgent", "b"]


def test_an_urgent_study_is_read_beside_those_that_are_ready_and_looked_at_next(bench, doors, kept, held, tmp_path):
    waits = threading.Event()

    def claims():
        yield claim(picture(tmp_path / "looked-at.png"))
        assert held.looking.wait(LONG_S)
        for name in ("a", "b", "urgent", "c"):
            yield claim(picture(tmp_path / f"{name}.png"), priority=int(name != "urgent"))

    thread = in_background(Overlap(bench, urgent_waits=waits.is_set), claims(), kept)
    wait_until_ready(doors, "a", "b")
    time.sleep(0.3)
    assert len(doors.read) == 3, "there is no room for another that is not urgent"
    waits.set()
    wait_until_ready(doors, "urgent")
    waits.clear()
    held.go_on.set()
    finish(thread)
    assert [outcome.arrival_id for outcome in kept] == ["looked-at", "urgent", "a", "b", "c"]


def test_what_makes_way_is_given_back_and_what_it_made_way_for_is_looked_at_next(bench, doors, kept, held, tmp_path):
    asked = []

    def claims():
        yield claim(noise(tmp_path / "long.png"))
        assert held.looking.wait(LONG_S)
        yield claim(picture(tmp_path / "a.png"))
        yield claim(picture(tmp_path / "urgent.png"), priority=0)

    def gives_way(looked_at, share, looked_s, ready):
        asked.append((looked_at.arrival.id, share, ready.arrival.id))
        return looked_s >= 0.0 and ready.arrival.priority == 0

    thread = in_background(Overlap(bench, gives_way=gives_way), claims(), kept)
    wait_until_ready(doors, "a", "urgent")
    held.go_on.set()
    finish(thread)
    assert kept.given_back == ["long"]
    assert [outcome.arrival_id for outcome in kept] == ["urgent", "a"]
    assert ("long", 0.0, "urgent") in asked


def test_what_turns_out_slower_than_it_seemed_makes_way_when_that_is_asked_again(bench, doors, kept, held, tmp_path):
    slow = threading.Event()

    def claims():
        yield claim(noise(tmp_path / "long.png"))
        assert held.looking.wait(LONG_S)
        yield claim(picture(tmp_path / "urgent.png"), priority=0)

    overlap = Overlap(bench, gives_way=lambda *_: slow.is_set())
    thread = in_background(overlap, claims(), kept)
    wait_until_ready(doors, "urgent")
    overlap.reconsider()
    slow.set()
    while not held.attempt.budget._cancelled.is_set():
        overlap.reconsider()
    held.go_on.set()
    finish(thread)
    assert kept.given_back == ["long"]
    assert [outcome.arrival_id for outcome in kept] == ["urgent"]


def test_what_begins_anew_is_looked_at_again_before_all_others_and_read_once(bench, doors, kept, held, tmp_path):
    def claims():
        yield claim(noise(tmp_path / "first.png"), priority=0)
        assert held.looking.wait(LONG_S)
        yield claim(picture(tmp_path / "second.png"), priority=0)

    asked = []

    def begins_anew(looked_at, _share, _looked_s, ready):
        asked.append((looked_at.arrival.id, ready.arrival.id))
        return len(asked) == 1

    thread = in_background(Overlap(bench, begins_anew=begins_anew), claims(), kept)
    wait_until_ready(doors, "second")
    assert held.attempt.budget.is_cancelled
    held.go_on.set()
    finish(thread)
    assert asked[0] == ("first", "second")
    assert [(outcome.arrival_id, outcome.code, outcome.coverage) for outcome in kept] == [
        ("first", "", 1.0),
        ("second", "", 1.0),
    ]
    assert (kept.given_back, doors.read.count("first")) == ([], 1)
    assert kept[0].ms.read > 0.0


def test_what_is_cancelled_by_a_person_does_not_begin_anew(bench, doors, kept, held, tmp_path):
    def claims():
        yield claim(noise(tmp_path / "first.png"), priority=0)
        assert held.looking.wait(LONG_S)
        yield claim(picture(tmp_path / "second.png"), priority=0)

    overlap = Overlap(bench, begins_anew=lambda *_: True)
    thread = in_background(overlap, claims(), kept)
    wait_until_ready(doors, "second")
    assert overlap.cancel("first")
    held.go_on.set()
    finish(thread)
    assert {outcome.arrival_id: outcome.code for outcome in kept} == {"first": "BU-CANCELLED", "second": ""}


def test_what_is_cancelled_by_a_person_is_recorded_although_it_makes_way(bench, doors, kept, held, tmp_path):
    def claims():
        yield claim(noise(tmp_path / "long.png"))
        assert held.looking.wait(LONG_S)
        yield claim(picture(tmp_path / "urgent.png"), priority=0)

    overlap = Overlap(bench, gives_way=lambda *_: True)
    thread = in_background(overlap, claims(), kept)
    wait_until_ready(doors, "urgent")
    assert overlap.cancel("long")
    held.go_on.set()
    finish(thread)
    assert kept.given_back == []
    assert {outcome.arrival_id: outcome.code for outcome in kept} == {"long": "BU-CANCELLED", "urgent": ""}


def test_claims_are_taken_only_as_they_can_be_read(bench, doors, kept, tmp_path):
    taken = []

    def claims():
        for name in "abcdef":
            taken.append(name)
            yield claim(picture(tmp_path / f"{name}.png"))

    doors.close("a")
    doors.close("b")
    thread = in_background(Overlap(bench, ahead=2), claims(), kept)
    assert all(door.wait(LONG_S) for door in doors.at_the_door.values())
    assert taken == ["a", "b"]
    for door in doors.shut.values():
        door.set()
    finish(thread)
    assert len(kept) == 6


def test_pixels_that_are_held_keep_others_from_being_read(bench, kept, held, tmp_path):
    taken = []

    def claims():
        for name in "abcdef":
            if name == "b":
                assert held.looking.wait(LONG_S)
            taken.append(name)
            yield claim(noise(tmp_path / f"{name}.png", (100, 100)))

    thread = in_background(Overlap(bench, ahead=6, most_bytes=10_000), claims(), kept)
    assert held.looking.wait(LONG_S)
    time.sleep(0.1)
    # A reader that was asking for b before the pixels of a were there may get it.
    assert len(taken) <= 2
    held.go_on.set()
    finish(thread)
    assert len(kept) == 6


def test_a_study_that_ended_a_process_before_is_answered_alone(bench, kept, tmp_path):
    tries = {"a": 1, "b": 1, "again": 2, "c": 1}
    claims = [claim(picture(tmp_path / f"{name}.png"), attempt=number) for name, number in tries.items()]
    overlap = Overlap(bench, ahead=4)
    beside, look = [], bench.look

    def seen(attempt):
        if attempt.number == 2:
            beside.append([one.arrival_id for one in overlap.at_work()])
        look(attempt)

    bench.look = seen
    overlap.run(iter(claims), kept.record, kept.give_back)
    assert beside == [["again"]]
    assert {outcome.arrival_id: outcome.attempt for outcome in kept} == tries


def test_what_is_at_work_says_how_far_it_is(bench, doors, kept, tmp_path):
    doors.close("part")
    overlap = Overlap(bench)
    thread = in_background(overlap, [claim(picture(tmp_path / "part.png"))], kept)
    assert doors.at_the_door["part"].wait(LONG_S)
    (one,) = overlap.at_work()
    assert (one.arrival_id, one.attempt, one.stage, one.share) == ("part", 1, "read", 0.0)
    doors.shut["part"].set()
    finish(thread)
    assert overlap.at_work() == ()


def test_a_wish_to_stop_gives_back_what_is_not_answered_and_takes_no_more(bench, doors, kept, tmp_path):
    doors.close("b")
    names = iter("abcdefgh")
    overlap = Overlap(bench)

    def claims():
        while not overlap.is_stopping:
            yield claim(picture(tmp_path / f"{next(names)}.png"))
            if "b" in doors.shut and doors.at_the_door["b"].is_set():
                while not overlap.is_stopping:
                    time.sleep(0.01)

    thread = in_background(overlap, claims(), kept)
    kept.wait_for(1)
    assert doors.at_the_door["b"].wait(LONG_S)
    overlap.stop()
    finish(thread)
    answered = {outcome.arrival_id for outcome in kept}
    assert "b" in kept.given_back
    assert all(outcome.status is Status.ANSWERED for outcome in kept), "nothing half is recorded"
    assert not answered & set(kept.given_back)


def test_a_wish_to_stop_ends_a_look_after_its_tile(bench, kept, tmp_path):
    found = noise(tmp_path / "large.png", (3000, 3000))
    overlap = Overlap(bench)
    thread = in_background(overlap, [claim(found)], kept)
    wait_until(lambda: any(0.0 < one.share < 0.5 for one in overlap.at_work()))
    overlap.stop()
    finish(thread)
    assert (list(kept), kept.given_back) == ([], ["large"])


def test_a_person_who_cancels_one_study_gets_what_is_done(bench, doors, kept, tmp_path):
    doors.close("b")
    overlap = Overlap(bench)
    claims = [claim(picture(tmp_path / f"{name}.png")) for name in ("a", "b")]
    thread = in_background(overlap, claims, kept)
    assert doors.at_the_door["b"].wait(LONG_S)
    assert overlap.cancel("b")
    finish(thread)
    codes = {outcome.arrival_id: outcome.code for outcome in kept}
    assert codes == {"a": "", "b": "BU-CANCELLED"}
    assert not overlap.cancel("b")


def test_what_recording_raises_ends_the_run_and_gives_back_the_rest(bench, kept, tmp_path):
    full = StoreError("ST-FULL", "The disk is full.", "Free space.")

    def fails(_claimed, _attempt):
        raise full

    overlap = Overlap(bench)

    def claims():
        for name in "abcdefgh":
            if overlap.is_stopping:
                return
            yield claim(picture(tmp_path / f"{name}.png"))

    with pytest.raises(StoreError) as caught:
        overlap.run(claims(), fails, kept.give_back)
    assert caught.value is full
    assert kept.given_back
    assert overlap.at_work() == ()


def test_what_claiming_raises_ends_the_run_after_what_was_claimed(bench, kept, tmp_path):
    locked = StoreError("ST-LOCKED", "The database is locked.", "Try again.")

    def claims():
        yield claim(picture(tmp_path / "a.png"))
        raise locked

    with pytest.raises(StoreError) as caught:
        Overlap(bench).run(claims(), kept.record, kept.give_back)
    assert caught.value is locked
    assert [outcome.arrival_id for outcome in kept] + kept.given_back == ["a"]


def test_an_error_of_the_looking_thread_gives_back_everything(bench, kept, tmp_path):
    def killed(_attempt):
        raise KeyboardInterrupt

    bench.look = killed
    claims = [claim(picture(tmp_path / f"{name}.png")) for name in "abc"]
    with pytest.raises(KeyboardInterrupt):
        Overlap(bench).run(iter(claims), kept.record, kept.give_back)
    assert list(kept) == []
    assert "a" in kept.given_back


@pytest.mark.parametrize("ends_by", ["the claims", "a wish", "recording", "claiming"])
@pytest.mark.parametrize("seed", range(6))
def test_whatever_ends_a_run_every_claim_is_recorded_or_given_back_once(bench, kept, tmp_path, ends_by, seed):
    rng = random.Random(seed)
    founds = [picture(tmp_path / f"{number}.png") for number in range(rng.randrange(1, 16))]
    overlap = Overlap(bench, ahead=rng.randrange(1, 4), urgent_waits=lambda: rng.random() < 0.5)
    claimed, last = [], len(founds) // 2
    ended = StoreError("ST-IO", "The disk is gone.", "Connect it.")

    def claims():
        for number, found in enumerate(founds):
            if overlap.is_stopping:
                return
            if ends_by == "claiming" and number == last:
                raise ended
            claimed.append(found.path.stem)
            yield claim(found, priority=rng.randrange(2), attempt=rng.choice((1, 1, 1, 2)))
            if ends_by == "a wish" and number == last:
                threading.Timer(rng.random() * 0.02, overlap.stop).start()

    def record(one, attempt):
        if ends_by == "recording" and len(kept) == last:
            raise ended
        kept.record(one, attempt)

    if ends_by in ("recording", "claiming"):
        with pytest.raises(StoreError):
            overlap.run(claims(), record, kept.give_back)
    else:
        overlap.run(claims(), record, kept.give_back)
    assert sorted([outcome.arrival_id for outcome in kept] + kept.given_back) == sorted(claimed)
    assert overlap.at_work() == ()
    if ends_by == "the claims":
        assert kept.given_back == []


def wait_until(true):
    deadline_s = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < deadline_s
        time.sleep(0.002)
