import json
import threading

import pytest

from engine.store.logbook import page
from engine.store.running import running


def _log(store):
    return [(entry.action, json.loads(entry.detail)) for entry in page(store, 100)][1:]


def test_start_and_stop_are_recorded_around_the_work(store):
    with running(store, "worker"):
        assert [action for action, _ in _log(store)] == ["program.started"]
    assert [(action, detail.get("how")) for action, detail in _log(store)] == [
        ("program.started", None),
        ("program.stopped", "ended"),
    ]


def test_stop_after_a_failure_says_so_and_the_failure_goes_on(store):
    with pytest.raises(KeyError), running(store, "worker"):
        raise KeyError
    assert _log(store)[-1][1]["how"] == "failed"


def test_stop_by_a_person_is_no_failure(store):
    with pytest.raises(KeyboardInterrupt), running(store, "run"):
        raise KeyboardInterrupt
    assert _log(store)[-1] == ("program.stopped", {"how": "interrupted", "what": "run"})


def test_changed_settings_are_noted_once(store, home):
    for content in (None, "[retention]\npixels_days = 9\n", "[retention]\npixels_days = 9\n", ""):
        if content is not None:
            home.settings.write_text(content)
        with running(store, "worker"):
            pass
    noted = [detail for action, detail in _log(store) if action == "settings.changed"]
    assert [bool(detail["old_digest"]) for detail in noted] == [False, True]
    assert noted[1]["old_digest"] == noted[0]["digest"]


def test_settings_that_two_processes_start_with_at_once_are_noted_once(store, home):
    home.settings.write_text("[retention]\npixels_days = 9\n")
    together = threading.Barrier(2)

    def start():
        together.wait()
        with running(store, "worker"):
            together.wait()

    others = [threading.Thread(target=start) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [action for action, _ in _log(store)].count("settings.changed") == 1
