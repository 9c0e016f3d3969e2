"""The worklist page over 1,000,000 studies: what a person waits for, and how long the event loop stands still.

Run: python -m tests.bench.worklist_window [--studies N]
"""

import argparse
import gc
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.jobs.long_lived import leave_alone_what_is_loaded
from app.state.pages import Page
from app.state.worklist import Column, Show
from app.tables.worklist import COLUMNS
from app.views.theme import dress
from app.views.worklist_page import WorklistPage
from app.wiring.desktop import Desktop
from app.wiring.worklist import WorklistWiring
from engine.places import Home
from engine.store.database import open_store
from engine.store.wanted import Wanted
from engine.store.worklist import page as page_of
from tests.app.watchdog import BEAT_MS, watching_the_loop
from tests.bench.worklist import fill

PAGES = 20
"""So many pages are scrolled through."""

MOST_S = 120.0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a person does.

    Args:
        name: of it.
        wall_ms: until the list shows it.
        cpu_ms: of this process meanwhile, all threads.
        stall_ms: the longest time that the loop stood still, 0 below 50 ms.
        own: whether such a stall was this process's own work.
    """

    name: str
    wall_ms: float
    cpu_ms: float
    stall_ms: float
    own: bool


@contextmanager
def crowded(home: Home, studies: int) -> Iterator[Desktop]:
    """A window whose engine sleeps, over a home with so many answered studies."""
    with open_store(home) as store:
        with closing(sqlite3.connect(store.home.database, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            fill(connection, studies, regions=0)
        page_of(store, Wanted(text="no such"))  # the index of the paths is made once, by whoever searches first
    desktop = Desktop(EngineRoom(home), _raise)
    desktop.window.first_painted.disconnect()
    desktop.window.resize(1280, 800)
    desktop.window.show()
    try:
        yield desktop
    finally:
        gc.unfreeze()
        desktop.window.close()
        desktop.window.deleteLater()


def go_through(desktop: Desktop) -> list[Step]:
    """Turns to the worklist, scrolls, filters, searches and sorts it."""
    (wiring,) = (each for each in desktop.pages if isinstance(each, WorklistWiring))
    steps = [_step("first page", desktop, wiring, lambda: desktop.parts.pages.show(Page.WORKLIST))]
    leave_alone_what_is_loaded()  # as the program does once its engine is there
    page = desktop.window.pages.currentWidget()
    assert isinstance(page, WorklistPage)
    for number in range(1, PAGES + 1):
        rows = page.model.rowCount()
        steps.append(_step(f"scroll to page {number + 1}", desktop, wiring, page.table.scrollToBottom, more_than=rows))
    for show in (Show.FAILED, Show.FLAGGED, Show.ALL):
        at = page.shows.findData(show.value)
        steps.append(_step(f"filter {show.value}", desktop, wiring, lambda at=at: page.shows.setCurrentIndex(at)))
    steps += [
        _step(f"search '{text}'", desktop, wiring, lambda text=text: _search(page, text))
        for text in ("part-0333333", "line 3", "no such part", "")
    ]
    for column in (Column.REGIONS, Column.ARRIVED):
        at = COLUMNS.index(column)
        steps.append(_step(f"sort by {column.value}", desktop, wiring, lambda at=at: _sort(page, at)))
    return steps


def _sort(page: WorklistPage, column: int) -> None:
    page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)


def _search(page: WorklistPage, text: str) -> None:
    page.line.setText(text)
    page.line.returnPressed.emit()


def _step(
    name: str, desktop: Desktop, wiring: WorklistWiring, do: Callable[[], object], more_than: int | None = None
) -> Step:
    """Does something and turns the loop until the list shows it."""
    model, ends_s = wiring._model, time.monotonic() + MOST_S
    with watching_the_loop(desktop.window) as watched:
        wall_s, cpu_s = time.perf_counter(), time.process_time()
        do()
        while wiring._reading or (more_than is not None and model.rowCount() <= more_than):
            QApplication.processEvents()
            time.sleep(BEAT_MS / 5000)
            assert time.monotonic() < ends_s, name
        wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
        for _ in range(20):  # it is painted
            QApplication.processEvents()
            time.sleep(BEAT_MS / 5000)
    longest = max(watched.counting or watched.stalls, key=lambda stall: stall.wall_s, default=None)
    stall_ms = 0.0 if longest is None else longest.wall_s * 1000
    return Step(name, wall_s * 1000, cpu_s * 1000, stall_ms, bool(watched.counting))


def _raise(error: Exception) -> None:
    raise error


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=1_000_000)
    studies = parser.parse_args().studies
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    dress(application)
    with tempfile.TemporaryDirectory() as folder, crowded(Home(Path(folder) / "home").make(), studies) as desktop:
        for repeat in ("cold", "again"):
            steps = go_through(desktop)
            desktop.parts.pages.show(Page.READING)
            scrolled = sorted((one for one in steps if one.name.startswith("scroll")), key=lambda one: one.cpu_ms)
            shown = [*(one for one in steps if one not in scrolled), scrolled[len(scrolled) // 2], scrolled[-1]]
            sys.stdout.write(f"{studies:,} studies, {repeat}\n")
            for one in shown:
                stall = f"loop still {one.stall_ms:5.0f} ms{' (own)' if one.own else ''}" if one.stall_ms else ""
                sys.stdout.write(f"  {one.name:24s} {one.wall_ms:8.0f} ms  {one.cpu_ms:8.0f} ms CPU  {stall}\n")


if __name__ == "__main__":
    main()
