"""The worklist as it is read from the records."""

from datetime import UTC, datetime, timedelta

import pytest

from app.jobs.listing import SORTED_MOST, read_list, read_page, recalled
from app.state.worklist import Column, Filter, Order, Period, Show
from engine.store.database import open_store
from engine.store.queue import claim, next_waiting
from tests.app.records import PARTS, PICTURE, fill

MIDNIGHT = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def store(home):
    fill(home)
    with open_store(home) as store:
        yield store


def names(entries):
    return [entry.name for entry in entries]


def test_pages_follow_one_another_without_a_gap_and_the_last_one_says_so(store):
    first, after = read_page(store, Filter(), MIDNIGHT, None, 5)
    second, more = read_page(store, Filter(), MIDNIGHT, after, 5)
    third, end = read_page(store, Filter(), MIDNIGHT, more, 5)
    assert names(first + second + third)[1:] == [f"Part_{number:02}.png" for number in range(PARTS - 2, -1, -1)]
    assert (after is None, more is None, end) == (False, False, None)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(Show.FLAGGED), 3),
        (Filter(Show.CLEAR), 7),
        (Filter(Show.REFUSED), 2),
        (Filter(Show.FAILED), 0),
        (Filter(text="line 0"), 6),
        (Filter(period=Period.TODAY), PARTS),
        (Filter(Show.REFUSED, Period.WEEK, "line 1"), 1),
    ],
)
def test_filter_lets_through_what_fits(store, wanted, count):
    read = read_list(store, wanted, Order(), MIDNIGHT, {})
    assert len(read.listing.answered) == count
    assert bool(read.listing.waiting) is (wanted.show is Show.ALL and not wanted.text)


def test_day_that_begins_later_lists_nothing_of_before(store):
    tomorrow = datetime.now(UTC) + timedelta(hours=1)
    read = read_list(store, Filter(period=Period.TODAY), Order(), tomorrow, {})
    assert read.listing.answered == ()
    assert read.tally.answered == 0


def test_other_order_is_of_the_newest_and_complete(store):
    read = read_list(store, Filter(), Order(Column.REGIONS), MIDNIGHT, {})
    assert [entry.line.region_count for entry in read.listing.answered] == [2] * 3 + [0] * 9
    assert read.listing.complete
    assert len(read.listing.answered) < SORTED_MOST


def test_what_is_at_work_stands_before_what_waits(store):
    (job,) = next_waiting(store)
    claim(store, "worker", job)
    (entry,) = read_list(store, Filter(), Order(), MIDNIGHT, {}).listing.waiting
    assert (entry.name, entry.sign.word) == ("waits.png", "running")


def test_forecast_says_when_the_queue_is_empty(store):
    read = read_list(store, Filter(), Order(), MIDNIGHT, {})
    assert (read.forecast.waiting, read.forecast.at_work, read.forecast.late) == (1, 0, 0)
    assert read.forecast.empty_at > read.at


def test_recorded_study_is_found_again_with_its_answer(store):
    found, outcome = recalled(store, f"arrival-{PARTS - 1:02}")
    assert (found.source, found.path) == (str(PICTURE), PICTURE)
    assert outcome.model == "surface-pitting 1.0.0"
    assert recalled(store, "nobody") is None
