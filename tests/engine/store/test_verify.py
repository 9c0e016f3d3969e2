import shutil
import sqlite3
import threading
from contextlib import closing

import pytest

from engine.audit.actions import Act
from engine.audit.examine import Tampering
from engine.audit.key import load_key, remove_secret
from engine.audit.log import AuditDraft
from engine.audit.ratchet import load_chain_key
from engine.domain.operator import Role
from engine.errors import StoreError
from engine.operators.session import single_operator
from engine.places import Home
from engine.store import operators, trail
from engine.store.database import open_store
from engine.store.logbook import seals
from engine.store.outcomes import newest, record
from engine.store.queue import enqueue, states_of
from engine.store.reviews import save
from engine.store.verify import Evidence, verify, verify_home
from engine.store.write import note
from tests.engine.store.answers import answered, arrival, job, nodule, photograph, spot
from tests.engine.store.decisions import review_of

_UNLOCK = """
DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete; DROP TRIGGER audit_entries_gapless;
DROP TRIGGER audit_seals_no_update; DROP TRIGGER audit_seals_no_delete; DROP TRIGGER operators_no_delete;
DROP TRIGGER reviews_no_update; DROP TRIGGER review_regions_no_update;
"""


@pytest.fixture
def three(store):
    for _ in range(3):
        record(store, came := arrival(), photograph(), answered(came, [spot(), nodule()]))
    return store


@pytest.fixture
def sealed_home(home):
    """A home whose log was sealed after entries 4 and 7, and whose first key was handed over."""
    for _ in range(2):
        with open_store(home) as store:
            for _ in range(3):
                record(store, came := arrival(), photograph(), answered(came, [spot()]))
    remove_secret(home.audit_key)
    return home


def _tamper(home, script):
    with closing(sqlite3.connect(home.database)) as connection:
        connection.executescript(_UNLOCK + script)


def test_untouched_record_is_intact(three):
    assert verify(three) is None


def test_triggers_that_were_taken_off_are_named_though_nothing_was_changed(sealed_home):
    assert verify_home(sealed_home).triggers_gone == ()
    with closing(sqlite3.connect(sealed_home.database)) as connection:
        connection.execute("DROP TRIGGER audit_entries_no_delete")
        connection.execute("DROP TRIGGER reviews_no_update")
    verdict = verify_home(sealed_home)
    assert (verdict.broken, verdict.triggers_gone) == (None, ("audit_entries_no_delete", "reviews_no_update"))


def test_verdict_says_what_was_checked(sealed_home):
    verdict = verify_home(sealed_home)
    assert (verdict.broken, verdict.entries, verdict.seals) == (None, 7, 2)
    assert (verdict.keyed_from, verdict.first_key_kept) == (8, False)


def test_first_key_kept_elsewhere_checks_every_mac(home):
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
    first_key = load_key(home.audit_key)
    remove_secret(home.audit_key)
    assert verify_home(home, Evidence(first_key=first_key)).keyed_from == 1
    wrong = verify_home(home, Evidence(first_key=b"x" * 32))
    assert wrong.broken.seq == 1


_INSERT = """
    UPDATE audit_entries SET seq = 100 + seq WHERE seq >= 3; UPDATE audit_entries SET seq = seq - 99 WHERE seq > 100;
    INSERT INTO audit_entries
        SELECT 3, at, 'forger', action, subject, detail, previous, mac FROM audit_entries WHERE seq = 2;
"""
_SWAP = """
    UPDATE audit_entries SET seq = 99 WHERE seq = 3; UPDATE audit_entries SET seq = 3 WHERE seq = 2;
    UPDATE audit_entries SET seq = 2 WHERE seq = 99;
"""
_CLOSE_UP = "DELETE FROM audit_entries WHERE seq = 2; UPDATE audit_entries SET seq = 2 WHERE seq = 3;"


@pytest.mark.parametrize(
    ("statement", "seq", "kind"),
    [
        ("UPDATE audit_entries SET actor = 'somebody' WHERE seq = 3", 3, Tampering.CHANGED),
        ("UPDATE audit_entries SET at = 'yesterday' WHERE seq = 2", 2, Tampering.CHANGED),
        ("UPDATE audit_entries SET actor = x'00' WHERE seq = 2", 2, Tampering.CHANGED),
        ("UPDATE audit_entries SET mac = '' WHERE seq = 1", 1, Tampering.CHANGED),
        ("DELETE FROM audit_entries WHERE seq = 2", 2, Tampering.REMOVED),
        (_CLOSE_UP, 2, Tampering.REMOVED),
        (_INSERT, 3, Tampering.INSERTED),
        (_SWAP, 2, Tampering.REORDERED),
        ("DELETE FROM audit_entries WHERE seq > 2", 3, Tampering.CUT_OFF),
        ("DELETE FROM audit_entries", 1, Tampering.EMPTIED),
    ],
)
@pytest.mark.parametrize("handed_over", [False, True])
def test_what_was_done_to_the_log_is_named(home, statement, seq, kind, handed_over):
    with open_store(home) as store:
        for _ in range(3):
            record(store, came := arrival(), photograph(), answered(came, [spot()]))
    if handed_over:
        remove_secret(home.audit_key)
    _tamper(home, statement)
    found = verify_home(home).broken
    assert (found.seq, found.kind) == (seq, kind), found.how


def test_cut_off_tail_shows_even_where_its_records_and_the_head_file_went_with_it(sealed_home):
    _tamper(
        sealed_home,
        "DELETE FROM regions WHERE outcome_id > 4; DELETE FROM outcomes WHERE id > 4;"
        "DELETE FROM audit_entries WHERE seq > 5; DELETE FROM audit_seals WHERE number = 2;",
    )
    head = sealed_home.audit_head.read_text().split()
    with closing(sqlite3.connect(sealed_home.database)) as connection:
        (mac,) = connection.execute("SELECT mac FROM audit_entries WHERE seq = 5").fetchone()
    sealed_home.audit_head.write_text(f"{head[0]} {5:012d} {mac} {head[3]}\n")
    assert verify_home(sealed_home).broken.seq == 7


def test_database_of_another_home_is_named(sealed_home, tmp_path):
    other = Home(tmp_path / "other")
    with open_store(other) as store:
        record(store, came := arrival(), photograph(), answered(came))
    shutil.copy(other.database, sealed_home.database)
    assert verify_home(sealed_home).broken.kind is Tampering.OTHER_DATABASE
    sealed_home.audit_head.write_bytes(other.audit_head.read_bytes())
    assert verify_home(sealed_home).broken is not None


@pytest.mark.parametrize("emptied", [True, False])
def test_database_that_is_gone_was_emptied(sealed_home, emptied):
    sealed_home.database.unlink()
    if emptied:
        sealed_home.database.touch()
    assert verify_home(sealed_home).broken.kind is Tampering.EMPTIED
    with pytest.raises(StoreError) as caught, open_store(sealed_home):
        pass
    assert caught.value.code == "ST-BEHIND"


def test_missing_key_is_named(sealed_home):
    sealed_home.chain_key.unlink()
    assert verify_home(sealed_home).broken.kind is Tampering.KEY_MISSING


def test_missing_head_file_is_named_and_not_made_anew(sealed_home):
    sealed_home.audit_head.unlink()
    assert verify_home(sealed_home).broken.kind is Tampering.CUT_OFF
    with pytest.raises(StoreError, match="missing") as caught, open_store(sealed_home):
        pass
    assert caught.value.code == "ST-BEHIND"
    assert not sealed_home.audit_head.exists()


def test_older_copy_put_in_place_by_hand_is_refused(home, tmp_path):
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
    shutil.copy(home.database, tmp_path / "older.db")
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
    shutil.copy(tmp_path / "older.db", home.database)
    with pytest.raises(StoreError) as caught, open_store(home):
        pass
    assert caught.value.code == "ST-BEHIND"
    assert verify_home(home).broken.kind is Tampering.REMOVED  # the seal that the key of now began with


def test_seal_kept_elsewhere_shows_a_log_that_was_written_anew(home, tmp_path):
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
    with open_store(home) as store:
        kept = seals(store)
    assert verify_home(home, Evidence(seals=kept)).broken is None
    shutil.rmtree(home.root)
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
    assert verify_home(home).broken is None
    assert verify_home(home, Evidence(seals=kept)).broken.kind is Tampering.OTHER_DATABASE


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_seals SET count = 3 WHERE number = 1",
        "UPDATE audit_seals SET signature = '00' WHERE number = 1",
        "UPDATE audit_seals SET head = (SELECT mac FROM audit_entries WHERE seq = 4) WHERE number = 1",
        "DELETE FROM audit_seals WHERE number = 1",
        "DELETE FROM audit_seals",
    ],
)
def test_seal_that_was_changed_or_removed_is_noticed(sealed_home, statement):
    _tamper(sealed_home, statement)
    assert verify_home(sealed_home).broken.kind in {Tampering.CHANGED, Tampering.REMOVED}


def test_program_that_stopped_between_a_seal_and_its_key_goes_on(home):
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
        before = home.chain_key.read_bytes()
    home.chain_key.write_bytes(before)
    assert load_chain_key(home.chain_key).number == 0
    assert verify_home(home).broken is None
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
        assert verify(store) is None
    assert verify_home(home).broken is None


def test_record_stands_where_the_head_file_could_not_be_written_after_it(home):
    with open_store(home) as store:
        record(store, came := arrival(), None, answered(came))
        home.audit_head.write_text("nothing of ours")
        record(store, came := arrival(), None, answered(came))
        assert newest(store, 1)[0].arrival == came
    assert verify_home(home).broken.kind is Tampering.CUT_OFF
    with pytest.raises(StoreError) as caught, open_store(home):
        pass
    assert caught.value.code == "ST-HEAD"


def test_log_that_others_write_and_seal_meanwhile_is_intact(home, monkeypatch):
    monkeypatch.setattr(trail, "SEAL_EVERY", 3)
    with open_store(home) as store:
        stop = threading.Event()

        def write():
            while not stop.is_set():
                note(store, AuditDraft("reader", Act.STUDY_VIEWED, "arrival", {}))

        writer = threading.Thread(target=write)
        writer.start()
        try:
            broken = [verify_home(home).broken for _ in range(15)]
        finally:
            stop.set()
            writer.join()
    assert broken == [None] * 15


def test_seal_is_made_every_so_many_entries(home, monkeypatch):
    monkeypatch.setattr(trail, "SEAL_EVERY", 5)
    with open_store(home) as store:
        for number in range(12):
            note(store, AuditDraft("reader", Act.STUDY_VIEWED, f"arrival {number}", {}))
        assert [seal.count for seal in seals(store)] == [5, 10]
        assert verify(store) is None
    assert verify_home(home).seals == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcomes SET flagged = 0 WHERE id = 2",
        "UPDATE outcomes SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE id = 2",
        "UPDATE outcomes SET recorded_at = 'yesterday' WHERE id = 2",
        "UPDATE outcomes SET doubts = 'not JSON' WHERE id = 2",
        "UPDATE outcomes SET salt = 'text' WHERE id = 2",
        "UPDATE regions SET x0 = 'left' WHERE outcome_id = 2",
        "UPDATE regions SET score = 0.3 WHERE outcome_id = 2",
        "DELETE FROM regions WHERE outcome_id = 2",
        "UPDATE region_instances SET sop_uid = '1.2.3' WHERE outcome_id = 2",
        "UPDATE region_instances SET region = 0 WHERE outcome_id = 2",
        "DELETE FROM region_instances WHERE outcome_id = 2",
        "INSERT INTO region_instances VALUES (2, 0, 0, '1.2.3', 0, 0.0, 0.0, 1.0, 1.0)",
        "UPDATE region_measures SET value = 3.0 WHERE outcome_id = 2 AND position = 0",
        "UPDATE region_measures SET unit = 'cm' WHERE outcome_id = 2",
        "DELETE FROM region_measures WHERE outcome_id = 2",
        "INSERT INTO region_measures VALUES (2, 0, 0, 'volume', 7.0, 'mm3')",
        "UPDATE studies SET content_hash = 'other' WHERE id = 2",
        "UPDATE instances SET path = '/other.png' WHERE study_id = 2",
        "UPDATE arrivals SET priority = 0 WHERE id = (SELECT arrival_id FROM outcomes WHERE id = 2)",
        "UPDATE outcomes SET study_id = NULL WHERE id = 2",
        "UPDATE outcomes SET salt = x'00' WHERE id = 2",
    ],
)
def test_outcome_that_was_changed_is_named_by_its_entry(three, statement):
    _tamper(three.home, statement)
    found = verify(three)
    assert (found.seq, found.kind) == (3, Tampering.CHANGED)
    assert "was changed since" in found.how


def test_outcome_that_was_removed_is_named_by_its_entry(three):
    _tamper(three.home, "DELETE FROM regions WHERE outcome_id = 2; DELETE FROM outcomes WHERE id = 2;")
    found = verify(three)
    assert (found.seq, found.kind) == (3, Tampering.REMOVED)


def test_arrival_that_was_removed_from_the_queue_is_named(store):
    first, second = enqueue(store, job()), enqueue(store, job())
    assert verify(store) is None
    _tamper(store.home, "DELETE FROM job_files; DELETE FROM jobs WHERE id = 2")
    found = verify(store)
    assert (found.seq, found.kind) == (3, Tampering.REMOVED)
    assert second.arrival.id in found.how
    assert states_of(store, [first.arrival.id, second.arrival.id]) == {first.arrival.id: "waiting"}


_FORGE = """
    INSERT INTO arrivals SELECT 'forged', source, arrived_at, deadline, priority FROM arrivals LIMIT 1;
    CREATE TEMP TABLE forged AS SELECT * FROM outcomes WHERE id = 1;
    UPDATE forged SET id = 99, arrival_id = 'forged';
    INSERT INTO outcomes SELECT * FROM forged;
"""


def test_outcome_that_nobody_recorded_is_noticed(three):
    _tamper(three.home, _FORGE)
    assert verify(three).kind is Tampering.INSERTED


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE reviews SET comment = 'never mind'", Tampering.CHANGED),
        ("UPDATE reviews SET operator = 'somebody'", Tampering.CHANGED),
        ("UPDATE review_regions SET reason = 'dust' WHERE position = 0", Tampering.CHANGED),
        ("DELETE FROM review_regions WHERE position = 1", Tampering.CHANGED),
        ("DELETE FROM review_regions; DELETE FROM reviews", Tampering.REMOVED),
    ],
)
def test_review_that_was_changed_or_removed_is_named(three, statement, kind):
    record(three, came := arrival(), photograph(), answered(came, [spot(), spot(0.2)]))
    save(three, single_operator(), review_of(came, 2))
    assert verify(three) is None
    _tamper(three.home, statement)
    found = verify(three)
    assert (found.seq, found.kind) == (6, kind)


_THIRD = """
    INSERT INTO operators SELECT 'c', role, secret, added_at, NULL, 0, NULL, salt FROM operators WHERE name = 'b'
"""


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE operators SET role = 'administrator' WHERE name = 'b'", Tampering.CHANGED),
        (
            "UPDATE operators SET secret = (SELECT secret FROM operators WHERE name = 'a') WHERE name = 'b'",
            Tampering.CHANGED,
        ),
        ("DELETE FROM operators WHERE name = 'b'", Tampering.REMOVED),
        (_THIRD, Tampering.INSERTED),
    ],
)
def test_operator_who_was_changed_by_hand_is_named(store, quick_hashing, statement, kind):
    administrator = single_operator()
    operators.add(store, administrator, "a", Role.ADMINISTRATOR, "correct horse")
    operators.add(store, administrator, "b", Role.VIEWER, "battery staple")
    assert verify(store) is None
    _tamper(store.home, statement)
    assert verify(store).kind is kind


def test_schema_of_before_seals_is_refused(home, root):
    dump = (root / "tests" / "data" / "store" / "first-revision.sql").read_text()
    with closing(sqlite3.connect(home.database)) as connection:
        connection.executescript(dump)
    with pytest.raises(StoreError) as caught:
        verify_home(home)
    assert caught.value.code == "ST-OLDER"
