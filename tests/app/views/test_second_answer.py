"""The second answer below the regions."""

import pytest

from app.state.session import Stage, StudyRow
from app.views.second_answer import SecondAnswer, said_by
from engine.domain.opinion import Opinion
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region

pytestmark = pytest.mark.usefixtures("qapp")

OPINION = Opinion(
    "template",
    "/golden/<b>.png",
    coverage=1.0,
    regions=tuple(Region("differs", score, "sure", box_px=(0.0, 0.0, 4.0, 4.0)) for score in (0.75, 0.5)),
    alone=(1,),
)


def row(opinion):
    return StudyRow("/in/a.png", Stage.DONE, Outcome("1", Status.ANSWERED, coverage=1.0, opinion=opinion))


@pytest.fixture
def second(qtbot):
    shown = SecondAnswer()
    qtbot.addWidget(shown)
    return shown


def test_each_of_its_regions_says_which_answers_have_it(second, qtbot):
    second.show_row(row(OPINION))
    assert [second.list.item(at).text() for at in range(2)] == [
        "differs 0.75, both answers",
        "differs 0.50, second answer only",
    ]
    with qtbot.waitSignal(second.chosen) as chosen:
        second.list.itemActivated.emit(second.list.item(1))
    assert chosen.args == [1]


def test_it_is_hidden_where_there_is_none(second):
    second.show_row(row(OPINION))
    assert not second.isHidden()
    for nothing in (row(None), None):
        second.show_row(nothing)
        assert second.isHidden()


def test_who_was_asked_is_said_in_words():
    assert said_by(OPINION) == (
        "Second answer, in brackets: its template (<b>.png). 0 places only the first has, 1 only the second."
    )
    assert said_by(Opinion("flips", "pitting 1.0.0")).endswith("the mirror (pitting 1.0.0). Both agree.")
    assert said_by(Opinion("model", code="US-MODEL")).endswith("another model. Not in full: US-MODEL")
