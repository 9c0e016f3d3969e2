"""The ledger of watched folders: what was taken, what is still to be done, and what may be forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.domain.outcome import Status
from engine.domain.watched_file import Version, WatchedFile
from engine.store.outcomes import record
from engine.store.trail import entries
from engine.store.watched import Ledger, Verdict
from engine.store.watched_units import Taken
from tests.engine.store.answers import answered, arrival, photograph

FIRST = Version(1, 2, 3)
SEEN = datetime(2026, 1, 31, 12, tzinfo=UTC)


def file(name: str = "a.png", parent: str = "", version: Version = FIRST, uid: str | None = None):
    return WatchedFile(parent, name, version, SEEN, uid)


@pytest.fixture
def ledger(store):
    return Ledger(store, "/in")


def answer(store, status=Status.ANSWERED, code=""):
    """Records an answer and gives its arrival's id."""
    made = arrival()
    record(store, made, photograph(), replace(answered(made), status=status, code=code))
    return made.id


def test_a_file_is_known_in_each_version_that_was_taken(store, ledger):
    ledger.take([Taken(file(), answer(store)), Taken(file(version=Version(1, 9, 9)), answer(store))])
    ledger.take([Taken(file("notes"), None)])
    known = ledger.known("")
    assert known["a.png"].versions == {Version(1, 2, 3), Version(1, 9, 9)}
    assert not known["a.png"].is_closed
    assert known["notes"].is_closed
    assert ledger.known("", ["notes", "other"]).keys() == {"notes"}
    assert ledger.known("deeper") == {}
    assert Ledger(store, "/other").known("") == {}


def test_a_file_is_answered_when_all_that_was_made_of_it_is(store, ledger):
    first, second = answer(store), answer(store, Status.REFUSED, "IN-DECODE")
    waiting = arrival()
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO arrivals VALUES (?, 's', '2026-01-31T12:00:00.000000Z', NULL, 1)", (waiting.id,)
        )
    ledger.take([Taken(file(), one) for one in (first, second)])
    ledger.take([Taken(file("b.png"), first), Taken(file("b.png"), waiting.id)])
    (found,) = ledger.answered()
    assert found.file == file()
    assert set(found.verdicts) == {
        Verdict(first, Status.ANSWERED, ""),
        Verdict(second, Status.REFUSED, "IN-DECODE"),
    }


def test_what_is_left_stays_known_and_what_went_does_not(store, ledger):
    left, gone = file("left.png"), file("gone.png")
    ledger.take([Taken(one, answer(store)) for one in (left, gone)])
    assert ledger.open_files() == 2
    ledger.close([left], [gone])
    assert ledger.open_files() == 0
    assert ledger.answered() == ()
    assert ledger.known("").keys() == {"left.png"}


def test_taking_again_changes_nothing_while_it_is_open(store, ledger):
    arrival_id = answer(store)
    for _ in range(2):
        ledger.take([Taken(file(), arrival_id)])
    assert ledger.open_files() == 1


def test_a_new_version_takes_the_place_of_a_closed_one(store, ledger):
    ledger.take([Taken(file(), answer(store))])
    ledger.close([file()], [])
    newer = file(version=Version(7, 8, 9))
    ledger.take([Taken(newer, answer(store))])
    assert ledger.known("")["a.png"].versions == {newer.version}


def test_only_closed_rows_are_forgotten(store, ledger):
    ledger.take([Taken(file("open.png", "sub"), answer(store)), Taken(file("closed.png", "sub"), answer(store))])
    ledger.close([file("closed.png", "sub")], [])
    ledger.forget("sub", ["open.png", "closed.png"])
    assert ledger.known("sub").keys() == {"open.png"}
    ledger.close([file("open.png", "sub")], [])
    ledger.forget_all_but({"sub", ""})
    assert ledger.known("sub").keys() == {"open.png"}
    ledger.forget_all_but({""})
    assert ledger.known("sub") == {}


def test_slices_are_found_by_their_series(store, ledger):
    slices = [file(f"{number}.dcm", uid="1.2.3") for number in range(3)]
    ledger.take([Taken(one, answer(store)) for one in (*slices, file("other.dcm", uid="1.2.4"))])
    assert ledger.in_series("1.2.3") == tuple(slices)
    assert [one.series_uid for one in ledger.in_series("1.2.3")] == ["1.2.3"] * 3


def test_names_that_are_not_utf8_and_numbers_of_any_size_come_back(store, ledger):
    odd = file("\udcff\udce9.png", "s\udcffb", Version((1 << 63) - 1, 1 << 50, -(1 << 62)))
    ledger.take([Taken(odd, answer(store))])
    (found,) = ledger.answered()
    assert found.file == odd
    assert ledger.known("s\udcffb", [odd.name])[odd.name].versions == {odd.version}


def test_the_audit_log_says_how_many_and_never_which(store, ledger):
    ledger.take([Taken(file("Jane Doe.png", "ward 7"), answer(store))])
    ledger.close([file("Jane Doe.png", "ward 7")], [])
    ledger.forget("ward 7", ["Jane Doe.png"])
    with store.reading() as connection:
        told = [entry for entry in entries(connection) if entry.action.startswith("files.")]
    assert [(entry.action, json.loads(entry.detail)) for entry in told] == [
        ("files.taken", {"arrivals": 1, "files": 1}),
        ("files.closed", {"gone": 0, "left": 1}),
        ("files.forgotten", {"files": 1}),
    ]
