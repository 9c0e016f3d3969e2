"""What is decided in the window against the reviews of a real store."""

from dataclasses import replace

import numpy as np
import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import QObject

from app.jobs import reviewing as reviewing_module
from app.jobs.records import Records
from app.jobs.reviewing import Reviewing
from app.jobs.run import Lane, run
from app.state.judging import Judging
from app.state.session import Session
from app.state.signed_in import SignedIn
from engine.domain.operator import Operator, Role
from engine.domain.review import Mark, RegionVerdict, Verdict
from engine.domain.scan import Provenance, Scan, StoredSlice
from engine.errors import StoreError
from engine.operators.session import Session as Person
from engine.operators.session import single_operator
from engine.store import login, operators
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.reviews import save, sign, versions
from tests.engine.store.answers import answered, arrival, nodule, photograph, spot, volume
from tests.engine.store.decisions import confirmed, review_of

PHOTO, CT = "/in/part 7.png", "/in/ct"


class Desk(QObject):
    """The state and the background work of judging, without a window."""

    def __init__(self, home, qtbot, person):
        super().__init__()
        self.qtbot = qtbot
        self.lane = Lane("records")
        self.records = Records(home, self.lane)
        self.session = Session()
        self.judging = Judging(self.session)
        self.who = SignedIn(person)
        self.scan = None
        self.reviewing = Reviewing(self.session, self.judging, self.records, self.who, lambda _: self.scan, self)
        self.recorded, self.refused, self.delayed = [], [], []
        self.reviewing.recorded.connect(self.recorded.append)
        self.reviewing.refused.connect(lambda source, trouble: self.refused.append((source, trouble.code)))
        self.reviewing.delayed.connect(lambda trouble: self.delayed.append(trouble.code))

    def open(self, *answers):
        for source, outcome in answers:
            (index,) = self.session.add([source])
            self.session.answer(index, outcome, None)
        self.qtbot.waitUntil(lambda: all(self.session[i].judgement is not None for i in range(len(self.session))))
        self.judging.go_to_open()

    def wait(self):
        self.qtbot.waitUntil(lambda: not self.reviewing.unrecorded)

    def close(self):
        self.reviewing.hand_over()
        run(lambda _: self.records.close(), on_done=print, on_failed=print, parent=self, lane=self.lane)
        assert self.lane.close(20.0)


@pytest.fixture
def store(home):
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def desk(home, qtbot):
    made = []

    def make(person=None):
        made.append(Desk(home, qtbot, person or single_operator()))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def part(store):
    came = arrival(PHOTO)
    outcome = answered(came, [spot(0.9), spot(0.8, 2.0), spot(0.7, 3.0)])
    record(store, came, photograph(), outcome)
    return outcome


def stored(store, outcome):
    return [kept.review for kept in versions(store, outcome.arrival_id)]


def test_each_decision_is_a_version_in_the_store(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    at.judging.confirm()
    at.wait()
    at.judging.reject("artefact")
    at.wait()
    first, second = stored(store, part)
    assert [one.verdict for one in first.regions] == [RegionVerdict.CONFIRMED]
    assert [(one.verdict, one.reason) for one in second.regions] == [("confirmed", ""), ("rejected", "artefact")]
    assert at.recorded == [PHOTO, PHOTO]


def test_decisions_that_come_faster_than_the_disk_are_recorded_together_and_none_is_lost(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    for _ in range(3):
        at.judging.confirm()
    at.judging.give(Verdict.REJECT)
    at.wait()
    kept = stored(store, part)
    assert len(kept) < 4
    assert kept[-1].verdict is Verdict.REJECT
    assert len(kept[-1].regions) == 3


def test_closing_at_once_loses_nothing(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    at.judging.confirm()
    at.judging.confirm()
    at.close()
    assert len(stored(store, part)[-1].regions) == 2


def test_undo_is_recorded_as_a_version_of_its_own(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    at.judging.confirm()
    at.wait()
    at.judging.undo()
    at.wait()
    assert [len(one.regions) for one in stored(store, part)] == [1, 0]


def test_judging_goes_on_from_the_newest_version(desk, store, part):
    review = review_of(replace(arrival(PHOTO), id=part.arrival_id), 0)
    save(store, single_operator(), replace(review, regions=(confirmed(1),), verdict=None, comment="lens was dirty"))
    at = desk()
    at.open((PHOTO, part))
    assert at.judging.judgement.verdicts == (None, RegionVerdict.CONFIRMED, None)
    assert at.judging.judgement.comment == "lens was dirty"
    assert at.recorded == []


def test_role_without_the_right_is_refused_by_the_engine_and_the_decision_falls_back(desk, store, part):
    at = desk(Person(Operator("ada", Role.VIEWER)))
    at.open((PHOTO, part))
    at.judging.confirm()
    at.qtbot.waitUntil(lambda: at.refused != [])
    assert at.refused == [(PHOTO, "US-ROLE")]
    at.qtbot.waitUntil(lambda: at.judging.judgement.verdicts[0] is None)
    assert at.judging.judgement.verdicts == (None, None, None)
    assert stored(store, part) == []


def test_decision_that_nobody_answers_for_does_not_hold(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    at.who.change(None)
    at.judging.confirm()
    at.qtbot.waitUntil(lambda: at.judging.judgement.verdicts[0] is None)
    assert at.refused == [(PHOTO, "US-IDLE")]
    assert at.reviewing.unrecorded == ()
    assert stored(store, part) == []


def test_decision_is_recorded_in_the_name_of_who_made_it_and_of_nobody_who_comes_later(desk, store, part, monkeypatch):
    def full(*arguments):
        raise StoreError("ST-FULL", "The disk is full.", "Free some space.")

    at = desk(Person(Operator("kim", Role.INSPECTOR)))
    at.open((PHOTO, part))
    monkeypatch.setattr("engine.store.reviews.save", full)
    at.judging.confirm()
    at.qtbot.waitUntil(lambda: at.delayed != [])
    monkeypatch.setattr("engine.store.reviews.save", save)
    at.who.change(Person(Operator("lee", Role.INSPECTOR)))
    at.qtbot.wait(100)
    assert at.reviewing.unrecorded == (PHOTO,)
    at.who.change(Person(Operator("kim", Role.INSPECTOR)))
    at.wait()
    assert [one.operator for one in stored(store, part)] == ["kim"]


def test_what_somebody_else_signed_meanwhile_is_shown_once_a_decision_is_refused(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    whole = review_of(replace(arrival(PHOTO), id=part.arrival_id), 3, verdict=Verdict.WARN)
    sign(store, Person(Operator("lee")), whole)
    at.judging.confirm()
    at.qtbot.waitUntil(lambda: at.judging.judgement.signature is not None)
    assert at.refused == [(PHOTO, "US-AMEND")]
    assert at.judging.judgement.signature.operator == "lee"


def test_full_disk_keeps_the_decision_and_it_is_tried_again(desk, store, part, monkeypatch):
    monkeypatch.setattr(reviewing_module, "RETRY_MS", 30)
    full = [StoreError("ST-FULL", "The disk is full.", "Free some space.")] * 2

    def save_later(*arguments):
        if full:
            raise full.pop()
        return save(*arguments)

    monkeypatch.setattr("engine.store.reviews.save", save_later)
    at = desk()
    at.open((PHOTO, part))
    at.judging.confirm()
    at.wait()
    assert at.delayed == ["ST-FULL", "ST-FULL"]
    assert len(stored(store, part)) == 1
    assert at.judging.judgement.verdicts[0] is RegionVerdict.CONFIRMED


def test_signed_version_closes_the_judgement_and_a_change_needs_a_reason(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    at.judging.confirm_open()
    at.judging.give(Verdict.REJECT)
    done = []
    at.reviewing.sign(PHOTO, "", on_done=lambda: done.append(True), on_failed=done.append)
    at.qtbot.waitUntil(lambda: done != [])
    assert done == [True]
    assert at.judging.judgement.signature.operator == single_operator().name
    at.judging.amend("seen from closer")
    at.judging.give(Verdict.WARN)
    at.wait()
    last = stored(store, part)[-1]
    assert (last.verdict, last.reason, last.signed) == (Verdict.WARN, "seen from closer", False)


def test_signature_that_overtakes_a_decision_holds_it(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    done = []
    at.judging.confirm_open()  # is being recorded
    at.judging.give(Verdict.REJECT)  # waits for that
    at.reviewing.sign(PHOTO, "", on_done=lambda: done.append(True), on_failed=done.append)
    at.qtbot.waitUntil(lambda: done != [] and not at.reviewing.unrecorded)
    assert (done, at.refused) == ([True], [])
    assert [(one.signed, one.verdict) for one in stored(store, part)] == [(False, None), (True, Verdict.REJECT)]


def test_undecided_regions_keep_a_review_from_being_signed_and_what_was_decided_is_recorded(desk, store, part):
    at = desk()
    at.open((PHOTO, part))
    at.judging.confirm()
    at.judging.give(Verdict.REJECT)
    told = []
    at.reviewing.sign(PHOTO, "", on_done=lambda: told.append(None), on_failed=told.append)
    at.qtbot.waitUntil(lambda: told != [])
    assert told[0].code == "US-REVIEW-OPEN"
    assert at.judging.judgement.signature is None
    at.wait()
    assert stored(store, part)[-1].verdict is Verdict.REJECT


def test_site_asks_for_the_password_again_before_it_signs(desk, store, part, monkeypatch):
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("engine.operators.password.HASHER", quick)
    operators.add(store, single_operator(), "root", Role.ADMINISTRATOR, "correct horse")
    operators.add(store, login.log_in(store, "root", "correct horse"), "kim", Role.INSPECTOR, "battery staple")
    at = desk(login.log_in(store, "kim", "battery staple"))
    at.open((PHOTO, part))
    at.judging.confirm_open()
    at.judging.give(Verdict.REJECT)
    told = []
    for number, typed in enumerate(("wrong one", "battery staple"), start=1):
        at.reviewing.sign(
            PHOTO, typed, on_done=lambda: told.append("signed"), on_failed=lambda no: told.append(no.code)
        )
        at.qtbot.waitUntil(lambda number=number: len(told) == number, timeout=20_000)
    assert told == ["US-LOGIN", "signed"]
    assert stored(store, part)[-1].operator == "kim"


def test_box_drawn_in_a_volume_is_recorded_with_its_place_in_the_patient_and_its_images(desk, store):
    came = arrival(CT)
    outcome = answered(came, [nodule()])
    record(store, came, volume(), outcome)
    at = desk()
    at.scan = Scan(
        np.zeros((3, 20, 20), np.int16),
        "volume",
        "CT",
        "MONOCHROME2",
        Provenance(("a", "b", "c"), "test"),
        spacing_mm=(2.0, 1.0, 1.0),
        slices=tuple(StoredSlice(place + 0.5) for place in range(3)),
    )
    at.open((CT, outcome))
    at.judging.add(Mark("nodule", box_vox=(1.0, 2.0, 4.0, 3.0, 6.0, 8.0)))
    at.wait()
    mark = stored(store, outcome)[-1].regions[0].mark
    assert mark.center_mm == (5.5, 3.5, 3.0)
    assert [one.sop_uid for one in mark.instances] == ["1.2.840.1", "1.2.840.2"]
    assert mark.instances[0].box_px == (4.0, 2.0, 8.0, 6.0)
