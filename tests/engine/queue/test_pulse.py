import os
import sqlite3
from contextlib import closing

from engine.places import Home
from engine.queue.pulse import GONE_S, Note, Pulse


class Now:
    def __init__(self):
        self.s = 1000.0

    def __call__(self):
        return self.s


def test_a_sign_of_life_is_alive_until_it_is_old(home):
    now = Now()
    with closing(Pulse(home, now)) as pulse, closing(Pulse(home, now)) as elsewhere:
        pulse.beat("worker", "w1", {"ready": False})
        pulse.beat("worker", "w1", {"ready": True})
        now.s += GONE_S - 1.0
        (sign,) = elsewhere.signs("worker")
        assert (sign.name, sign.pid, sign.age_s, sign.facts) == ("w1", os.getpid(), GONE_S - 1.0, {"ready": True})
        assert sign.is_alive
        now.s += 1.0
        assert not elsewhere.signs("worker")[0].is_alive
        assert elsewhere.signs("feeder") == ()


def test_who_leaves_leaves_no_sign_and_the_latest_stands_first(home):
    now = Now()
    with closing(Pulse(home, now)) as pulse:
        for name in ("f1", "f2", "f3"):
            pulse.beat("feeder", name, {})
            now.s += 1.0
        pulse.leave("feeder", "f2")
        assert [sign.name for sign in pulse.signs("feeder")] == ["f3", "f1"]


def test_a_sign_from_before_the_machine_was_started_is_not_alive(home):
    with closing(Pulse(home)) as pulse:
        pulse.beat("worker", "w1", {})
        with closing(sqlite3.connect(home.pulse)) as connection, connection:
            connection.execute("UPDATE signs SET boot = 'another'")
        assert not pulse.signs("worker")[0].is_alive


def test_a_sign_of_a_process_that_is_gone_is_not_alive(home):
    with closing(Pulse(home)) as pulse:
        pulse.beat("worker", "w1", {})
        with closing(sqlite3.connect(home.pulse)) as connection, connection:
            connection.execute("UPDATE signs SET pid = 4194305")  # one more than the kernel gives
        assert not pulse.signs("worker")[0].is_alive


def test_notes_are_kept_for_the_newest_answers_only(home):
    with closing(Pulse(home)) as pulse:
        notes = [Note(f"a{number}", {"record": number / 2}, ("not fast",)) for number in range(2010)]
        for note in notes:
            pulse.keep_note(note)
        assert pulse.note_of("a9") is None
        assert pulse.note_of("a10") == notes[10]


def test_the_file_is_private_to_its_owner(home):
    with closing(Pulse(home)) as pulse:
        pulse.beat("feeder", "f", {})
        files = list(home.root.glob("pulse.db*"))
        assert {path.name for path in files} == {"pulse.db", "pulse.db-shm", "pulse.db-wal"}
        assert [path.stat().st_mode & 0o077 for path in files] == [0, 0, 0]


def test_a_file_that_is_torn_is_made_anew(home):
    home.pulse.write_bytes(b"no database at all, " * 100)
    with closing(Pulse(home)) as pulse:
        pulse.beat("worker", "w1", {})
        assert pulse.signs("worker")[0].is_alive


def test_where_nothing_can_be_written_nothing_depends_on_it(tmp_path):
    with closing(Pulse(Home(tmp_path / "missing" / "home"))) as pulse:
        pulse.beat("worker", "w1", {})
        pulse.keep_note(Note("a", {}))
    pulse.beat("worker", "w1", {})
    assert pulse.signs("worker") == ()
