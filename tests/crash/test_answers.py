"""The judge of a crash run notices what it is there to notice: lost, doubled, wrong and unasked-for answers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.places import Home
from engine.store.database import Store, open_store
from engine.store.outcomes import record
from tests.crash.answers import answered, problems_of_the_answers, problems_of_the_record
from tests.crash.files import problems_of_the_files
from tests.crash.pictures import Picture

SPOTS = Picture(b"two spots", ((48, 72), (96, 24)))
DAMAGED = Picture(b"damaged", None)


def region(y: float, x: float) -> Region:
    return Region("spot", 0.9, "sure", box_px=(x - 2, y - 2, x + 6, y + 6))


RIGHT = Outcome(
    "1" * 32, Status.ANSWERED, flagged=True, regions=(region(48, 72), region(96, 24)), coverage=1.0, model="spots 1"
)
REFUSED = Outcome("2" * 32, Status.REFUSED, code="IN-DECODE", reason="It is damaged.")


def answer(store: Store, path: Path, outcome: Outcome) -> None:
    record(store, Arrival(outcome.arrival_id, str(path), datetime(2026, 1, 1, tzinfo=UTC)), None, outcome)


@pytest.fixture
def thrown_in(home: Home, tmp_path: Path) -> dict[Path, Picture]:
    """Two files, each answered right."""
    sound, damaged = tmp_path / "in" / "sound.png", tmp_path / "in" / "damaged.png"
    with open_store(home) as store:
        answer(store, sound, RIGHT)
        answer(store, damaged, REFUSED)
    return {sound: SPOTS, damaged: DAMAGED}


def test_right_answers_pass(home: Home, thrown_in: dict[Path, Picture]) -> None:
    assert list(problems_of_the_answers(home, thrown_in)) == []
    assert list(problems_of_the_record(home)) == []
    assert answered(home) == set(map(str, thrown_in))


def test_a_file_without_an_answer_is_noticed(home: Home, thrown_in: dict[Path, Picture]) -> None:
    thrown_in[Path("/in/lost.png")] = SPOTS
    assert list(problems_of_the_answers(home, thrown_in)) == ["lost.png has 0 outcomes: "]


def test_a_file_that_may_have_been_lost_with_who_took_it_in_is_judged_where_it_is_answered(
    home: Home, thrown_in: dict[Path, Picture]
) -> None:
    sound = next(iter(thrown_in))
    perhaps = {Path("/in/lost.png"): SPOTS, sound: DAMAGED}
    del thrown_in[sound]
    (problem,) = problems_of_the_answers(home, thrown_in, perhaps)
    assert problem.startswith("sound.png: answered")


def test_a_second_answer_to_a_file_is_noticed(home: Home, thrown_in: dict[Path, Picture]) -> None:
    with open_store(home) as store:
        answer(store, next(iter(thrown_in)), replace(RIGHT, arrival_id="3" * 32))
    (problem,) = problems_of_the_answers(home, thrown_in)
    assert problem.startswith("sound.png has 2 outcomes")


def test_a_second_answer_to_an_arrival_is_noticed(home: Home, thrown_in: dict[Path, Picture]) -> None:
    with open_store(home) as store:
        answer(store, next(iter(thrown_in)), replace(RIGHT, attempt=2))
    assert list(problems_of_the_record(home)) == [f"arrival {RIGHT.arrival_id} is answered 2 times"]


def test_an_answer_to_nothing_is_noticed(home: Home, thrown_in: dict[Path, Picture]) -> None:
    del thrown_in[next(iter(thrown_in))]
    (problem,) = problems_of_the_answers(home, thrown_in)
    assert problem.endswith("sound.png was answered, and nobody threw it in")


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (replace(RIGHT, regions=RIGHT.regions[:1]), "1 regions of 2 spots, 1 not found"),
        (replace(RIGHT, regions=(region(48, 72), region(9, 9))), "2 regions of 2 spots, 1 not found"),
        (replace(RIGHT, status=Status.FAILED, code="QU-KILLED"), "failed QU-KILLED () of a sound file"),
    ],
    ids=["a region lacks", "a region elsewhere", "no answer"],
)
def test_a_wrong_answer_is_noticed(outcome: Outcome, problem: str) -> None:
    assert SPOTS.what_is_wrong(outcome) == problem


def test_an_answer_to_a_damaged_file_is_noticed() -> None:
    assert DAMAGED.what_is_wrong(RIGHT) == "answered  () of a damaged file"
    assert DAMAGED.what_is_wrong(REFUSED) == ""


def test_a_changed_outcome_is_noticed(home: Home, thrown_in: dict[Path, Picture]) -> None:
    with closing(sqlite3.connect(home.database)) as database, database:
        database.execute("UPDATE outcomes SET coverage = 0.5, status = 'incomplete' WHERE status = 'answered'")
    (problem,) = problems_of_the_record(home)
    assert problem.startswith("audit log: ")


def test_a_file_that_is_gone_changed_doubled_or_left_behind_is_noticed(tmp_path: Path) -> None:
    stays, moves = tmp_path / "stays", tmp_path / "moves"
    thrown_in = {}
    for name, content in (("gone", b""), ("changed", b"other"), ("right", b"two spots")):
        thrown_in[stays / name] = SPOTS
        stays.mkdir(exist_ok=True)
        if content:
            (stays / name).write_bytes(content)
    for place in (moves / "left", moves / "doubled", moves / "done" / "doubled", moves / "refused" / "moved"):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"two spots")
        thrown_in[moves / place.name] = SPOTS

    problems = list(problems_of_the_files(thrown_in, moved_from=moves))

    assert problems == [
        "gone is in 0 places",
        f"{stays / 'changed'} is not the file that came",
        f"{moves / 'left'} is not where it belongs",
        "doubled is in 2 places",
    ]
