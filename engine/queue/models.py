"""Which version of each model answers the queue: taken up between two studies, and given back where it fails."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from engine.detect.choose import needs_verdict, why_never
from engine.detect.protocol import Backend
from engine.domain.activation import Cause, Standing
from engine.domain.outcome import Outcome, Status
from engine.errors import FoveaError, StoreError, UsageError
from engine.pipeline import Bench
from engine.places import Home
from engine.registry.activate import release_of, take_back
from engine.registry.package import Package
from engine.registry.prove import prove_and_keep
from engine.registry.shelf import Shelf
from engine.registry.verdicts import Verdict, Verdicts
from engine.store.changes import Changes
from engine.store.database import Store
from engine.store.model_changes import changes

_log = logging.getLogger(__name__)

MOST_FAILURES = 3
"""In a row, after which the version of before answers again."""

_OURS = ("BE-", "MD-", "PR-")
"""Codes of what a run time, a model or the program did; others are the fault of the study or of the disk."""


class Models:
    """What is asked before each study. `now` and `answering` belong to the thread that looks.

    Args:
        store: where the changes are written down.
        bench: what answers.
        home: whose shelf it is.
        resources: the folder of what is bundled.
    """

    def __init__(self, store: Store, bench: Bench, home: Home, resources: Path) -> None:
        self._store = store
        self._bench = bench
        self._home = home
        self._resources = resources
        self._changes = Changes(store)
        self._known = -1
        self._standing = Standing()
        self._lock = threading.Lock()
        # Both belong to the lock.
        self._failures: dict[str, int] = {}
        self._has_answered: set[str] = set()
        bench.stages.standing = self.now

    def now(self) -> Standing:
        """Which version of each model answers; what changed since the last study holds from this one on."""
        try:
            if self._changes.seen():
                self._read()
        except (StoreError, FoveaError) as error:  # what was known still stands
            _log.warning("Which models answer cannot be read again: %s", error)
        self._free_what_was_replaced()
        return self._standing

    def answering(self, model_id: str) -> Package | None:
        """The version of a model that answers."""
        return self._bench.shelf.answering(model_id, self._standing)

    def answered(self, outcome: Outcome) -> None:
        """Hears of every recorded outcome; after too many failures in a row of one model, goes back."""
        model = outcome.model_hash
        if not model:
            return
        with self._lock:
            if outcome.status is Status.ANSWERED:
                self._has_answered.add(model)
                self._failures.pop(model, None)
            elif outcome.status is Status.FAILED and outcome.code.startswith(_OURS):
                self._failures[model] = self._failures.get(model, 0) + 1
            failures = self._failures.get(model, 0)
        if failures >= MOST_FAILURES:
            seen = f"{failures} studies in a row failed, the last with {outcome.code}."
            self._take_back(model, Cause.FAILURES, seen)

    def check(self) -> None:
        """Before the first study: has each version that took another's place still the answers it was let in with?

        After a change of driver, run time or program it is compared with the reference again. Where it differs, and the
        version of before does not, that one answers again.
        """
        standing = self.now()
        for model_id, before in standing.before.items():
            package = self.answering(model_id)
            other = next((one for one in self._bench.shelf.packages if one.card.hash == before.hash), None)
            if package is None or other is None:
                continue
            for backend in self._bench.candidates:
                if (found := self._why_unsound(package, backend)) and not self._why_unsound(other, backend):
                    cause = Cause.PARITY if needs_verdict(backend) else Cause.SELF_TEST
                    self._take_back(package.card.hash, cause, f"On {backend.name}: {found}")
                    break
        self._read()

    def close(self) -> None:
        """Ends the watching of the database."""
        self._changes.close()

    def _read(self) -> None:
        found = changes(self._store)
        newest = found[-1].number if found else 0
        if newest == self._known:
            return
        self._bench.stages.shelf = Shelf.of(
            self._home, self._resources
        )  # what was activated may have come since the start
        self._standing, self._known = Standing.after(found), newest

    def _free_what_was_replaced(self) -> None:
        """The version of before stays loaded until the new one has answered."""
        standing, kept = self._standing, {one.hash for one in self._standing.shadow.values()}
        with self._lock:
            replaced = {
                before.hash
                for model_id, before in standing.before.items()
                if standing.active[model_id].hash in self._has_answered and before.hash in self._has_answered
            }
            self._has_answered -= replaced
        self._bench.free(replaced - kept)

    def _take_back(self, model_hash: str, cause: Cause, seen: str) -> None:
        package = next((one for one in self._bench.shelf.packages if one.card.hash == model_hash), None)
        if package is None:
            return
        card = package.card
        try:
            change = take_back(self._store, self._bench.shelf, release_of(card), card.id, cause, seen)
        except (StoreError, UsageError) as error:  # somebody was faster, or the next failure tries again
            _log.warning("%s cannot be taken back: %s", card.name, error)
            return
        with self._lock:
            self._failures.pop(model_hash, None)
        if change is not None:
            _log.error("%s was taken back, %s answers again: %s", card.name, change.release.version, seen)

    def _why_unsound(self, package: Package, backend: Backend) -> str:
        """What differs from the reference; empty where nothing does, or where that run time would not be asked."""
        if backend.precision != "fp32" or why_never(package.card, backend):
            return ""
        try:
            if backend.why_not_yet(package.card):
                return ""
            verdict = self._verdict(package, backend)
        except FoveaError as error:
            return "" if needs_verdict(backend) else error.message
        return "" if verdict.passed else verdict.differences[0]

    def _verdict(self, package: Package, backend: Backend) -> Verdict:
        verdicts = Verdicts(self._home)
        return verdicts.of(package.card, backend) or prove_and_keep(package, backend, verdicts)
