from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select

from engine.store.columns import NameText, UtcTime

_TABLE = Table("kept", MetaData(), Column("at", UtcTime), Column("name", NameText))


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        _TABLE.create(opened)
        yield opened
    engine.dispose()


@pytest.mark.parametrize(
    "name", ["part 7.png", "Prüfteil \N{GREEK SMALL LETTER MU}.png", "caf\udce9.png", "", "a'b\x00c"]
)
def test_file_names_in_any_encoding_come_back(connection, name):
    connection.execute(insert(_TABLE), {"name": name})
    assert connection.execute(select(_TABLE.c.name)).scalar_one() == name


def test_moments_come_back_to_the_microsecond_and_order_as_text(connection):
    early = datetime(2026, 1, 31, 23, 59, 59, 1, tzinfo=UTC)
    moments = [early, early.replace(microsecond=0) + timedelta(seconds=1), early + timedelta(days=1)]
    connection.execute(insert(_TABLE), [{"at": moment} for moment in reversed(moments)])
    assert connection.execute(select(_TABLE.c.at).order_by(_TABLE.c.at)).scalars().all() == moments
    texts = connection.exec_driver_sql("SELECT at FROM kept ORDER BY at").scalars().all()
    assert texts[0] == "2026-01-31T23:59:59.000001Z"


def test_moment_of_another_zone_is_stored_in_utc(connection):
    connection.execute(insert(_TABLE), {"at": datetime(2026, 7, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))})
    assert connection.exec_driver_sql("SELECT at FROM kept").scalar() == "2026-07-01T12:00:00.000000Z"
