"""The way of the pixels, one call a stage: read this first.

`begin` starts the time that a study may take, `read` makes a Scan of a file or a series, and `look` the regions of a
scan, stage by stage (`engine/stages.py`): `choose` finds the model whose domain fits, `lay_out` covers the scan with
tiles, `detect.look` prepares and answers them batch by batch and makes boxes of the stitched heat map, `place` puts
them back into the study's frame, and `measured` adds their size and values. Where the site wants a second opinion,
`ask` gets it in the time that is left. `record` writes the outcome and its audit entry in one transaction.
"""

from __future__ import annotations

import logging
import math
import uuid
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from engine.attempt import Attempt
from engine.budget import Budget
from engine.clock import Clock, SystemClock
from engine.detect.choose import PassedOver, backends, working_backends
from engine.detect.loading import Detectors, proven_detectors
from engine.detect.protocol import Backend
from engine.domain.arrival import Arrival
from engine.domain.request import NOTHING_ASKED, Request
from engine.errors import FoveaError, ProgramError, StoreError
from engine.intake.find import Found
from engine.intake.read import Reader, read_study
from engine.opinion.ask import Means, SecondOpinions
from engine.opinion.template import Templates
from engine.places import Home, default_home
from engine.prepare.pool import RowPool
from engine.registry.shelf import Shelf
from engine.stages import Stages
from engine.stopwatch import Stopwatch
from kernels.warm import warm

_log = logging.getLogger(__name__)


class Bench:
    """What a process makes once and every answer needs: the shelf, a run time, the row pool and the loaded models."""

    def __init__(
        self,
        shelf: Shelf,
        detectors: Detectors,
        pool: RowPool,
        clock: Clock,
        read: Reader = read_study,
    ) -> None:
        self.clock = clock
        self.stages = Stages(shelf, detectors, pool)
        self.opinions = SecondOpinions(Means(self._answer, self.stages.efforts, Templates(read), pool))
        self._reader = read
        self._pool = pool
        self._detectors = detectors

    @property
    def shelf(self) -> Shelf:
        """The models to choose from."""
        return self.stages.shelf

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

    @property
    def candidates(self) -> tuple[Backend, ...]:
        """The run times that work here, in order of preference."""
        return self._detectors.candidates

    def loaded(self) -> frozenset[str]:
        """Hashes of the models that are loaded."""
        return self._detectors.loaded()

    def free(self, models: Collection[str]) -> None:
        """Frees what is loaded of some models. To be called by the thread that looks.

        Args:
            models: their hashes.
        """
        self._detectors.free(models)

    def attempt(self, found: Found, request: Request = NOTHING_ASKED, *, budget: Budget | None = None) -> Attempt:
        """Answers one study as far as it goes, and records nothing: `begin`, `read` and `look` in one.

        Args:
            found: what intake found.
            request: what is wanted of the answer.
            budget: time for the study; None takes what the request gives.
        """
        attempt = self.begin(found, request, budget=budget)
        self.read(attempt)
        self.look(attempt)
        return attempt

    def begin(
        self,
        found: Found,
        request: Request = NOTHING_ASKED,
        *,
        arrival: Arrival | None = None,
        budget: Budget | None = None,
        number: int = 1,
    ) -> Attempt:
        """Begins an attempt at a study: from now on its time runs. `read` and then `look` make the answer.

        Args:
            found: what intake found.
            request: what is wanted of the answer.
            arrival: as it was queued; None makes one of this moment.
            budget: time for the study; None takes what the request gives and the arrival's deadline leaves.
            number: 1 for the first try.
        """
        now = self.clock.now()
        if budget is None:
            budget = Budget(
                math.inf if request.budget_s is None else request.budget_s,
                self.clock,
                (arrival.deadline - now).total_seconds() if arrival and arrival.deadline else math.inf,
            )
        if arrival is None:
            deadline = None if budget.limit_s is None else now + timedelta(seconds=budget.limit_s)
            arrival = Arrival(uuid.uuid4().hex, found.source, now, deadline)
        attempt = Attempt(found, request, arrival, budget, Stopwatch(self.clock), self._pool.threads, number)
        if budget.deadline_s <= 0.0:
            attempt.judge_lateness(-budget.deadline_s)
        return attempt

    def again(self, attempt: Attempt) -> Attempt:
        """Another attempt at a study that was read and whose look was stopped; `look` has the time that is left.

        Args:
            attempt: the one that was stopped; its pixels are taken over.
        """
        budget = attempt.budget.again()
        fresh = self.begin(
            attempt.found, attempt.request, arrival=attempt.arrival, budget=budget, number=attempt.number
        )
        fresh.take_over(attempt)
        return fresh

    def read(self, attempt: Attempt) -> None:
        """Makes the scan of the study's files; any thread may call it. What is wrong with them, the attempt keeps."""
        with _errors_kept(attempt):
            self._read(attempt)
        attempt.budget.rest()

    def look(self, attempt: Attempt) -> None:
        """Makes the regions of the scan, if there is one; one thread at a time. What stops it, the attempt keeps."""
        if not attempt.budget.go_on() and attempt.stopped_by is None:
            attempt.judge_lateness(attempt.budget.spent_s() - attempt.budget.deadline_s)
        self._answer(attempt)
        if attempt.wants_second and attempt.stopped_by is None:
            self.opinions.add(attempt)

    def _answer(self, attempt: Attempt) -> None:
        if attempt.stopped_by is None:
            with _errors_kept(attempt):
                self.stages.run(attempt)

    def _read(self, attempt: Attempt) -> None:
        def check() -> None:
            attempt.budget.check("read")

        if attempt.stopped_by is not None:
            return
        with attempt.watch.stage("read"):
            check()
            attempt.has_read(self._reader(attempt.found, modality=attempt.request.modality, on_slice=check))


@contextmanager
def _errors_kept(attempt: Attempt) -> Iterator[None]:
    """What ends the work on a study early is a part of its answer."""
    try:
        yield
    except FoveaError as error:
        attempt.stopped_by = error
    except Exception as error:  # noqa: BLE001  # the worker's edge: one study's fault must not cost the others theirs
        _log.exception("Arrival %s failed", attempt.arrival.id)
        attempt.stopped_by = _our_fault(error)


def _our_fault(error: Exception) -> ProgramError:
    return ProgramError(
        "PR-UNEXPECTED",
        f"Fovea failed on this study: {type(error).__name__}: {str(error)[:200]}",
        "The log has the details; report it with the log.",
    )
