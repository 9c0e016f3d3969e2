import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import newest, record
from tests.engine.store.answers import answered, arrival, photograph


def _mode(path):
    return path.stat().st_mode & 0o777


def _code_of_opening(home):
    with pytest.raises(StoreError) as caught, open_store(home):
        pass
    assert caught.value.next_step
    return caught.value.code


def test_home_and_everything_in_it_is_private(tmp_path):
    home = Home(tmp_path / "new" / "home")
    before = os.umask(0)
    try:
        with open_store(home) as store:
            record(store, came := arrival(), photograph(), answered(came))
            files = [path for path in home.root.rglob("*") if path.is_file()]
            assert {path.name for path in files} >= {"fovea.db", "fovea.db-wal", "fovea.db-shm", "audit.key"}
            assert [_mode(path) for path in files] == [0o600] * len(files)
            assert _mode(home.root) == _mode(home.keys) == 0o700
    finally:
        os.umask(before)


def test_every_connection_is_durable_and_checks_foreign_keys(store):
    with store.reading() as first, store.reading() as second:
        for connection in (first, second):
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_what_was_recorded_is_there_after_opening_again(home):
    with open_store(home) as store:
        record(store, came := arrival(), photograph(), answered(came))
    with open_store(home) as store:
        assert [row.arrival for row in newest(store, 10)] == [came]


def test_reader_sees_one_state_while_others_write(store):
    with store.reading() as connection:
        count = "SELECT count(*) FROM outcomes"
        assert connection.exec_driver_sql(count).scalar() == 0
        record(store, came := arrival(), None, answered(came))
        assert connection.exec_driver_sql(count).scalar() == 0
    with store.reading() as connection:
        assert connection.exec_driver_sql(count).scalar() == 1


def test_opening_an_up_to_date_database_does_not_import_alembic(home, root):
    with open_store(home):
        pass
    script = (
        "import sys; from pathlib import Path\n"
        "from engine.places import Home; from engine.store.database import open_store\n"
        f"with open_store(Home(Path({str(home.root)!r}))): print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_garbage_is_not_taken_for_a_database(home):
    home.database.write_bytes(b"GIF89a, certainly not a database. " * 200)
    assert _code_of_opening(home) == "ST-CORRUPT"
    assert home.database.read_bytes().startswith(b"GIF89a")


def test_truncated_database_is_reported(home):
    with open_store(home) as store:
        for _ in range(50):
            record(store, came := arrival(), photograph(), answered(came))
    with home.database.open("r+b") as file:
        file.truncate(6000)
    with pytest.raises(StoreError) as caught, open_store(home) as store:
        newest(store, 100)
    assert caught.value.code == "ST-CORRUPT"


def test_database_of_another_program_is_left_alone(home):
    with sqlite3.connect(home.database) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    assert _code_of_opening(home) == "ST-FOREIGN"


def test_newer_schema_is_refused_and_named(home):
    with open_store(home):
        pass
    with sqlite3.connect(home.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="schema 9999, this program knows up to") as caught, open_store(home):
        pass
    assert caught.value.code == "ST-NEWER"


def test_home_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert _code_of_opening(Home(tmp_path / "file")) == "ST-HOME"
    assert _code_of_opening(Home(tmp_path / "file" / "below")) == "ST-HOME"


def test_log_without_its_key_is_not_continued_with_another(home):
    with open_store(home):
        pass
    home.chain_key.unlink()
    home.audit_key.unlink()
    assert _code_of_opening(home) == "ST-KEY-MISSING"


def test_database_locked_by_another_program_is_reported_after_the_time_allowed(home):
    with open_store(home, busy_timeout_s=0.05) as store:
        other = sqlite3.connect(home.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            record(store, came := arrival(), None, answered(came))
        other.execute("ROLLBACK")
        other.close()
        assert caught.value.code == "ST-LOCKED"
        record(store, came, None, answered(came))


_OPEN_READ_ONLY = """
import os, sys
from pathlib import Path
from engine.errors import StoreError
from engine.places import Home
from engine.store.database import open_store
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere, so become nobody
try:
    with open_store(Home(Path(sys.argv[1]))):
        print("opened")
except StoreError as error:
    print(error.code)
"""


@pytest.mark.parametrize("what", ["folder", "file", "missing"])
def test_home_that_cannot_be_written_is_refused(root, what):
    # Not in tmp_path, which is closed to nobody.
    outer = Path(tempfile.mkdtemp())
    try:
        outer.chmod(0o755)
        home = Home(outer / "home")
        if what != "missing":
            with open_store(home):
                pass
            home.root.chmod(0o555 if what == "folder" else 0o777)
            home.database.chmod(0o666 if what == "folder" else 0o444)
        else:
            outer.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", _OPEN_READ_ONLY, str(home.root)],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "ST-READONLY\n", done.stderr
    finally:
        outer.chmod(0o755)
        home.root.exists() and home.root.chmod(0o755)
        shutil.rmtree(outer)
