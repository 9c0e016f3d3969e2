import io
import json

import pytest

from app.cli.main import main
from engine.domain.operator import Operator, Role
from engine.domain.opinion import Opinion
from engine.operators.session import Session, single_operator
from engine.store import operators
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.outcomes import newest, record
from engine.store.reviews import versions
from tests.app.volumes import write_chest
from tests.engine.queue.in_process import working
from tests.engine.store.answers import answered, arrival, photograph, spot
from tests.engine.store.conftest import quick_hashing  # noqa: F401  # a fixture
from tests.engine.tiny_model import picture

ANN = "123456"
CHIEF = "correct horse"


@pytest.fixture
def flagged(home):
    """The id of an arrival with three regions."""
    with open_store(home) as store:
        record(store, came := arrival(), photograph(), answered(came, [spot(), spot(), spot()]))
    return came.id


@pytest.fixture
def typed(monkeypatch, quick_hashing):  # noqa: F811  # the fixture
    def type_in(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_in


def _site(home):
    with open_store(home) as store:
        operators.add(store, single_operator(), "chief", Role.ADMINISTRATOR, CHIEF)
        chief = Session(Operator("chief", Role.ADMINISTRATOR))
        operators.add(store, chief, "vic", Role.VIEWER, ANN)
        operators.add(store, chief, "ann", Role.READER, ANN)


def _json(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def _log(home):
    with open_store(home) as store:
        return [(entry.actor, entry.action) for entry in page(store, 100)]


def test_an_outcome_is_judged_from_the_list_to_the_signature(home, flagged, capsys):
    assert main(["review", "list", "--open", "--flagged", "--json"]) == 0
    (line,) = _json(capsys)
    assert (line["arrival"], line["regions"], line["review"]) == (flagged, 3, None)
    assert main(["review", "reject", flagged[:8], "1", "--reason", "a scratch on the lens"]) == 0
    assert "2 regions are open" in capsys.readouterr().out
    assert main(["review", "sign", flagged, "--verdict", "accept"]) == 2
    assert "US-REVIEW-OPEN: The review lacks decisions for regions 2, 3." in capsys.readouterr().err
    assert main(["review", "confirm", flagged, "--all"]) == 0
    assert main(["review", "sign", flagged, "--verdict", "accept", "--comment", "fine"]) == 0
    capsys.readouterr()
    assert main(["review", "show", flagged, "--json"]) == 0
    (shown,) = _json(capsys)
    assert [region["decision"] for region in shown["regions"]] == ["rejected", "confirmed", "confirmed"]
    assert [version["verdict"] for version in shown["versions"]] == [None, None, "accept"]
    assert main(["review", "show", flagged]) == 0
    assert "version 3: signed by" in capsys.readouterr().out
    assert main(["review", "list", "--open"]) == 0
    assert "Nothing that was answered is like that" in capsys.readouterr().out
    assert (single_operator().name, "study.viewed") in _log(home)


def test_a_signed_review_is_changed_with_a_reason_alone(flagged, capsys):
    main(["review", "confirm", flagged, "--all"])
    main(["review", "sign", flagged, "--verdict", "reject"])
    assert main(["review", "reject", flagged, "2", "--reason", "dust"]) == 2
    assert "US-AMEND" in capsys.readouterr().err
    assert main(["review", "reject", flagged, "2", "--reason", "dust", "--amendment", "seen again"]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "nothing"], "US-ARRIVAL"),
        (["confirm", "{}"], "US-REVIEW"),
        (["confirm", "{}", "4"], "US-REVIEW: Decision 1 of the review: region 4 is named, the outcome has 3."),
    ],
)
def test_what_cannot_be_judged_is_refused_by_code(flagged, words, said, capsys):
    assert main(["review", *(word.format(flagged) for word in words)]) == 2
    assert said in capsys.readouterr().err


def test_an_added_region_is_placed_in_the_picture_and_clipped_by_it(spotted_home, tmp_path, capsys):
    picture(tmp_path / "a.png")
    with working(spotted_home):
        assert main(["run", str(tmp_path / "a.png"), "--json"]) == 0
    (line,) = _json(capsys)
    add = ["review", "add", line["study"], "--label", "spot", "--box"]
    assert main([*add, "-3", "2", "5", "9", "--json"]) == 0
    (kept,) = _json(capsys)
    assert kept["decisions"] == [
        {"region": None, "decision": "added", "label": "spot", "box": [0.0, 2.0, 5.0, 9.0], "reason": ""}
    ]
    assert main([*add, "1", "2", "3"]) == 2
    assert main([*add, "-9", "-9", "-3", "-3"]) == 2
    assert "outside" in capsys.readouterr().err


def test_an_added_region_of_a_series_knows_its_images_and_its_place_in_the_patient(volume_home, tmp_path, capsys):
    write_chest(tmp_path / "chest")
    with working(volume_home):
        main(["run", str(tmp_path / "chest"), "--json"])
    (line,) = _json(capsys)
    assert main(["review", "add", line["study"], "--label", "nodule", "--box", "1", "10", "10", "3", "20", "20"]) == 0
    with open_store(volume_home) as store:
        (kept,) = versions(store, newest(store, 1)[0].arrival.id)
    (added,) = kept.review.regions
    assert len(added.mark.instances) == 2
    assert added.mark.center_mm is not None


def test_at_a_site_a_viewer_looks_and_a_reader_signs_with_the_password_again(home, flagged, typed, capsys):
    _site(home)
    typed(ANN)
    assert main(["review", "show", flagged, "--operator", "vic"]) == 0
    typed(ANN)
    assert main(["review", "confirm", flagged, "--all", "--operator", "vic"]) == 2
    assert "US-ROLE" in capsys.readouterr().err
    typed(ANN)
    assert main(["review", "confirm", flagged, "--all", "--operator", "ann"]) == 0
    sign = ["review", "sign", flagged, "--verdict", "accept", "--operator", "ann"]
    typed(ANN, "654321")
    assert main(sign) == 2
    typed(ANN, ANN)
    assert main(sign) == 0
    assert [entry for entry in _log(home) if entry[1].startswith("review.")] == [
        ("ann", "review.saved"),
        ("ann", "review.signed"),
    ]


def test_at_a_site_an_administrator_has_nothing_answered(spotted_home, tmp_path, typed, capsys):
    _site(spotted_home)
    picture(tmp_path / "a.png")
    typed(CHIEF)
    with working(spotted_home):
        assert main(["run", str(tmp_path / "a.png"), "--operator", "chief"]) == 2
        assert "US-ROLE" in capsys.readouterr().err
        typed(ANN)
        assert main(["run", str(tmp_path / "a.png"), "--operator", "ann"]) == 0
    assert [entry for entry in _log(spotted_home) if entry[1] == "arrival.queued"] == [("ann", "arrival.queued")]


def test_what_a_second_opinion_contests_is_listed_first_and_alone_and_told(home, capsys):
    opinion = Opinion("flips", "surface-pitting 1.0.0", "ef" * 32, coverage=1.0, missing=(0,))
    with open_store(home) as store:
        for one in (contested := arrival("/in/a.png"), arrival("/in/b.png")):
            second = opinion if one is contested else None
            record(store, one, photograph(one.source), answered(one, [spot()], opinion=second))
    assert main(["review", "list", "--json"]) == 0
    assert [line["source"] for line in _json(capsys)] == ["/in/a.png", "/in/b.png"]
    assert main(["review", "list", "--contested", "--json"]) == 0
    assert [line["source"] for line in _json(capsys)] == ["/in/a.png"]
    assert main(["review", "show", contested.id]) == 0
    assert "1 first answer only, 0 second answer only" in capsys.readouterr().out
    assert main(["review", "show", contested.id, "--json"]) == 0
    (shown,) = _json(capsys)
    assert (shown["second"]["by"], shown["second"]["missing"], shown["second"]["differs"]) == ("flips", [0], True)
