"""The way of the pixels, one call a stage: read this first.

`read` makes a Scan of a file or a series, `choose` finds the model whose domain fits, `lay_out` covers the scan
with tiles, `look` prepares and answers them batch by batch and makes boxes of the stitched heat map, `place` puts them
back into the study's frame, `measured` adds their size and values, and `record` writes the outcome and its audit entry
in one transaction.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.attempt import Attempt
from engine.budget import Budget
from engine.clock import Clock, SystemClock
from engine.detect.choose import PassedOver, backends, working_backends
from engine.detect.loading import Detectors, proven_detectors
from engine.detect.look import look
from engine.detect.measure import measured
from engine.detect.place import place
from engine.detect.protocol import Backend
from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome
from engine.domain.scan import Scan
from engine.domain.study import Study
from engine.errors import FoveaError, ProgramError, StoreError
from engine.intake.find import Found
from engine.intake.read import Reader, read_study
from engine.places import Home, default_home
from engine.prepare.layout import lay_out
from engine.prepare.pool import RowPool
from engine.registry.domain import require_steps
from engine.registry.shelf import Shelf
from engine.stopwatch import Stopwatch
from engine.store.database import Store, open_store
from engine.store.outcomes import record
from kernels.warm import warm

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One study with its outcome, as the command line and the window show it.

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


class Bench:
    """What a process makes once and every answer needs: the shelf, a run time, the row pool and the loaded models."""

    def __init__(
        self, shelf: Shelf, detectors: Detectors, pool: RowPool, clock: Clock, read: Reader = read_study
    ) -> None:
        self.shelf = shelf
        self.clock = clock
        self._read = read
        self._pool = pool
        self._detectors = detectors

    @property
    def backend(self) -> Backend:
        """The run time that is preferred here; each outcome says which one answered."""
        return self._detectors.preferred

    @property
    def passed_over(self) -> dict[str, tuple[PassedOver, ...]]:
        """By `id version` of the models that answered: the preferred run times that may not."""
        return self._detectors.passed_over

    @classmethod
    @contextmanager
    def open(
        cls,
        shelf: Shelf,
        *,
        home: Home | None = None,
        backend: str | None = None,
        threads: int | None = None,
        clock: Clock | None = None,
        read: Reader = read_study,
    ) -> Iterator[Bench]:
        """Readies the kernels and the row pool, and frees the pool and the models at the end of the block.

        Args:
            shelf: the models to choose from.
            home: where plans and verdicts lie; None takes the default one.
            backend: name of a run time; None takes the best that works here.
            threads: CPU threads; None takes all that this process may use.
            clock: replaceable in tests.
            read: how files become scans; decoder processes read what comes from outside.

        Raises:
            UsageError: no run time has that name.
            BackendError: the named run time does not work here.
            StoreError: ST-CACHE, compiled kernels cannot be kept.
        """
        home = home or default_home()
        candidates = working_backends(backend, backends(home))
        try:
            warm()
        except OSError as error:
            raise StoreError(
                "ST-CACHE",
                f"The folder for compiled kernels cannot be used: {error}.",
                "Free space on its disk, or let NUMBA_CACHE_DIR name a folder that you may write to.",
            ) from error
        with RowPool(threads) as pool:
            detectors = proven_detectors(shelf.packages, candidates, home, pool.threads)
            bench = cls(shelf, detectors, pool, clock or SystemClock(), read)
            with closing(bench):
                yield bench

    def close(self) -> None:
        """Frees the loaded models; the bench cannot answer afterwards."""
        self._detectors.close()

    def attempt(
        self,
        found: Found,
        *,
        model_id: str | None = None,
        budget: Budget | None = None,
        threshold: float | None = None,
        modality: str | None = None,
        effort: str = "full",
    ) -> Attempt:
        """Answers one study as far as it goes, and records nothing; see `Workbench.answer`.

        `effort` names the work variant. One that the model does not have is US-EFFORT.
        """
        budget = budget or Budget(clock=self.clock)
        attempt = Attempt(self._arrival(found, budget), budget, Stopwatch(self.clock))
        try:
            self._work(found, attempt, model_id, threshold, modality, effort)
        except FoveaError as error:
            attempt.stopped_by = error
        except Exception as error:  # noqa: BLE001  # the worker's edge: one study's fault must not cost the others theirs
            _log.exception("Arrival %s failed", attempt.arrival.id)
            attempt.stopped_by = _our_fault(error)
        return attempt

    def _work(
        self,
        found: Found,
        attempt: Attempt,
        model_id: str | None,
        threshold: float | None,
        modality: str | None,
        effort: str,
    ) -> None:
        """The stages, in the order in which the pixels travel."""
        with attempt.watch.stage("read"):
            attempt.budget.check("read")
            loaded = self._read(found, modality=modality, on_slice=lambda: attempt.budget.check("read"))
            attempt.loaded = loaded
            attempt.doubts += loaded.doubts
        with attempt.watch.stage("prepare"):
            attempt.budget.check("prepare")
            package = self.shelf.choose(loaded.scan, model_id)
            card = attempt.card = package.card.with_threshold(threshold)
            require_steps(card, loaded.scan, loaded.study)
            if card != package.card:
                attempt.doubts += ("threshold-changed",)
            layout = lay_out(loaded.scan, card.input, card.head.stride, card.effort(effort))
            attempt.effort = effort
        with attempt.watch.stage("detect"):
            detector = self._detectors.of(package)
            attempt.backend = detector.backend
        looked = attempt.looked = look(loaded.scan, card, layout, detector, self._pool, attempt.budget, attempt.watch)
        attempt.backend = looked.backend
        attempt.doubts += looked.doubts
        with attempt.watch.stage("merge"):
            placed = place(looked.candidates, card, layout, loaded.scan, loaded.study)
            attempt.regions = measured(placed, loaded.scan)
            if looked.candidates.cut_off:
                attempt.doubts += ("too-many-regions",)
        if looked.stopped_by is not None:
            raise looked.stopped_by

    def _arrival(self, found: Found, budget: Budget) -> Arrival:
        now = self.clock.now()
        deadline = None if budget.limit_s is None else now + timedelta(seconds=budget.limit_s)
        return Arrival(id=uuid.uuid4().hex, source=found.source, arrived_at=now, deadline=deadline)


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
            yield cls(bench, store)

    def answer(
        self,
        found: Found,
        *,
        model_id: str | None = None,
        budget: Budget | None = None,
        threshold: float | None = None,
        modality: str | None = None,
    ) -> Answer:
        """Answers one study and records the outcome; what is wrong with the input becomes its status.

        Args:
            found: what intake found at a path.
            model_id: the model to use; None takes the one whose domain fits.
            budget: time for this study; None is without limit.
            threshold: score from which a region is flagged; None takes the model's own.
            modality: of volumes and DICOM files that name none; see `intake.read.read_study`.

        Raises:
            StoreError: the outcome could not be recorded; nothing was.
        """
        attempt = self.bench.attempt(found, model_id=model_id, budget=budget, threshold=threshold, modality=modality)
        outcome = attempt.outcome()
        study, scan = (attempt.loaded.study, attempt.loaded.scan) if attempt.loaded else (None, None)
        with attempt.watch.stage("record"):
            record(self.store, attempt.arrival, study, outcome)
        # The row cannot hold the time of its own commit; only the answer in hand can.
        return Answer(found.source, study, scan, replace(outcome, ms=attempt.watch.times()))


def _our_fault(error: Exception) -> ProgramError:
    return ProgramError(
        "PR-UNEXPECTED",
        f"Fovea failed on this study: {type(error).__name__}: {str(error)[:200]}",
        "The log has the details; report it with the log.",
    )
