import json

import pytest

from app.cli.main import main
from engine.store.database import open_store
from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival, photograph


@pytest.fixture
def answer(home):
    """Records so many answers with some doubts."""

    def answering(count, doubts=()):
        with open_store(home) as store:
            for _ in range(count):
                came = arrival("/in/line-1/a.png")
                record(store, came, photograph(), answered(came, doubts=doubts))

    return answering


def test_nothing_answered_is_said(home, capsys):
    assert main(["monitor", "report"]) == 0
    assert "No study was answered yet." in capsys.readouterr().out


def test_a_source_that_is_what_it_was_raises_no_alarm(answer, capsys):
    answer(30)
    assert main(["monitor", "report"]) == 0
    out = capsys.readouterr().out
    assert "/in/line-1  surface-pitting 1.0.0  30 studies" in out
    assert "CHANGED" not in out


def test_a_source_that_changed_has_an_exit_status_of_its_own(answer, capsys):
    answer(40)
    answer(40, ("unlike-training",))
    assert main(["monitor", "report"]) == 3
    assert "CHANGED, seen" in capsys.readouterr().out
    assert main(["monitor", "report", "--json"]) == 3
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert [one["name"] for one in line["watched"] if one["since"]] == ["unlike the training"]
    assert {one["name"]: one["about"] for one in line["watched"]}["seconds"] == "answers"
    assert main(["monitor", "report", "--studies", "20"]) == 0


def test_a_changed_source_is_an_alarm_until_the_watch_begins_anew(answer, capsys):
    answer(40)
    answer(40, ("unlike-training",))
    assert main(["status"]) == 0, "nobody has looked yet"
    assert main(["monitor", "report"]) == 3
    capsys.readouterr()
    assert main(["status", "--json"]) == 3
    (alarm,) = json.loads(capsys.readouterr().out)["alarms"]
    assert alarm["name"] == "source-changed"
    assert "/in/line-1 is not what it was" in alarm["reason"]
    assert main(["monitor", "begin", "/in/line-1", "--reason", "another lamp", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reason"] == "another lamp"
    assert main(["status"]) == 0
    assert main(["monitor", "report"]) == 0
    assert main(["monitor", "begin", "/in/nowhere", "--reason", "none"]) == 2
    assert "US-SOURCE" in capsys.readouterr().err
    assert main(["audit", "verify"]) == 0


def test_a_number_of_studies_that_is_none_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["monitor", "report", "--studies", "0"])
    assert ended.value.code == 2
    assert "not a number of studies" in capsys.readouterr().err
