"""Earlier studies of a patient are found, and nobody is named."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from engine.domain.exam import Patient
from engine.errors import StoreError
from engine.operators.session import single_operator
from engine.places import Home
from engine.store.erase import erase
from engine.store.outcomes import record
from engine.store.persons import Pseudonyms, earlier_studies
from tests.engine.store.answers import answered, arrival, photograph, refused, volume

JANE = Patient("DOE^JANE", "4711", date(1960, 5, 17))


@pytest.fixture
def pseudonyms(store):
    return Pseudonyms(store.home)


def add(store, pseudonyms, patient, study, source="/in/ct"):
    came = arrival(source)
    record(store, came, study, answered(came), person=pseudonyms.of(patient))
    return came


def test_studies_of_a_patient_are_found_newest_first(store, pseudonyms):
    first = add(store, pseudonyms, JANE, volume(), "/in/2025")
    add(store, pseudonyms, Patient("DOE^JOHN", "4712", JANE.birth_date), photograph("/in/other"), "/in/other")
    second = add(store, pseudonyms, JANE, photograph("/in/2026"), "/in/2026")
    found = earlier_studies(store, JANE)
    assert [one.arrival_id for one in found] == [second.id, first.id]
    assert [(one.source, one.modality) for one in found] == [("/in/2026", "photo"), ("/in/2025", "CT")]


def test_content_that_was_answered_twice_is_one_study(store, pseudonyms):
    add(store, pseudonyms, JANE, volume())
    again = add(store, pseudonyms, JANE, volume())
    assert [one.arrival_id for one in earlier_studies(store, JANE)] == [again.id]


def test_no_more_are_found_than_asked_for(store, pseudonyms):
    add(store, pseudonyms, JANE, volume())
    newest = add(store, pseudonyms, JANE, photograph())
    assert [one.arrival_id for one in earlier_studies(store, JANE, limit=1)] == [newest.id]


def test_same_number_with_another_birthday_is_another_person(store, pseudonyms):
    add(store, pseudonyms, JANE, volume())
    assert earlier_studies(store, Patient("DOE^JANE", "4711", date(1961, 5, 17))) == ()


def test_file_that_names_no_patient_has_no_earlier_studies(store, pseudonyms):
    add(store, pseudonyms, Patient(), volume())
    assert pseudonyms.of(Patient(name="DOE^JANE")) is None
    assert earlier_studies(store, Patient()) == ()


def test_refused_answer_without_a_study_is_recorded_and_not_offered(store, pseudonyms):
    came = arrival()
    record(store, came, None, refused(came), person=pseudonyms.of(JANE))
    assert earlier_studies(store, JANE) == ()


def test_erasing_a_study_forgets_whose_it_was(store, pseudonyms):
    came = add(store, pseudonyms, JANE, volume())
    erase(store, single_operator(), came.id)
    with closing(sqlite3.connect(store.home.database)) as connection:
        assert connection.execute("SELECT count(*) FROM persons").fetchone() == (0,)


def test_nothing_stored_names_the_patient(store, pseudonyms):
    add(store, pseudonyms, JANE, volume())
    with closing(sqlite3.connect(store.home.database)) as connection:
        dump = "\n".join(connection.iterdump())
    assert "4711" not in dump
    assert "1960" not in dump


def test_another_home_makes_other_pseudonyms(store, pseudonyms, tmp_path):
    other = Pseudonyms(Home(tmp_path / "other").make())
    assert other.of(JANE) != pseudonyms.of(JANE) == Pseudonyms(store.home).of(JANE)


def test_key_that_others_may_read_is_refused(store, pseudonyms):
    pseudonyms.of(JANE)
    (store.home.keys / "persons.key").chmod(0o644)
    with pytest.raises(StoreError) as told:
        Pseudonyms(store.home).of(JANE)
    assert told.value.code == "ST-KEY"
