import pytest
from sqlalchemy.exc import IntegrityError

from engine.store.outcomes import record
from tests.engine.store.answers import answered, arrival

_REST = "at, actor, action, subject, detail, previous, mac FROM audit_entries WHERE seq = 1"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE audit_entries SET actor = 'nobody'", "never changed"),
        ("DELETE FROM audit_entries WHERE seq = 2", "never deleted"),
        (f"INSERT OR REPLACE INTO audit_entries SELECT 1, {_REST}", "without gaps"),
        (f"INSERT INTO audit_entries SELECT 9, {_REST}", "without gaps"),
        (f"INSERT INTO audit_entries SELECT NULL, {_REST}", "without gaps"),
    ],
)
def test_log_takes_nothing_but_the_next_entry(store, statement, message):
    record(store, came := arrival(), None, answered(came))
    with store.engine.connect() as connection, pytest.raises(IntegrityError, match=message):
        connection.exec_driver_sql(statement)
