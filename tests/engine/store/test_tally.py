"""What a day came to, and the newest answers as the monitor reads them."""

from datetime import timedelta

import pytest

from engine.domain.outcome import Status
from engine.domain.review import Verdict
from engine.operators.session import single_operator
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.reviews import save
from engine.store.tally import newest_measured, tally_since
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival, photograph, refused, spot
from tests.engine.store.decisions import review_of


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store(home, clock):
    with open_store(home, clock) as store:
        yield store


def answer(store, clock, number, regions=(), **changes):
    clock.pass_s(60.0)
    came = arrival(f"/in/Part_{number}.png", **changes)
    record(store, came, photograph(came.source), answered(came, list(regions)))
    return came


def test_only_what_was_recorded_since_then_counts(store, clock):
    answer(store, clock, 1, [spot(0.9)])
    since = clock.now() + timedelta(seconds=1)
    answer(store, clock, 2, [spot(0.9)])
    answer(store, clock, 3)
    broken = arrival("/in/broken.png")
    record(store, broken, None, refused(broken))
    tally = tally_since(store, since)
    assert (tally.flagged, tally.clear, tally.others, tally.answered) == (1, 1, {Status.REFUSED: 1}, 3)
    assert tally.yield_share is None


def test_newest_review_of_an_outcome_is_the_one_that_counts(store, clock):
    since = clock.now()
    parts = [answer(store, clock, number, [spot(0.9)]) for number in range(3)]
    for part, verdict in zip(parts, (Verdict.ACCEPT, Verdict.WARN, Verdict.ACCEPT), strict=True):
        save(store, single_operator(), review_of(part, 1, verdict=verdict))
    save(store, single_operator(), review_of(parts[2], 1, verdict=Verdict.REJECT))
    tally = tally_since(store, since)
    assert tally.verdicts == {"accept": 1, "warn": 1, "reject": 1}
    assert tally.yield_share == pytest.approx(2 / 3)


def test_newest_answers_come_with_what_people_decided_about_their_regions(store, clock):
    answer(store, clock, 1)
    part = answer(store, clock, 2, [spot(0.9), spot(0.8), spot(0.7)])
    save(store, single_operator(), review_of(part, 3))
    newest, before = newest_measured(store)
    assert (newest.source, newest.confirmed, newest.rejected) == ("/in/Part_2.png", 2, 1)
    assert (before.confirmed, before.rejected, before.flagged) == (0, 0, False)
    assert [each.source for each in newest_measured(store, 1)] == ["/in/Part_2.png"]


def test_empty_home_has_an_empty_tally(store, clock):
    assert tally_since(store, clock.now()).answered == 0
    assert newest_measured(store) == ()
