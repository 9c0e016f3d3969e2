"""Exams of one patient."""

from datetime import date

import numpy as np

from app.state.priors import Priors
from engine.domain.exam import Exam, Patient
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("a.dcm",), "test")


def scan(identity, day, modality="CT"):
    exam = Exam(Patient("A^B", identity, date(1950, 1, 1)), study_date=day)
    return Scan(np.zeros((4, 4), np.uint8), "image", modality, "MONOCHROME2", FILE, exam=exam)


def test_latest_earlier_exam_of_the_patient_comes_first_and_other_patients_never():
    priors = Priors()
    priors.learn("now", scan("7", date(2026, 5, 1)))
    priors.learn("old", scan("7", date(2020, 5, 1)))
    priors.learn("last", scan("7", date(2025, 5, 1)))
    priors.learn("later", scan("7", date(2026, 6, 1)))
    priors.learn("mr", scan("7", date(2026, 4, 1), "MR"))
    priors.learn("stranger", scan("8", date(2026, 4, 1)))
    assert priors.of("now") == ["last", "old", "later", "mr"]
    assert priors.day("last") == date(2025, 5, 1)


def test_study_without_a_patient_has_no_prior_and_is_none():
    priors = Priors()
    priors.learn("now", scan("7", date(2026, 5, 1)))
    priors.learn("nobody", scan("", date(2020, 5, 1)))
    priors.learn("undated", scan("7", None))
    assert priors.of("nobody") == []
    assert priors.of("now") == ["undated"]
    assert priors.day("nobody") is None
