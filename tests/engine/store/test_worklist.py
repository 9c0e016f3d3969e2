import os
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.domain.opinion import Opinion
from engine.domain.outcome import Status
from engine.operators.session import single_operator
from engine.store import worklist
from engine.store.database import open_store
from engine.store.outcomes import counted, record
from engine.store.reviews import save, sign
from engine.store.sources import telling_part
from engine.store.wanted import Wanted
from engine.store.worklist import first_page, page
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival, nodule, photograph, refused, spot, volume
from tests.engine.store.decisions import review_of


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def filled(home, clock):
    """Ten parts, a minute apart: every second flagged, every third by another model, the last two refused."""
    with open_store(home, clock) as store:
        for number in range(10):
            clock.pass_s(60.0)
            came = arrival(f"/in/line {number % 2}/Part_{number}.png")
            if number >= 8:
                record(store, came, None, refused(came))
                continue
            regions = [spot(0.9), spot(0.4)] if number % 2 else []
            model = "screws 2.1.0" if number % 3 == 0 else "surface-pitting 1.0.0"
            record(store, came, photograph(came.source), answered(came, regions, model=model))
        yield store


def _numbers(lines):
    return [int(line.source[-5]) for line in lines]


@pytest.fixture(params=["few", "many"])
def looking_up(request, monkeypatch):
    """Texts are looked for in each outcome, or in the index of sources."""
    monkeypatch.setattr(worklist, "_FEW", 2000 if request.param == "few" else 1)


def test_newest_comes_first_with_what_a_line_shows(filled):
    lines = page(filled, Wanted())
    assert _numbers(lines) == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    seventh = lines[2]
    assert (seventh.status, seventh.flagged, seventh.region_count, seventh.best_score) == (
        Status.ANSWERED,
        True,
        2,
        0.9,
    )
    assert (seventh.modality, seventh.model, seventh.reviewed) == ("photo", "surface-pitting 1.0.0", "")
    assert (lines[0].status, lines[0].flagged, lines[0].modality, lines[0].best_score) == (
        Status.REFUSED,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({"status": Status.REFUSED}, [9, 8]),
        ({"status": Status.FAILED}, []),
        ({"flagged": True}, [7, 5, 3, 1]),
        ({"flagged": False}, [6, 4, 2, 0]),
        ({"model": "screws"}, [6, 3, 0]),
        ({"model": "screws 2.1.0"}, [6, 3, 0]),
        ({"model": "screw"}, []),
        ({"model": "screws", "flagged": True}, [3]),
        ({"text": "part_7"}, [7]),
        ({"text": "LINE 1"}, [9, 7, 5, 3, 1]),
        ({"text": "e 1", "status": Status.REFUSED}, [9]),
        ({"text": "7"}, [7]),
        ({"text": "partX7"}, []),
        ({"text": "t_%"}, []),
        ({"text": '"'}, []),
    ],
)
def test_each_filter_alone_and_with_others(filled, looking_up, wanted, numbers):
    assert _numbers(page(filled, Wanted(**wanted))) == numbers


def test_unsure_regions_are_counted_as_such(store):
    came = arrival()
    record(store, came, volume(), answered(came, [nodule(), nodule(0.9, band="sure"), nodule(0.4)]))
    (line,) = page(store, Wanted())
    assert (line.region_count, line.unsure_count) == (3, 2)


def test_dates_are_half_open(filled):
    lines = page(filled, Wanted())
    fifth = lines[4].recorded_at
    assert _numbers(page(filled, Wanted(since=fifth))) == [9, 8, 7, 6, 5]
    assert _numbers(page(filled, Wanted(until=fifth))) == [4, 3, 2, 1, 0]
    assert _numbers(page(filled, Wanted(since=fifth, until=fifth + timedelta(seconds=61)))) == [6, 5]


@pytest.mark.parametrize("text", [None, "part_"])
def test_pages_go_on_where_the_last_one_ended_whatever_was_added(filled, looking_up, text):
    wanted, seen, after = Wanted(text=text), [], None
    while lines := page(filled, wanted, after, limit=3):
        seen += _numbers(lines)
        after = lines[-1].after
        record(filled, came := arrival("/in/line 0/Part_x9.png"), None, refused(came))
    assert seen == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert page(filled, wanted, limit=0) == ()


def test_outcomes_of_one_moment_are_neither_repeated_nor_left_out(home):
    with open_store(home, HandClock()) as store:
        for number in range(7):
            record(store, came := arrival(f"/in/{number}.png"), None, refused(came))
        first = page(store, Wanted(), limit=4)
        rest = page(store, Wanted(), first[-1].after, limit=4)
    assert _numbers(first + rest) == [6, 5, 4, 3, 2, 1, 0]


def test_last_attempt_of_an_arrival_stands_for_it(store):
    record(
        store, came := arrival(), None, answered(came, status=Status.FAILED, code="BE-RUN", coverage=0.0, flagged=None)
    )
    record(store, came, photograph(), answered(came, attempt=2))
    (line,) = page(store, Wanted())
    assert line.status is Status.ANSWERED
    assert page(store, Wanted(status=Status.FAILED)) == ()


def test_line_tells_whether_somebody_reviewed_it(store):
    for number in range(3):
        record(store, came := arrival(f"/in/{number}.png"), photograph(), answered(came))
        if number:
            (save if number == 1 else sign)(store, single_operator(), review_of(came, 0))
    assert [line.reviewed for line in page(store, Wanted())] == ["signed", "draft", ""]


def test_name_that_is_not_utf8_is_found_by_what_of_it_is(store, looking_up):
    record(store, came := arrival("/in/caf\udce9.png"), None, refused(came))
    (line,) = page(store, Wanted(text="caf"))
    assert line.source == "/in/caf\udce9.png"


def test_index_of_sources_is_private_and_made_again_for_other_records(filled, monkeypatch):
    monkeypatch.setattr(worklist, "_FEW", 1)
    assert _numbers(page(filled, Wanted(text="part_7"))) == [7]
    assert filled.home.sources.stat().st_mode & 0o777 == 0o600
    other = filled.home.root.parent / "other"
    os.renames(filled.home.sources, other / "sources.db")
    with open_store(type(filled.home)(other)) as store:
        record(store, came := arrival("/in/Part_5.png"), None, refused(came))
        assert page(store, Wanted(text="part_7")) == ()
        assert _numbers(page(store, Wanted(text="part_5"))) == [5]


def test_empty_store_has_an_empty_worklist(store):
    assert page(store, Wanted()) == ()
    assert page(store, Wanted(text="anything")) == ()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("part-0333", "-0333"),
        ("part", "part"),
        ("abc", "abc"),
        ("Part_0333 of part", "rt_0333 of pa"),
        ("\u00e4 part-0333", "\u00e4 part-0333"),
        ("xyz part", "xyz pa"),
    ],
)
def test_what_tells_is_what_few_sources_have(text, part):
    sample = [f"/in/part-09{number:02}.png" for number in range(20)]
    assert telling_part(text, sample) == part


def test_a_text_whose_telling_part_many_others_have_is_found_all_the_same(home, monkeypatch):
    monkeypatch.setattr(worklist, "_FEW", 5)
    monkeypatch.setattr(worklist, "_SAMPLE", 3)
    monkeypatch.setattr("engine.store.sources._FETCHED", 2)
    with open_store(home) as store:
        for name in ("xyz part", *(f"xyz other {number}" for number in range(9)), "part 1", "part 2", "part 3"):
            record(store, came := arrival(f"/in/{name}.png"), None, refused(came))
        (line,) = page(store, Wanted(text="xyz part"))
    assert line.source == "/in/xyz part.png"


AGREES = Opinion("flips", "surface-pitting 1.0.0", "ef" * 32, coverage=1.0)
DIFFERS = replace(AGREES, regions=(spot(),), alone=(0,))


@pytest.fixture
def contested(store):
    """Five answers, oldest first: two contested ones, one of which was signed since, among others."""
    came = [arrival(f"/in/{name}.png") for name in "abcde"]
    for one, opinion in zip(came, (DIFFERS, None, DIFFERS, AGREES, None), strict=True):
        record(store, one, photograph(one.source), answered(one, opinion=opinion))
    sign(store, single_operator(), review_of(came[2], 0))
    return store


def sources(lines):
    return "".join(line.source[4] for line in lines)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 9])
def test_what_a_second_opinion_contests_comes_first_until_it_is_signed(contested, limit):
    listed, after = first_page(contested, Wanted(), limit=limit)
    while after is not None:
        more, after = first_page(contested, Wanted(), after, limit)
        listed += more
    assert sources(listed) == "aedcb"


def test_contested_answers_are_a_filter_of_their_own(contested):
    assert sources(page(contested, Wanted(contested=True))) == "a"
    assert sources(page(contested, Wanted(contested=True, text="/in/b"))) == ""
    assert sources(page(contested, Wanted(contested=False))) == "edcb"
    assert sources(first_page(contested, Wanted(contested=True))[0]) == "a"
    assert counted(contested, Wanted(contested=True)) == 1
    assert counted(contested, Wanted(contested=False)) == 4
