import shutil
import sqlite3
import threading
from contextlib import closing

import pytest

from engine.audit.examine import Tampering
from engine.audit.key import load_key, remove_secret
from engine.clock import SystemClock
from engine.errors import StoreError, UsageError
from engine.operators.session import single_operator
from engine.places import Home
from engine.store.changes import Changes
from engine.store.copies import back_up
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.outcomes import newest, record
from engine.store.restore import restore
from engine.store.verify import Evidence, verify, verify_home
from tests.engine.store.answers import answered, arrival, photograph, spot

ME = single_operator()
CLOCK = SystemClock()


def _answer(store):
    record(store, came := arrival(), photograph(), answered(came, [spot()]))
    return came


def _sources(home):
    with open_store(home) as store:
        return [row.arrival.id for row in reversed(newest(store, 100))]


@pytest.fixture
def backed_up(home, tmp_path):
    """A home with two outcomes of which the copy has one."""
    with open_store(home) as store:
        first = _answer(store)
        back_up(store, ME, tmp_path / "copy.db")
        second = _answer(store)
    return home, tmp_path / "copy.db", first.id, second.id


def test_copy_is_private_whole_and_recorded(home, tmp_path):
    with open_store(home) as store:
        _answer(store)
        copy = back_up(store, ME, tmp_path / "copy.db")
        assert copy.path.stat().st_mode & 0o777 == 0o600
        assert (copy.head.count, copy.size_bytes) == (2, copy.path.stat().st_size)
        entry = page(store, 10)[-1]
    assert (entry.action, entry.actor) == ("store.backed-up", ME.name)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["copy.db"]
    with closing(sqlite3.connect(copy.path)) as connection:
        assert connection.execute("SELECT count(*) FROM outcomes").fetchone() == (1,)


def test_copy_made_while_others_write_is_consistent(home, tmp_path):
    with open_store(home) as store:
        for _ in range(20):
            _answer(store)
        stop = threading.Event()

        def write():
            while not stop.is_set():
                _answer(store)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            copy = back_up(store, ME, tmp_path / "copy.db")
        finally:
            stop.set()
            writer.join()
    assert copy.head.count >= 21


def test_copy_of_a_broken_log_is_not_kept(home, tmp_path):
    with open_store(home) as store:
        _answer(store)
        with closing(sqlite3.connect(home.database)) as connection, connection:
            connection.execute("UPDATE regions SET score = 0.1")
        with pytest.raises(StoreError, match="was changed since") as caught:
            back_up(store, ME, tmp_path / "copy.db")
    assert caught.value.code == "ST-COPY"
    assert not list(tmp_path.glob("*copy*"))


def test_file_that_is_there_is_not_overwritten(home, tmp_path):
    (tmp_path / "copy.db").write_text("precious")
    with open_store(home) as store, pytest.raises(UsageError) as caught:
        back_up(store, ME, tmp_path / "copy.db")
    assert caught.value.code == "US-TARGET"
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_restore_brings_the_copy_back_and_says_so_in_the_log(backed_up):
    home, copy, first, second = backed_up
    old = home.audit_head.read_text().split()
    done = restore(home, copy, ME, CLOCK)
    assert _sources(home) == [first]
    with open_store(home) as store:
        entry = page(store, 10)[-1]
        assert (entry.action, entry.actor) == ("store.restored", ME.name)
        assert old[2] in entry.detail
        _answer(store)
        assert verify(store) is None
    assert verify_home(home).broken is None
    with closing(sqlite3.connect(done.kept)) as connection:
        assert connection.execute("SELECT arrival_id FROM outcomes ORDER BY id").fetchall() == [(first,), (second,)]


def test_restore_after_the_first_key_was_handed_over_and_seals_were_made_goes_on_with_the_key_of_now(backed_up):
    home, copy, first, _ = backed_up
    key = load_key(home.audit_key)
    remove_secret(home.audit_key)
    for _ in range(2):
        with open_store(home) as store:
            _answer(store)
    restore(home, copy, ME, CLOCK)
    with open_store(home) as store:
        _answer(store)
    verdict = verify_home(home)
    assert verdict.broken is None
    assert _sources(home)[0] == first
    assert verify_home(home, Evidence(first_key=key)).broken is None


def test_restored_twice_holds(backed_up):
    home, copy, _, _ = backed_up
    for _ in range(2):
        restore(home, copy, ME, CLOCK)
        with open_store(home) as store:
            _answer(store)
    assert verify_home(home).broken is None
    assert len(_sources(home)) == 2


def test_restore_on_another_machine_needs_the_first_key(backed_up, tmp_path):
    home, copy, first, _ = backed_up
    key = load_key(home.audit_key)
    fresh = Home(tmp_path / "fresh")
    with pytest.raises(StoreError) as caught:
        restore(fresh, copy, ME, CLOCK)
    assert caught.value.code == "ST-KEY-MISSING"
    restore(fresh, copy, ME, CLOCK, first_key=key)
    assert _sources(fresh) == [first]
    assert verify_home(fresh).broken is None
    assert not fresh.audit_key.exists()


def test_sealed_copy_goes_on_on_another_machine(home, tmp_path):
    for _ in range(3):
        with open_store(home) as store:
            _answer(store)
    with open_store(home) as store:
        copy = back_up(store, ME, tmp_path / "copy.db").path
    key, fresh = load_key(home.audit_key), Home(tmp_path / "fresh")
    restore(fresh, copy, ME, CLOCK, first_key=key)
    for _ in range(2):
        with open_store(fresh) as store:
            _answer(store)
    assert verify_home(fresh).broken is None
    assert verify_home(fresh, Evidence(first_key=key)).broken is None
    assert len(_sources(fresh)) == 5


def test_restore_replaces_a_database_that_cannot_be_read(backed_up):
    home, copy, first, _ = backed_up
    home.database.write_bytes(b"no database " * 999)
    done = restore(home, copy, ME, CLOCK)
    assert _sources(home) == [first]
    assert done.kept.read_bytes().startswith(b"no database")


def _cut(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript("DROP TRIGGER audit_entries_no_delete; DELETE FROM audit_entries WHERE seq = 1;")


def _garbage(copy):
    copy.write_bytes(b"garbage " * 4096)


def _changed(copy):
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE outcomes SET flagged = 0")


@pytest.mark.parametrize("spoil", [_cut, _garbage, _changed, lambda copy: copy.unlink()])
def test_copy_that_does_not_hold_is_refused_and_nothing_changes(backed_up, spoil):
    home, copy, first, second = backed_up
    spoil(copy)
    with pytest.raises(StoreError) as caught:
        restore(home, copy, ME, CLOCK)
    assert caught.value.code == "ST-COPY"
    assert _sources(home) == [first, second]
    assert verify_home(home).broken is None


def test_copy_of_another_home_is_refused(backed_up, tmp_path):
    home, _, first, second = backed_up
    with open_store(Home(tmp_path / "other")) as store:
        _answer(store)
        other = back_up(store, ME, tmp_path / "other.db")
    with pytest.raises(StoreError) as caught:
        restore(home, other.path, ME, CLOCK)
    assert caught.value.code == "ST-COPY"
    assert _sources(home) == [first, second]


def test_process_that_had_the_database_open_does_not_write_to_the_restored_one_unaware(backed_up):
    home, copy, _, _ = backed_up
    with open_store(home) as store:
        for _ in range(3):
            _answer(store)
        restore(home, copy, ME, CLOCK)
        for _ in range(2):
            with pytest.raises(StoreError, match="put back") as caught:
                _answer(store)
            assert caught.value.code == "ST-BEHIND"
    assert verify_home(home).broken is None


def test_restored_log_that_has_grown_longer_than_the_one_of_before_is_another_one_still(backed_up):
    home, copy, _, _ = backed_up
    with open_store(home) as store, closing(Changes(store)) as changes:
        _answer(store)
        assert changes.seen()
        restore(home, copy, ME, CLOCK)
        with open_store(home) as elsewhere:
            for _ in range(6):
                _answer(elsewhere)
        for deed in (changes.seen, lambda: _answer(store)):
            with pytest.raises(StoreError, match="put back"):
                deed()
    assert verify_home(home).broken is None


def test_copy_put_in_place_by_hand_is_told_from_a_restore(backed_up):
    home, copy, _, _ = backed_up
    shutil.copy(copy, home.database)
    assert verify_home(home).broken.kind in {Tampering.CUT_OFF, Tampering.REMOVED}
