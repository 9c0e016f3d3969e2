"""The loaded models of one process: each by the run time that may answer with it, loaded once and kept."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from functools import partial

from engine.detect.choose import Choose, PassedOver, choose_backend, needs_verdict
from engine.detect.protocol import Backend, Detector
from engine.domain.model_card import ModelCard
from engine.errors import BackendError
from engine.places import Home
from engine.registry.package import Package
from engine.registry.prove import prove_missing
from engine.registry.verdicts import Verdicts

_log = logging.getLogger(__name__)

_Key = tuple[str, str]
"""Hash of the model, identity of the run time."""


def proven_detectors(packages: Sequence[Package], candidates: Sequence[Backend], home: Home, threads: int) -> Detectors:
    """Detectors by the run times that passed the parity check, which is run first where that is still to be done.

    Args:
        packages: the models that may answer.
        candidates: run times that work here, in order of preference.
        home: where verdicts lie.
        threads: CPU threads.
    """
    verdicts = Verdicts(home)
    prove_missing(packages, list(filter(needs_verdict, candidates)), verdicts, threads)
    return Detectors(candidates, partial(choose_backend, verdict_of=verdicts.of), threads)


class Detectors:
    """Chooses anew for each study, so that a run time is used from when it may be."""

    def __init__(self, candidates: Sequence[Backend], choose: Choose, threads: int) -> None:
        self._candidates = tuple(candidates)
        self._choose = choose
        self._threads = threads
        self._loaded: dict[_Key, Detector] = {}
        self._unloadable: dict[_Key, PassedOver] = {}
        self._awaited: set[_Key] = set()
        self._begun: set[_Key] = set()
        self._passed_over: dict[str, tuple[PassedOver, ...]] = {}

    @property
    def preferred(self) -> Backend:
        """The first candidate; which one answers is known study by study."""
        return self._candidates[0]

    @property
    def passed_over(self) -> dict[str, tuple[PassedOver, ...]]:
        """By `id version` of the models that answered: the preferred run times that may not, as of the last study."""
        return dict(self._passed_over)

    def of(self, package: Package) -> Detector:
        """The detector that answers with a model.

        A run time that cannot load it is passed over from then on, where there is another.

        Raises:
            BackendError: BE-NONE where no run time may, else what the last one said.
            ModelError: the graph cannot be read or does not fit its manifest.
        """
        card = package.card
        while True:
            refused = [one for (model, _), one in self._unloadable.items() if model == card.hash]
            left = [backend for backend in self._candidates if backend not in [one.backend for one in refused]]
            choice = self._choose(card, left)
            self._note(package, (*refused, *choice.passed_over))
            key = (card.hash, choice.backend.identity())
            if key in self._loaded:
                return self._loaded[key]
            try:
                self._loaded[key] = choice.backend.load(package.graph(), card, self._threads)
            except BackendError as error:
                if choice.backend is left[-1]:
                    raise
                self._give_up(key, PassedOver(choice.backend, error.message.rstrip(".")), card)

    @property
    def candidates(self) -> tuple[Backend, ...]:
        """In order of preference."""
        return self._candidates

    def free(self, models: Collection[str]) -> None:
        """Frees what is loaded of some models, named by their hashes."""
        for key in [key for key in self._loaded if key[0] in models]:
            self._loaded.pop(key).close()

    def loaded(self) -> frozenset[str]:
        """Hashes of the models that are loaded."""
        return frozenset(model for model, _ in self._loaded)

    def close(self) -> None:
        """Frees all that is loaded."""
        for detector in self._loaded.values():
            detector.close()
        self._loaded.clear()

    def _give_up(self, key: _Key, one: PassedOver, card: ModelCard) -> None:
        """Leaves a run time out from now on, but for one that has begun to put it right and was not waited for yet."""
        if key in self._awaited or one.backend.why_not_yet(card) is None:
            self._unloadable[key] = one
        self._awaited.add(key)

    def _note(self, package: Package, passed_over: tuple[PassedOver, ...]) -> None:
        """Says once why a run time is passed over, and starts what it waits for."""
        card = package.card
        for one in passed_over:
            if one not in self._passed_over.get(card.name, ()):
                _log.warning("%s does not answer with %s", one, card.name)
            if one.waits and (key := (card.hash, one.backend.identity())) not in self._begun:
                self._begun.add(key)
                one.backend.begin(package.graph(), card)
        self._passed_over[card.name] = passed_over
