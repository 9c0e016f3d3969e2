"""One study after the other, recorded in this process: what the worker's overlapped answers are held against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from engine.budget import Budget
from engine.clock import Clock, SystemClock
from engine.detect.protocol import Backend
from engine.domain.outcome import Outcome
from engine.domain.request import NOTHING_ASKED, Request
from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.intake.find import Found
from engine.intake.read import Reader, read_study
from engine.pipeline import Bench
from engine.places import Home
from engine.registry.shelf import Shelf
from engine.store.database import Store, open_store
from engine.store.outcomes import record, reusable


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One study with its outcome.

    Args:
        source: the path as given or found.
        study: None where nothing could be read.
        scan: None where nothing could be read.
        outcome: the recorded answer.
    """

    source: str
    study: Study | None
    scan: Scan | None
    outcome: Outcome


class Workbench:
    """A bench and the store that its answers are recorded in."""

    def __init__(self, bench: Bench, store: Store) -> None:
        self.bench = bench
        self.store = store

    @property
    def backend(self) -> Backend:
        """The run time that answers."""
        return self.bench.backend

    @classmethod
    @contextmanager
    def open(
        cls,
        home: Home,
        *,
        backend: str | None = None,
        threads: int | None = None,
        clock: Clock | None = None,
        read: Reader = read_study,
    ) -> Iterator[Workbench]:
        """Opens the store and the shelf of a home, and closes all of it at the end of the block.

        Args:
            home: where all state lies.
            backend: name of a run time; None takes the best that works here.
            threads: CPU threads; None takes all that this process may use.
            clock: replaceable in tests.
            read: how files become scans; decoder processes read what comes from outside.

        Raises:
            StoreError: the home or its database cannot be used.
            UsageError: no run time has that name.
            BackendError: the named run time does not work here.
        """
        clock = clock or SystemClock()
        with (
            open_store(home, clock) as store,
            Bench.open(Shelf.of(home), home=home, backend=backend, threads=threads, clock=clock, read=read) as bench,
        ):
            bench.stages.recorded = partial(reusable, store)
            yield cls(bench, store)

    def answer(self, found: Found, request: Request = NOTHING_ASKED, *, budget: Budget | None = None) -> Answer:
        """Answers one study and records the outcome; what is wrong with the input becomes its status.

        Args:
            found: what intake found at a path.
            request: what is wanted of the answer.
            budget: time for this study; None takes what the request gives.

        Raises:
            StoreError: the outcome could not be recorded; nothing was.
        """
        attempt = self.bench.attempt(found, request, budget=budget)
        outcome = attempt.outcome()
        with attempt.watch.stage("record"):
            record(
                self.store, attempt.arrival, attempt.study, outcome,
                workload=attempt.workload, sketched=attempt.sketched,
            )  # fmt: skip
        # The row cannot hold the time of its own commit; only the answer in hand can.
        return Answer(found.source, attempt.study, attempt.scan, replace(outcome, ms=attempt.watch.times()))
