"""Earlier studies of a patient that only the record knows."""

from pathlib import Path

import numpy as np
import pytest

from app.state.arrangement import Arrangement
from engine.domain.exam import Patient
from engine.domain.study import Instance, Study
from engine.operators.session import single_operator
from engine.places import Home
from engine.store.database import open_store
from engine.store.erase import erase
from engine.store.outcomes import record
from engine.store.persons import Pseudonyms
from tests.app.wiring.conftest import READ_MS
from tests.engine.intake.slices import at, write_slice
from tests.engine.store.answers import answered, arrival

JANE, JOHN = "4711", "4712"


def image_of(path: Path, patient: str, **elements: object) -> Path:
    """A CT image of a patient."""
    path.parent.mkdir(exist_ok=True)
    values = np.arange(48, dtype=np.uint16).reshape(6, 8) * 10
    return write_slice(path, at(0.0), values, PatientID=patient, SeriesInstanceUID=f"1.2.3.{path.stem}", **elements)


def remember(home: Home, path: Path, patient: str, content: str) -> str:
    """Records an answer about an image, as the worker does."""
    study = Study(content, "image", "CT", str(path), (Instance(str(path), f"1.2.{content[:2]}"),))
    came = arrival(str(path))
    with open_store(home) as store:
        record(store, came, study, answered(came), person=Pseudonyms(home).of(Patient(id=patient)))
    return came.id


@pytest.fixture
def exams(home, tmp_path):
    """An image of today, an earlier one and a stranger's; the last two are in the record."""
    now, before, other = (
        image_of(tmp_path / name / f"{number}.dcm", patient)
        for number, (name, patient) in enumerate((("now", JANE), ("before", JANE), ("other", JOHN)), start=10)
    )
    remember(home, before, JANE, "ab" * 32)
    remember(home, other, JOHN, "cd" * 32)
    return now, before


def test_earlier_study_of_the_patient_comes_from_the_record_by_itself(reader, exams):
    now, before = exams
    reader.open(now)
    reader.qtbot.waitUntil(reader.window.actions_["compare"].isEnabled, timeout=READ_MS)
    bar, second = reader.window.picture.compare_bar, reader.views[1]
    reader.do("compare")
    assert bar.choice.count() == 1
    assert bar.choice.currentText() == f"{before.name}  (earlier study)"
    reader.qtbot.waitUntil(lambda: second.picture is not None, timeout=READ_MS)
    assert bar._words.text().startswith("Same patient")
    assert reader.window.picture.board.arrangement is Arrangement.TWO
    assert [reader.desktop.session[index].source for index in range(2)] == [str(now), str(before)]
    assert reader.desktop.session.chosen == 0


def test_earlier_study_whose_file_is_gone_is_said_to_be_missing(reader, exams):
    now, before = exams
    reader.open(now)
    reader.qtbot.waitUntil(reader.window.actions_["compare"].isEnabled, timeout=READ_MS)
    before.unlink()
    reader.do("compare")
    reader.qtbot.waitUntil(lambda: "IN-" in reader.window.picture.compare_bar._words.text(), timeout=READ_MS)


def test_earlier_study_that_was_erased_meanwhile_is_said_to_be_gone(reader, home, tmp_path):
    now, before = (image_of(tmp_path / name / f"{name}.dcm", JANE) for name in ("10", "11"))
    arrival_id = remember(home, before, JANE, "ab" * 32)
    reader.open(now)
    reader.qtbot.waitUntil(reader.window.actions_["compare"].isEnabled, timeout=READ_MS)
    with open_store(home) as store:
        erase(store, single_operator(), arrival_id)
    reader.do("compare")
    reader.qtbot.waitUntil(lambda: "erased" in reader.window.picture.compare_bar._words.text(), timeout=READ_MS)


def test_stranger_is_not_offered(reader, home, tmp_path):
    mine, other = (image_of(tmp_path / name / f"{name}.dcm", who) for name, who in (("10", JANE), ("11", JOHN)))
    remember(home, other, JOHN, "ab" * 32)
    remember(home, mine, JANE, "cd" * 32)
    reader.open(mine)
    asked = reader.desktop.sights[3]._earlier
    reader.qtbot.waitUntil(lambda: str(mine) in asked._found, timeout=READ_MS)
    assert asked.of(str(mine)) == ()
    assert not reader.window.actions_["compare"].isEnabled()
