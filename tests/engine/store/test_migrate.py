import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from engine.audit.key import make_key
from engine.clock import SystemClock
from engine.domain.job import Lease
from engine.errors import StoreError
from engine.operators.session import single_operator
from engine.store.database import open_store
from engine.store.migrate import SCHEMA, Schema, bring_up_to_date
from engine.store.outcomes import find, newest, record
from engine.store.queue import claim, depth, job_of_key, next_waiting
from engine.store.restore import restore
from engine.store.tables import metadata
from engine.store.timings import recorded_timings
from engine.store.trail import entries
from engine.store.verify import TRIGGERS, verify
from engine.store.watched import Ledger
from tests.engine.store.answers import answered, arrival, nodule, photograph, refused, spot, volume

_NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "0006"
down_revision = "0005"
def upgrade():
    op.add_column("arrivals", sa.Column("ward", sa.Text))
    op.create_table("second", sa.Column("id", sa.Integer, primary_key=True))
    {last}
"""


def _next_schema(tmp_path, last="pass"):
    scripts = tmp_path / "50% migrations"
    shutil.copytree(SCHEMA.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "r0006_next.py").write_text(_NEXT.format(last=last))
    return Schema((*SCHEMA.revisions, "0006"), scripts)


def _checks(connection, table):
    return sorted(inspect(connection).get_check_constraints(table), key=lambda check: check["name"])


def _triggers(home):
    with closing(sqlite3.connect(home.database)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


def test_migrations_lead_to_the_tables_that_the_program_uses(store):
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_lead_to_the_checks_that_the_tables_state(store):
    stated = create_engine("sqlite://")
    with stated.connect() as connection, store.reading() as migrated:
        metadata.create_all(connection)
        checks = {table: _checks(connection, table) for table in metadata.tables}
        assert checks == {table: _checks(migrated, table) for table in metadata.tables}
    stated.dispose()
    assert {check["name"] for check in checks["regions"]} == {"ck_regions_score", "ck_regions_band", "ck_regions_box"}


def test_revisions_known_without_alembic_are_those_of_the_scripts():
    scripts = ScriptDirectory(str(SCHEMA.scripts))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == SCHEMA.revisions


def test_making_the_database_is_the_first_entry_of_the_log(store):
    with store.reading() as connection:
        (first,) = entries(connection)
    assert (first.seq, first.action, first.detail) == (1, "store.created", '{"from":null,"to":"0005"}')


def test_migration_keeps_the_records_and_a_copy_and_is_logged(tmp_path, home):
    with open_store(home) as store:
        record(store, came := arrival(), photograph(), answered(came))
        bring_up_to_date(store.engine, home, store.clock, _next_schema(tmp_path))
        assert newest(store, 10)[0].arrival == came
        with store.reading() as connection:
            before, last = list(entries(connection))[-2:]
        assert last.action == "store.migrated"
        assert json.loads(last.detail) == {"from": "0005", "to": "0006", "old_count": 2, "old_mac": before.mac}
    (copy,) = home.root.glob("fovea-schema-0005-*.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert _triggers(home) == TRIGGERS


def test_copy_put_back_by_restore_opens_with_the_older_program(tmp_path, home):
    with open_store(home) as store:
        record(store, came := arrival(), photograph(), answered(came))
        bring_up_to_date(store.engine, home, store.clock, _next_schema(tmp_path))
    with pytest.raises(StoreError) as caught, open_store(home):
        pass
    assert caught.value.code == "ST-NEWER"
    (copy,) = home.root.glob("fovea-schema-0005-*.db")
    restore(home, copy, single_operator(), SystemClock())
    with open_store(home) as store:
        assert newest(store, 10)[0].arrival == came
        assert verify(store) is None


def test_migration_that_fails_half_way_leaves_the_database_as_it_was(tmp_path, home):
    schema = _next_schema(tmp_path, last="raise ValueError('half way')")
    with open_store(home) as store:
        with pytest.raises(ValueError, match="half way"):
            bring_up_to_date(store.engine, home, store.clock, schema)
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0005"
            assert not connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'second'").all()
            assert len(list(entries(connection))) == 1
        record(store, came := arrival(), None, answered(came))


_DUMPS = {"0001": "first", "0002": "second", "0003": "third", "0004": "fourth"}


@pytest.fixture
def released(home, root):
    """Makes the home as the program with an older schema left it: a photograph, a volume and a refused file.

    From the third schema on, two more wait in the queue or were withdrawn from it.
    """

    def left_by(revision):
        dump = (root / "tests" / "data" / "store" / f"{_DUMPS[revision]}-revision.sql").read_text()
        with closing(sqlite3.connect(home.database)) as connection:
            connection.executescript(dump)
        make_key(home.audit_key)
        home.audit_key.write_bytes(bytes.fromhex(dump.splitlines()[0].split()[-1]))
        return home

    return left_by


@pytest.fixture
def first_home(released):
    return released("0001")


def test_database_of_the_first_schema_keeps_its_records_and_its_log(first_home):
    with open_store(first_home) as store:
        assert verify(store) is None
        refusal, scan, picture = newest(store, 10)
        assert refusal.outcome == refused(refusal.arrival)
        assert scan.study == volume()
        assert scan.outcome.regions == (
            nodule(box_vox=(0.5, 1.25, 2.0, 3.5, 1 / 7 + 2, 6.0), instances=(), measures=()),
        )
        assert picture.outcome.regions == (spot(), spot(score=1 / 3))
        with store.reading() as connection:
            last = list(entries(connection))[-1]
    assert last.action == "store.migrated"
    assert json.loads(last.detail) | {"old_mac": ""} == {"from": "0001", "to": "0005", "old_count": 4, "old_mac": ""}
    assert len(list(first_home.root.glob("fovea-schema-0001-*.db"))) == 1


def test_database_of_the_first_schema_keeps_its_triggers_and_takes_regions_with_images(first_home):
    with open_store(first_home) as store:
        record(store, came := arrival("/in/ct"), volume(), answered(came, [nodule()]))
        assert find(store, came.id).outcome.regions == (nodule(),)
        assert verify(store) is None
    assert _triggers(first_home) == TRIGGERS


@pytest.mark.parametrize("revision", SCHEMA.revisions[:-1])
def test_triggers_refuse_changes_after_a_migration_from_every_schema(released, revision):
    home = released(revision)
    with open_store(home) as store, closing(sqlite3.connect(home.database)) as connection:
        for statement in ("UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries WHERE seq = 1"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)
        assert len(newest(store, 10)) == 3
        assert verify(store) is None
    assert _triggers(home) == TRIGGERS


def test_queue_and_ledger_of_the_third_schema_go_on_where_they_stood(released):
    with open_store(released("0003")) as store:
        (waiting,) = next_waiting(store)
        assert (waiting.arrival.source, depth(store)) == ("/in/next\udcff.png", 1)
        assert job_of_key(store, "first").state == "answered"
        taken = claim(store, "worker-2", waiting)
        record(store, taken.arrival, photograph(), answered(taken.arrival), lease=Lease("worker-2", 1))
        assert [one.file.name for one in Ledger(store, "/in").answered()] == ["next\udcff.png"]
        assert [timing.workload.tiles for timing in recorded_timings(store)] == [20, 12]
        assert verify(store) is None


def test_measure_added_to_a_record_of_the_first_schema_shows(first_home):
    with open_store(first_home) as store:
        with closing(sqlite3.connect(first_home.database)) as connection, connection:
            connection.execute("INSERT INTO region_measures VALUES (2, 0, 0, 'volume', 7.0, 'mm3')")
        assert "was changed since" in verify(store).how
