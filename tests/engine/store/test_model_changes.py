import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from engine.domain.activation import Cause, GateLine, ModelChange, Release
from engine.errors import UsageError
from engine.store.model_changes import changes, record_change, record_refusal, standing
from engine.store.trail import entries
from engine.store.verify import verify

ONE, TWO = Release("1.0.0", "a1" * 32), Release("1.1.0", "b2" * 32)
LINES = (GateLine("sensitivity of spot", False, "0.500 (0.100 to 0.900), at least 0.9."),)


def change(store, cause=Cause.OVERRIDDEN, release=TWO, previous=ONE, **more):
    return ModelChange("spots", cause, release, previous, "ada", store.clock.now(), **more)


def last_entry(store):
    with store.reading() as connection:
        return list(entries(connection))[-1]


def test_a_change_is_read_as_it_was_recorded_and_stands(store):
    made = record_change(store, change(store, reason="seen by hand: größer", lines=LINES))
    assert changes(store) == (made,)
    assert (made.number, standing(store).active["spots"]) == (1, TWO)
    assert changes(store, "rust") == ()


def test_the_log_names_versions_and_failed_lines_and_no_word_of_the_person(store):
    record_change(store, change(store, reason="seen by hand", lines=LINES))
    entry = last_entry(store)
    detail = json.loads(entry.detail)
    assert (entry.actor, entry.action, entry.subject) == ("ada", "model.activated", "spots")
    assert (detail["old_version"], detail["version"], detail["cause"]) == ("1.0.0", "1.1.0", "overridden")
    assert (detail["gate_failed"], detail["reason_given"]) == (["sensitivity of spot"], True)
    assert "by hand" not in entry.detail


@pytest.mark.parametrize(
    ("cause", "action"),
    [
        (Cause.IMPORTED, "model.imported"),
        (Cause.FAILURES, "model.rolled-back"),
        (Cause.ROLLED_BACK, "model.rolled-back"),
        (Cause.SHADOWED, "model.shadowed"),
        (Cause.ENDED, "model.shadowed"),
    ],
)
def test_each_cause_has_its_action(store, cause, action):
    record_change(store, change(store, cause))
    assert last_entry(store).action == action


def test_who_comes_second_decides_again(store):
    record_change(store, change(store))
    with pytest.raises(UsageError, match=r"Meanwhile spots 1\.1\.0") as caught:
        record_change(store, change(store, release=Release("1.2.0", "c3" * 32)))
    assert caught.value.code == "US-CHANGED"
    assert len(changes(store)) == 1


def test_a_refusal_is_in_the_log_alone(store):
    record_refusal(store, "ada", "spots", "b2" * 32, {"gate_failed": ["latency"]})
    entry = last_entry(store)
    assert (entry.action, json.loads(entry.detail)["gate_failed"]) == ("model.refused", ["latency"])
    assert changes(store) == ()


@pytest.mark.parametrize(
    ("statement", "how"),
    [
        ("UPDATE model_changes SET reason = 'x'", "was changed since: model spots"),
        ("DELETE FROM model_changes", "was removed: model spots"),
        (
            "INSERT INTO model_changes SELECT 2, at, model_id, cause, version, hash, old_version, old_hash, operator, "
            "reason, gate, salt FROM model_changes",
            "rows of model_changes",
        ),
    ],
)
def test_a_change_that_was_tampered_with_shows(store, statement, how):
    record_change(store, change(store))
    assert verify(store) is None
    with closing(sqlite3.connect(store.home.database)) as connection, connection:
        for trigger in ("model_changes_no_update", "model_changes_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
    assert how in verify(store).how


def test_a_change_cannot_be_changed_by_the_way(store):
    record_change(store, replace(change(store), reason="why"))
    with closing(sqlite3.connect(store.home.database)) as connection:
        for statement in ("UPDATE model_changes SET reason = 'x'", "DELETE FROM model_changes"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)
