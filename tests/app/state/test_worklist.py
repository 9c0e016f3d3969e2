"""The state of the worklist: pages, order, filter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.state.status import Shape, Sign
from app.state.worklist import Column, Entry, Filter, Listing, Order, Show, Worklist, entry_of, in_order
from engine.domain.outcome import Status
from engine.store.worklist_line import After, Line

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def line(number, **changes):
    facts = {
        "id": number,
        "recorded_at": NOON + timedelta(minutes=number),
        "arrival_id": f"arrival {number}",
        "source": f"/in/lot {number % 2}/Part_{number}.png",
        "modality": "photo",
        "status": Status.ANSWERED,
        "flagged": False,
        "region_count": 0,
        "best_score": None,
        "model": "pits 1.0.0",
        "reviewed": "",
        "arrived_at": NOON + timedelta(seconds=number),
        "deadline": None,
        "doubts": (),
        "content_hash": f"{number:064x}",
        "unsure_count": 0,
    }
    return Line(**facts | changes)


def entries(*numbers, **changes):
    return tuple(entry_of(line(number, **changes)) for number in numbers)


def test_word_and_shape_say_what_was_flagged_whatever_the_status():
    signs = [entry_of(line(1, status=status, flagged=True)).sign for status in Status]
    assert all(sign.word.endswith("flagged") for sign in signs)
    assert len({sign.shape for sign in signs}) == len(Status)
    assert entry_of(line(1)).sign == Sign("nothing flagged", Shape.RING, "clear")


def test_pages_are_added_at_the_end_and_the_last_one_has_no_successor():
    worklist = Worklist()
    told = []
    worklist.changed.listen(lambda changed: told.append((changed.first, changed.inserted, len(worklist))))
    worklist.show(Listing(answered=entries(9, 8), after=After(NOON, 8)))
    worklist.add(entries(7, 6), After(NOON, 6))
    worklist.add(entries(5), None)
    assert told == [(0, None, 2), (2, 2, 4), (4, 1, 5)]
    assert [worklist[row].line.id for row in range(5)] == [9, 8, 7, 6, 5]
    assert worklist.listing.complete


def test_what_waits_stands_before_what_was_answered():
    waiting = Entry("a", "/in/new.png", Sign("waiting", Shape.DOTS, "waiting"), NOON, None)
    worklist = Worklist()
    worklist.show(Listing(waiting=(waiting,), answered=entries(1)))
    assert [worklist[row].name for row in range(2)] == ["new.png", "Part_1.png"]
    assert worklist.row_of(worklist[1].key) == 1
    assert worklist.row_of("gone") is None


@pytest.mark.parametrize(
    ("column", "falling", "ids"),
    [
        (Column.STUDY, False, [1, 2, 3]),
        (Column.ARRIVED, True, [3, 2, 1]),
        (Column.REGIONS, True, [2, 3, 1]),
        (Column.PERSON, False, [2, 3, 1]),
    ],
)
def test_list_is_ordered_by_a_column(column, falling, ids):
    given = (*entries(3), entry_of(line(2, region_count=4, best_score=0.5)), *entries(1))
    assert [each.line.id for each in in_order(given, Order(column, falling), {})] == ids


@pytest.mark.parametrize("falling", [True, False])
def test_what_has_no_value_comes_last_whichever_way(falling):
    due = replace(entries(1)[0], deadline=NOON)
    given = (*entries(3), due, *entries(2))
    assert [each.line.id for each in in_order(given, Order(Column.DEADLINE, falling), {})] == [1, 3, 2]


def test_person_of_the_file_comes_before_the_folder():
    given = entries(1, 2)
    persons = {given[0].key: "Adams", given[1].key: "Zeta"}
    assert [each.line.id for each in in_order(given, Order(Column.PERSON, falling=False), persons)] == [1, 2]


def test_what_waits_belongs_to_no_status():
    assert Filter(text="x").lists_waiting
    assert not Filter(Show.REFUSED).lists_waiting


def test_only_the_order_of_the_records_comes_page_by_page():
    assert Order().is_stored
    assert not Order(falling=False).is_stored
