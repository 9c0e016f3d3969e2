"""A watched folder over a real queue, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from engine.queue.watch.rule import FolderRule
from engine.queue.watch.watcher import Watcher, watching
from engine.store.database import open_store
from engine.store.outcomes import Recorded
from tests.engine.hand_clock import HandClock
from tests.engine.queue.watch.desk import Desk


class Watch:
    """One folder being watched, and what happens at the desk."""

    def __init__(self, watcher: Watcher, desk: Desk, clock: HandClock, told: list[Recorded]) -> None:
        self.watcher = watcher
        self.desk = desk
        self.clock = clock
        self.told = told

    def turn(self, *after_s: float) -> None:
        """Turns after so many seconds each; without any, one at once."""
        for seconds in after_s or (0.0,):
            self.clock.pass_s(seconds)
            self.watcher.turn(0.0)

    def settle(self) -> None:
        """Enough turns for files that keep still: seen, still, closed."""
        self.turn(0.0, 0.6, 0.6, 0.6)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


@pytest.fixture
def desk(home) -> Iterator[Desk]:
    with open_store(home, HandClock()) as store:
        yield Desk(store)


@pytest.fixture
def watch(desk: Desk) -> Iterator[Callable[..., Watch]]:
    """Begins to watch a folder; called again, as after a restart."""
    with ExitStack() as stack:

        def begin(path: Path, **rule: object) -> Watch:
            told: list[Recorded] = []
            clock = desk.store.clock
            assert isinstance(clock, HandClock)
            rules = [FolderRule(path, **rule)]  # type: ignore[arg-type]
            return Watch(stack.enter_context(watching(desk, rules, clock, told.append)), desk, clock, told)

        yield begin
