import json
from datetime import timedelta

from engine.store.clock_watch import ClockWatch
from engine.store.database import open_store
from engine.store.logbook import page
from engine.store.outcomes import record
from engine.store.verify import verify
from tests.engine.hand_clock import HandClock
from tests.engine.store.answers import answered, arrival


class _Jumping(HandClock):
    """A time of day that can be set."""

    shift = timedelta()

    def now(self):
        return super().now() + self.shift


def test_clocks_that_go_together_are_no_jump():
    clock = _Jumping()
    watch = ClockWatch(clock)
    clock.pass_s(1e6)
    assert watch.jump() is None
    clock.shift = timedelta(seconds=1)
    assert watch.jump() is None


def test_jump_back_and_forth_is_recorded_before_what_came_after_it(home):
    clock = _Jumping()
    with open_store(home, clock) as store:
        for hours in (0, -1, -1, 2):
            clock.shift = timedelta(hours=hours)
            clock.pass_s(60.0)
            record(store, came := arrival(), None, answered(came))
        log = page(store, 100)
        assert verify(store) is None
    assert [entry.action.split(".")[0] for entry in log] == [
        "store",
        "outcome",
        "clock",
        "outcome",
        "outcome",
        "clock",
        "outcome",
    ]
    assert [json.loads(entry.detail)["by_s"] for entry in log if entry.action == "clock.jumped"] == [-3600.0, 10800.0]
