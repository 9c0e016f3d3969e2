"""Second opinions in the record: read as they were given, committed to, and gone with their study."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from engine.domain.operator import Operator
from engine.domain.opinion import Opinion
from engine.operators.session import Session
from engine.store.erase import erase
from engine.store.outcomes import newest, record
from engine.store.verify import verify
from tests.engine.store.answers import answered, arrival, nodule, photograph, spot, volume

BOARD = Opinion(
    *("template", "/golden/part\udcff 7.png", "cd" * 32, "", "", 1.0, 12.5),
    regions=(spot(0.25), replace(spot(1 / 3), label="differs")),
    missing=(0,),
    alone=(1,),
)


def recorded(store, opinion, regions=(), study=None):
    came = arrival()
    record(store, came, study or photograph(), answered(came, regions, opinion=opinion))
    return newest(store, 1)[0]


def test_an_opinion_is_read_as_it_was_given(store):
    assert recorded(store, BOARD, [spot()]).outcome.opinion == BOARD
    assert recorded(store, None, [spot()]).outcome.opinion is None
    failed = Opinion("model", code="US-MODEL")
    assert recorded(store, failed).outcome.opinion == failed
    bare = nodule(instances=(), measures=(), center_mm=None)
    in_mirror = Opinion("flips", "nodules 1.0.0", "ab" * 32, "onnx", "BU-TIME", 0.5, 1.0, (bare,))
    assert recorded(store, in_mirror, [nodule()], volume()).outcome.opinion == in_mirror
    assert verify(store) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE opinions SET differs = 0",
        "UPDATE opinions SET alone = '[]'",
        "UPDATE opinions SET regions = '[{}]'",
        "DELETE FROM opinions",
    ],
)
def test_an_opinion_that_was_changed_or_removed_shows(store, change):
    one = recorded(store, BOARD, [spot()])
    with closing(sqlite3.connect(store.home.database)) as connection, connection:
        connection.execute(change)
    assert "was changed since" in verify(store).how
    assert one.arrival.id in verify(store).how


def test_an_opinion_that_was_added_shows(store):
    recorded(store, BOARD)
    recorded(store, None)
    with closing(sqlite3.connect(store.home.database)) as connection, connection:
        connection.execute("UPDATE opinions SET outcome_id = 2")
    assert "was changed since" in verify(store).how


def test_it_goes_with_its_study(store):
    one = recorded(store, BOARD)
    erase(store, Session(Operator("nobody")), one.arrival.id)
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM opinions").scalar() == 0
    assert verify(store) is None
