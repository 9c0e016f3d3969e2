"""The event loop is never blocked for long by the window's own work, whatever a person does."""

import time

import pytest
from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.state.pages import Page
from app.wiring.desktop import Desktop
from tests.app.records import fill
from tests.app.watchdog import LONGEST_S, watching_the_loop

REPEATS = 3


def settle(until=lambda: True, most_s=20.0):
    """Lets the loop turn until something is so, and a little longer."""
    ends_s = time.monotonic() + most_s
    while not until() and time.monotonic() < ends_s:
        QApplication.processEvents()
        time.sleep(0.002)
    for _ in range(20):
        QApplication.processEvents()
        time.sleep(0.002)


@pytest.fixture
def desktop(home, qtbot, dressed):
    """A window with records whose engine is not started: only what the window does by itself is watched."""
    fill(home)
    faults = []
    made = Desktop(EngineRoom(home), faults.append)
    made.window.first_painted.disconnect()
    made.window.show()
    settle()
    yield made
    made.window.close()
    made.window.deleteLater()
    assert faults == []


def turn_pages(desktop):
    for page in Page:
        desktop.parts.pages.show(page)
        settle()


def search(desktop):
    desktop.parts.pages.show(Page.WORKLIST)
    page = desktop.window.pages.currentWidget()
    for letters in ("P", "Part", "Part_1", ""):
        page.line.setText(letters)
        settle()


@pytest.mark.deep
@pytest.mark.parametrize("does", [turn_pages, search], ids=lambda does: does.__name__)
def test_loop_is_never_blocked_over_50_ms_by_our_own_work(desktop, does):
    does(desktop)  # once before it counts: pages are made, and what they need is imported
    blocked = []
    for _ in range(REPEATS):
        with watching_the_loop(desktop.window) as watched:
            does(desktop)
        blocked.append(watched.counting)
    assert sum(bool(stalls) for stalls in blocked) < 2, blocked


def test_watchdog_sees_what_blocks_the_loop_and_lets_a_busy_machine_pass(qtbot, qapp):
    def work():
        ends_s = time.perf_counter() + 2 * LONGEST_S
        while time.perf_counter() < ends_s:
            pass

    with watching_the_loop(qapp) as watched:
        settle()
        work()
        settle()
        time.sleep(2 * LONGEST_S)
        settle()
    assert len(watched.stalls) >= 2
    assert all(stall.wall_s >= LONGEST_S for stall in watched.stalls)
    slept = [stall for stall in watched.stalls if stall.cpu_s < 0.2 * stall.wall_s]
    assert slept
    assert not any(stall.counts for stall in slept)
