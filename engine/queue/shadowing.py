"""A shadow at work: it answers, in spare time, the studies that the version it would replace has answered."""

from __future__ import annotations

import logging
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace

from engine.attempt import Attempt
from engine.budget import Budget
from engine.domain.arrival import Arrival
from engine.domain.outcome import Outcome, Status
from engine.domain.request import FULL, Request
from engine.errors import Cancelled, FoveaError
from engine.export.originals import found_again
from engine.pipeline import Bench
from engine.queue.models import Models
from engine.registry.kept import keep_text
from engine.registry.package import Package
from engine.store.database import Store
from engine.store.model_changes import changes
from engine.store.outcomes import Recorded
from engine.store.shadow_answers import ShadowAnswer, next_for, record_shadow

_log = logging.getLogger(__name__)

_MOST_BEGUN = 2
"""Times that a study is begun by a shadow and neither ended nor cancelled: then it kills its worker."""

_PAUSE_S = 2.0
"""After nothing was to be done, until it is asked again."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One study that a shadow answers."""

    of: Recorded
    package: Package
    attempt: Attempt


class Shadowing:
    """The shadows of one worker; all of it belongs to the thread that looks.

    Args:
        store: where outcomes are found and answers kept.
        bench: what answers.
        models: which versions answer, and which as shadows.
    """

    def __init__(self, store: Store, bench: Bench, models: Models) -> None:
        self._store = store
        self._bench = bench
        self._models = models
        self._task: _Task | None = None
        self._pause_until_s = 0.0

    def begin(self) -> Attempt | None:
        """The next study of a shadow, begun; None while there is none."""
        if self._bench.clock.steady_s() < self._pause_until_s:
            return None
        try:
            self._task = self._next()
        except FoveaError as error:
            _log.warning("What a shadow is to answer cannot be read: %s", error)
            self._task = None
        if self._task is None:
            self._pause_until_s = self._bench.clock.steady_s() + _PAUSE_S
            return None
        return self._task.attempt

    def done(self, attempt: Attempt) -> None:
        """Keeps the answer, whatever it is: what cannot be read any more is not tried again."""
        task = self._task
        if task is None or task.attempt is not attempt:
            return
        with suppress(OSError):  # then the study is taken for one that kills a little too early
            self._store.home.shadow_note.unlink(missing_ok=True)
        if isinstance(attempt.stopped_by, Cancelled):
            return
        answer = ShadowAnswer.of(_named(_same_study(attempt, task.of), task.package))
        attempt.let_go()
        self._keep(task.of, answer)

    def _keep(self, of: Recorded, answer: ShadowAnswer) -> None:
        try:
            record_shadow(self._store, of, answer)
        except FoveaError as error:
            _log.warning("The answer of a shadow is lost: %s", error)
            self._pause_until_s = self._bench.clock.steady_s() + _PAUSE_S

    def _next(self) -> _Task | None:
        standing = self._models.now()
        began = {change.release.hash: change.at for change in changes(self._store)}
        for model_id, release in standing.shadow.items():
            active = self._models.answering(model_id)
            package = next((one for one in self._bench.shelf.packages if one.card.hash == release.hash), None)
            if active is None or package is None:
                continue
            recorded = next_for(self._store, active.card.hash, release.hash, began[release.hash])
            if recorded is None or recorded.study is None:
                continue
            if self._kills(recorded):
                outcome = Outcome(recorded.arrival.id, Status.FAILED, code="QU-KILLED")
                self._keep(recorded, ShadowAnswer.of(_named(outcome, package)))
                with suppress(OSError):
                    self._store.home.shadow_note.unlink(missing_ok=True)
                continue
            return _Task(recorded, package, self._begun(recorded, package))
        return None

    def _kills(self, recorded: Recorded) -> bool:
        """Whether this study has ended so many workers under a shadow; notes that it is begun, where it has not."""
        path = self._store.home.shadow_note
        try:
            outcome_id, times = map(int, path.read_text(encoding="ascii").split())
        except (OSError, ValueError):
            outcome_id = times = 0
        begun = times + 1 if outcome_id == recorded.id else 1
        if begun > _MOST_BEGUN:
            return True
        keep_text(self._store.home, path, f"{recorded.id} {begun}\n")
        return False

    def _begun(self, recorded: Recorded, package: Package) -> Attempt:
        study = recorded.study
        if study is None:
            raise ValueError("nothing could be read of this study")
        efforts = {effort.name for effort in package.card.efforts}
        effort = recorded.outcome.effort if recorded.outcome.effort in efforts else FULL
        request = Request(model_id=package.card.name, modality=study.modality, effort=effort)
        arrival = Arrival(uuid.uuid4().hex, study.source, self._store.clock.now(), None)
        budget = Budget(clock=self._bench.clock)
        attempt = self._bench.begin(found_again(study), request, arrival=arrival, budget=budget)
        attempt.wants_second = False
        return attempt


def _same_study(attempt: Attempt, of: Recorded) -> Outcome:
    """The answer, unless the files hold something else by now."""
    outcome = attempt.outcome()
    if attempt.study is None or of.study is None or attempt.study.content_hash == of.study.content_hash:
        return outcome
    return replace(outcome, status=Status.REFUSED, code="EX-ORIGINAL-CHANGED", regions=(), coverage=0.0)


def _named(outcome: Outcome, package: Package) -> Outcome:
    """Whose answer it is, also where it ended before a model was chosen."""
    return replace(outcome, model=package.card.name, model_hash=package.card.hash)
