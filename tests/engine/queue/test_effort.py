"""The best effort that is done in time, by what is forecast and by what those behind leave."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from engine.domain.outcome import StageTimes
from engine.domain.scan import Provenance, Scan
from engine.domain.timing import Timing
from engine.domain.workload import Workload
from engine.queue.effort import Lane, choose_effort, chooser, extent_of
from engine.queue.forecast import Extent, Forecaster
from engine.queue.turn import ROUTINE, STAT, Turn, Waiting
from engine.registry.shelf import Shelf
from tests.engine.hand_clock import HandClock

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FULL, HALF, FAST = Extent("full", 20, 40, 40_000), Extent("half", 20, 20, 20_000), Extent("fast", 8, 8, 8_000)


def machine(calls_s=1.0, slow=()):
    """A machine that takes so long for a call; `slow` answers took that many times as long."""
    times = (1.0,) * 40 + tuple(slow)
    return Forecaster(
        tuple(
            Timing(
                model="nodule 1.0.0",
                backend="gpu",
                effort=extent.effort,
                kind="volume",
                coverage=1.0,
                workload=Workload(1, 1 << 20, 1, extent.tiles, extent.calls, 2),
                ms=StageTimes(detect=1000.0 * extent.calls * calls_s * slower),
            )
            for extent in (FULL, HALF, FAST)
            for slower in times
        )
    )


def volume():
    voxels = np.zeros((24, 48, 48), np.int16)
    return Scan(voxels, "volume", "CT", "MONOCHROME2", Provenance((), ""), spacing_mm=(1.0, 1.0, 1.0))


def turn(priority=ROUTINE, allowed_s=None):
    waiting = Waiting("one", NOW, NOW + timedelta(seconds=180), priority, "volume", 1 << 20)
    work = machine().work("volume", 1 << 20)
    return Turn(waiting, work, None if allowed_s is None else NOW + timedelta(seconds=allowed_s))


def chosen(time_left_s, given=None, forecaster=None):
    lane = Lane(forecaster or machine(), "nodule 1.0.0")
    return choose_effort(lane, [FAST, FULL, HALF], time_left_s, given, NOW)


@pytest.mark.parametrize(
    ("time_left_s", "effort"), [(100, "full"), (41, "full"), (39, "half"), (19, "fast"), (2, "fast")]
)
def test_the_effort_that_does_most_in_the_time_left_is_chosen(time_left_s, effort):
    assert chosen(time_left_s) == effort


def test_a_deadline_that_passed_does_not_shorten_the_work():
    assert chosen(0.0) == "full"


def test_those_behind_shorten_the_work():
    assert chosen(100.0, turn(allowed_s=25.0)) == "half"
    assert chosen(100.0, turn(allowed_s=-5.0)) == "fast"


def test_a_stat_case_takes_what_was_in_time_for_all_that_were_seen():
    forecaster = machine(slow=(3.0,))
    assert chosen(60.0, turn(ROUTINE), forecaster) == "full"
    assert chosen(60.1, turn(STAT), forecaster) == "half"


def test_on_a_machine_that_answered_nothing_yet_the_assumption_decides():
    slow = [Extent("full", 20, 40, 40_000_000), Extent("fast", 8, 8, 4_000_000)]
    nothing_known = Lane(Forecaster(), "nodule 1.0.0")
    assert choose_effort(nothing_known, slow, 60.0, None, NOW) == "fast"
    assert choose_effort(nothing_known, slow, 90.0, None, NOW) == "full"


def test_the_run_time_that_really_looks_decides():
    quick, slow = machine(0.1).timings, tuple(replace(one, backend="cpu") for one in machine(2.0).timings)
    forecaster = Forecaster(slow + quick)
    assert choose_effort(Lane(forecaster, "nodule 1.0.0", "gpu"), [FAST, FULL, HALF], 45.0, None, NOW) == "full"
    assert choose_effort(Lane(forecaster, "nodule 1.0.0", "cpu"), [FAST, FULL, HALF], 45.0, None, NOW) == "half"


def test_extents_are_those_of_the_layout(volume_home):
    card = Shelf.of(volume_home).packages[0].card
    scan = Scan(
        np.zeros((24, 48, 48), np.int16), "volume", "CT", "MONOCHROME2", Provenance((), ""), spacing_mm=(1, 1, 1)
    )
    full = extent_of(card, scan, "full")
    assert full.tiles >= 1
    assert full.network_px == full.calls * card.input.batch * int(np.prod(card.input.tile))


def test_the_pipeline_is_given_the_newest_forecaster_and_the_turn_of_the_study(volume_home):
    card = Shelf.of(volume_home).packages[0].card
    scan = Scan(
        np.zeros((24, 48, 48), np.int16), "volume", "CT", "MONOCHROME2", Provenance((), ""), spacing_mm=(1, 1, 1)
    )
    choose = chooser(Forecaster, lambda: turn(allowed_s=1000.0), HandClock())
    assert choose(card, "onnxruntime", scan, 1000.0) == "full"
