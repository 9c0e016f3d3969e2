"""Which study stands beside the one that is looked at."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QObject

from app.jobs.earlier import Earlier
from app.paint.picture import Picture
from app.wiring.companions import Companions
from engine.domain.exam import Exam, Patient


@pytest.fixture
def companions(reader):
    """Of three studies, the first of which is looked at."""
    reader.owner = QObject()
    parts = reader.desktop.parts
    made = Companions(parts.session, Earlier(parts.lookups, parts.answering, reader.owner))
    parts.session.add(["/parts/one.png", "/parts/two.png", "/parts/three.png"])
    made.look(None)
    return made


def exam(part, person, day):
    return Picture.of(replace(part, exam=Exam(Patient(id=person), study_date=day)))


def test_next_in_the_list_comes_where_nothing_else_is_known(companions):
    assert companions.others() == ["/parts/two.png", "/parts/three.png"]
    assert companions.wanted() == "/parts/two.png"


def test_study_that_was_looked_at_before_comes_first(companions, reader):
    reader.desktop.session.choose(2)
    companions.look(None)
    assert companions.wanted() == "/parts/one.png"


def test_prior_exam_of_the_patient_goes_before_what_stands_beside(companions, part):
    companions.beside = "/parts/two.png"
    assert companions.wanted() == "/parts/two.png"
    companions.learn("/parts/one.png", exam(part, "4711", date(2026, 2, 1)))
    companions.learn("/parts/three.png", exam(part, "4711", date(2025, 2, 1)))
    assert companions.wanted() == "/parts/three.png"
    assert companions.named("/parts/three.png") == "three.png  2025-02-01"


def test_what_a_person_chose_holds_for_the_study_that_it_was_chosen_for(companions, reader, part):
    companions.learn("/parts/one.png", exam(part, "4711", date(2026, 2, 1)))
    companions.learn("/parts/two.png", exam(part, "4711", date(2025, 2, 1)))
    companions.beside, companions.by_hand = "/parts/three.png", True
    companions.look(None)
    assert companions.wanted() == "/parts/three.png"
    reader.desktop.session.choose(1)
    companions.look(None)
    assert not companions.by_hand
    assert companions.wanted() == "/parts/one.png"


def test_study_that_only_the_record_knows_is_named_so(companions):
    assert companions.named("/archive/old.png") == "old.png  (earlier study)"
    assert companions.named("/parts/two.png") == "two.png"
    assert companions.to_list("/parts/two.png") is None
