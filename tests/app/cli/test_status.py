"""`fovea status` on real homes: nothing there, work waiting, alarms, and a home that cannot be used."""

import json
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from app.cli.main import main
from engine.domain.arrival import Arrival
from engine.domain.job import Job
from engine.domain.request import Request
from engine.queue.pulse import Pulse
from engine.store.database import open_store
from engine.store.outcomes import record
from engine.store.queue import enqueue
from tests.engine.store.answers import answered, photograph, refused


def arrival(waited_s=0.0, due_s=600.0, priority=1, source="/in/part 7.png"):
    seen = datetime.now(UTC) - timedelta(seconds=waited_s)
    return Arrival(uuid.uuid4().hex, source, seen, seen + timedelta(seconds=due_s), priority)


def wait(home, *arrivals):
    with open_store(home) as store:
        for one in arrivals:
            enqueue(store, Job(one, Request(), "watch", one.source, kind="volume", stored_bytes=1 << 20))


@pytest.fixture
def told(capsys):
    def look(*options):
        status = main(["status", "--json", *options])
        (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
        return status, line

    return look


def test_an_idle_home_is_healthy(home, told):
    status, line = told()
    assert (status, line["healthy"], line["alarms"], line["last"]) == (0, True, [], [])
    assert line["queue"] == {
        "waiting": 0,
        "stat": 0,
        "at_work": 0,
        "longest_wait_s": 0.0,
        "empty_at": None,
        "empty_at_latest": None,
        "basis": None,
        "expected_late": 0,
        "expected_late_by_s": 0.0,
    }


def test_what_waits_is_counted_and_forecast(home, told):
    wait(home, arrival(), arrival(priority=0), arrival(due_s=0.5))
    status, line = told()
    queue = line["queue"]
    assert (status, queue["waiting"], queue["stat"], queue["basis"], queue["expected_late"]) == (0, 3, 1, "assumed", 1)
    assert queue["empty_at"] < queue["empty_at_latest"]


def test_studies_that_nobody_answers_raise_an_alarm(home, told):
    wait(home, arrival(waited_s=40.0))
    status, line = told()
    assert (status, [alarm["name"] for alarm in line["alarms"]]) == (3, ["no-worker"])


def test_who_is_alive_is_told_and_who_is_expected_is_missed(home, told):
    with closing(Pulse(home)) as pulse:
        pulse.beat("worker", "w", {"ready": True, "backend": "onnx-cpu", "trouble": "", "at_work": []})
        pulse.beat("feeder", "f", {"origin": "watch", "supervisor": True, "reasons": [], "fault": ""})
    assert told("--expect", "watch")[0] == 0
    status, line = told("--expect", "watch", "--expect", "listen")
    assert status == 3
    assert (line["worker"]["alive"], line["worker"]["backend"]) == (True, "onnx-cpu")
    assert [(feeder["origin"], feeder["supervises"]) for feeder in line["feeders"]] == [("watch", True)]


def test_a_receiver_says_what_it_received(home, told, capsys):
    counts = {"received": 12, "again": 1, "refused": 2}
    with closing(Pulse(home)) as pulse:
        pulse.beat("feeder", "f", {"origin": "listen", "supervisor": False, "counts": counts})
        pulse.beat("feeder", "g", {"origin": "watch", "supervisor": True, "counts": {}})
    assert {feeder["origin"]: feeder["counts"] for feeder in told()[1]["feeders"]} == {"listen": counts, "watch": {}}
    main(["status"])
    assert "receiver  12 received, 1 that were here before, 2 refused" in capsys.readouterr().out


def test_the_last_outcomes_say_where_the_study_lies_by_now(home, told, capsys, tmp_path):
    (tmp_path / "done" / "deeper").mkdir(parents=True)
    moved, gone = tmp_path / "deeper" / "part.png", tmp_path / "gone.png"
    (tmp_path / "done" / "deeper" / "part.png").touch()
    with open_store(home) as store:
        for source in (moved, gone):
            one = arrival(source=str(source))
            record(store, one, photograph(), answered(one))
    last = {line["source"]: line["lies_at"] for line in told()[1]["last"]}
    assert last == {str(moved): str(tmp_path / "done" / "deeper" / "part.png"), str(gone): None}
    main(["status"])
    assert f"{tmp_path}/done/deeper/part.png" in capsys.readouterr().out


def test_the_last_outcomes_say_whether_they_were_late(home, told):
    with open_store(home) as store:
        for due_s in (600.0, -5.0):
            one = arrival(due_s=due_s)
            record(store, one, photograph(), answered(one))
    late, in_time = told()[1]["last"]
    assert late["late_s"] >= 5.0
    assert (in_time["late_s"], in_time["status"], in_time["effort"]) == (0.0, "answered", "full")


def test_why_studies_were_not_answered_is_told_once_for_each_code_by_its_newest(home, told, capsys):
    with open_store(home) as store:
        for source in ("/in/first.png", "/in/second.png"):
            one = arrival(source=source)
            record(store, one, None, refused(one))
        record(store, one := arrival(), photograph(), answered(one))
    assert [line["reason"] for line in told()[1]["last"]] == [
        "",
        "/in/second.png is empty. Copy it again.",
        "/in/first.png is empty. Copy it again.",
    ]
    main(["status"])
    told_lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("IN-EMPTY")]
    assert told_lines == ["IN-EMPTY: /in/second.png is empty. Copy it again."]


def test_a_worker_that_starts_says_since_when_and_that_it_may_last(home, capsys):
    with closing(Pulse(home)) as pulse:
        facts = {"ready": False, "backend": "", "trouble": "", "at_work": [], "began_s": time.monotonic() - 600.0}
        pulse.beat("worker", "w", facts)
    main(["status"])
    assert "worker    starting for 10 min (after an installation this takes minutes" in capsys.readouterr().out


def test_a_home_that_cannot_be_used_is_an_alarm_with_its_code(home, told):
    home.database.write_bytes(b"no database at all, " * 200)
    status, line = told()
    assert status == 3
    assert line["alarms"][0]["name"] == "store"
    assert line["alarms"][0]["reason"].startswith("ST-CORRUPT: ")


def test_in_words_it_fits_on_a_screen(home, capsys):
    wait(home, arrival(waited_s=40.0, source="/in/\x1b[31mred.png"))
    with open_store(home) as store:
        one = arrival(source="/in/\x1b[31mred.png")
        record(store, one, photograph(), answered(one))
    assert main(["status"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "ALARM no-worker: No worker is there to answer; studies waiting: 1."
    assert "queue     waiting: 1 (0 stat), 0 at work; empty in 13 s" in "\n".join(lines)
    assert "\x1b" not in "".join(lines)
    assert len(lines) < 25
